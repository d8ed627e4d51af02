import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

/**
 * Reads the environment as it is now. Effect's own default copies it when the process first asks, and a client that is made
 * later would not see what has changed. A provider of the application's is asked as it is.
 *
 * @internal
 */
export const ofNow = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.withFiber((fiber) =>
    Context.getOrUndefined(fiber.context, ConfigProvider.ConfigProvider) === undefined
      ? Effect.provideService(
        effect,
        ConfigProvider.ConfigProvider,
        // An empty variable is told from one that is not there: an empty `http_proxy` hides `HTTP_PROXY`.
        ConfigProvider.fromEnv({ preserveEmptyStrings: true })
      )
      : effect
  )

/**
 * What `Config.unwrap` gives, whose way of many at once would weigh on every bundle.
 *
 * @internal
 */
export const unwrapped = <A>(wrapped: Config.Wrap<A>): Effect.Effect<A, Config.ConfigError> =>
  Config.isConfig(wrapped) ? wrapped as Config.Config<A> : Effect.gen(function*() {
    const values: { [name: string]: unknown } = {}
    for (const [name, config] of Object.entries<Config.Wrap<unknown>>(wrapped)) values[name] = yield* unwrapped(config)
    // What `Wrap` says of each of its fields.
    return values as A
  })

/**
 * An environment variable that is empty counts as not set, as shells and CI systems often leave it.
 *
 * @internal
 */
export const text = (name: string): Effect.Effect<string | undefined, Config.ConfigError> =>
  Effect.map(textAsItIs(name), (value) => value || undefined)

/**
 * What `Config.option(Config.String(name))` gives, asked of the provider itself: the schemas of `Config` would weigh 2 kB in every
 * bundle.
 *
 * @internal
 */
export const textAsItIs = (name: string): Effect.Effect<string | undefined, Config.ConfigError> =>
  Effect.flatMap(ConfigProvider.ConfigProvider, (provider) =>
    Effect.mapBoth(provider.load([name]), {
      onSuccess: (node) => node?.value,
      onFailure: (error) => new Config.ConfigError(error)
    }))

/** @internal */
export const secret = (name: string): Effect.Effect<Redacted.Redacted | undefined, Config.ConfigError> =>
  Effect.map(text(name), (value) => value === undefined ? undefined : Redacted.make(value))
