/**
 * The Effect client for Sunshine Conversations.
 *
 * @since 0.1.0
 */
export type { AccessToken } from "@sunco/schemas/AccessToken"
export type * from "@sunco/schemas/ActivityPayloads"
export type * from "@sunco/schemas/App"
export type * from "@sunco/schemas/AppKey"
export type * from "@sunco/schemas/AppPayloads"
export type * from "@sunco/schemas/Attachment"
export type * from "@sunco/schemas/Author"
export type * from "@sunco/schemas/ChannelIntegration"
export type * from "@sunco/schemas/Client"
export type * from "@sunco/schemas/ClientPayloads"
export type * from "@sunco/schemas/Conversation"
export type * from "@sunco/schemas/ConversationPayloads"
export type { ConversionEvents } from "@sunco/schemas/ConversationsOperations"
export type * from "@sunco/schemas/CustomIntegration"
export type * from "@sunco/schemas/Destination"
export type * from "@sunco/schemas/Device"
export type * from "@sunco/schemas/FilePart"
export type * from "@sunco/schemas/FormField"
export type { Identity } from "@sunco/schemas/Identity"
export type * from "@sunco/schemas/Integration"
export type * from "@sunco/schemas/IntegrationBase"
export type * from "@sunco/schemas/IntegrationKey"
export type * from "@sunco/schemas/IntegrationPayloads"
export type * from "@sunco/schemas/Message"
export type * from "@sunco/schemas/MessageAction"
export type * from "@sunco/schemas/MessageContent"
export type * from "@sunco/schemas/MessageItem"
export type * from "@sunco/schemas/MessagePayloads"
export type { Metadata } from "@sunco/schemas/Metadata"
export type * from "@sunco/schemas/OAuthPayloads"
export type * from "@sunco/schemas/Override"
export type * from "@sunco/schemas/Page"
export type * from "@sunco/schemas/Participant"
export type * from "@sunco/schemas/ParticipantPayloads"
export type { Profile, ProfileInput } from "@sunco/schemas/Profile"
export type * from "@sunco/schemas/SdkIntegration"
export type * from "@sunco/schemas/Source"
export type * from "@sunco/schemas/Unrecognized"
export type { User } from "@sunco/schemas/User"
export type { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
export type * from "@sunco/schemas/Webhook"
export type * from "@sunco/schemas/WebhookPayloads"
export { Activities } from "./Activities.ts"
export type * from "./ActivitiesMethods.ts"
export * as AllResources from "./AllResources.ts"
export { AppKeys } from "./AppKeys.ts"
export type * from "./AppKeysMethods.ts"
export { Apps } from "./Apps.ts"
export type * from "./AppsMethods.ts"
export { Attachments } from "./Attachments.ts"
export type * from "./AttachmentsMethods.ts"
export type { BrandCallOptions, CallOptions } from "./CallOptions.ts"
export * as Circuit from "./Circuit.ts"
export { Clients } from "./Clients.ts"
export type * from "./ClientsMethods.ts"
export { Conversations } from "./Conversations.ts"
export type * from "./ConversationsMethods.ts"
export * as Credentials from "./Credentials.ts"
export { Devices } from "./Devices.ts"
export type * from "./DevicesMethods.ts"
export { IntegrationKeys } from "./IntegrationKeys.ts"
export type * from "./IntegrationKeysMethods.ts"
export { Integrations } from "./Integrations.ts"
export type * from "./IntegrationsMethods.ts"
export * as Limiter from "./Limiter.ts"
export { Messages } from "./Messages.ts"
export type * from "./MessagesMethods.ts"
export { OAuth } from "./OAuth.ts"
export type * from "./OAuthMethods.ts"
export type * from "./OAuthOptions.ts"
export {
  AppKeyNotFound,
  AppPlanExceeded,
  AttachmentNotFound,
  ClientNotFound,
  ConversationNotFound,
  DeviceNotFound,
  IntegrationKeyNotFound,
  IntegrationNotFound,
  MessageLimitReached,
  MessageNotFound,
  ParticipantNotFound,
  UserAlreadyExists,
  UserNotFound,
  WebhookNotFound
} from "./Outcomes.ts"
export { Participants } from "./Participants.ts"
export type * from "./ParticipantsMethods.ts"
export type { ResponseInfo } from "./ResponseInfo.ts"
export * as RetryPolicy from "./RetryPolicy.ts"
export type { RetryOptions } from "./RetryPolicy.ts"
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
} from "./RetrySafety.ts"
export { SettingsError, type SettingsProblem } from "./SettingsError.ts"
export { Sunshine } from "./Sunshine.ts"
export type { Options, OptionsBesideEnvironment, SunshineRequest, SunshineResponse } from "./Sunshine.ts"
export { SunshineError } from "./SunshineError.ts"
export type {
  Applied,
  AppNotFound,
  BadRequest,
  CircuitOpen,
  CredentialsUnavailable,
  Forbidden,
  InputIssue,
  InvalidInput,
  LimiterUnavailable,
  PayloadTooLarge,
  RateLimited,
  RetryStopped,
  ServerError,
  SunshineErrorReason,
  Timeout,
  Transport,
  Unauthorized,
  UnexpectedResponse,
  VendorError
} from "./SunshineError.ts"
export { Users } from "./Users.ts"
export type { CreateUserWithExternalId, UserAndCreated, UsersMethods } from "./UsersMethods.ts"
export { Webhooks } from "./Webhooks.ts"
export type * from "./WebhooksMethods.ts"
