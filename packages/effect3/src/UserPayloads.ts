/**
 * What the writing operations of the Users API send.
 *
 * In every payload a key that is absent or `undefined` is left out of the request, and `null`, where the vendor takes it,
 * clears what is stored.
 *
 * @since 0.1.0
 */
export type { ProfileInput } from "@sunco/schemas/Profile"
export type { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
