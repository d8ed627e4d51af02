/**
 * A model of which nothing has to be said, for seeds, states and fixtures.
 *
 * @since 0.1.0
 */
import type * as Schema from "effect/Schema"
import * as Internal from "./internal/partial.ts"

/**
 * The schema that {@link partial} makes: that of the model with every field optional, and these fields one by one.
 *
 * @category models
 * @since 0.1.0
 */
export interface PartialSchema<A> extends Schema.Codec<Partial<A>> {
  readonly fields: { readonly [Name in keyof A]-?: Schema.optionalKey<Schema.Codec<Required<A>[Name]>> }
}

/**
 * The same object schema with every field optional.
 *
 * **Details**
 *
 * Fields keep their own checks and transformations. What the schema keeps of fields that it does not name is kept; its
 * annotations, and checks of the object as a whole, are not. A schema of anything but an object with fields is a defect.
 *
 * **Example** (A user of whom only the externalId matters)
 *
 * ```ts
 * import { partial } from "@sunco/schemas/Partial"
 * import { User } from "@sunco/schemas/User"
 * import * as Schema from "effect/Schema"
 *
 * const SomeUser = partial(User)
 *
 * console.log(Schema.decodeUnknownSync(SomeUser)({ externalId: "ada", hasPaymentInfo: false }))
 * // { externalId: 'ada', hasPaymentInfo: false }
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const partial = <A extends object>(schema: Schema.Codec<A>): PartialSchema<A> => Internal.partial(schema)
