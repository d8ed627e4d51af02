/**
 * Status and headers of an answer, for support tickets and for whoever needs them beside the decoded value.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * What an answer carried beside its body; header names are in lower case.
 *
 * @category models
 * @since 0.1.0
 */
export interface ResponseInfo {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
}

/**
 * Schema of {@link ResponseInfo}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ResponseInfo: Schema.Codec<ResponseInfo> = Schema.Struct({
  status: Schema.Int,
  headers: Schema.Record(Schema.String, Schema.String)
})
