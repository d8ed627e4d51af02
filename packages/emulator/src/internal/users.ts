import { byteLength, maximumBytes } from "@sunco/schemas/Metadata"
import { type Profile } from "@sunco/schemas/Profile"
import { type User } from "@sunco/schemas/User"
import { type UpdateUser } from "@sunco/schemas/UserPayloads"
import { type UsersOperations } from "@sunco/schemas/UsersOperations"
import { type Carries } from "./apiRoutes.ts"
import { badRequest, Refusal, userAlreadyExists, userNotFound } from "./refusal.ts"
import { sync } from "./syncUser.ts"
import { type UserStore } from "./userStore.ts"

/**
 * What a request is carried out on.
 *
 * @internal
 */
export interface UsersContext {
  readonly store: UserStore
  /** Milliseconds since 1970. */
  readonly now: number
  readonly makeId: (now: number) => string
}

/**
 * What the operations of the Users API do.
 *
 * @internal
 */
export const users: Carries<typeof UsersOperations, UsersContext> = {
  create: ({ makeId, now, payload: { brandId, externalId, ...changes }, store }) => {
    if (externalId !== undefined && store.withExternalId(externalId, brandId) !== undefined) return userAlreadyExists
    const user = changed(newUser(makeId(now), now, { externalId, brandId }), changes)
    return user instanceof Refusal ? user : store.put(user)
  },

  get: ({ params, query, store }) => store.find(params.userIdOrExternalId, query.brandId) ?? userNotFound,

  // Only an e-mail address among the identities counts, never `profile.email`.
  listByEmail: ({ query, store }) => ({
    users: store.all().filter((user) =>
      (user.brandId ?? undefined) === query.brandId &&
      user.identities?.some(({ type, value }) => type === "email" && value === query["filter[identities.email]"])
    )
  }),

  update: ({ params, payload, query, store }) => {
    const found = store.find(params.userIdOrExternalId, query.brandId)
    if (found === undefined) return userNotFound
    const user = changed(found.user, payload)
    return user instanceof Refusal ? user : store.put(user)
  },

  delete: ({ params, query, store }) => {
    const found = store.find(params.userIdOrExternalId, query.brandId)
    if (found === undefined) return userNotFound
    store.remove(found.user)
    return {}
  },

  deletePersonalInformation: ({ params, query, store }) => {
    const found = store.find(params.userIdOrExternalId, query.brandId)
    if (found === undefined) return userNotFound
    return store.put({ ...found.user, profile: {}, metadata: {}, identities: [] })
  },

  sync
}

// In every example of the vendor, named nowhere in its document: a client has to live with such fields.
const undocumented = { hasPaymentInfo: false }

/**
 * A user of whom nothing but who it is is known yet, with the fields that every example of the vendor has.
 *
 * @internal
 */
export const newUser = (
  id: string,
  now: number,
  { brandId, externalId }: { readonly externalId?: string | undefined; readonly brandId?: string | null | undefined }
): User => ({
  id,
  ...(externalId === undefined ? undefined : { externalId }),
  ...(brandId === undefined || brandId === null ? undefined : { brandId }),
  signedUpAt: new Date(now).toISOString(),
  ...undocumented,
  identities: [],
  profile: {},
  metadata: {}
})

const changed = (user: User, { metadata, profile, signedUpAt, toBeRetained }: UpdateUser): User | Refusal => {
  const merged = metadata === null ? {} : { ...user.metadata, ...metadata }
  if (metadata !== undefined && byteLength(merged) > maximumBytes) {
    return badRequest(`metadata: User metadata is limited to ${maximumBytes} bytes in size.`)
  }
  return {
    ...user,
    ...(signedUpAt === undefined ? undefined : { signedUpAt }),
    ...(toBeRetained === undefined ? undefined : { toBeRetained }),
    profile: withoutNulls({ ...user.profile, ...profile }),
    metadata: merged
  }
}

/**
 * A profile field that is set to null is gone, as in the vendor's example of a user whose personal information was
 * deleted.
 */
const withoutNulls = (profile: object): Profile =>
  Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== null))
