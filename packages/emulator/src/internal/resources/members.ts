import { type User } from "@sunco/schemas/User"
import { badRequests, type Refusal, userNotFound } from "../refusal.ts"
import { type Context } from "../resource.ts"
import { type ClientsState, sdkClientOf } from "./clients.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { type KeptParticipant } from "./participantStore.ts"
import { type UsersState } from "./users.ts"

/** @internal */
export const maximumParticipants = 10

interface Named {
  readonly userId?: string | undefined
  readonly userExternalId?: string | undefined
  readonly brandId?: string | null | undefined
}

/**
 * A user by one of the two ids, each for what it is.
 *
 * @internal
 */
export const userOf = ({ users }: UsersState, { brandId, userExternalId, userId }: Named): User | undefined => {
  if (userId === undefined) {
    return userExternalId === undefined
      ? undefined
      : users.withExternalId(userExternalId, brandId)
  }
  const user = users.find(userId)
  return user?.id === userId ? user : undefined
}

/** @internal */
export interface Member {
  readonly user: User
  readonly subscribeSDKClient: boolean
}

/**
 * Whoever is to take part, each once, or what is wrong with them.
 *
 * @internal
 */
export const membersOf = (
  app: UsersState,
  type: string | undefined,
  named: ReadonlyArray<Named & { readonly subscribeSDKClient?: boolean | undefined }>,
  fieldOf: (index: number) => string
): ReadonlyArray<Member> | Refusal => {
  const silent = named.flatMap(({ subscribeSDKClient }, index) =>
    type === "sdkGroup" && subscribeSDKClient === undefined ? [`${fieldOf(index)}subscribeSDKClient: Missing`] : []
  )
  if (silent.length > 0) return badRequests(silent)
  const members = new Map<string, Member>()
  for (const { subscribeSDKClient = false, ...names } of named) {
    const user = userOf(app, names)
    if (user === undefined) return userNotFound
    members.set(user.id, { user, subscribeSDKClient })
  }
  return Array.from(members.values())
}

/** @internal */
export const join = (
  app: ClientsState & ConversationsState,
  conversationId: string,
  { subscribeSDKClient, user }: Member,
  context: Pick<Context, "makeId" | "now">
): KeptParticipant =>
  app.participants.put(conversationId, {
    id: context.makeId(),
    userId: user.id,
    ...(typeof user.externalId === "string" ? { userExternalId: user.externalId } : undefined),
    unreadCount: 0,
    clientAssociations: subscribeSDKClient
      ? [{ type: "sdk", clientId: sdkClientOf(app, user.id, context).id }]
      : []
  })
