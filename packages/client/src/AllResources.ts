/**
 * Every resource of the API at once, for whoever wants them all. A bundle of whoever imports a resource by its name has no other.
 *
 * @since 0.1.0
 */
import type * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type { Activities } from "./Activities.ts"
import type { AppKeys } from "./AppKeys.ts"
import type { Apps } from "./Apps.ts"
import type { Attachments } from "./Attachments.ts"
import type { Clients } from "./Clients.ts"
import type { Conversations } from "./Conversations.ts"
import type { Credentials } from "./Credentials.ts"
import type { Devices } from "./Devices.ts"
import type { Integrations } from "./Integrations.ts"
import * as internal from "./internal/allResources.ts"
import type { Messages } from "./Messages.ts"
import type { OAuth } from "./OAuth.ts"
import type { Participants } from "./Participants.ts"
import type { SettingsError } from "./SettingsError.ts"
import { makeConfig, makeFromConfig, type Options, type OptionsBesideEnvironment, Sunshine } from "./Sunshine.ts"
import type { SwitchboardActions } from "./SwitchboardActions.ts"
import type { SwitchboardIntegrations } from "./SwitchboardIntegrations.ts"
import type { Switchboards } from "./Switchboards.ts"
import type { Users } from "./Users.ts"
import type { IntegrationKeys } from "./IntegrationKeys.ts"
import type { Webhooks } from "./Webhooks.ts"

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
  | SwitchboardActions
  | SwitchboardIntegrations
  | Switchboards
  | Users
  | Webhooks

/**
 * All resources over the {@link Sunshine} that is there already.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerNoDeps: Layer.Layer<AllResources, never, Sunshine> = Layer.effectContext(internal.makeNoDeps)

const over = <E, R>(
  made: Effect.Effect<Sunshine["Service"], E, R>
): Layer.Layer<AllResources | Sunshine, E, R> =>
  Layer.effectContext(
    Effect.flatMap(made, (sunshine) =>
      Effect.provideService(internal.makeNoDeps, Sunshine, sunshine).pipe(
        Effect.map(Context.add(Sunshine, sunshine))
      ))
  )

/**
 * All resources, and the {@link Sunshine} under them, which they share; fails when a setting is missing, wrong or contradictory.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (
  options: Options
): Layer.Layer<AllResources | Sunshine, SettingsError, HttpClient.HttpClient | Credentials> =>
  over(Sunshine.make(options))

/**
 * The {@link layer} of options that come from `Config`.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerConfig = (
  options: Config.Wrap<Options>
): Layer.Layer<
  AllResources | Sunshine,
  Config.ConfigError | SettingsError,
  HttpClient.HttpClient | Credentials
> => over(makeConfig(options))

/**
 * All resources with everything from the environment, credentials included, as `Users.layerFromConfig` has it. The options are
 * what the environment does not say.
 *
 * **Example** (All that the environment's key may do)
 *
 * ```ts
 * import { AllResources, Users } from "@sunco/client"
 * import { Emulator } from "@sunco/emulator"
 * import * as Effect from "effect/Effect"
 * import * as Layer from "effect/Layer"
 *
 * const SunshineLayer = AllResources.layerFromConfig().pipe(Layer.provide(Emulator.layerTest()))
 *
 * const program = Effect.gen(function*() {
 *   const users = yield* Users
 *   const { created } = yield* users.getOrCreate({ externalId: "ada" })
 *   console.log(created)
 *   // true
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(SunshineLayer)))
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layerFromConfig = (
  options?: OptionsBesideEnvironment
): Layer.Layer<AllResources | Sunshine, Config.ConfigError | SettingsError, HttpClient.HttpClient> =>
  over(makeFromConfig(options))
