import { byteLength, maximumBytes } from "@sunco/schemas/Metadata"
import { type Profile } from "@sunco/schemas/Profile"
import { type User } from "@sunco/schemas/User"
import { type UpdateUser } from "@sunco/schemas/UserPayloads"
import { type UsersOperations } from "@sunco/schemas/UsersOperations"
import { type ZendeskUser } from "../../Seed.ts"
import { badRequest, Refusal, userAlreadyExists, userNotFound } from "../refusal.ts"
import { truncatedUser } from "./conversationEvents.ts"
import { type Behaviours, type Kept, type Resource, type Seeds } from "../resource.ts"
import { Store } from "../store.ts"
import { sync } from "./syncUser.ts"
import { UserStore } from "./userStore.ts"

/** @internal */
export interface UsersState {
  readonly users: UserStore
  /** The core users, from which a sync copies. */
  readonly zendeskUsers: Store<ZendeskUser>
}

const state = (): UsersState => ({ users: new UserStore(), zendeskUsers: new Store() })

const seed: Pick<Seeds<UsersState>, "users" | "zendeskUsers"> = {
  users: (user, { app: { users }, makeId, now }) => {
    const id = user.id ?? makeId()
    const externalId = user.externalId ?? undefined
    const before = externalId === undefined ? undefined : users.withExternalId(externalId, user.brandId)
    if (before !== undefined && before.id !== id) users.remove(before.id)
    return users.put({ ...newUser(id, now, { externalId, brandId: user.brandId }), ...user, id })
  },

  zendeskUsers: (user, { app }) => app.zendeskUsers.put(user)
}

const stored: Kept<UsersState>["Users"] = ({ users }) => users.all()

const behaviours: Behaviours<typeof UsersOperations, UsersState> = {
  create: ({ app: { users }, makeId, now, payload: { brandId, externalId, ...changes } }) => {
    if (externalId !== undefined && users.withExternalId(externalId, brandId) !== undefined) return userAlreadyExists
    return put(users, changed(newUser(makeId(), now, { externalId, brandId }), changes))
  },

  get: ({ app: { users }, params, query }) => answered(users.find(params.userIdOrExternalId, query.brandId)),

  // Only an e-mail address among the identities counts, never `profile.email`.
  listByEmail: ({ app, query }) => ({
    users: app.users.all().filter((user) =>
      (user.brandId ?? undefined) === query.brandId &&
      user.identities?.some(({ type, value }) => type === "email" && value === query["filter[identities.email]"])
    )
  }),

  update: ({ app: { users }, params, payload, query }) => {
    const user = users.find(params.userIdOrExternalId, query.brandId)
    return user === undefined ? userNotFound : put(users, changed(user, payload))
  },

  delete: ({ app: { users }, emit, params, query }) => {
    const user = users.find(params.userIdOrExternalId, query.brandId)
    if (user === undefined) return userNotFound
    users.remove(user.id)
    // Nothing of it is left for later here, so it is done at once.
    emit({ type: "user:remove", payload: { user: truncatedUser(user) } })
    return {}
  },

  deletePersonalInformation: ({ app: { users }, params, query }) => {
    const user = users.find(params.userIdOrExternalId, query.brandId)
    return user === undefined ? userNotFound : { user: users.forget(user) }
  },

  sync: ({ app, emit, params, payload }) =>
    answered(
      sync(app, params.zendeskId, payload, (surviving, discarded) =>
        emit({
          type: "user:merge",
          payload: {
            mergedUsers: { surviving: truncatedUser(surviving), discarded: truncatedUser(discarded) },
            reason: "api"
          }
        }))
    )
}

/**
 * The Users API: the messaging users, and the core users beside them.
 *
 * @internal
 */
export const users = { state, seed, stored, behaviours } satisfies Resource<typeof UsersOperations, UsersState> & {
  readonly seed: unknown
  readonly stored: unknown
}

const answered = (user: User | undefined) => user === undefined ? userNotFound : { user }

const put = (users: UserStore, user: User | Refusal) => user instanceof Refusal ? user : { user: users.put(user) }

// In every example of the vendor, named nowhere in its document: a client has to live with such fields.
const undocumented = { hasPaymentInfo: false }

/** A user of whom nothing but who it is is known yet, with the fields that every example of the vendor has. */
const newUser = (
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
