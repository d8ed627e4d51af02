/**
 * The answer of operations that have nothing to say.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * `{}`, an empty JSON object and never a 204.
 *
 * @category schemas
 * @since 0.1.0
 */
export const EmptyResponse: Schema.Codec<{ readonly [name: string]: unknown }> = Schema.Record(
  Schema.String,
  Schema.Unknown
).annotate({ identifier: "EmptyResponse" })
