/**
 * Consumer-driven contracts with Pact and Effect.
 *
 * Importing it loads nothing native: that happens when a mock provider, a verification or a broker is first used.
 *
 * @since 0.1.0
 */
export { Broker, BrokerError } from "./Broker.ts"
export * as Interaction from "./Interaction.ts"
export * as Matcher from "./Matcher.ts"
export * as Mismatch from "./Mismatch.ts"
export { InteractionConflict, MockServer, Pact, PactMismatch, PactNotWritten } from "./Pact.ts"
export * as PactFile from "./PactFile.ts"
export * as ProviderStates from "./ProviderStates.ts"
export * as SchemaMatchers from "./SchemaMatchers.ts"
export * as Verifier from "./Verifier.ts"
