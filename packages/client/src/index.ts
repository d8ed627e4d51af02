/**
 * The Effect client for Sunshine Conversations.
 *
 * @since 0.1.0
 */
export type { Identity } from "@sunco/schemas/Identity"
export type { Metadata } from "@sunco/schemas/Metadata"
export type { Profile, ProfileInput } from "@sunco/schemas/Profile"
export type { User } from "@sunco/schemas/User"
export type { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
export * as AllResources from "./AllResources.ts"
export type { BrandCallOptions, CallOptions } from "./CallOptions.ts"
export * as Circuit from "./Circuit.ts"
export * as Credentials from "./Credentials.ts"
export * as Limiter from "./Limiter.ts"
export { UserAlreadyExists, UserNotFound } from "./Outcomes.ts"
export type { ResponseInfo } from "./ResponseInfo.ts"
export * as RetryPolicy from "./RetryPolicy.ts"
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
export { Users } from "./Users.ts"
export type { CreateUserWithExternalId, UserAndCreated, UsersMethods } from "./UsersMethods.ts"
