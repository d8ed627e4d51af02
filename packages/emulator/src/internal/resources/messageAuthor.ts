import { type Author, type AuthorInput } from "@sunco/schemas/Author"
import { badRequest, type Refusal, userNotFound } from "../refusal.ts"
import { type Context } from "../resource.ts"
import { type ConversationsState } from "./conversationsState.ts"
import { userOf } from "./members.ts"
import { type KeptParticipant } from "./participantStore.ts"
import { type UsersState } from "./users.ts"

/** Filled in for a business without a picture, as in the vendor's examples. */
const businessAvatarUrl = "https://www.gravatar.com/avatar/?d=mp"

const unnamed = badRequest("author: Expected userId or userExternalId where the type is user")

const stranger = badRequest("author: The user is not a participant of the conversation")

/**
 * The participant in whose name something is sent, nobody for the business, or what is wrong with that.
 *
 * @internal
 */
export const participantWhoIs = (
  app: UsersState & ConversationsState,
  conversationId: string,
  author: AuthorInput,
  { strangerAsAuthor }: Context["assume"]
): KeptParticipant | undefined | Refusal => {
  if (author.type === "business") return undefined
  if (author.userId === undefined && author.userExternalId === undefined) return unnamed
  const user = userOf(app, author)
  if (user === undefined) return userNotFound
  return app.participants.find(conversationId, user.id) ?? (strangerAsAuthor === "notFound" ? userNotFound : stranger)
}

/**
 * An author as answers have it: without what is only sent, with what the vendor fills in.
 *
 * @internal
 */
export const authorOf = (
  { users }: UsersState,
  { avatarUrl, displayName, subtypes, type }: AuthorInput,
  participant: KeptParticipant | undefined
): Author => {
  const user = participant === undefined ? undefined : users.find(participant.userId)
  const profile = user?.profile
  const name = displayName ??
    [profile?.givenName, profile?.surname].filter((name) => typeof name === "string").join(" ")
  const picture = avatarUrl ?? (type === "business" ? businessAvatarUrl : profile?.avatarUrl)
  return {
    type,
    ...(user === undefined ? undefined : { userId: user.id }),
    ...(subtypes === undefined ? undefined : { subtypes }),
    ...(name === "" ? undefined : { displayName: name }),
    ...(typeof picture === "string" ? { avatarUrl: picture } : undefined)
  }
}
