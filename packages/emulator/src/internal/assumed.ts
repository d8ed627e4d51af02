import { type Assumptions } from "../Assumptions.ts"

/**
 * What is assumed where nothing is said.
 *
 * @internal
 */
export const assumed = (
  {
    goneCursor = "place",
    joinTwice = "again",
    listOrder = "oldestFirst",
    messageOrder = "oldestFirst",
    metadataUpdate = "merged",
    missingMessage = "notFound",
    secondPersonalConversation = "another",
    strangerAsAuthor = "badRequest"
  }: Assumptions = {}
): Required<Assumptions> => ({
  goneCursor,
  joinTwice,
  listOrder,
  messageOrder,
  metadataUpdate,
  missingMessage,
  secondPersonalConversation,
  strangerAsAuthor
})
