import { type Assumptions } from "../Assumptions.ts"

/**
 * What is assumed where nothing is said.
 *
 * @internal
 */
export const assumed = (
  {
    accountScope = "listed",
    failedControl = "event",
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
    outsideSwitchboard = "everything",
    sameTarget = "another",
    refusedCode = "unauthorized",
    sameControlName = "refused",
    secondPersonalConversation = "another",
    secondWebhook = "refused",
    strangerAsAuthor = "badRequest",
    turnOfDeletedIntegration = "lost",
    unknownIntegrationType = "notFound"
  }: Assumptions = {}
): Required<Assumptions> => ({
  accountScope,
  failedControl,
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
  outsideSwitchboard,
  sameTarget,
  refusedCode,
  sameControlName,
  secondPersonalConversation,
  secondWebhook,
  strangerAsAuthor,
  turnOfDeletedIntegration,
  unknownIntegrationType
})
