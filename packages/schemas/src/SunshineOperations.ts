/**
 * Every operation that is declared.
 *
 * @since 0.1.0
 */
import { ActivitiesOperations } from "./ActivitiesOperations.ts"
import { AppKeysOperations } from "./AppKeysOperations.ts"
import { AppsOperations } from "./AppsOperations.ts"
import { AttachmentsOperations } from "./AttachmentsOperations.ts"
import { ClientsOperations } from "./ClientsOperations.ts"
import { ConversationsOperations } from "./ConversationsOperations.ts"
import { DevicesOperations } from "./DevicesOperations.ts"
import { IntegrationKeysOperations } from "./IntegrationKeysOperations.ts"
import { IntegrationsOperations } from "./IntegrationsOperations.ts"
import { MessagesOperations } from "./MessagesOperations.ts"
import { authorizePath, oauthBridgeUrl, OAuthOperations } from "./OAuthOperations.ts"
import { Authorize } from "./OAuthPayloads.ts"
import { ParticipantsOperations } from "./ParticipantsOperations.ts"
import { SwitchboardActionsOperations } from "./SwitchboardActionsOperations.ts"
import { SwitchboardIntegrationsOperations } from "./SwitchboardIntegrationsOperations.ts"
import { SwitchboardsOperations } from "./SwitchboardsOperations.ts"
import { UsersOperations } from "./UsersOperations.ts"
import { WebhooksOperations } from "./WebhooksOperations.ts"

/**
 * The operations by resource and by the name of their method: the only list of them.
 *
 * @category operations
 * @since 0.1.0
 */
// Annotated, because the compiler would write every operation out again in the declaration of this module.
export const SunshineOperations: {
  readonly Activities: typeof ActivitiesOperations
  readonly AppKeys: typeof AppKeysOperations
  readonly Apps: typeof AppsOperations
  readonly Attachments: typeof AttachmentsOperations
  readonly Clients: typeof ClientsOperations
  readonly Conversations: typeof ConversationsOperations
  readonly Devices: typeof DevicesOperations
  readonly IntegrationKeys: typeof IntegrationKeysOperations
  readonly Integrations: typeof IntegrationsOperations
  readonly Messages: typeof MessagesOperations
  readonly OAuth: typeof OAuthOperations
  readonly Participants: typeof ParticipantsOperations
  readonly SwitchboardActions: typeof SwitchboardActionsOperations
  readonly SwitchboardIntegrations: typeof SwitchboardIntegrationsOperations
  readonly Switchboards: typeof SwitchboardsOperations
  readonly Users: typeof UsersOperations
  readonly Webhooks: typeof WebhooksOperations
} = {
  Activities: ActivitiesOperations,
  AppKeys: AppKeysOperations,
  Apps: AppsOperations,
  Attachments: AttachmentsOperations,
  Clients: ClientsOperations,
  Conversations: ConversationsOperations,
  Devices: DevicesOperations,
  IntegrationKeys: IntegrationKeysOperations,
  Integrations: IntegrationsOperations,
  Messages: MessagesOperations,
  OAuth: OAuthOperations,
  Participants: ParticipantsOperations,
  SwitchboardActions: SwitchboardActionsOperations,
  SwitchboardIntegrations: SwitchboardIntegrationsOperations,
  Switchboards: SwitchboardsOperations,
  Users: UsersOperations,
  Webhooks: WebhooksOperations
}

// Also here, so that the client has them all from one file: Node takes its time for each.
export {
  ActivitiesOperations,
  AppKeysOperations,
  AppsOperations,
  AttachmentsOperations,
  Authorize,
  authorizePath,
  ClientsOperations,
  ConversationsOperations,
  DevicesOperations,
  IntegrationKeysOperations,
  IntegrationsOperations,
  MessagesOperations,
  oauthBridgeUrl,
  OAuthOperations,
  ParticipantsOperations,
  SwitchboardActionsOperations,
  SwitchboardIntegrationsOperations,
  SwitchboardsOperations,
  WebhooksOperations
}
