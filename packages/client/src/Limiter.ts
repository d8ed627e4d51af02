/**
 * A limit on how fast one app is called, shared by every client of it: in this process, or through Redis in several.
 *
 * Off until it is provided, because the vendor publishes no figure. A call waits for its turn within its deadline; a 429 makes
 * everybody wait who shares the limiter. It never repeats a request: that is the retry policy's alone.
 *
 * @since 0.1.0
 */
import type * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as RateLimiter from "effect/persistence/RateLimiter"
import type { Redis } from "effect/persistence/Redis"
import * as Redacted from "effect/Redacted"
import * as provided from "./internal/call/provided.ts"
import { findingsOf, finiteTime, must, object, oneOf } from "./internal/settings/optionChecks.ts"
import { problemsIn, withProblems } from "./internal/settings/settingsProblems.ts"
import type { SettingsProblem } from "./SettingsError.ts"
import { LimiterUnavailable } from "./SunshineError.ts"

/**
 * How fast, and what to do when the limiter cannot be asked. What means nothing, such as a limit of zero, is a `SettingsError`
 * of the client that is made with the limiter.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** How many requests may be sent in one `window`. */
  readonly limit: number
  readonly window: Duration.Input
  /** `"fail"` ends the call as `LimiterUnavailable`, `"unlimited"` sends it all the same; `"fail"` when absent. */
  readonly whenUnavailable?: "fail" | "unlimited" | undefined
  /** How long the store may take to answer before it counts as unavailable; 1 second when absent. */
  readonly timeout?: Duration.Input | undefined
}

/**
 * What a client asks before every attempt, and tells after a 429; `key` names the app.
 *
 * @category models
 * @since 0.1.0
 */
export interface Limiter {
  readonly admit: (key: string) => Effect.Effect<Admission, LimiterUnavailable>
  readonly slowDown: (
    key: string,
    admission: Admission,
    retryAfter: Duration.Duration
  ) => Effect.Effect<void, LimiterUnavailable>
}

/**
 * A turn; it says which state of the limiter it belongs to, so that a late 429 does not slow down a newer one.
 *
 * @category models
 * @since 0.1.0
 */
export interface Admission {
  readonly epoch: number
}

/**
 * The limiter of the clients that are built where it is provided; none by default.
 *
 * **Example** (100 requests a minute)
 *
 * ```ts
 * import { Credentials, Limiter, Users } from "@sunco/client"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * export const UsersLayer = Users.layer({ appId: "5d8cff3cd55b040010928b5b", subdomain: "example" }).pipe(
 *   Layer.provide(Limiter.layerMemory({ limit: 100, window: "1 minute" })),
 *   Layer.provide(Credentials.layerBasic({ keyId: "app_1", secret: Redacted.make("secret") }))
 * )
 * ```
 *
 * @category references
 * @since 0.1.0
 */
export const Limiter: Context.Reference<Limiter | undefined> = provided.Limiter

/**
 * A limiter over Effect's `RateLimiter`, whatever its store: a token bucket that lets `limit` requests go at once and refills
 * evenly over the window.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (options: Options): Effect.Effect<Limiter, never, RateLimiter.RateLimiter> =>
  Effect.map(RateLimiter.RateLimiter, (limiter) => {
    const problems = problemsIn(findingsOf(limiterChecks(), options), (option) => `limiter.${option}`)
    if (problems.length > 0) return unusable(problems)
    const window = Duration.fromInputUnsafe(options.window)
    const timeout = Duration.fromInputUnsafe(options.timeout ?? "1 second")
    const { limit, whenUnavailable } = options
    const ask = <A>(
      question: Effect.Effect<A, RateLimiter.RateLimiterError>,
      whenUnlimited: A
    ): Effect.Effect<A, LimiterUnavailable> =>
      question.pipe(
        Effect.timeout(timeout),
        Effect.catch((cause) =>
          whenUnavailable === "unlimited"
            ? Effect.succeed(whenUnlimited)
            : Effect.fail(new LimiterUnavailable({ cause: Redacted.make(cause) }))
        )
      )
    /** While a 429 is being waited out, everybody asks again after the wait: it may have been prolonged. */
    const afterCooldown = (key: string): Effect.Effect<Admission, LimiterUnavailable> =>
      Effect.flatMap(
        ask(limiter.adaptiveConsume({ key, tokens: 1, fallbackLimit: limit, fallbackWindow: window }), inactive),
        (adaptive) => {
          if (Duration.isZero(adaptive.delay)) return Effect.succeed(adaptive)
          const waited = Effect.sleep(adaptive.delay)
          return adaptive.phase === "cooldown"
            ? Effect.andThen(waited, afterCooldown(key))
            : Effect.as(waited, adaptive)
        }
      )
    return {
      admit: (key) =>
        Effect.flatMap(
          ask(limiter.consume({ key, limit, window, algorithm: "token-bucket", onExceeded: "delay" }), undefined),
          (consumed) => {
            // The store did not answer: it would not know of a 429 either, and is waited for once only.
            if (consumed === undefined) return Effect.succeed(inactive)
            const { delay } = consumed
            return Duration.isZero(delay) ? afterCooldown(key) : Effect.andThen(Effect.sleep(delay), afterCooldown(key))
          }
        ),
      slowDown: (key, { epoch }, retryAfter) =>
        ask(limiter.adaptiveFeedback({ key, epoch, tokens: 1, status: 429, retryAfter }), undefined)
    }
  })

// A function: a bundle without a limiter has no checks of one.
const limiterChecks = () =>
  object({
    limit: must("a finite number above zero", (limit) => Number.isFinite(limit) && Number(limit) > 0),
    window: finiteTime(),
    whenUnavailable: oneOf("fail", "unlimited"),
    timeout: finiteTime(),
    prefix: must("text", (prefix) => typeof prefix === "string")
  }, ["limit", "window"])

/** Stands in for a limiter whose options mean nothing: the client that is made with it says what is wrong with them. */
const unusable = (problems: ReadonlyArray<SettingsProblem>): Limiter => {
  const failure = Effect.fail(
    new LimiterUnavailable({ cause: Redacted.make("the options of the limiter mean nothing") })
  )
  return withProblems({ admit: () => failure, slowDown: () => failure }, problems)
}

const inactive: RateLimiter.AdaptiveConsumeResult = { delay: Duration.zero, epoch: 0, phase: "inactive" }

/**
 * A limiter for the clients of this process.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerMemory = (options: Options): Layer.Layer<never> =>
  Layer.effect(Limiter, make(options)).pipe(
    Layer.provide(RateLimiter.layer),
    Layer.provide(RateLimiter.layerStoreMemory)
  )

/**
 * A limiter for all processes that share a Redis; `prefix` is put before its keys, `sunco:` when absent.
 *
 * **Details**
 *
 * `Redis` is Effect's service: `NodeRedis.layer` of `@effect/platform-node` provides it, and fails where Redis cannot be
 * reached at the start.
 *
 * **Gotchas**
 *
 * Give the connection `disableOfflineQueue: true`. Calls then fail at once while Redis is away; otherwise the questions that
 * were given up pile up, are asked when it is back, and until then keep the connection from being closed.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerRedis = (
  options: Options & { readonly prefix?: string | undefined }
): Layer.Layer<never, never, Redis> =>
  Layer.effect(Limiter, make(options)).pipe(
    Layer.provide(RateLimiter.layer),
    Layer.provide(RateLimiter.layerStoreRedis({ prefix: options?.prefix ?? "sunco:" }))
  )
