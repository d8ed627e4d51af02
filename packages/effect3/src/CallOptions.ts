/**
 * What one call may say about itself.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import type { RetryOptions } from "./RetryPolicy.ts"

/**
 * The last argument of every method: what is left out is as the client has it.
 *
 * @category models
 * @since 0.1.0
 */
export interface CallOptions {
  /** How long one attempt may take. */
  readonly attemptTimeout?: Duration.DurationInput | undefined
  /** How long the call may take altogether, waits included. */
  readonly deadline?: Duration.DurationInput | undefined
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
