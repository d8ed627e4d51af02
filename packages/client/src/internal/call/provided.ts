import * as Context from "effect/Context"
import type { CircuitBreaker } from "effect/persistence/CircuitBreaker"
import type * as limiter from "../../Limiter.ts"

// Apart from what makes them: that imports Effect's limiter and breaker with their stores, which most programs never use.

/** @internal */
export const Limiter = Context.Reference<limiter.Limiter | undefined>("@sunco/client/Limiter", {
  defaultValue: () => undefined
})

/** @internal */
export const Circuit = Context.Reference<CircuitBreaker | undefined>("@sunco/client/Circuit", {
  defaultValue: () => undefined
})
