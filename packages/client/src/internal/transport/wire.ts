import type { Limits } from "@sunco/schemas/Operation"
import type { ResponseInfo } from "../../ResponseInfo.ts"
import type { WatchIdle } from "../call/idleWatch.ts"

/**
 * What is sent, but for the headers: everything in it is encoded.
 *
 * @internal
 */
export interface WireRequest {
  readonly method: string
  /** The path as declared, for spans: `/v2/apps/:appId/users/:userIdOrExternalId`. */
  readonly template: string
  /** Path and query. */
  readonly path: string
  readonly body: string | Uint8Array | undefined
  /** Of a body that is not JSON. */
  readonly contentType?: string | undefined
  /** Which credentials it goes with; any when absent. */
  readonly auth?: "none" | "bearer" | undefined
  /** What differs from the limits of the client. */
  readonly limits?: Limits | undefined
  /** Of an upload, whose encoder brings it: nobody else's bundle has it. */
  readonly watchIdle?: WatchIdle | undefined
  /** The payload that {@link body} is made of: a copy that nobody else has. */
  readonly sent?: unknown
}

/**
 * The payload that was sent, and not what the caller's object says when it is asked again: a getter may say something else.
 *
 * @internal
 */
export const sentIn = <Payload>({ sent }: WireRequest): Payload => sent as Payload

/**
 * Where requests go, and how much of an answer is read.
 *
 * @internal
 */
export interface Destination {
  readonly server: Server
  readonly maxResponseBytes: number
}

/** @internal */
export interface Server {
  readonly address: string
  readonly port: number
  readonly origin: string
  /** What stands before every path, without a slash at its end: `/sc`. */
  readonly path: string
}

/**
 * How long an attempt may take.
 *
 * @internal
 */
export interface TimeLimit {
  readonly limit: "attempt" | "deadline"
  readonly millis: number
  /** The limit that the caller set, which a failure names. */
  readonly names: number
}

/**
 * What a transport knows of whether the request left; `undefined` where it does not tell.
 *
 * - `never`: no try of it was handed to a connection
 * - `once`: one was
 * - `again`: the transport tried more than once by itself, so that an earlier try may have been applied
 *
 * @internal
 */
export type Sent = "never" | "once" | "again" | undefined

/** @internal */
export interface Progress {
  readonly sent?: Sent
  /** Status and headers of an answer that has begun. */
  readonly response?: ResponseInfo | undefined
}

/**
 * A whole answer, or one whose body was larger than the limit.
 *
 * @internal
 */
export interface Answer extends ResponseInfo {
  readonly _tag: "Answer"
  readonly body: string
  readonly tooLarge: boolean
  /** Neither a length nor chunks said where the body ends, so what is here may be its beginning. */
  readonly unframed?: boolean
  readonly sent?: Sent
}

/**
 * No whole answer; `response` is there when it was lost after its headers.
 *
 * @internal
 */
export interface Lost extends Progress {
  readonly _tag: "Lost"
  readonly cause: unknown
  readonly response: ResponseInfo | undefined
  /** The proxy that stands between, where the transport knows of one. */
  readonly proxy?: string | undefined
}

/** @internal */
export interface OutOfTime extends Progress {
  readonly _tag: "OutOfTime"
  readonly limit: TimeLimit["limit"] | "idle"
  readonly millis: number
}

/**
 * How one attempt ended.
 *
 * @internal
 */
export type Outcome = Answer | Lost | OutOfTime
