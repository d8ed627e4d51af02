import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import * as Result from "effect/Result"
import type { Durable, FailedEvent, Options, WorkerOptions } from "../Durable.ts"
import { DurableStore, type DurableStoreUnavailable, type Entry, type Failed, type Taken } from "../DurableStore.ts"
import type { Receipt } from "../WebhookReceiver.ts"
import { idOf, labelOf, orderOf, type ReadDelivery } from "./delivery.ts"
import { digest, hexOf } from "./digest.ts"
import { errorNotes, namedError, tagOf } from "./errorNotes.ts"
import { countEvent } from "./metrics.ts"
import {
  type AnyHandlers,
  type Call,
  checkSettings,
  defaultMaxBodyBytes,
  handlingOf,
  hasHandler,
  isDiscarded,
  logAbout,
  receipt,
  received,
  triggersOf,
  type Working
} from "./receiver.ts"
import {
  aboveZero,
  type Checks,
  millisOf,
  object,
  problemsOf,
  refuse,
  wholeAboveZero,
  zeroOrAbove
} from "./settingChecks.ts"
import { Unnoted } from "./unnoted.ts"

/** What is kept of an event. */
interface Body {
  readonly appId: string
  readonly webhookId: string
  readonly event: unknown
}

interface Delays {
  readonly maxAttempts: number
  readonly baseMillis: number
  readonly maxMillis: number
}

/** @internal */
export const durableChecks = {
  maxBodyBytes: wholeAboveZero,
  maxAttempts: wholeAboveZero,
  baseDelay: zeroOrAbove,
  maxDelay: zeroOrAbove
}

const workerChecks = { workers: wholeAboveZero, pollInterval: aboveZero }

const delaysOf = ({ baseDelay = "1 second", maxAttempts = 10, maxDelay = "5 minutes" }: Options = {}): Delays => ({
  maxAttempts,
  baseMillis: millisOf(baseDelay),
  maxMillis: millisOf(maxDelay)
})

/** @internal */
export const makeDurable = (
  handlers: AnyHandlers,
  options: Options | undefined,
  call: Call,
  checks: Checks = durableChecks
): Durable<any> => {
  checkSettings(handlers, options, checks)
  const maxBodyBytes = options?.maxBodyBytes ?? defaultMaxBodyBytes
  const delays = delaysOf(options)
  /** Rings for workers of this process, who need not wait until they ask again. */
  const bells = new Set<() => void>()
  const unnoted = new Unnoted<DurableStoreUnavailable>()
  return {
    receiver: {
      triggers: triggersOf(handlers),
      maxBodyBytes,
      receive: (incoming) => received(incoming, maxBodyBytes, (delivery) => keep(handlers, delivery, bells))
    },
    layerWorkers: (options = {}) => {
      refuse(problemsOf(object(workerChecks), options))
      return layerWorkers(handlers, call, delays, bells, unnoted, options)
    },
    failed: Effect.flatMap(DurableStore, ({ failed }) => Effect.map(failed, (entries) => entries.map(failedEventOf))),
    putBack: (id) =>
      Effect.tap(
        Effect.flatMap(DurableStore, ({ putBack }) => putBack(id)),
        () => Effect.sync(() => ring(bells))
      )
  }
}

const ring = (bells: ReadonlySet<() => void>): void => {
  for (const bell of bells) bell()
}

const failedEventOf = ({ attempts, body, error, id }: Failed): FailedEvent => ({ id, attempts, error, ...bodyOf(body) })

// What was written by `keep`.
const bodyOf = (body: string): Body => JSON.parse(body)

const keep = (
  handlers: AnyHandlers,
  { appId, events, webhookId }: ReadDelivery,
  bells: ReadonlySet<() => void>
): Effect.Effect<Receipt, never, DurableStore> =>
  Effect.gen(function*() {
    const entries: Array<Entry> = []
    let failed = 0
    for (const event of events) {
      if (!hasHandler(handlers, event)) continue
      // What is nested deeper than the stack is can be parsed, and cannot be written again.
      const entry = Result.try(() => entryOf({ appId, webhookId, event }))
      if (Result.isSuccess(entry)) {
        entries.push(entry.success)
      } else {
        failed++
        yield* logAbout(event, { appId, webhookId })("An event cannot be kept, because it is nested too deep")
      }
    }
    const { offer } = yield* DurableStore
    const kept = yield* Effect.result(offer(yield* Effect.forEach(entries, withShortId)))
    if (Result.isFailure(kept)) {
      yield* Effect.logError(`A delivery has to come again: ${kept.failure.message}`)
      return receipt("unavailable", { failed: events.length })
    }
    if (kept.success > 0) ring(bells)
    const duplicates = entries.length - kept.success
    return receipt(failed === 0 ? "handled" : "undecodable", {
      handled: events.length - duplicates - failed,
      duplicates,
      failed
    })
  })

/** What has no id is known by what it is. */
const entryOf = (body: Body): Entry => {
  const text = JSON.stringify(body)
  return {
    id: `${body.appId}:${idOf(body.event) ?? JSON.stringify(body.event)}`,
    order: `${body.appId}:${orderOf(body.event)}`,
    body: text
  }
}

/** Those of the vendor have about 50 with the app's. */
const longestId = 100

/** A digest stands for an id that is as long as an event: it is remembered for days, and stores have a limit for one. */
const withShortId = (entry: Entry): Effect.Effect<Entry> =>
  entry.id.length <= longestId
    ? Effect.succeed(entry)
    : Effect.map(digest(entry.id), (digest) => ({ ...entry, id: hexOf(digest) }))

const layerWorkers = (
  handlers: AnyHandlers,
  call: Call,
  delays: Delays,
  bells: Set<() => void>,
  unnoted: Unnoted<DurableStoreUnavailable>,
  { pollInterval = "1 second", workers = 4 }: WorkerOptions
): Layer.Layer<never, never, any> =>
  Layer.effectDiscard(Effect.gen(function*() {
    const store = yield* DurableStore
    const worker = Effect.gen(function*() {
      // One ring is enough for any number of events: a worker goes on until there is none.
      const rung = yield* Queue.sliding<void>(1)
      const bell = () => void Queue.offerUnsafe(rung, undefined)
      yield* Effect.acquireRelease(Effect.sync(() => bells.add(bell)), () => Effect.sync(() => bells.delete(bell)))
      yield* Effect.forever(Effect.gen(function*() {
        const taken = yield* Effect.catch(store.take, (error: DurableStoreUnavailable) =>
          Effect.as(Effect.logError(`A worker has to wait: ${error.message}`), undefined))
        if (taken === undefined) {
          yield* Effect.timeoutOption(Queue.take(rung), pollInterval)
        } else yield* handled(handlers, call, delays, unnoted, taken, store.leaseMillis)
      }))
    })
    for (let n = 0; n < workers; n++) {
      yield* Effect.forkScoped(Effect.scoped(worker))
    }
  }))

/** An event from when it was taken to when the store knows what has become of it. */
const handled = (
  handlers: AnyHandlers,
  call: Call,
  { baseMillis, maxAttempts, maxMillis }: Delays,
  unnoted: Unnoted<DurableStoreUnavailable>,
  taken: Taken,
  leaseMillis: number
): Effect.Effect<void, never, any> => {
  const { appId, event, webhookId } = bodyOf(taken.body)
  const arrival = { appId, webhookId, attempt: taken.attempts }
  const log = logAbout(event, arrival)
  const handling = Effect.suspend(() => {
    const handling = handlingOf(handlers, call, event, arrival)
    return handling === undefined
      ? Effect.succeed(Exit.void)
      : handling === "undecodable"
      ? Effect.succeed(Exit.fail({ _tag: "Undecodable" }))
      : whileOurs(handling, taken, leaseMillis)
  })
  const noted = Effect.fnUntraced(function*(exit: Exit.Exit<unknown, unknown>) {
    const isDone = Exit.isSuccess(exit) || isDiscarded(exit.cause)
    const isLast = !isDone && taken.attempts >= maxAttempts
    const ending = Exit.isSuccess(exit) ? "handled" : isDone ? "discarded" : isLast ? "failed for good" : "failed"
    yield* Effect.withFiberSucceed((fiber) => countEvent(fiber.context, { type: labelOf(event), ending }))
    if (Exit.isFailure(exit)) {
      const what = isDone ? "was refused for good" : isLast ? "has failed for good" : "has failed, and is tried again"
      yield* log(`An event ${what}: ${namedError(exit.cause)}`, errorNotes(exit.cause))
    }
    const delay = Math.min(maxMillis, baseMillis * 2 ** (taken.attempts - 1))
    yield* isDone ? done : isLast ? taken.fail(tagOf(exit.cause)) : taken.retry(delay)
  })
  /** What the store does not know it gives out again when the lease is over, and nobody here handles it a second time. */
  const done = Effect.matchEffect(taken.done, {
    onSuccess: () => Effect.sync(() => unnoted.remove(taken.id)),
    onFailure: (error) => {
      // Of another's claim nothing is noted, and nothing is said.
      unnoted.add(taken.id, Effect.tap(taken.renew, (isOurs) => isOurs ? taken.done : Effect.void))
      return Effect.andThen(
        Effect.forkDetach(Effect.interruptible(unnoted.noteLater(taken.id, leaseMillis))),
        Effect.fail(error)
      )
    }
  })
  const run = Effect.uninterruptibleMask((restore) =>
    Effect.gen(function*() {
      if (unnoted.find(taken.id) !== undefined) return yield* done
      // What is given back while the process ends need not wait for the lease.
      const exit = yield* Effect.onInterrupt(restore(handling), () => Effect.ignore(taken.retry(0)))
      if (exit === "another's") {
        return yield* log("An event was taken over by another worker, and is left to it")
      }
      // To its end, or an event that was handled would be handled again.
      yield* noted(exit)
    })
  )
  return Effect.catchCause(run, (cause) =>
    Cause.hasInterruptsOnly(cause)
      ? Effect.failCause(cause as Cause.Cause<never>)
      : log("What became of an event could not be noted yet"))
}

/** Renews the lease until the handler ends; where that was too late the event is another's, and the handler is told to stop. */
const whileOurs = (
  begin: Effect.Effect<Working, never, any>,
  { renew }: Taken,
  leaseMillis: number
): Effect.Effect<Exit.Exit<unknown, unknown> | "another's", never, any> =>
  Effect.flatMap(begin, ({ ended, stop }) => {
    const renewing: Effect.Effect<"another's"> = Effect.suspend(() =>
      Effect.flatMap(
        // A store that is away for a moment takes nothing from anybody.
        Effect.andThen(Effect.sleep(leaseMillis / 3), Effect.orElseSucceed(renew, () => true)),
        (isOurs) => isOurs ? renewing : Effect.as(stop, "another's" as const)
      )
    )
    return Effect.onInterrupt(Effect.raceFirst(ended, renewing), () => Effect.andThen(stop, ended))
  })
