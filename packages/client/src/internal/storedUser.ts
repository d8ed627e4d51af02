import * as UnknownFields from "@sunco/schemas/UnknownFields"
import type { User } from "@sunco/schemas/User"
import type { CreateUser } from "@sunco/schemas/UserPayloads"

/**
 * Whether the user that is stored is what this payload would have made: the externalId is equal, and so is every field that
 * was sent. Fields that the vendor fills in by itself do not count.
 *
 * @internal
 */
export const isStored = (payload: CreateUser, user: User): boolean =>
  user.externalId === payload.externalId &&
  isSame(payload.brandId, user.brandId) &&
  (payload.signedUpAt === undefined || isSameInstant(payload.signedUpAt, user.signedUpAt)) &&
  isSame(payload.toBeRetained, user.toBeRetained) &&
  areSame(payload.profile ?? {}, user.profile ?? {}) &&
  areSame(payload.metadata ?? {}, user.metadata ?? {})

const areSame = (sent: object, stored: object): boolean =>
  Object.entries(sent).every(([name, value]) => isSame(value, UnknownFields.get(stored, name)))

/** What was not sent may be anything; `null` and absent both mean "no value" in an answer. */
const isSame = (sent: unknown, stored: unknown): boolean =>
  sent === undefined || (sent ?? undefined) === (stored ?? undefined)

/** The vendor may write the same instant in another form. */
const isSameInstant = (sent: string, stored: string | undefined): boolean =>
  stored !== undefined && Date.parse(sent) === Date.parse(stored)
