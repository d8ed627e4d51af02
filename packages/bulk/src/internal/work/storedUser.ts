import * as UnknownFields from "@sunco/schemas/UnknownFields"
import type { User } from "@sunco/schemas/User"
import type { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Predicate from "effect/Predicate"

type Compare = (sent: unknown, stored: unknown) => boolean

/**
 * Whether the user has all that a row says: every field that was sent is stored equal. What the vendor fills in by itself does not
 * count.
 *
 * @internal
 */
export const isStored = (payload: CreateUser, user: User): boolean => isSameUser(payload, user, isSame)

/**
 * Whether what differs differs in its form alone, as a vendor may change it in storing: case, blanks, forms of Unicode, of numbers
 * and of URLs, and texts that are empty.
 *
 * @internal
 */
export const isStoredInAnotherForm = (payload: CreateUser, user: User): boolean =>
  isSameUser(payload, user, (sent, stored) =>
    // What is stored may be odd, and an object of any depth: it is no form of what was sent.
    sent === undefined || (!Predicate.isObject(stored) && plain(sent) === plain(stored)))

/**
 * Whether it is the user whom the row means: the vendor takes an externalId for an id as well, which may be somebody else's.
 *
 * @internal
 */
export const isMeant = (payload: CreateUser, user: User): boolean =>
  user.externalId === payload.externalId && isSame(payload.brandId ?? undefined, user.brandId)

const isSameUser = (payload: CreateUser, user: User, same: Compare): boolean =>
  (payload.signedUpAt === undefined || isSameInstant(payload.signedUpAt, user.signedUpAt)) &&
  same(payload.toBeRetained, user.toBeRetained) &&
  areSame(payload.profile ?? {}, user.profile ?? {}, same) &&
  areSame(payload.metadata ?? {}, user.metadata ?? {}, same)

const areSame = (sent: object, stored: object, same: Compare): boolean =>
  Object.entries(sent).every(([name, value]) => same(value, UnknownFields.get(stored, name)))

/** What was not sent may be anything; `null` and absent both mean "no value" in an answer. */
const isSame: Compare = (sent, stored) => sent === undefined || (sent ?? undefined) === (stored ?? undefined)

/** Longer than anything that can be sent: what is stored may be of any length, and of anybody's making. */
const longest = 16_384

const plain = (value: unknown): string => {
  const said = String(value ?? "")
  if (said.length > longest) return said
  const text = said.normalize("NFKC").trim().split(/\s+/).join(" ").toLowerCase()
  const { href } = URL.canParse(text) ? new URL(text) : { href: text }
  return href.endsWith("/") ? href.slice(0, -1) : href
}

/** The vendor may write the same instant in another form. */
const isSameInstant = (sent: string, stored: string | undefined): boolean =>
  stored !== undefined && Date.parse(sent) === Date.parse(stored)
