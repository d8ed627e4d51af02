import { type Operations } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import { type Answer } from "./delivery.ts"
import { type Refusal } from "./refusal.ts"
import { type Context, type Kept, type Reached, type Resource, type Seeds } from "./resource.ts"
import { activities } from "./resources/activities.ts"
import { appKeys } from "./resources/appKeys.ts"
import { apps } from "./resources/apps.ts"
import { attachments, type AttachmentsState, fileAt } from "./resources/attachments.ts"
import { clients, type ClientsState } from "./resources/clients.ts"
import { conversations } from "./resources/conversations.ts"
import { type ConversationsState } from "./resources/conversationsState.ts"
import { devices, type DevicesState } from "./resources/devices.ts"
import { integrationKeys, type IntegrationKeysState } from "./resources/integrationKeys.ts"
import { integrations } from "./resources/integrations.ts"
import { type IntegrationsState } from "./resources/integrationsState.ts"
import { messages } from "./resources/messages.ts"
import { authorizePage } from "./resources/authorizePage.ts"
import { oauth, type OAuthState } from "./resources/oauth.ts"
import { participants } from "./resources/participants.ts"
import { users, type UsersState } from "./resources/users.ts"
import { webhooks } from "./resources/webhooks.ts"

/**
 * What each app keeps.
 *
 * @internal
 */
export interface AppState
  extends
    Reached,
    UsersState,
    ClientsState,
    ConversationsState,
    AttachmentsState,
    DevicesState,
    IntegrationsState,
    IntegrationKeysState,
    OAuthState
{}

/**
 * Rows of operations, and what carries them out.
 *
 * @internal
 */
export interface Emulated {
  readonly operations: { readonly [resource: string]: Operations }
  /** By the same names, in the order in which they look into each other. */
  readonly resources: {
    // `any`: that each fits its rows and what it looks into has been checked where it is declared.
    readonly [resource: string]: Resource<any, any, any>
  }
  readonly seed: Seeds<AppState>
  readonly stored: Kept<AppState>
  /** What is served at a path that is no operation's. */
  readonly fileAt?: (app: AppState, path: string) => Answer | undefined
  /** What a browser is shown at another one. */
  readonly pageAt?: (url: string, context: Context<AppState>) => Answer | Refusal | undefined
}

/**
 * A resource, an operation, a field of the seed or a part of what is stored that has nothing here does not compile.
 *
 * @internal
 */
export const sunshine: Emulated & {
  readonly resources: {
    readonly [Name in keyof typeof SunshineOperations]: Resource<(typeof SunshineOperations)[Name], object, AppState>
  }
} = {
  operations: SunshineOperations,
  resources: {
    Users: users,
    Integrations: integrations,
    Clients: clients,
    Conversations: conversations,
    Participants: participants,
    Messages: messages,
    Activities: activities,
    Attachments: attachments,
    Devices: devices,
    Apps: apps,
    AppKeys: appKeys,
    Webhooks: webhooks,
    IntegrationKeys: integrationKeys,
    OAuth: oauth
  },
  seed: {
    ...users.seed,
    ...conversations.seed,
    ...clients.seed,
    ...devices.seed,
    ...attachments.seed,
    ...integrations.seed,
    ...apps.seed,
    ...appKeys.seed,
    ...integrationKeys.seed,
    ...oauth.seed
  },
  stored: {
    Users: users.stored,
    Conversations: conversations.stored,
    Participants: participants.stored,
    Messages: messages.stored,
    Clients: clients.stored,
    Devices: devices.stored,
    Attachments: attachments.stored,
    Integrations: integrations.stored,
    Apps: apps.stored,
    AppKeys: appKeys.stored,
    Webhooks: webhooks.stored,
    IntegrationKeys: integrationKeys.stored
  },
  fileAt,
  pageAt: authorizePage
}
