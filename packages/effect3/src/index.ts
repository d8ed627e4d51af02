/**
 * The client for Sunshine Conversations, for applications on Effect 3.
 *
 * @since 0.1.0
 */
export { Activities } from "./Activities.ts"
export type * from "./Activities.ts"
export * as AllResources from "./AllResources.ts"
export { AppKeys } from "./AppKeys.ts"
export type * from "./AppKeys.ts"
export { Apps } from "./Apps.ts"
export type * from "./Apps.ts"
export { Attachments } from "./Attachments.ts"
export type * from "./Attachments.ts"
export type { BrandCallOptions, CallOptions } from "./CallOptions.ts"
export * as Circuit from "./Circuit.ts"
export { Clients } from "./Clients.ts"
export type * from "./Clients.ts"
export { Conversations } from "./Conversations.ts"
export type * from "./Conversations.ts"
export * as Credentials from "./Credentials.ts"
export { Devices } from "./Devices.ts"
export type * from "./Devices.ts"
export { IntegrationKeys } from "./IntegrationKeys.ts"
export type * from "./IntegrationKeys.ts"
export { Integrations } from "./Integrations.ts"
export type * from "./Integrations.ts"
export * as Limiter from "./Limiter.ts"
export { Messages } from "./Messages.ts"
export type * from "./Messages.ts"
export type { AccessToken, ConversionEvents } from "./Models.ts"
export type * from "./Models.ts"
export { OAuth } from "./OAuth.ts"
export type * from "./OAuth.ts"
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
export type * from "./Participants.ts"
export type { ResponseInfo } from "./ResponseInfo.ts"
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
export * as UnknownFields from "./UnknownFields.ts"
export type { Identity, Metadata, Profile, User } from "./User.ts"
export type { CreateUser, ProfileInput, SyncUser, UpdateUser } from "./UserPayloads.ts"
export { type CreateUserWithExternalId, type UserAndCreated, Users, type UsersMethods } from "./Users.ts"
export { Webhooks } from "./Webhooks.ts"
export type * from "./Webhooks.ts"
