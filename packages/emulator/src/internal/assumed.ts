import { type Assumptions } from "../Assumptions.ts"

/**
 * What is assumed where nothing is said.
 *
 * @internal
 */
export const assumed = (
  {
    accountScope = "listed",
    goneCursor = "place",
    joinTwice = "again",
    keySecrets = "always",
    keysOfDeletedApp = "revoked",
    listOrder = "oldestFirst",
    meOfKey = "itself",
    meOfNone = "notFound",
    messageOrder = "oldestFirst",
    metadataUpdate = "merged",
    missingAppKey = "appNotFound",
    missingIntegrationKey = "notFound",
    missingMessage = "notFound",
    sameTarget = "another",
    refusedCode = "unauthorized",
    secondPersonalConversation = "another",
    secondWebhook = "refused",
    strangerAsAuthor = "badRequest",
    unknownIntegrationType = "notFound"
  }: Assumptions = {}
): Required<Assumptions> => ({
  accountScope,
  goneCursor,
  joinTwice,
  keySecrets,
  keysOfDeletedApp,
  listOrder,
  meOfKey,
  meOfNone,
  messageOrder,
  metadataUpdate,
  missingAppKey,
  missingIntegrationKey,
  missingMessage,
  sameTarget,
  refusedCode,
  secondPersonalConversation,
  secondWebhook,
  strangerAsAuthor,
  unknownIntegrationType
})
