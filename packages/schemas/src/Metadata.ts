/**
 * The flat custom properties of a user.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * Custom properties by name: strings, finite numbers and booleans, nothing nested.
 *
 * @see OpenAPI 17.12.1, `metadata`
 * @category models
 * @since 0.1.0
 */
export interface Metadata {
  readonly [name: string]: string | number | boolean
}

/**
 * Schema of {@link Metadata}, in requests and in responses.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Metadata: Schema.Codec<Metadata> = Schema.Record(
  Schema.String,
  Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])
).annotate({
  identifier: "Metadata"
})

/**
 * How many bytes of compact UTF-8 JSON {@link Metadata} may take at the vendor.
 *
 * **Gotchas**
 *
 * How the vendor counts is not documented, and an update is merged into what is stored already: a small patch can still be
 * answered with 400. So the limit is none of the schema's: the client holds payloads to it unless its `metadataLimit` is off.
 *
 * @see OpenAPI 17.12.1: "limited to 4KB in size"; 4096 is what the error text of an app's metadata says
 * @category constants
 * @since 0.1.0
 */
export const maximumBytes = 4096

/**
 * How many bytes the vendor would have to store, counted as compact UTF-8 JSON.
 *
 * **Example** (Measuring before sending)
 *
 * ```ts
 * import { byteLength } from "@sunco/schemas/Metadata"
 *
 * console.log(byteLength({ city: "Zürich" }))
 * // 18
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const byteLength = (metadata: Metadata): number => encoder.encode(JSON.stringify(metadata)).length

const encoder = new TextEncoder()
