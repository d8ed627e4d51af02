/**
 * What may be done after an attempt of which nobody knows whether it was applied, operation by operation.
 *
 * @since 0.1.0
 */
export {
  activitiesRetrySafety,
  appKeysRetrySafety,
  appsRetrySafety,
  attachmentsRetrySafety,
  clientsRetrySafety,
  type ConditionalRetrySafety,
  conversationsRetrySafety,
  devicesRetrySafety,
  integrationKeysRetrySafety,
  integrationsRetrySafety,
  messagesRetrySafety,
  oauthRetrySafety,
  participantsRetrySafety,
  type RetrySafety,
  usersRetrySafety,
  webhooksRetrySafety
} from "@sunco/client/RetrySafety"
