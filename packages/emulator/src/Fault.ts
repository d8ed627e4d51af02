/**
 * The ways in which an exchange can go wrong, as data: the same in TypeScript, in the header `x-sunco-fault` and in the body
 * of `POST /_emulator/faults`.
 *
 * A fault that keeps the true status (a cut after, a slow, lost or mangled answer) comes after the request was carried out;
 * a fault that puts another answer in its place (a status, a redirect, a cut before) keeps the request from being carried out,
 * unless `applied: true` says that only the answer is lost.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { Operation } from "./Operation.ts"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

// `Infinity` waits until the caller leaves.
const Milliseconds = Schema.Number.check(Schema.isGreaterThanOrEqualTo(0))

const AnswerStatus = Schema.Int.check(Schema.isBetween({ minimum: 200, maximum: 599 }))

// What Node's HTTP server agrees to send (RFC 9110, 5.1 and 5.5).
const HeaderName = Schema.String.check(Schema.isPattern(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u))

const HeaderFields = Schema.Record(
  Schema.String,
  Schema.String.check(Schema.isPattern(/^[\t\x20-\x7e\x80-\xff]*$/u, { expected: "a header value" }))
).check(Schema.isPropertyNames(HeaderName, { expected: "header names" }))

const Status = Schema.TaggedStruct("Status", {
  status: AnswerStatus,
  /** The `code` of the error; the usual one of the status when absent. */
  code: Schema.optionalKey(Schema.String),
  title: Schema.optionalKey(Schema.String),
  headers: Schema.optionalKey(HeaderFields),
  /** Text sent instead of the error envelope. */
  body: Schema.optionalKey(Schema.String),
  applied: Schema.optionalKey(Schema.Boolean)
})

const RateLimited = Schema.TaggedStruct("RateLimited", {
  /** Seconds; without it no `Retry-After` is sent. */
  retryAfter: Schema.optionalKey(Count),
  as: Schema.optionalKey(Schema.Literals(["seconds", "date"]))
})

const Redirect = Schema.TaggedStruct("Redirect", {
  location: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]+$/u, { expected: "a URL" })),
  status: Schema.optionalKey(Schema.Literals([301, 302, 303, 307, 308])),
  applied: Schema.optionalKey(Schema.Boolean)
})

const HtmlBody = Schema.TaggedStruct("HtmlBody", {
  status: Schema.optionalKey(AnswerStatus),
  applied: Schema.optionalKey(Schema.Boolean)
})

const EmptyBody = Schema.TaggedStruct("EmptyBody", {})

const TruncatedBody = Schema.TaggedStruct("TruncatedBody", {
  /** How many bytes arrive before the connection closes; half of them when absent. */
  bytes: Schema.optionalKey(Count)
})

const MistypedBody = Schema.TaggedStruct("MistypedBody", {
  /** Where in the answer; the whole body when absent. */
  path: Schema.optionalKey(Schema.Array(Schema.Union([Schema.String, Count]))),
  /** What stands there instead; nothing when absent (the field is left out, the whole body becomes `[]`). */
  value: Schema.optionalKey(Schema.Json)
})

const HugeBody = Schema.TaggedStruct("HugeBody", {
  /** The length of the body before any compression: the true answer, filled up with spaces. */
  bytes: Count,
  gzip: Schema.optionalKey(Schema.Boolean),
  /** Sends no `content-length`; a compressed body never has one. */
  chunked: Schema.optionalKey(Schema.Boolean)
})

const SlowHeaders = Schema.TaggedStruct("SlowHeaders", {
  milliseconds: Milliseconds,
  /** Whether the request is carried out before the wait or after it; `first` when absent. */
  applied: Schema.optionalKey(Schema.Literals(["first", "last"]))
})

const SlowBody = Schema.TaggedStruct("SlowBody", {
  /** From the headers, which come at once, to the last byte. */
  milliseconds: Milliseconds,
  /** How many pieces the body comes in, the first one at once; 2 when absent. */
  pieces: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(2)))
})

const CutBeforeApplied = Schema.TaggedStruct("CutBeforeApplied", {})

const CutAfterApplied = Schema.TaggedStruct("CutAfterApplied", {})

const CloseAfterAnswer = Schema.TaggedStruct("CloseAfterAnswer", {})

/**
 * One way in which an exchange can go wrong.
 *
 * @category models
 * @since 0.1.0
 */
export type Fault = typeof Fault.Type

/**
 * Schema of {@link Fault}: a tagged union, so that JSON names the fault in `_tag`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Fault = Schema.Union([
  Status,
  RateLimited,
  Redirect,
  HtmlBody,
  EmptyBody,
  TruncatedBody,
  MistypedBody,
  HugeBody,
  SlowHeaders,
  SlowBody,
  CutBeforeApplied,
  CutAfterApplied,
  CloseAfterAnswer
]).annotate({ identifier: "Fault", description: "One way in which an exchange can go wrong." })

/**
 * Which requests a fault is for: all that are named must agree.
 *
 * @category models
 * @since 0.1.0
 */
export interface FaultMatch {
  readonly operation?: Operation
  readonly method?: string
  /** The path as it was sent, without the query. */
  readonly path?: string
  /** Headers by name, in any case, with their whole value. */
  readonly headers?: { readonly [name: string]: string }
}

/**
 * Schema of {@link FaultMatch}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const FaultMatch: Schema.Codec<FaultMatch> = Schema.Struct({
  operation: Schema.optionalKey(Operation),
  method: Schema.optionalKey(Schema.String),
  path: Schema.optionalKey(Schema.String),
  headers: Schema.optionalKey(Schema.Record(Schema.String, Schema.String))
}).annotate({ identifier: "FaultMatch", description: "Which requests a fault is for: all that are named must agree." })

/**
 * A fault with the requests that it is for.
 *
 * @category models
 * @since 0.1.0
 */
export interface FaultRule {
  readonly fault: Fault
  /** How many requests it is for; without it, all until the faults are cleared. */
  readonly times?: number
  readonly when?: FaultMatch
}

/**
 * Schema of {@link FaultRule}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const FaultRule: Schema.Codec<FaultRule> = Schema.Struct({
  fault: Fault,
  times: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
  when: Schema.optionalKey(FaultMatch)
}).annotate({ identifier: "FaultRule", description: "A fault with the requests that it is for." })

/**
 * The request header that asks for a fault of just that request: JSON of a {@link Fault}, or the bare name of one that needs
 * no more than its name.
 *
 * @category constants
 * @since 0.1.0
 */
export const header = "x-sunco-fault"

/**
 * Answers with a status instead of carrying the request out.
 *
 * **Details**
 *
 * The body is the error envelope with the usual code of that status, or with `code` and `title`, or `body` as it stands (add
 * a `content-type` to `headers` for it). With `applied: true` the request is carried out and only its answer is lost, as
 * when a gateway gives up waiting (504).
 *
 * **Example** (A gateway that gives up after the write)
 *
 * ```ts
 * import * as Fault from "@sunco/emulator/Fault"
 *
 * console.log(JSON.stringify(Fault.status(504, { applied: true })))
 * // {"_tag":"Status","status":504,"applied":true}
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const status = (status: number, options?: Omit<typeof Status.Type, "_tag" | "status">): Fault => ({
  _tag: "Status",
  status,
  ...options
})

/**
 * Answers 429, with `Retry-After` in seconds or as a date when `retryAfter` (in seconds) is given.
 *
 * @category constructors
 * @since 0.1.0
 */
export const rateLimited = (options?: Omit<typeof RateLimited.Type, "_tag">): Fault => ({
  _tag: "RateLimited",
  ...options
})

/**
 * Answers with a redirect, 302 by default.
 *
 * @category constructors
 * @since 0.1.0
 */
export const redirect = (location: string, options?: Omit<typeof Redirect.Type, "_tag" | "location">): Fault => ({
  _tag: "Redirect",
  location,
  ...options
})

/**
 * Answers with a page of HTML, as a proxy in front of the API would; 502 by default.
 *
 * @category constructors
 * @since 0.1.0
 */
export const htmlBody = (options?: Omit<typeof HtmlBody.Type, "_tag">): Fault => ({ _tag: "HtmlBody", ...options })

/**
 * Carries the request out and answers with its status, its headers and no body.
 *
 * @category constructors
 * @since 0.1.0
 */
export const emptyBody: Fault = { _tag: "EmptyBody" }

/**
 * Carries the request out and closes the connection after so many bytes of the body, half of it by default.
 *
 * @category constructors
 * @since 0.1.0
 */
export const truncatedBody = (bytes?: number): Fault => ({
  _tag: "TruncatedBody",
  ...(bytes === undefined ? undefined : { bytes })
})

/**
 * Carries the request out and answers with valid JSON of the wrong shape.
 *
 * **Example** (An id that is a number, and a user without an id)
 *
 * ```ts
 * import * as Fault from "@sunco/emulator/Fault"
 *
 * const retyped = Fault.mistypedBody({ path: ["user", "id"], value: 12 })
 * const dropped = Fault.mistypedBody({ path: ["user", "id"] })
 *
 * console.log(retyped._tag === dropped._tag)
 * // true
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const mistypedBody = (options?: Omit<typeof MistypedBody.Type, "_tag">): Fault => ({
  _tag: "MistypedBody",
  ...options
})

/**
 * Carries the request out and fills its answer up to so many bytes; with `gzip: true` a compressed bomb of that size.
 *
 * @category constructors
 * @since 0.1.0
 */
export const hugeBody = (bytes: number, options?: Omit<typeof HugeBody.Type, "_tag" | "bytes">): Fault => ({
  _tag: "HugeBody",
  bytes,
  ...options
})

/**
 * Waits before anything is answered, for good with `Infinity`. The request is carried out before the wait, or after it with `applied: "last"`: then a
 * caller who leaves during the wait leaves it undone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const slowHeaders = (
  wait: Duration.Input,
  options?: Omit<typeof SlowHeaders.Type, "_tag" | "milliseconds">
): Fault => ({ _tag: "SlowHeaders", milliseconds: Duration.toMillis(wait), ...options })

/**
 * Carries the request out, sends the headers at once and spreads the body over the time given.
 *
 * @category constructors
 * @since 0.1.0
 */
export const slowBody = (
  wait: Duration.Input,
  options?: Omit<typeof SlowBody.Type, "_tag" | "milliseconds">
): Fault => ({ _tag: "SlowBody", milliseconds: Duration.toMillis(wait), ...options })

/**
 * Resets the connection once the whole request has arrived, without carrying it out.
 *
 * @category constructors
 * @since 0.1.0
 */
export const cutBeforeApplied: Fault = { _tag: "CutBeforeApplied" }

/**
 * Carries the request out and resets the connection before any byte of the answer.
 *
 * @category constructors
 * @since 0.1.0
 */
export const cutAfterApplied: Fault = { _tag: "CutAfterApplied" }

/**
 * Answers whole on a connection that is said to stay open, then closes it: the next request on it may find it dead.
 *
 * @category constructors
 * @since 0.1.0
 */
export const closeAfterAnswer: Fault = { _tag: "CloseAfterAnswer" }
