/**
 * A file as a part of a form that is sent.
 *
 * @since 0.1.0
 */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"

/**
 * Bytes with the name that the vendor gets for them. Held in memory, so that they can be sent again.
 *
 * @category models
 * @since 0.1.0
 */
export interface FilePart {
  /** Such as `holiday.jpg`; at least one character. */
  readonly name: string
  /** Such as `image/jpeg`; `application/octet-stream` when absent. */
  readonly contentType?: string | undefined
  readonly data: Uint8Array
}

const isMediaType = (value: unknown): boolean =>
  typeof value === "string" && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?$/.test(value)

const isFilePart = (value: unknown): value is FilePart =>
  Predicate.hasProperty(value, "name") && typeof value.name === "string" && value.name !== "" &&
  value.name.isWellFormed() && Predicate.hasProperty(value, "data") && value.data instanceof Uint8Array &&
  (!Predicate.hasProperty(value, "contentType") || value.contentType === undefined || isMediaType(value.contentType))

/** What a form says of a file in OpenAPI. No such JSON is ever read or written. */
const Binary = Schema.String.annotate({ format: "binary" })

/**
 * Schema of {@link FilePart}, for payloads of operations whose `body` is `"multipart"`.
 *
 * @category schemas
 * @since 0.1.0
 */
export const FilePart: Schema.Codec<FilePart> = Schema.declare(isFilePart, {
  identifier: "FilePart",
  expected: "a file: its name, its bytes in data, and perhaps its contentType",
  toCodecJson: () =>
    Schema.link<FilePart>()(Binary, {
      decode: SchemaGetter.forbidden(() => "a file is no JSON"),
      encode: SchemaGetter.forbidden(() => "a file is no JSON")
    })
})
