import { type Author } from "@sunco/schemas/Author"
import { type Client } from "@sunco/schemas/Client"
import { type Conversation } from "@sunco/schemas/Conversation"
import { type Metadata } from "@sunco/schemas/Metadata"
import { type User } from "@sunco/schemas/User"
import { type Event } from "../resource.ts"
import { type UsersState } from "./users.ts"

/**
 * The source of what was posted through the API.
 *
 * @internal
 */
export const apiSource = { type: "api:conversations" } as const

const conversationFields = [
  "id",
  "type",
  "brandId",
  "metadata",
  "activeSwitchboardIntegration",
  "pendingSwitchboardIntegration"
]

/**
 * What of a user tells it from others, beside its id.
 *
 * @internal
 */
export const userFields = ["externalId", "zendeskId", "brandId"]

/** Those that are there, of a record that may have fields which its type does not name. */
const picked = (record: object, fields: ReadonlyArray<string>) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name)))

/**
 * What tells a user from others.
 *
 * @internal
 */
export const truncatedUser = (user: User) => ({
  id: user.id,
  ...picked(user, userFields),
  authenticated: typeof user.externalId === "string"
})

/**
 * What happened in a conversation, in the shape of the vendor's webhooks: the conversation cut down to what these have of it.
 *
 * @internal
 */
export const conversationEvent = (
  type: `conversation:${string}`,
  conversation: Conversation,
  { user, ...payload }: { readonly [name: string]: unknown; readonly user?: User | undefined } = {}
): Event => ({
  type,
  // All of it was JSON when it came, or was made here.
  payload: {
    conversation: picked(conversation, conversationFields),
    ...(user === undefined ? undefined : { user: truncatedUser(user) }),
    ...payload
  } as Event["payload"]
})

/**
 * What happened to the control of a conversation.
 *
 * @internal
 */
export const switchboardEvent = (
  type: `switchboard:${string}`,
  conversation: Conversation,
  payload: { readonly metadata?: Metadata; readonly error?: { readonly code: string; readonly message: string } } = {}
): Event => ({
  type,
  payload: { conversation: picked(conversation, conversationFields), ...payload } as Event["payload"]
})

/**
 * What happened to a client, and in which conversation where there is one.
 *
 * @internal
 */
export const clientEvent = (
  type: `client:${string}`,
  { conversation, user, ...payload }: {
    readonly client: Client
    readonly conversation?: Conversation | undefined
    readonly user: User | undefined
    readonly reason: string
    readonly error?: object | undefined
    readonly source?: object
  }
): Event => ({
  type,
  // As above; what is undefined is left out, as of any JSON.
  payload: {
    ...(conversation === undefined ? undefined : { conversation: picked(conversation, conversationFields) }),
    ...(user === undefined ? undefined : { user: truncatedUser(user) }),
    ...payload
  } as object as Event["payload"]
})

/**
 * An author as events have it: with the user.
 *
 * @internal
 */
export const authorInEvent = ({ users }: UsersState, author: Author): object => {
  const user = author.userId === undefined ? undefined : users.find(author.userId)
  return user === undefined ? author : { ...author, user: truncatedUser(user) }
}
