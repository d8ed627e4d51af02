/**
 * Reading what a response carries beyond the fields that its type names.
 *
 * @since 0.1.0
 */

/**
 * Reads any own field of a decoded response object, at any level, by name; `undefined` when it is not there.
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
export const get = (self: object, name: string): unknown =>
  Object.hasOwn(self, name) ? Reflect.get(self, name) : undefined
