/**
 * The body of every documented error.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"

/**
 * One error of the envelope. Both fields are documented, neither is required, and `code` is an open string.
 *
 * @see OpenAPI 17.12.1, `error`
 * @category models
 * @since 0.1.0
 */
export interface ErrorEntry {
  readonly code?: string
  readonly title?: string
}

/**
 * Schema of {@link ErrorEntry}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ErrorEntry: Schema.Codec<ErrorEntry> = openStruct({
  code: Schema.optionalKey(Schema.String),
  title: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "ErrorEntry" })

/**
 * The errors of a response; more than one only with 400.
 *
 * @see OpenAPI 17.12.1, `errorResponse`
 * @category models
 * @since 0.1.0
 */
export interface ErrorEnvelope {
  readonly errors: ReadonlyArray<ErrorEntry>
}

/**
 * Schema of {@link ErrorEnvelope}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ErrorEnvelope: Schema.Codec<ErrorEnvelope> = openStruct({
  errors: Schema.Array(ErrorEntry)
}).annotate({ identifier: "ErrorEnvelope" })
