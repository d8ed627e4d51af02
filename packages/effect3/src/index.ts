/**
 * The client for Sunshine Conversations, for applications on Effect 3.
 *
 * @since 0.1.0
 */
export * as AllResources from "./AllResources.ts"
export type { BrandCallOptions, CallOptions } from "./CallOptions.ts"
export * as Circuit from "./Circuit.ts"
export * as Credentials from "./Credentials.ts"
export * as Limiter from "./Limiter.ts"
export { UserAlreadyExists, UserNotFound } from "./Outcomes.ts"
export type { ResponseInfo } from "./ResponseInfo.ts"
export type { RetryOptions } from "./RetryPolicy.ts"
export { type ConditionalRetrySafety, type RetrySafety, usersRetrySafety } from "./RetrySafety.ts"
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
