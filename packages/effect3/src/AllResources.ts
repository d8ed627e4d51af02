/**
 * Every resource of the API at once, for whoever wants them all. A bundle of whoever imports a resource by its name has no other.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import type { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import type * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import * as Layer from "effect/Layer"
import type { Credentials } from "./Credentials.ts"
import type { SettingsError } from "./SettingsError.ts"
import { type Options, type OptionsBesideEnvironment, Sunshine } from "./Sunshine.ts"
import { Activities } from "./Activities.ts"
import { AppKeys } from "./AppKeys.ts"
import { Apps } from "./Apps.ts"
import { Attachments } from "./Attachments.ts"
import { Clients } from "./Clients.ts"
import { Conversations } from "./Conversations.ts"
import { Devices } from "./Devices.ts"
import { Integrations } from "./Integrations.ts"
import { Messages } from "./Messages.ts"
import { OAuth } from "./OAuth.ts"
import { Participants } from "./Participants.ts"
import { Users } from "./Users.ts"
import { IntegrationKeys } from "./IntegrationKeys.ts"
import { Webhooks } from "./Webhooks.ts"

/** The compiler asks for a declared resource that is missing, or that is another one. */
const resources: {
  readonly Activities: typeof Activities
  readonly AppKeys: typeof AppKeys
  readonly Apps: typeof Apps
  readonly Attachments: typeof Attachments
  readonly Clients: typeof Clients
  readonly Conversations: typeof Conversations
  readonly Devices: typeof Devices
  readonly IntegrationKeys: typeof IntegrationKeys
  readonly Integrations: typeof Integrations
  readonly Messages: typeof Messages
  readonly OAuth: typeof OAuth
  readonly Participants: typeof Participants
  readonly Users: typeof Users
  readonly Webhooks: typeof Webhooks
} = {
  Activities,
  AppKeys,
  Apps,
  Attachments,
  Clients,
  Conversations,
  Devices,
  IntegrationKeys,
  Integrations,
  Messages,
  OAuth,
  Participants,
  Users,
  Webhooks
} satisfies {
  readonly [Name in keyof typeof SunshineOperations]: {
    readonly key: `@sunco/effect3/${Name}`
    readonly layerNoDeps: Layer.Layer.Any
  }
}

/**
 * The services of all resources.
 *
 * @category models
 * @since 0.1.0
 */
export type AllResources =
  | Activities
  | AppKeys
  | Apps
  | Attachments
  | Clients
  | Conversations
  | Devices
  | IntegrationKeys
  | Integrations
  | Messages
  | OAuth
  | Participants
  | Users
  | Webhooks

/**
 * All resources over the {@link Sunshine} that is there already.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerNoDeps: Layer.Layer<AllResources, never, Sunshine> = Layer.mergeAll(
  resources.Activities.layerNoDeps,
  resources.AppKeys.layerNoDeps,
  resources.Apps.layerNoDeps,
  resources.Attachments.layerNoDeps,
  resources.Clients.layerNoDeps,
  resources.Conversations.layerNoDeps,
  resources.Devices.layerNoDeps,
  resources.IntegrationKeys.layerNoDeps,
  resources.Integrations.layerNoDeps,
  resources.Messages.layerNoDeps,
  resources.OAuth.layerNoDeps,
  resources.Participants.layerNoDeps,
  resources.Users.layerNoDeps,
  resources.Webhooks.layerNoDeps
)

const over = <E, R>(
  sunshine: Layer.Layer<Sunshine, E, R>
): Layer.Layer<AllResources | Sunshine, E, R> => Layer.provideMerge(layerNoDeps, sunshine)

/**
 * All resources, and the {@link Sunshine} under them, which they share; fails when a setting is missing, wrong or contradictory.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options: Options
): Layer.Layer<AllResources | Sunshine, SettingsError, HttpClient.HttpClient | Credentials> =>
  over(Sunshine.layer(options))

/**
 * The {@link layer} of options that come from `Config`.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerConfig = (
  options: Config.Config.Wrap<Options>
): Layer.Layer<
  AllResources | Sunshine,
  ConfigError | SettingsError,
  HttpClient.HttpClient | Credentials
> => over(Sunshine.layerConfig(options))

/**
 * All resources with everything from the environment, credentials included, as `Users.layerFromConfig` has it. The options are
 * what the environment does not say.
 *
 * **Example** (All that the environment's key may do)
 *
 * ```ts
 * import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
 * import { AllResources, Users } from "@sunco/effect3"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const program = Effect.gen(function*() {
 *   const users = yield* Users
 *   const { created } = yield* users.getOrCreate({ externalId: "ada" })
 *   console.log(created)
 *   // true
 * })
 *
 * const SunshineLive = Layer.provide(AllResources.layerFromConfig(), FetchHttpClient.layer)
 *
 * Effect.runPromise(Effect.provide(program, SunshineLive))
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layerFromConfig = (
  options?: OptionsBesideEnvironment
): Layer.Layer<AllResources | Sunshine, ConfigError | SettingsError, HttpClient.HttpClient> =>
  over(Sunshine.layerFromConfig(options))
