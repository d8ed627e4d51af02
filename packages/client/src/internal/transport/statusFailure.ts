import * as Predicate from "effect/Predicate"
import { findCause, textAt } from "./causeChain.ts"

/**
 * The answer that a transport made a failure of, as undici's interceptors do: `responseError` keeps its body as text or as
 * parsed JSON, `retry` none of it.
 *
 * @internal
 */
export interface StatusFailure {
  readonly status: number
  readonly headers: Record<string, string | Array<string> | undefined>
  readonly body: string
  /** The body was cut off at some limit. */
  readonly truncated: boolean
}

/** @internal */
export const statusFailure = (cause: unknown): StatusFailure | undefined =>
  findCause(cause, (link) => {
    if (!/^UND_ERR_RE(SPONSE|Q_RETRY)$/.test(textAt(link, "code") ?? "")) return undefined
    const status: unknown = Reflect.get(link, "statusCode")
    if (!Number.isInteger(status)) return undefined
    const headers: unknown = Reflect.get(link, "headers")
    const body: unknown = Reflect.get(link, "body")
    return {
      status: status as number,
      // undici's own, as it hands them to every handler.
      headers: Predicate.isObject(headers) ? headers as StatusFailure["headers"] : {},
      body: typeof body === "string" ? body : JSON.stringify(body ?? undefined) ?? "",
      truncated: Reflect.get(link, "bodyTruncated") === true
    }
  })
