import type { SettingsError as ClientSettingsError } from "@sunco/client/SettingsError"
import type { ConfigError as ConfigError4 } from "effect-4/Config"
import * as ConfigProvider4 from "effect-4/ConfigProvider"
import type * as Context4 from "effect-4/Context"
import * as Layer4 from "effect-4/Layer"
import * as Config from "effect/Config"
import type { ConfigError } from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { SettingsError } from "../SettingsError.ts"
import { buildLayer } from "./buildLayer.ts"

const secret = (name: string) => Config.map(Config.redacted(name), Redacted.value)

/** What the client reads, by the names that it has there. */
const settings = Config.all({
  SUNCO_APP_ID: Config.option(Config.string("SUNCO_APP_ID")),
  SUNCO_BASE_URL: Config.option(Config.string("SUNCO_BASE_URL")),
  SUNCO_SUBDOMAIN: Config.option(Config.string("SUNCO_SUBDOMAIN")),
  SUNCO_KEY_ID: Config.option(Config.string("SUNCO_KEY_ID")),
  SUNCO_KEY_SECRET: Config.option(secret("SUNCO_KEY_SECRET")),
  SUNCO_TOKEN: Config.option(secret("SUNCO_TOKEN")),
  SUNCO_LOG: Config.option(Config.string("SUNCO_LOG"))
})

/**
 * A service of a layer of the client that reads the environment, with what the application's `ConfigProvider` says. What is
 * missing or contradicts another setting is for the client to say.
 *
 * @internal
 */
export const buildFromEnvironment = <I, S>(
  service: Context4.Key<I, S>,
  layer: Layer4.Layer<I, ConfigError4 | ClientSettingsError>
): Effect.Effect<S, ConfigError | SettingsError, Scope.Scope> =>
  Effect.flatMap(settings, (found) => {
    const environment: Record<string, string> = {}
    for (const [name, value] of Object.entries(found)) {
      if (Option.isSome(value)) environment[name] = value.value
    }
    const provider = ConfigProvider4.layer(ConfigProvider4.fromUnknown(environment))
    return buildLayer(service, Layer4.provide(layer, provider)).pipe(
      // It asks for nothing but text, and text was found.
      Effect.catchTag("ConfigError", (error) => Effect.die(error))
    )
  })

/**
 * The environment of a client whose settings are given: the application's `ConfigProvider` says who sees its log, and nothing
 * else.
 *
 * @internal
 */
export const logEnvironment: Effect.Effect<ConfigProvider4.ConfigProvider, SettingsError> = Config.option(
  Config.string("SUNCO_LOG")
).pipe(
  Effect.mapBoth({
    onFailure: () => new SettingsError({ problems: [{ setting: "SUNCO_LOG", problem: "cannot be read" }] }),
    onSuccess: (level) => ConfigProvider4.fromUnknown(Option.isSome(level) ? { SUNCO_LOG: level.value } : {})
  })
)
