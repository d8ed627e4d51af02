import { badRequest, type Refusal } from "./refusal.ts"

/**
 * A part of a list, oldest first, as every list that pages answers it. Cursors are ids of records, and each is there only
 * where something lies beyond it.
 *
 * @internal
 */
export interface Page<A> {
  readonly items: ReadonlyArray<A>
  readonly meta: {
    /** In the direction of the request. */
    readonly hasMore: boolean
    readonly afterCursor?: string
    readonly beforeCursor?: string
  }
}

/** @internal */
export interface From {
  readonly after?: string | undefined
  readonly before?: string | undefined
  readonly size: number
  /** Where a page begins whose cursor is no record's: where the record would be, or nowhere. */
  readonly goneCursor?: "place" | "refused" | undefined
}

/** As a method, so that a store of more can stand for a store of less. */
interface Hanging<A> {
  goes(removed: A, successor: A | undefined): void
}

const invalidPage = badRequest("Invalid page query parameters")

/**
 * Records by id, in the order in which they came. They never change: what is updated is put in the place of what it was.
 *
 * @internal
 */
export class Store<A extends { readonly id: string }> {
  private readonly records = new Map<string, A>()
  private readonly hanging: Array<Hanging<A>> = []
  private inOrder: ReadonlyArray<A> | undefined
  private places: ReadonlyMap<string, number> | undefined

  find(id: string): A | undefined {
    return this.records.get(id)
  }

  /** Puts the record in, or in the place of the one with the same id. */
  put(record: A): A {
    this.records.set(record.id, record)
    this.changed()
    return record
  }

  /** What hangs on the record goes with it, or over to its successor. */
  remove(id: string, successor?: A): A | undefined {
    const removed = this.records.get(id)
    if (removed === undefined) return undefined
    this.records.delete(id)
    this.changed()
    for (const each of this.hanging) each.goes(removed, successor)
    return removed
  }

  /** Where a store says what becomes of its own records when one of these is removed. */
  onRemove(goes: (removed: A, successor: A | undefined) => void): void {
    this.hanging.push({ goes })
  }

  all(): ReadonlyArray<A> {
    return this.inOrder ??= [...this.records.values()]
  }

  clear(): void {
    for (const { id } of this.all()) this.remove(id)
  }

  get size(): number {
    return this.records.size
  }

  /** Without a cursor it begins at the oldest, or backwards at the latest. */
  page(from: From, direction: "forwards" | "backwards" = "forwards"): Page<A> | Refusal {
    return pageOf(this.all(), from, direction, (id) => this.placeOf(id))
  }

  private changed(): void {
    this.inOrder = undefined
    this.places = undefined
  }

  /** Of a list that is read page by page and does not change meanwhile, all of them are looked at once. */
  private placeOf(id: string): number {
    this.places ??= new Map(this.all().map(({ id }, index) => [id, index]))
    return this.places.get(id) ?? -1
  }
}

/**
 * A part of a list that is no whole store.
 *
 * @internal
 */
export const pageOf = <A extends { readonly id: string }>(
  all: ReadonlyArray<A>,
  { after, before, goneCursor = "place", size }: From,
  direction: "forwards" | "backwards" = "forwards",
  placeIn: (id: string) => number = (cursor) => all.findIndex(({ id }) => id === cursor)
): Page<A> | Refusal => {
  const placeOf = (cursor: string | undefined, side: "at" | "behind"): number | undefined => {
    if (cursor === undefined) return undefined
    const at = placeIn(cursor)
    if (at !== -1) return side === "at" ? at : at + 1
    if (goneCursor === "refused" || !/^[0-9a-f]{24}$/u.test(cursor)) return Number.NaN
    // Of one that is gone the place is still known, because ids grow, or shrink where the latest is the first. A list can be
    // deleted page by page.
    const isDescending = all.length > 1 && all[0]!.id > all.at(-1)!.id
    const behind = all.findIndex(({ id }) => isDescending ? id < cursor : id > cursor)
    return behind === -1 ? all.length : behind
  }
  const [lower, upper] = [placeOf(after, "behind") ?? 0, placeOf(before, "at") ?? all.length]
  if (Number.isNaN(lower + upper) || (after !== undefined && before !== undefined)) return invalidPage

  const isBackwards = before !== undefined || (after === undefined && direction === "backwards")
  const begin = isBackwards ? Math.max(lower, upper - size) : lower
  const end = isBackwards ? upper : Math.min(upper, lower + size)
  const items = all.slice(begin, end)
  const [first, last] = [items[0], items.at(-1)]
  return {
    items,
    meta: {
      hasMore: isBackwards ? begin > 0 : end < all.length,
      ...(last === undefined || end === all.length ? undefined : { afterCursor: last.id }),
      ...(first === undefined || begin === 0 ? undefined : { beforeCursor: first.id })
    }
  }
}
