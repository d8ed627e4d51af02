/**
 * The ways in which an exchange can go wrong, as data: the same in TypeScript, in the header `x-sunco-fault` and in
 * the body of `POST /_emulator/faults`.
 *
 * A fault that keeps the true status (a cut after, a slow, lost or mangled answer) comes after the request was
 * carried out; a fault that puts another answer in its place (a status, a redirect, a cut before) keeps the request
 * from being carried out, unless `applied: true` says that only the answer is lost.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { Operation } from "./Operation.ts"

/**
 * Any status, with the error envelope or with text of its own.
 *
 * @category models
 * @since 0.1.0
 */
export interface Status {
  readonly _tag: "Status"
  /** 200 to 599. */
  readonly status: number
  /** The `code` of the error; the usual one of the status when absent. */
  readonly code?: string
  readonly title?: string
  /** Any but those that frame the message: `content-length`, `transfer-encoding`, `trailer`. */
  readonly headers?: { readonly [name: string]: string }
  /** Text instead of the error envelope, as `text/plain` unless `headers` say otherwise. */
  readonly body?: string
  /** Whether the request is carried out all the same; `false` when absent. */
  readonly applied?: boolean
}

/**
 * 429, with or without `Retry-After`.
 *
 * @category models
 * @since 0.1.0
 */
export interface RateLimited {
  readonly _tag: "RateLimited"
  /** Seconds, at most 8,000,000,000 (253 years); without it no `Retry-After` is sent. */
  readonly retryAfter?: number
  /** How it is written; `seconds` when absent. */
  readonly as?: "seconds" | "date"
}

/**
 * A redirect.
 *
 * @category models
 * @since 0.1.0
 */
export interface Redirect {
  readonly _tag: "Redirect"
  readonly location: string
  /** 302 when absent. */
  readonly status?: 301 | 302 | 303 | 307 | 308
  /** Whether the request is carried out all the same; `false` when absent. */
  readonly applied?: boolean
}

/**
 * A page of HTML, as a proxy in front of the API would send it.
 *
 * @category models
 * @since 0.1.0
 */
export interface HtmlBody {
  readonly _tag: "HtmlBody"
  /** 502 when absent. */
  readonly status?: number
  /** Whether the request is carried out all the same; `false` when absent. */
  readonly applied?: boolean
}

/**
 * The true status and headers without a body.
 *
 * @category models
 * @since 0.1.0
 */
export interface EmptyBody {
  readonly _tag: "EmptyBody"
}

/**
 * A body that ends before it should, with its connection.
 *
 * @category models
 * @since 0.1.0
 */
export interface TruncatedBody {
  readonly _tag: "TruncatedBody"
  /** How many bytes arrive; half of them when absent. */
  readonly bytes?: number
}

/**
 * Valid JSON of the wrong shape.
 *
 * @category models
 * @since 0.1.0
 */
export interface MistypedBody {
  readonly _tag: "MistypedBody"
  /** Where in the answer, at most 100 names or indices; the whole of it when absent. */
  readonly path?: ReadonlyArray<string | number>
  /** What stands there instead; when absent the field is left out, or the whole is `[]`. */
  readonly value?: Schema.Json
}

/**
 * A body that is longer than it has to be.
 *
 * @category models
 * @since 0.1.0
 */
export interface HugeBody {
  readonly _tag: "HugeBody"
  /** The length before any compression: the true answer, filled up with spaces. */
  readonly bytes: number
  readonly gzip?: boolean
  /** Sends no `content-length`; a compressed body never has one. */
  readonly chunked?: boolean
}

/**
 * A wait before anything is answered.
 *
 * @category models
 * @since 0.1.0
 */
export interface SlowHeaders {
  readonly _tag: "SlowHeaders"
  /** `Infinity` waits until the caller leaves. */
  readonly milliseconds: number
  /** Whether the request is carried out before the wait or after it; `first` when absent. */
  readonly applied?: "first" | "last"
}

/**
 * A wait in the middle of the body.
 *
 * @category models
 * @since 0.1.0
 */
export interface SlowBody {
  readonly _tag: "SlowBody"
  /** From the headers, which come at once, to the last byte; `Infinity` waits until the caller leaves. */
  readonly milliseconds: number
  /** How many pieces the body comes in, the first one at once, at most 10,000; 2 when absent. */
  readonly pieces?: number
}

/**
 * A connection that is reset once the whole request has arrived, before it is carried out.
 *
 * @category models
 * @since 0.1.0
 */
export interface CutBeforeApplied {
  readonly _tag: "CutBeforeApplied"
}

/**
 * A connection that is reset after the request was carried out, before any byte of the answer.
 *
 * @category models
 * @since 0.1.0
 */
export interface CutAfterApplied {
  readonly _tag: "CutAfterApplied"
}

/**
 * A whole answer on a connection that is said to stay open, and then closes.
 *
 * @category models
 * @since 0.1.0
 */
export interface CloseAfterAnswer {
  readonly _tag: "CloseAfterAnswer"
}

/**
 * One way in which an exchange can go wrong.
 *
 * @category models
 * @since 0.1.0
 */
export type Fault =
  | Status
  | RateLimited
  | Redirect
  | HtmlBody
  | EmptyBody
  | TruncatedBody
  | MistypedBody
  | HugeBody
  | SlowHeaders
  | SlowBody
  | CutBeforeApplied
  | CutAfterApplied
  | CloseAfterAnswer

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

const Milliseconds = Schema.Number.check(Schema.isGreaterThanOrEqualTo(0))

const AnswerStatus = Schema.Int.check(Schema.isBetween({ minimum: 200, maximum: 599 }))

// What Node's HTTP server agrees to send (RFC 9110, 5.1 and 5.5).
const HeaderName = Schema.String.check(Schema.isPattern(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u))

// Node refuses to send some of them beside others, and what is sent would say another length than there is.
const framing = new Set(["content-length", "transfer-encoding", "trailer"])

const AnswerHeaderName = HeaderName.check(Schema.makeFilter((name) => !framing.has(name.toLowerCase())))

const HeaderFields = Schema.Record(
  Schema.String,
  Schema.String.check(Schema.isPattern(/^[\t\x20-\x7e\x80-\xff]*$/u, { expected: "a header value" }))
).check(Schema.isPropertyNames(AnswerHeaderName, {
  expected: `header names, none of them ${Array.from(framing).join(", ")}`
}))

const struct = <Tag extends Fault["_tag"], Fields extends Schema.Struct.Fields>(tag: Tag, fields: Fields) =>
  Schema.TaggedStruct(tag, fields).annotate({ identifier: tag })

const faults = [
  struct("Status", {
    status: AnswerStatus,
    code: Schema.optionalKey(Schema.String),
    title: Schema.optionalKey(Schema.String),
    headers: Schema.optionalKey(HeaderFields),
    body: Schema.optionalKey(Schema.String),
    applied: Schema.optionalKey(Schema.Boolean)
  }),
  struct("RateLimited", {
    // Later, it is no date any more.
    retryAfter: Schema.optionalKey(Count.check(Schema.isLessThanOrEqualTo(8_000_000_000))),
    as: Schema.optionalKey(Schema.Literals(["seconds", "date"]))
  }),
  struct("Redirect", {
    location: Schema.String.check(Schema.isPattern(/^[\x21-\x7e]+$/u, { expected: "a URL" })),
    status: Schema.optionalKey(Schema.Literals([301, 302, 303, 307, 308])),
    applied: Schema.optionalKey(Schema.Boolean)
  }),
  struct("HtmlBody", {
    status: Schema.optionalKey(AnswerStatus),
    applied: Schema.optionalKey(Schema.Boolean)
  }),
  struct("EmptyBody", {}),
  struct("TruncatedBody", { bytes: Schema.optionalKey(Count) }),
  struct("MistypedBody", {
    path: Schema.optionalKey(Schema.Array(Schema.Union([Schema.String, Count])).check(Schema.isMaxLength(100))),
    value: Schema.optionalKey(Schema.Json)
  }),
  struct("HugeBody", {
    bytes: Count,
    gzip: Schema.optionalKey(Schema.Boolean),
    chunked: Schema.optionalKey(Schema.Boolean)
  }),
  struct("SlowHeaders", {
    milliseconds: Milliseconds,
    applied: Schema.optionalKey(Schema.Literals(["first", "last"]))
  }),
  struct("SlowBody", {
    milliseconds: Milliseconds,
    pieces: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 10_000 })))
  }),
  struct("CutBeforeApplied", {}),
  struct("CutAfterApplied", {}),
  struct("CloseAfterAnswer", {})
] as const

/**
 * Schema of {@link Fault}: a tagged union, so that JSON names the fault in `_tag`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Fault: Schema.Codec<Fault> = Schema.Union(faults).annotate({
  identifier: "Fault",
  message: `Expected a fault, of which "_tag" is one of ${
    faults.map(({ fields }) => fields._tag.schema.literal).join(", ")
  }`,
  description: "One way in which an exchange can go wrong."
})

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
 * The request header that asks for a fault of just that request: JSON of a {@link Fault}, or the bare name of one
 * that needs no more than its name.
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
 * The body is the error envelope with the usual code of that status, or with `code` and `title`, or `body` as it
 * stands (add a `content-type` to `headers` for it). With `applied: true` the request is carried out and only its
 * answer is lost, as when a gateway gives up waiting (504).
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
export const status = (status: number, options?: Omit<Status, "_tag" | "status">): Fault => ({
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
export const rateLimited = (options?: Omit<RateLimited, "_tag">): Fault => ({
  _tag: "RateLimited",
  ...options
})

/**
 * Answers with a redirect, 302 by default.
 *
 * @category constructors
 * @since 0.1.0
 */
export const redirect = (location: string, options?: Omit<Redirect, "_tag" | "location">): Fault => ({
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
export const htmlBody = (options?: Omit<HtmlBody, "_tag">): Fault => ({ _tag: "HtmlBody", ...options })

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
 * const retyped = Fault.mistypedBody({ path: ["user", "id"], value: null })
 * const dropped = Fault.mistypedBody({ path: ["user", "id"] })
 *
 * console.log(retyped._tag === dropped._tag)
 * // true
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const mistypedBody = (options?: Omit<MistypedBody, "_tag">): Fault => ({
  _tag: "MistypedBody",
  ...options
})

/**
 * Carries the request out and fills its answer up to so many bytes; with `gzip: true` a compressed bomb of that size.
 *
 * @category constructors
 * @since 0.1.0
 */
export const hugeBody = (bytes: number, options?: Omit<HugeBody, "_tag" | "bytes">): Fault => ({
  _tag: "HugeBody",
  bytes,
  ...options
})

/**
 * Waits before anything is answered, for good with `Infinity`. The request is carried out before the wait, or after
 * it with `applied: "last"`: then a caller who leaves during the wait leaves it undone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const slowHeaders = (
  wait: Duration.Input,
  options?: Omit<SlowHeaders, "_tag" | "milliseconds">
): Fault => ({ _tag: "SlowHeaders", milliseconds: Duration.toMillis(wait), ...options })

/**
 * Carries the request out, sends the headers at once and spreads the body over the time given.
 *
 * @category constructors
 * @since 0.1.0
 */
export const slowBody = (
  wait: Duration.Input,
  options?: Omit<SlowBody, "_tag" | "milliseconds">
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
