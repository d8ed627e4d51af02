/**
 * Reading what a response carries beyond the fields that its type names.
 *
 * @since 0.1.0
 */
import { originalOf } from "./internal/originals.ts"

/**
 * Reads any own field of a decoded response object, at any level, by name; `undefined` when it is not there.
 *
 * A field that was put aside when the response was read, such as a text that came as `null`, is there with the value that it
 * came with.
 *
 * **When to use**
 *
 * For fields that the vendor sends and its document does not name (`hasPaymentInfo` of a user, `localeOrigin` of a
 * profile), or added after this release. Check the value with a schema before relying on it.
 *
 * **Example** (Reading an undocumented field of a profile)
 *
 * ```ts
 * import { Profile } from "@sunco/schemas/Profile"
 * import * as UnknownFields from "@sunco/schemas/UnknownFields"
 * import * as Schema from "effect/Schema"
 *
 * const profile = Schema.decodeUnknownSync(Profile)({ locale: "fr-CA", localeOrigin: "zendeskAccount" })
 *
 * console.log(UnknownFields.get(profile, "localeOrigin"))
 * // zendeskAccount
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const get = (self: object, name: string): unknown => {
  const holder = Object.hasOwn(self, name) ? self : originalOf(self)
  return Object.hasOwn(holder, name) ? Reflect.get(holder, name) : undefined
}

/**
 * Gives the JSON that a model came as: what was put aside when it was read and what no schema names included.
 *
 * **When to use**
 *
 * For exports and copies of everything that the vendor has. It works for whole models, for parts of them and for lists,
 * filtered ones too.
 *
 * **Gotchas**
 *
 * It belongs to the object that a method gave: `{ ...user }` is another one, and has only what the copy was made of. What came
 * as documented is given back as it is, so change none of it. A `Secret` is wrapped in what it gives, as it is in the model.
 *
 * **Example** (A user whose `signedUpAt` is null)
 *
 * ```ts
 * import * as Reading from "@sunco/schemas/Reading"
 * import * as UnknownFields from "@sunco/schemas/UnknownFields"
 * import { User } from "@sunco/schemas/User"
 * import * as Result from "effect/Result"
 *
 * const { value } = Result.getOrThrow(Reading.reader(User)({ id: "ada", signedUpAt: null }))
 *
 * console.log(value, UnknownFields.toJson(value))
 * // { id: 'ada' } { id: 'ada', signedUpAt: null }
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const toJson = (self: object): object => {
  const original = originalOf(self)
  // A list that was made of models: each has its own.
  return original === self && Array.isArray(self) && self.some((item) => originalOfItem(item) !== item)
    ? self.map(originalOfItem)
    : original
}

const originalOfItem = (item: unknown): unknown => typeof item === "object" && item !== null ? originalOf(item) : item
