import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import * as Stream from "effect/Stream"
import { type Answer, streamed } from "./delivery.ts"
import { Refusal } from "./refusal.ts"

/** Of each list the last so many are shown. */
const shownAtMost = 100

/** A row is a glance: whoever needs all of it asks `/_emulator/requests` or `/_emulator/stored`. */
const cellCharacters = 200
const detailCharacters = 4096

/** A page takes one; each costs as much again while something happens. */
const maximumReaders = 16

/** Between two updates, so that an emulator under load has something else to do. */
const pause = Duration.millis(100)

/**
 * Something of which there are many. An item that is another object is another item.
 *
 * @internal
 */
export interface LiveList<A extends object = any> {
  readonly name: string
  readonly columns: ReadonlyArray<string>
  /** Oldest first. */
  readonly items: ReadonlyArray<A>
  /** Another one, where an item is no longer what it was. */
  readonly version?: (item: A) => string
  readonly cells: (item: A) => ReadonlyArray<string>
  readonly details?: (item: A) => unknown
}

interface Row {
  readonly key: number
  readonly cells: ReadonlyArray<string>
  readonly details: string
}

/** What has become of a list since the reader was told of it last. */
interface ListUpdate {
  readonly name: string
  readonly columns: ReadonlyArray<string>
  readonly total: number
  /** The keys of the rows, newest first. */
  readonly shown: ReadonlyArray<number>
  readonly changed: ReadonlyArray<Row>
}

/**
 * Tells whoever reads along what has changed, as server-sent events.
 *
 * **Details**
 *
 * Nothing is kept for a reader but what it has been told. A reader takes an update when it is ready for one, and gets the
 * difference to how things are by then: whatever came and went in between is dropped.
 *
 * @internal
 */
export class LiveUpdates {
  private readonly readers = new Set<Latch.Latch>()
  private readonly lists: () => ReadonlyArray<LiveList>

  constructor(lists: () => ReadonlyArray<LiveList>) {
    this.lists = lists
  }

  changed(): void {
    for (const reader of this.readers) reader.openUnsafe()
  }

  read(): Answer | Refusal {
    return this.readers.size < maximumReaders
      ? streamed(200, headers, Stream.encodeText(this.events))
      : tooManyReaders
  }

  private readonly events: Stream.Stream<string> = Stream.unwrap(
    Effect.gen({ self: this }, function*() {
      const hasChanged = yield* Effect.acquireRelease(
        Effect.sync(() => {
          const reader = Latch.makeUnsafe(true)
          this.readers.add(reader)
          return reader
        }),
        (reader) => Effect.sync(() => this.readers.delete(reader))
      )
      const reader = new Told()
      const update = Effect.suspend(() => {
        hasChanged.closeUnsafe()
        return Effect.succeed(this.lists().flatMap((list) => reader.tell(list)))
      })
      const first = Effect.map(update, (updates) => `retry: 1000\n${eventOf(updates)}`)
      const next = Effect.andThen(
        Effect.andThen(Effect.sleep(pause), hasChanged.await),
        update
      ).pipe(Effect.repeat({ until: (updates) => updates.length > 0 }), Effect.map(eventOf))
      return Stream.concat(Stream.fromEffect(first), Stream.fromEffectRepeat(next))
    })
  )
}

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff"
}

const tooManyReaders = new Refusal(503, [{
  code: "service_unavailable",
  title: `At most ${maximumReaders} can read along at a time`
}])

// JSON has no line break outside of a string, and none unescaped inside.
const eventOf = (updates: ReadonlyArray<ListUpdate>) => `data: ${JSON.stringify(updates)}\n\n`

/** What one reader has been told. */
class Told {
  private readonly lists = new Map<string, {
    readonly total: number
    readonly items: ReadonlyMap<object, { readonly key: number; readonly version: string }>
  }>()
  private lastKey = 0

  tell({ cells, columns, details, items, name, version }: LiveList): ReadonlyArray<ListUpdate> {
    const before = this.lists.get(name)
    const now = new Map<object, { readonly key: number; readonly version: string }>()
    const changed: Array<Row> = []
    for (const item of items.slice(-shownAtMost).toReversed()) {
      const known = before?.items.get(item)
      const told = { key: known?.key ?? ++this.lastKey, version: version?.(item) ?? "" }
      now.set(item, told)
      if (known?.version === told.version) continue
      changed.push({
        key: told.key,
        cells: cells(item).map((cell) => shortened(cell, cellCharacters)),
        details: details === undefined ? "" : shortened(jsonText(details(item), 2), detailCharacters)
      })
    }
    this.lists.set(name, { total: items.length, items: now })
    const isSame = before !== undefined && changed.length === 0 && before.items.size === now.size &&
      before.total === items.length
    return isSame ? [] : [{
      name,
      columns,
      total: items.length,
      shown: Array.from(now.values(), ({ key }) => key),
      changed
    }]
  }
}

const shortened = (text: string, characters: number) =>
  text.length <= characters ? text : `${text.slice(0, characters)} …`

/**
 * What a test has put in place need not be JSON, and everything else is to be shown beside it.
 *
 * @internal
 */
export const jsonText = (value: unknown, indentation?: number): string => {
  try {
    return JSON.stringify(value, undefined, indentation) ?? ""
  } catch (error) {
    return `cannot be shown: ${error instanceof Error ? error.message : "no JSON"}`
  }
}
