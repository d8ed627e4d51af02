/**
 * Calls as effects of Effect 3.
 *
 * @since 0.1.0
 */
import type { Face } from "@sunco/client/Face"
import type * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type * as Stream from "effect/Stream"
import type { BrandCallOptions, CallOptions } from "./CallOptions.ts"
import type * as Outcomes from "./Outcomes.ts"
import type { SunshineError } from "./SunshineError.ts"

/**
 * An `Effect` for a call, a `Stream` for many.
 *
 * @category models
 * @since 0.1.0
 */
export interface Effect3Face extends Face {
  readonly failure: keyof typeof Outcomes
  readonly call: Effect.Effect<this["value"], InstanceType<(typeof Outcomes)[this["failure"]]> | SunshineError>
  readonly stream: Stream.Stream<this["value"], InstanceType<(typeof Outcomes)[this["failure"]]> | SunshineError>
  readonly secret: Redacted.Redacted
  readonly options: CallOptions
  readonly brandOptions: BrandCallOptions
}
