import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

/**
 * An environment variable that is empty counts as not set, as shells and CI systems often leave it.
 *
 * @internal
 */
export const text = (name: string): Effect.Effect<string | undefined, Config.ConfigError> =>
  Effect.map(Config.option(Config.String(name)), (value) => Option.getOrUndefined(value) || undefined)

/** @internal */
export const secret = (name: string): Effect.Effect<Redacted.Redacted | undefined, Config.ConfigError> =>
  Effect.map(
    Config.option(Config.Redacted(name)),
    (value) => Option.getOrUndefined(Option.filter(value, (secret) => Redacted.value(secret) !== ""))
  )
