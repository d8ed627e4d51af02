/**
 * A circuit breaker: after too many failures in a row, calls fail at once for a while instead of waiting for a vendor that is
 * down.
 *
 * @since 0.1.0
 */
import type * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as CircuitBreaker from "effect/persistence/CircuitBreaker"
import * as provided from "./internal/call/provided.ts"
import { findingsOf, finiteTime, object, wholeAboveZero } from "./internal/settings/optionChecks.ts"
import { problemsIn, withProblems } from "./internal/settings/settingsProblems.ts"

/**
 * When it opens, and for how long. What means nothing, such as zero failures, is a `SettingsError` of the client that is made
 * with the breaker.
 *
 * @category models
 * @since 0.1.0
 */
export interface Options {
  /** Attempts in a row that got no answer, a 408 or a 5xx; 10 when absent. */
  readonly failures?: number | undefined
  /** After that one call may try; 10 seconds when absent. A longer `Retry-After` prolongs it, up to an hour. */
  readonly openDuration?: Duration.Input | undefined
}

/**
 * The breaker of the clients that are built where it is provided; none by default. Any `CircuitBreaker` of Effect's fits, one
 * whose state is in Redis too.
 *
 * **Example** (Failing fast after five failures)
 *
 * ```ts
 * import { Circuit, Credentials, Users } from "@sunco/client"
 * import * as Layer from "effect/Layer"
 * import * as Redacted from "effect/Redacted"
 *
 * export const UsersLayer = Users.layer({ appId: "5d8cff3cd55b040010928b5b", subdomain: "example" }).pipe(
 *   Layer.provide(Circuit.layer({ failures: 5, openDuration: "30 seconds" })),
 *   Layer.provide(Credentials.layerBasic({ keyId: "app_1", secret: Redacted.make("secret") }))
 * )
 * ```
 *
 * @category references
 * @since 0.1.0
 */
export const Circuit: Context.Reference<CircuitBreaker.CircuitBreaker | undefined> = provided.Circuit

/**
 * A breaker whose state is kept in this process.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (options?: Options): Layer.Layer<never> => {
  const problems = options === undefined
    ? []
    : problemsIn(findingsOf(circuitChecks(), options), (option) => `circuit.${option}`)
  const usable = problems.length === 0 ? options : undefined
  return Layer.effect(
    Circuit,
    Effect.map(
      CircuitBreaker.make({
        tripPolicy: CircuitBreaker.consecutive(usable?.failures ?? 10),
        openDuration: usable?.openDuration ?? "10 seconds"
      }),
      (breaker) => withProblems(breaker, problems)
    )
  ).pipe(Layer.provide(CircuitBreaker.layerStoreMemory()))
}

const circuitChecks = () => object({ failures: wholeAboveZero, openDuration: finiteTime() })
