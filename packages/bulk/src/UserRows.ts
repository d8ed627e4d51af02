/**
 * What the rows of an update, of an erasure and of an export are.
 *
 * @since 0.1.0
 */
import type { UpdateUser } from "@sunco/schemas/UserPayloads"

/**
 * Whom a row is about. A row has an `id` or an `externalId`; what `id` says may be either, as the vendor takes both there.
 *
 * @category models
 * @since 0.1.0
 */
export interface UserAddress {
  readonly id?: string | undefined
  readonly externalId?: string | undefined
  /** Of a brand-separated user who is addressed by externalId. */
  readonly brandId?: string | undefined
}

/**
 * A row of an update: whom, and beside that what `Users.update` takes.
 *
 * @category models
 * @since 0.1.0
 */
export interface UpdateRow extends UserAddress, UpdateUser {}
