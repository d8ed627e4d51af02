/**
 * The Effect client for Sunshine Conversations.
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
export * as RetryPolicy from "./RetryPolicy.ts"
export { usersRetrySafety } from "./RetrySafety.ts"
export { SettingsError } from "./SettingsError.ts"
export { Sunshine } from "./Sunshine.ts"
export { SunshineError } from "./SunshineError.ts"
export { Users } from "./Users.ts"
