import { SunshineError } from "@sunco/client/SunshineError"
import { isHttpClientError } from "effect-4/http/HttpClientError"
import * as Redacted4 from "effect-4/Redacted"

/**
 * A defect of the application's transport on its way through the client, which takes whatever becomes of a request for an
 * answer that was lost, and makes a failure of it.
 *
 * @internal
 */
export class TransportDefect {
  readonly cause: unknown
  constructor(cause: unknown) {
    this.cause = cause
  }
}

/**
 * The transport's own error, without what it was wrapped in for the client.
 *
 * @internal
 */
export const unwrapped = (cause: unknown): unknown => isHttpClientError(cause) ? cause.reason.cause : cause

/** @internal */
export const transportDefectOf = (error: unknown): TransportDefect | undefined => {
  if (!(error instanceof SunshineError) || error.reason._tag !== "Transport") return undefined
  const cause = unwrapped(Redacted4.value(error.reason.cause))
  return cause instanceof TransportDefect ? cause : undefined
}
