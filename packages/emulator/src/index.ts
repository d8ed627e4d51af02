/**
 * Sunshine Conversations on your own machine: stateful, and able to fail on demand.
 *
 * @since 0.1.0
 */
export { type Assumptions } from "./Assumptions.ts"
export { ControlApi } from "./ControlApi.ts"
export { type EmittedEvent } from "./EmittedEvent.ts"
export {
  type AppOptions,
  type EmulatedApp,
  Emulator,
  type EmulatorOptions,
  type Faults,
  type ServerOptions
} from "./Emulator.ts"
export * as Fault from "./Fault.ts"
export { InvalidInput } from "./InvalidInput.ts"
export { LinkAnswer } from "./LinkAnswer.ts"
export { ListenError } from "./ListenError.ts"
export { Operation } from "./Operation.ts"
export {
  decodeSeed,
  Seed,
  SeedApp,
  SeedAppKey,
  SeedAttachment,
  SeedClient,
  SeedConversation,
  SeedDevice,
  Seeded,
  SeededConversation,
  SeededOAuthClient,
  SeedIntegration,
  SeedIntegrationKey,
  SeedMessage,
  SeedOAuthClient,
  SeedParticipant,
  SeedPlan,
  SeedUser,
  SeedWebhook,
  ZendeskUser
} from "./Seed.ts"
export { SeenRequest } from "./SeenRequest.ts"
export {
  Stored,
  StoredAppKey,
  StoredAttachment,
  StoredClient,
  StoredDevice,
  StoredIntegration,
  StoredIntegrationKey,
  StoredMessage,
  StoredParticipant,
  StoredWebhook
} from "./Stored.ts"
