import { type Identity } from "@sunco/schemas/Identity"
import { byteLength, maximumBytes } from "@sunco/schemas/Metadata"
import { type User } from "@sunco/schemas/User"
import { type UsersOperations } from "@sunco/schemas/UsersOperations"
import { type ZendeskUser } from "../Seed.ts"
import { type Carries } from "./apiRoutes.ts"
import { userNotFound } from "./refusal.ts"
import { type UsersContext } from "./users.ts"
import { type UserStore } from "./userStore.ts"

/**
 * Copies from the core user what the vendor says it copies: given name, surname, externalId, and the primary e-mail
 * address, which goes to the identities and not to the profile. One call may change several messaging users.
 *
 * @internal
 */
export const sync: Carries<typeof UsersOperations, UsersContext>["sync"] = ({ params, payload, store }) => {
  const outgoing = withZendeskId(store, params.zendeskId)
  const core = store.zendeskUsers.get(payload.survivingZendeskId ?? params.zendeskId)
  if (outgoing === undefined || core === undefined) return userNotFound

  let user: User = { ...outgoing, zendeskId: core.id }
  const survivor = core.id === params.zendeskId ? undefined : withZendeskId(store, core.id)
  if (survivor !== undefined) user = merge(store, survivor, outgoing)

  for (const other of store.all()) {
    if (other.id === user.id || !conflicts(other, user, core)) continue
    if (typeof other.zendeskId === "string") {
      store.put(withoutConflict(other, core))
    } else {
      user = merge(store, user, other)
    }
  }
  return store.put(copied(user, core))
}

const withZendeskId = (store: UserStore, zendeskId: string): User | undefined =>
  store.all().find((user) => user.zendeskId === zendeskId)

const isEmail = (email: string | undefined) => ({ type, value }: Identity) =>
  email !== undefined && type === "email" && value === email

const hasExternalId = (user: User, externalId: string | undefined) =>
  externalId !== undefined && user.externalId === externalId

const conflicts = (other: User, user: User, { email, externalId }: ZendeskUser) =>
  (other.brandId ?? null) === (user.brandId ?? null) &&
  (hasExternalId(other, externalId) || (other.identities?.some(isEmail(email)) ?? false))

/** "The conflicting externalId or email will instead be removed and reassigned." */
const withoutConflict = (other: User, { email, externalId }: ZendeskUser): User => {
  const { externalId: own, ...rest } = other
  return {
    ...rest,
    ...(own === undefined || hasExternalId(other, externalId) ? undefined : { externalId: own }),
    identities: (other.identities ?? []).filter((identity) => !isEmail(email)(identity))
  }
}

/** What both have is the survivor's, and so is all the metadata where both together are too much; the other is gone. */
const merge = (store: UserStore, surviving: User, discarded: User): User => {
  store.remove(discarded)
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
