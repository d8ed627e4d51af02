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
 * Schema of {@link Metadata} without a limit, as responses carry it.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Metadata: Schema.Codec<Metadata> = Schema.Record(
  Schema.String,
  Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])
).annotate({
  identifier: "Metadata",
  description: "Flat object of custom properties: strings, numbers and booleans."
})

/**
 * How many bytes of compact UTF-8 JSON a {@link MetadataInput} may take.
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

/**
 * Schema of {@link Metadata} as a request may send it: at most {@link maximumBytes}.
 *
 * **Gotchas**
 *
 * How the vendor counts is not documented, and an update is merged into what is stored already: a small patch can still
 * be answered with 400. Where this count refuses what the vendor would take, switch it off with the `metadataLimit`
 * option of the client.
 *
 * @category schemas
 * @since 0.1.0
 */
export const MetadataInput: Schema.Codec<Metadata> = Metadata.check(
  Schema.makeFilter((metadata) => byteLength(metadata) <= maximumBytes, {
    expected: `at most ${maximumBytes} bytes as compact UTF-8 JSON`,
    toJsonSchema: () => ({})
  })
).annotate({
  identifier: "MetadataInput",
  description: `Flat object of custom properties, at most ${maximumBytes} bytes as compact UTF-8 JSON.`
})
