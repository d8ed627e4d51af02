/**
 * What one call may say about itself.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import type { RetryOptions } from "./RetryPolicy.ts"

/**
 * The last argument of every method: what is left out is as the client has it. What means nothing (`deadline: 0`, an option
 * that there is not) is `InvalidInput`, and nothing is sent.
 *
 * @category models
 * @since 0.1.0
 */
export interface CallOptions {
  /** How long one attempt may take; `Infinity` for as long as the deadline lets it. */
  readonly attemptTimeout?: Duration.Input | undefined
  /** How long the call may take altogether, waits included; `Infinity` for no deadline. */
  readonly deadline?: Duration.Input | undefined
  readonly retry?: RetryOptions | undefined
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
