/**
 * Calls as promises.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import type * as EffectCallOptions from "./CallOptions.ts"
import type { Face } from "./Face.ts"

/**
 * The last argument of every method: what is left out is as the client has it.
 *
 * @category models
 * @since 0.1.0
 */
export interface CallOptions extends EffectCallOptions.CallOptions {
  /**
   * Ends the call when it is aborted: the promise rejects with the signal's reason, and the request is closed. A write that
   * was sent by then may have been applied.
   */
  readonly signal?: AbortSignal | undefined
}

/**
 * {@link CallOptions} of a method that addresses a user who may be brand-separated.
 *
 * @category models
 * @since 0.1.0
 */
export interface BrandCallOptions extends CallOptions {
  /** The brand of a brand-separated user who is addressed by externalId or identity; an id needs none. */
  readonly brandId?: string | undefined
}

/**
 * A `Promise` for a call, an `AsyncIterable` for many; either rejects with the outcomes of the domain by their class, and with
 * `SunshineError`.
 *
 * @category models
 * @since 0.1.0
 */
export interface PromiseFace extends Face {
  readonly call: Promise<this["value"]>
  readonly stream: AsyncIterable<this["value"]>
  readonly secret: Redacted.Redacted
  readonly options: CallOptions
  readonly brandOptions: BrandCallOptions
}
