/**
 * What `Sunshine.request` sends and gives, for an operation that no method covers.
 *
 * @since 0.1.0
 */
import type { ResponseInfo } from "./ResponseInfo.ts"

/**
 * A request that no method of this client has.
 *
 * @category models
 * @since 0.1.0
 */
export interface SunshineRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  /** The segments below the base URL, not encoded: `["v2", "apps", appId, "conversations", id]`. */
  readonly path: ReadonlyArray<string>
  readonly query?: { readonly [name: string]: string | undefined } | undefined
  /** Sent as JSON; `undefined` sends no body. What JSON cannot carry (`FormData`, `Map`, `NaN`, …) is `InvalidInput`. */
  readonly body?: unknown
  /** Names the call in errors and spans: `Conversations.get`. */
  readonly operation: string
  /** Whether it may be sent again when nobody knows whether it was applied; a GET always is. */
  readonly repeatable?: boolean | undefined
}

/**
 * Any answer with a status of 2xx.
 *
 * @category models
 * @since 0.1.0
 */
export interface SunshineResponse extends ResponseInfo {
  /** The JSON of the body, `undefined` when the body is empty. */
  readonly body: unknown
}
