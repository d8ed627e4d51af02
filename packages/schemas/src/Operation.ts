/**
 * An operation of the API as plain data: what its `HttpApi` endpoint is made of, for whoever needs the facts without the
 * modules of a server.
 *
 * @since 0.1.0
 */
import type * as Schema from "effect/Schema"

/**
 * One operation with the statuses that the vendor documents.
 *
 * @category models
 * @since 0.1.0
 */
export interface Operation {
  /** The name of the endpoint in its group and of the method in the client. */
  readonly name: string
  /** The vendor's operationId. */
  readonly operationId: string
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  /** With `:name` for each of `params`. */
  readonly path: `/${string}`
  readonly params: { readonly [name: string]: Schema.Codec<string> }
  readonly query?: Schema.Struct.Fields
  readonly payload?: Schema.Codec<unknown>
  readonly success: { readonly status: number; readonly schema: Schema.Codec<unknown> }
  /** Its body is the error envelope. */
  readonly error?: { readonly status: number }
}
