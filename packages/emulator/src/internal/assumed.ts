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
    keySecrets = "always",
    keysOfDeletedApp = "revoked",
    listOrder = "oldestFirst",
    messageOrder = "oldestFirst",
    metadataUpdate = "merged",
    missingAppKey = "appNotFound",
    missingMessage = "notFound",
    secondPersonalConversation = "another",
    strangerAsAuthor = "badRequest"
  }: Assumptions = {}
): Required<Assumptions> => ({
  goneCursor,
  joinTwice,
  keySecrets,
  keysOfDeletedApp,
  listOrder,
  messageOrder,
  metadataUpdate,
  missingAppKey,
  missingMessage,
  secondPersonalConversation,
  strangerAsAuthor
})
