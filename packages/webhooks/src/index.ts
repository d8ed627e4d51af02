/**
 * Receives the webhooks of Sunshine Conversations.
 *
 * @since 0.1.0
 */
export * as Arrivals from "./Arrivals.ts"
export * as Deduplication from "./Deduplication.ts"
export * as Secrets from "./Secrets.ts"
export { SettingsError } from "./SettingsError.ts"
export * as WebhookReceiver from "./WebhookReceiver.ts"
