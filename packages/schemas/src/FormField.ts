/**
 * The fields of forms, and of the answers to them.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { codePoints } from "./internal/codePoints.ts"
import { entries } from "./internal/entries.ts"
import { omittable } from "./internal/omittable.ts"
import { relaxed } from "./internal/relaxed.ts"
import { wholeNumber } from "./internal/wholeNumber.ts"
import type { Received } from "./Received.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * What a field of type `select` offers.
 *
 * @see OpenAPI 17.12.1, `formOptions`
 * @category models
 * @since 0.1.0
 */
export interface FormOptionInput {
  /** 1 to 128 characters, unique in the field. */
  readonly name: string
  /** What the user sees, 1 to 128 characters. */
  readonly label: string
}

/**
 * A field of a form, to send.
 *
 * @see OpenAPI 17.12.1, `field` and `formMessageField`
 * @category models
 * @since 0.1.0
 */
export interface FormFieldInput {
  readonly type: OpenText<"email" | "select" | "text">
  /** 1 to 128 characters, unique in the form. */
  readonly name: string
  /** What the user sees, 1 to 128 characters. */
  readonly label: string
  /** What a text field is filled with, 1 to 256 characters. */
  readonly text?: string | undefined
  /** What an e-mail field is filled with, 1 to 128 characters. */
  readonly email?: string | undefined
  /** What is chosen of a field of type `select`. */
  readonly select?: ReadonlyArray<{ readonly [name: string]: unknown }> | undefined
  /** What a text field takes where it takes a number. */
  readonly format?: OpenText<"integer" | "decimal"> | undefined
  /** 1 to 128 characters. */
  readonly placeholder?: string | undefined
  /** The least length of a text, 1 to 256; 1 where nothing is said. */
  readonly minSize?: number | undefined
  /** The greatest length of a text, 1 to 256; 128 where nothing is said. */
  readonly maxSize?: number | undefined
  /** At most 200. */
  readonly options?: ReadonlyArray<FormOptionInput> | undefined
}

const named = Schema.String.check(codePoints(1, 128))

const FormOptionInput: Schema.Codec<FormOptionInput> = Schema.Struct({ name: named, label: named }).annotate({
  identifier: "FormOptionInput"
})

/**
 * Schema of {@link FormFieldInput}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const FormFieldInput: Schema.Codec<FormFieldInput> = Schema.Struct({
  type: Schema.Literals(["email", "select", "text"]),
  name: named,
  label: named,
  text: omittable(Schema.String.check(codePoints(1, 256))),
  email: omittable(named),
  select: omittable(Schema.Array(Schema.Record(Schema.String, Schema.Unknown))),
  format: omittable(Schema.Literals(["integer", "decimal"])),
  placeholder: omittable(named),
  minSize: omittable(Schema.Finite.check(wholeNumber(1, 256))),
  maxSize: omittable(Schema.Finite.check(wholeNumber(1, 256))),
  options: omittable(Schema.Array(FormOptionInput).check(entries(0, 200)))
}).annotate({ identifier: "FormFieldInput" })

/**
 * One of the choices of a field, or what was chosen of them.
 *
 * @see OpenAPI 17.12.1, `formOptions`
 * @category models
 * @since 0.1.0
 */
export interface FormOption extends Received<FormOptionInput> {}

/**
 * A field of a form, or of the answer to one, as answers carry it.
 *
 * @see OpenAPI 17.12.1, `field`, `formMessageField` and `formResponseMessageField`
 * @category models
 * @since 0.1.0
 */
export interface FormField extends Received<Omit<FormFieldInput, "select" | "options">> {
  /** What was chosen of a field of type `select`. */
  readonly select?: ReadonlyArray<FormOption>
  readonly options?: ReadonlyArray<FormOption>
}

const FormOption: Schema.Codec<FormOption> = relaxed(FormOptionInput).annotate({
  identifier: "FormOption"
})

/**
 * Schema of {@link FormField}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const FormField: Schema.Codec<FormField> = relaxed(FormFieldInput, {
  select: Schema.Array(FormOption),
  options: Schema.Array(FormOption)
}).annotate({ identifier: "FormField" })
