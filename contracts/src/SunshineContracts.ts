/**
 * Every contract that there is.
 *
 * @since 0.1.0
 */
import * as ActivitiesContracts from "./ActivitiesContracts.ts"
import * as AppKeysContracts from "./AppKeysContracts.ts"
import * as AppsContracts from "./AppsContracts.ts"
import * as AttachmentsContracts from "./AttachmentsContracts.ts"
import * as ClientsContracts from "./ClientsContracts.ts"
import type { Contract } from "./Contract.ts"
import * as ConversationsContracts from "./ConversationsContracts.ts"
import * as CoreContracts from "./CoreContracts.ts"
import * as DevicesContracts from "./DevicesContracts.ts"
import * as IntegrationKeysContracts from "./IntegrationKeysContracts.ts"
import * as IntegrationsContracts from "./IntegrationsContracts.ts"
import * as MessagesContracts from "./MessagesContracts.ts"
import * as OAuthContracts from "./OAuthContracts.ts"
import * as ParticipantsContracts from "./ParticipantsContracts.ts"
import * as UsersContracts from "./UsersContracts.ts"
import * as WebhooksContracts from "./WebhooksContracts.ts"

/**
 * The contracts of all resources: what `@sunco/client` itself publishes.
 *
 * @category contracts
 * @since 0.1.0
 */
export const SunshineContracts: ReadonlyArray<Contract> = [
  CoreContracts,
  UsersContracts,
  ConversationsContracts,
  ParticipantsContracts,
  MessagesContracts,
  ActivitiesContracts,
  AttachmentsContracts,
  ClientsContracts,
  DevicesContracts,
  AppsContracts,
  AppKeysContracts,
  WebhooksContracts,
  IntegrationKeysContracts,
  OAuthContracts,
  IntegrationsContracts
].flatMap((resource) => Object.values(resource).flat())
