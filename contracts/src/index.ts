/**
 * What the client expects of Sunshine Conversations.
 *
 * @since 0.1.0
 */
export * as ActivitiesContracts from "./ActivitiesContracts.ts"
export * as AppKeysContracts from "./AppKeysContracts.ts"
export * as AppsContracts from "./AppsContracts.ts"
export * as AttachmentsContracts from "./AttachmentsContracts.ts"
export * as ClientsContracts from "./ClientsContracts.ts"
export * as Contract from "./Contract.ts"
export * as ConversationsContracts from "./ConversationsContracts.ts"
export * as CoreContracts from "./CoreContracts.ts"
export * as DevicesContracts from "./DevicesContracts.ts"
export * as IntegrationKeysContracts from "./IntegrationKeysContracts.ts"
export * as MessagesContracts from "./MessagesContracts.ts"
export * as Names from "./Names.ts"
export * as OAuthContracts from "./OAuthContracts.ts"
export * as ParticipantsContracts from "./ParticipantsContracts.ts"
export { ProviderStates } from "./ProviderStates.ts"
export { SunshineContracts } from "./SunshineContracts.ts"
export * as SwitchboardActionsContracts from "./SwitchboardActionsContracts.ts"
export * as SwitchboardIntegrationsContracts from "./SwitchboardIntegrationsContracts.ts"
export * as SwitchboardsContracts from "./SwitchboardsContracts.ts"
export * as UsersContracts from "./UsersContracts.ts"
export * as WebhooksContracts from "./WebhooksContracts.ts"
