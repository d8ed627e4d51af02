/**
 * The User of the Sunshine Conversations API, as responses carry it. Fields that the types do not name are there too, and
 * `UnknownFields.get` reads them.
 *
 * @since 0.1.0
 */
export type { Identity } from "@sunco/schemas/Identity"
export type { Metadata } from "@sunco/schemas/Metadata"
export type { Profile } from "@sunco/schemas/Profile"
export type { User } from "@sunco/schemas/User"
