import type { EventType } from "@sunco/schemas/Event"
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Result from "effect/Result"
import { type Claim, Deduplication, type DeduplicationUnavailable } from "../Deduplication.ts"
import { type Caller, Secrets } from "../Secrets.ts"
import type { Arrival, BodyProblem, Incoming, Options, Receipt, WebhookReceiver } from "../WebhookReceiver.ts"
import { deliveryOf, eventOf, idOf, isKnown, labelOf, type ReadDelivery, typeOf } from "./delivery.ts"
import { discard } from "./discard.ts"
import { errorNotes, namedError } from "./errorNotes.ts"
import { countDelivery, countEvent } from "./metrics.ts"
import { aFunction, type Checks, millisOf, object, problemsOf, refuse, time, wholeAboveZero } from "./settingChecks.ts"
import { Unnoted } from "./unnoted.ts"

type Reason = Receipt["reason"]

const statuses: { readonly [R in Reason]: Receipt["status"] } = {
  handled: 200,
  "unknown key": 401,
  "too large": 413,
  "no delivery": 422,
  failed: 500,
  undecodable: 500,
  consumed: 500,
  unavailable: 503,
  "being handled": 503,
  "out of time": 503,
  cut: 503
}

/** What became of one event. */
type Ending =
  | "handled"
  | "duplicate"
  | "discarded"
  | "failed"
  | "undecodable"
  | "being handled"
  | "out of time"
  | "unavailable"

/** Which of several that have to come again names the answer: what is wrong before what has only to wait. */
const toComeAgain = ["undecodable", "failed", "unavailable", "out of time", "being handled"] as const

/** @internal */
export const receiverChecks = {
  answerWithin: time(
    "above zero and less than 20 seconds, which the vendor waits",
    (millis) => millis > 0 && millis < 20_000
  ),
  maxBodyBytes: wholeAboveZero
}

const handlerChecks: Checks = Object.fromEntries(
  [...Object.keys(EventPayloads), "unknown", "undecodable"].map((name) => [name, aFunction])
)

/** Throws what is wrong with handlers and options, whatever they are, all of it at once. @internal */
export const checkSettings = (handlers: unknown, options: unknown, checks: Checks): void =>
  refuse([
    ...problemsOf(object(handlerChecks, "handler"), handlers, "handlers"),
    ...(options === undefined ? [] : problemsOf(object(checks), options))
  ])

/** @internal */
export const defaultMaxBodyBytes = 5 * 1024 * 1024

/**
 * The handlers of either face, by name. `any`: what each gets, and gives, is said by the types of the face.
 *
 * @internal
 */
export interface AnyHandlers {
  readonly [name: string]: any
}

/** Sets a handler to work. @internal */
export type Call = (handler: any, event: unknown, arrival: Arrival) => Effect.Effect<Working, never, any>

/** @internal */
export const triggersOf = (handlers: AnyHandlers): ReadonlyArray<EventType> => Object.keys(handlers).filter(isKnown)

/** @internal */
export const makeReceiver = <H extends AnyHandlers>(
  handlers: H,
  options: Options | undefined,
  call: Call,
  checks: Checks = receiverChecks
): WebhookReceiver<any> => {
  checkSettings(handlers, options, checks)
  const answerMillis = millisOf(options?.answerWithin ?? "15 seconds")
  const maxBodyBytes = options?.maxBodyBytes ?? defaultMaxBodyBytes
  return {
    triggers: triggersOf(handlers),
    maxBodyBytes,
    receive: (incoming) =>
      received(
        incoming,
        maxBodyBytes,
        (delivery, arrivedAt) => handleAll(handlers, call, delivery, arrivedAt + answerMillis)
      )
  }
}

/**
 * One delivery, from who sent it to what is answered; what is done with its events is said by who calls this.
 *
 * @internal
 */
export const received = <R, R2>(
  incoming: Incoming<R>,
  maxBodyBytes: number,
  take: (delivery: ReadDelivery, arrivedAt: number) => Effect.Effect<Receipt, never, R2>
): Effect.Effect<Receipt, never, R | R2 | Secrets> =>
  Effect.withFiber((fiber) => {
    // The vendor waits for the secrets and for the body, too.
    const arrivedAt = fiber.getRef(Clock.Clock).currentTimeMillisUnsafe()
    const answering = Effect.map(
      Effect.flatMap(admitted(incoming, maxBodyBytes), (admitted) =>
        "status" in admitted ? Effect.succeed(admitted) : take(admitted, arrivedAt)),
      (receipt) => {
        countDelivery(fiber.context, { reason: receipt.reason })
        return receipt
      }
    )
    // Where nobody looks at spans, one would cost as much as the rest.
    if (fiber.cache.tracer === undefined || !fiber.cache.tracerEnabled) {
      return answering
    }
    return Effect.useSpan("WebhookReceiver.receive", { kind: "server" }, (span) =>
      Effect.map(answering, (receipt) => {
        span.attribute("http.response.status_code", receipt.status)
        span.attribute("sunco.webhooks.reason", receipt.reason)
        return receipt
      }))
  })

/** @internal */
export const receipt = (reason: Reason, counts: Partial<Receipt> = {}): Receipt => ({
  handled: 0,
  duplicates: 0,
  discarded: 0,
  failed: 0,
  ...counts,
  status: statuses[reason],
  reason
})

const refused = (reason: Reason, why: string): Effect.Effect<Receipt> =>
  Effect.as(Effect.logError(`Refused a delivery: ${why}`), receipt(reason))

const whyNoBody: { readonly [Problem in BodyProblem]: (maxBodyBytes: number) => string } = {
  "too large": (maxBodyBytes) =>
    `its body is longer than ${maxBodyBytes} bytes (maxBodyBytes), and its events are lost`,
  consumed: () =>
    "its body was read before the receiver got it: mount the receiver first, or hand on what was read, in Node as `request.body`",
  cut: () => "its body has not come to its end"
}

const admitted = <R>(
  { apiKey, body }: Incoming<R>,
  maxBodyBytes: number
): Effect.Effect<ReadDelivery | Receipt, never, R | Secrets> =>
  Effect.gen(function*() {
    if (apiKey === undefined || apiKey === "") return yield* refused("unknown key", "it has no key")
    const { callers } = yield* Secrets
    const known = yield* Effect.result(callers(apiKey))
    if (Result.isFailure(known)) {
      return yield* refused("unavailable", `${known.failure.message}, and it has to come again`)
    }
    if (known.success.length === 0) return yield* refused("unknown key", "its key is not known")
    const read: Result.Result<unknown, BodyProblem> = Effect.isEffect(body)
      ? yield* Effect.result(body as Effect.Effect<unknown, BodyProblem, R>)
      : Result.succeed(body)
    const problem = Result.isFailure(read)
      ? read.failure
      : isTooLarge(read.success, maxBodyBytes)
      ? "too large"
      : undefined
    if (problem !== undefined) return yield* refused(problem, whyNoBody[problem](maxBodyBytes))
    const delivery = deliveryOf(Result.getOrThrow(read))
    if (Result.isFailure(delivery)) {
      return yield* refused("no delivery", `its body is ${delivery.failure}, and its events are lost`)
    }
    return known.success.some((caller) => mayBeOf(caller, delivery.success))
      ? delivery.success
      : yield* refused("unknown key", "its key is that of another app or webhook")
  })

const mayBeOf = (caller: Caller, delivery: ReadDelivery): boolean =>
  (caller.appId ?? delivery.appId) === delivery.appId && (caller.webhookId ?? delivery.webhookId) === delivery.webhookId

const isTooLarge = (body: unknown, maxBodyBytes: number): boolean =>
  typeof body === "string" || body instanceof Uint8Array
    // A text has a byte or more for each of its units.
    ? body.length > maxBodyBytes
    : false

const handleAll = (
  handlers: AnyHandlers,
  call: Call,
  { appId, events, webhookId }: ReadDelivery,
  deadline: number
): Effect.Effect<Receipt, never, any> =>
  Effect.gen(function*() {
    const endings: Array<Ending> = []
    const { context } = yield* Effect.fiber
    for (const raw of events) {
      const ending = yield* handleOne(handlers, call, raw, { appId, webhookId }, deadline)
      countEvent(context, { type: labelOf(raw), ending })
      endings.push(ending)
    }
    return answered(endings)
  })

const answered = (endings: ReadonlyArray<Ending>): Receipt => {
  const count = (ending: Ending) => endings.filter((other) => other === ending).length
  const counts = { handled: count("handled"), duplicates: count("duplicate"), discarded: count("discarded") }
  const failed = endings.length - counts.handled - counts.duplicates - counts.discarded
  return receipt(toComeAgain.find((ending) => endings.includes(ending)) ?? "handled", { ...counts, failed })
}

const handleOne = (
  handlers: AnyHandlers,
  call: Call,
  raw: unknown,
  arrival: Arrival,
  deadline: number
): Effect.Effect<Ending, never, any> =>
  Effect.gen(function*() {
    const handling = handlingOf(handlers, call, raw, arrival)
    if (handling === undefined) return "handled"
    const log = logAbout(raw, arrival)
    if (handling === "undecodable") {
      yield* log("An event is not what its type says, and there is no handler `undecodable`")
      return "undecodable"
    }
    const claim = yield* claimOf(raw, arrival, log)
    if (typeof claim === "string") return claim
    const left = deadline - (yield* Clock.currentTimeMillis)
    if (left <= 0) {
      yield* Effect.andThen(
        log("An event was left alone: the time of its delivery is over"),
        Effect.ignore(claim.release)
      )
      return "out of time"
    }
    return yield* handled(handling, claim, left, log)
  })

/** Writes an error down with the event that it is of. */
type LogAbout = (message: string, notes?: { readonly [name: string]: string }) => Effect.Effect<void>

/** @internal */
export const logAbout = (raw: unknown, { appId, attempt }: Arrival): LogAbout => (message, notes) =>
  Effect.annotateLogs(Effect.logError(message), {
    type: typeOf(raw),
    event: idOf(raw) ?? "none",
    app: appId,
    ...(attempt !== undefined && { attempt }),
    ...notes
  })

/**
 * What is to be done with an event; nothing, where nobody has said so.
 *
 * @internal
 */
export const handlingOf = (
  handlers: AnyHandlers,
  call: Call,
  raw: unknown,
  arrival: Arrival
): Effect.Effect<Working, never, any> | "undecodable" | undefined => {
  const read = eventOf(raw)
  if (read._tag === "Undecodable") {
    const { undecodable } = handlers
    return undecodable === undefined ? "undecodable" : call(undecodable, read.undecodable, arrival)
  }
  const { event } = read
  const handler = isKnown(event.type) ? handlers[event.type] ?? handlers.unknown : handlers.unknown
  return handler && call(handler, event, arrival)
}

/** Whether anybody wants such an event, or it has to be told of. @internal */
export const hasHandler = (handlers: AnyHandlers, raw: unknown): boolean => {
  const read = eventOf(raw)
  return read._tag === "Undecodable" || handlers["unknown"] !== undefined ||
    isKnown(read.event.type) && handlers[read.event.type] !== undefined
}

/** A handler that gives an effect. @internal */
export const callEffect: Call = (handler, event, arrival) =>
  Effect.map(
    Effect.forkDetach(Effect.suspend(() => handler(event, arrival)), { startImmediately: true }),
    (fiber): Working => ({
      endedAtOnce: () => fiber.pollUnsafe(),
      ended: Fiber.await(fiber),
      endedWithin: (millis) => Effect.raceFirst(Fiber.await(fiber), Effect.as(Effect.sleep(millis), undefined)),
      stop: Fiber.interrupt(fiber)
    })
  )

const unclaimed: Claim = { renew: Effect.void, done: Effect.void, release: Effect.void }

/** What has no id cannot be told from what came before. */
const claimOf = (
  raw: unknown,
  { appId }: Arrival,
  log: LogAbout
): Effect.Effect<Claim | "duplicate" | "being handled" | "unavailable", never, Deduplication> => {
  const id = idOf(raw)
  if (id === undefined) return Effect.succeed(unclaimed)
  return Effect.flatMap(Deduplication, (memory) =>
    Effect.matchEffect(claimedOf(memory, `${appId}:${id}`), {
      onSuccess: (claim) => Effect.succeed(claim === "busy" ? "being handled" : claim === "done" ? "duplicate" : claim),
      onFailure: ({ message }) => Effect.as(log(message), "unavailable")
    }))
}

/** Of each memory, whichever receivers share it. */
const unnoted = new WeakMap<Deduplication["Service"], Unnoted<DeduplicationUnavailable>>()

const claimedOf = (
  memory: Deduplication["Service"],
  key: string
): Effect.Effect<Claim | "busy" | "done", DeduplicationUnavailable> => {
  const handledBefore = unnoted.get(memory)?.find(key)
  if (handledBefore !== undefined) return Effect.as(handledBefore, "done")
  return Effect.map(
    memory.claim(key),
    (claim) => typeof claim === "string" ? claim : { ...claim, done: noted(memory, key, claim.done) }
  )
}

/** The event comes again where the memory is away, to whoever can be told by then that it was handled. */
const noted = (memory: Deduplication["Service"], key: string, done: Claim["done"]): Claim["done"] =>
  Effect.onError(done, () => {
    const ours = unnoted.get(memory) ?? new Unnoted()
    unnoted.set(memory, ours)
    ours.add(key, Effect.as(done, true))
    return Effect.forkDetach(Effect.interruptible(ours.noteLater(key, memory.leaseMillis)))
  })

/** A handler at work. @internal */
export interface Working {
  /** What it has come to, if it has ended before it waited for anything. */
  readonly endedAtOnce: () => Exit.Exit<unknown, unknown> | undefined
  readonly ended: Effect.Effect<Exit.Exit<unknown, unknown>>
  /** The same, or nothing when so many milliseconds are over. */
  readonly endedWithin: (millis: number) => Effect.Effect<Exit.Exit<unknown, unknown> | undefined>
  /** Asks it to stop; it has stopped when it has ended. */
  readonly stop: Effect.Effect<unknown>
}

/** In a fiber of its own: what does not end when it is told to goes on behind the answer, and keeps its claim. */
const handled = (
  begin: Effect.Effect<Working, never, any>,
  claim: Claim,
  millis: number,
  log: LogAbout
): Effect.Effect<Ending, never, any> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function*() {
      const working = yield* restore(begin)
      const atOnce = working.endedAtOnce()
      if (atOnce !== undefined) return yield* settled(atOnce, claim, log)
      const behind = Effect.forkDetach(Effect.interruptible(letEnd(working, claim, log)), { startImmediately: true })
      const exit = yield* Effect.onInterrupt(
        restore(working.endedWithin(millis)),
        () => behind
      )
      if (exit !== undefined) return yield* settled(exit, claim, log)
      yield* behind
      yield* log(`An event was not handled within ${millis} ms, and its handler was told to stop`)
      return "out of time" as const
    })
  )

const letEnd = (
  { ended, stop }: Working,
  claim: Claim,
  log: LogAbout
): Effect.Effect<unknown, never, Deduplication> =>
  Effect.gen(function*() {
    const { leaseMillis } = yield* Deduplication
    const renewing = Number.isFinite(leaseMillis)
      ? Effect.forever(Effect.andThen(Effect.sleep(leaseMillis / 3), Effect.ignore(claim.renew)))
      : Effect.never
    return yield* settled(yield* Effect.raceFirst(Effect.andThen(stop, ended), renewing), claim, log)
  })

const settled = (exit: Exit.Exit<unknown, unknown>, claim: Claim, log: LogAbout): Effect.Effect<Ending> => {
  const ending: Ending = Exit.isSuccess(exit) ? "handled" : isDiscarded(exit.cause) ? "discarded" : "failed"
  const note = ending === "failed" ? claim.release : claim.done
  const told = Exit.isSuccess(exit)
    ? Effect.void
    : log(
      `A handler has ${ending === "failed" ? "failed" : "refused an event for good"}: ${namedError(exit.cause)}`,
      errorNotes(exit.cause)
    )
  return Effect.andThen(
    told,
    Effect.matchEffect(note, {
      onSuccess: () => Effect.succeed(ending),
      // What failed comes again as it is; what was handled may be handled once more.
      onFailure: ({ message }) => Effect.as(log(message), ending === "failed" ? ending : "unavailable" as const)
    })
  )
}

/** @internal */
export const isDiscarded = (cause: Cause.Cause<unknown>): boolean => {
  const error = Cause.squash(cause)
  return typeof error === "object" && error !== null &&
    (Reflect.get(error, discard) === true || Reflect.get(error.constructor ?? {}, discard) === true)
}
