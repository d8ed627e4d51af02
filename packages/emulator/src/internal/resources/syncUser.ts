import { type Identity } from "@sunco/schemas/Identity"
import { byteLength, maximumBytes } from "@sunco/schemas/Metadata"
import { type User } from "@sunco/schemas/User"
import { type SyncUser } from "@sunco/schemas/UserPayloads"
import { type ZendeskUser } from "../../Seed.ts"
import { type Store } from "../store.ts"
import { type UserStore } from "./userStore.ts"

/**
 * Copies from the core user what the vendor says it copies: given name, surname, externalId, and the primary e-mail
 * address, which goes to the identities and not to the profile. One call may change several messaging users.
 *
 * @internal
 */
export const sync = (
  { users, zendeskUsers }: { readonly users: UserStore; readonly zendeskUsers: Store<ZendeskUser> },
  zendeskId: string,
  { survivingZendeskId = zendeskId }: SyncUser,
  onMerge: (surviving: User, discarded: User) => void
): User | undefined => {
  const merged = (surviving: User, discarded: User): User => {
    const user = merge(users, surviving, discarded)
    onMerge(user, discarded)
    return user
  }
  const outgoing = withZendeskId(users, zendeskId)
  const core = zendeskUsers.find(survivingZendeskId)
  if (outgoing === undefined || core === undefined) return undefined

  let user: User = { ...outgoing, zendeskId: core.id }
  const survivor = core.id === zendeskId ? undefined : withZendeskId(users, core.id)
  if (survivor !== undefined) user = merged(survivor, outgoing)

  for (const other of users.all()) {
    if (other.id === user.id || !conflicts(other, user, core)) continue
    if (typeof other.zendeskId === "string") {
      users.put(withoutConflict(other, core))
    } else {
      user = merged(user, other)
    }
  }
  return users.put(copied(user, core))
}

const withZendeskId = (users: UserStore, zendeskId: string): User | undefined =>
  users.all().find((user) => user.zendeskId === zendeskId)

const isEmail = (email: string | undefined) => ({ type, value }: Identity) =>
  email !== undefined && type === "email" && value === email

const hasExternalId = (user: User, externalId: string | undefined) =>
  externalId !== undefined && user.externalId === externalId

const conflicts = (other: User, user: User, { email, externalId }: ZendeskUser) =>
  (other.brandId ?? null) === (user.brandId ?? null) &&
  (hasExternalId(other, externalId) || (other.identities?.some(isEmail(email)) ?? false))

/** Of two who cannot be merged, the other one loses what the core user has (OpenAPI 17.12.1, `SyncUser`). */
const withoutConflict = (other: User, { email, externalId }: ZendeskUser): User => {
  const { externalId: own, ...rest } = other
  return {
    ...rest,
    ...(own === undefined || hasExternalId(other, externalId) ? undefined : { externalId: own }),
    identities: (other.identities ?? []).filter((identity) => !isEmail(email)(identity))
  }
}

/** What both have is the survivor's, and so is all the metadata where both together are too much; the other is gone. */
const merge = (users: UserStore, surviving: User, discarded: User): User => {
  users.remove(discarded.id, surviving)
  const metadata = { ...discarded.metadata, ...surviving.metadata }
  return {
    ...surviving,
    profile: { ...discarded.profile, ...surviving.profile },
    metadata: byteLength(metadata) > maximumBytes ? surviving.metadata ?? {} : metadata,
    identities: [...surviving.identities ?? [], ...discarded.identities ?? []]
  }
}

const copied = (user: User, { email, externalId, givenName, surname }: ZendeskUser): User => ({
  ...user,
  ...(externalId === undefined ? undefined : { externalId }),
  profile: {
    ...user.profile,
    ...(givenName === undefined ? undefined : { givenName }),
    ...(surname === undefined ? undefined : { surname })
  },
  identities: email === undefined
    ? user.identities ?? []
    : [
      ...(user.identities ?? []).filter(({ type }) => type !== "email"),
      { type: "email", value: email, verification: "sso" }
    ]
})
