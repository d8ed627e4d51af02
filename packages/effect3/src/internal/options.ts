import type * as Client from "@sunco/client/CallOptions"
import type * as ClientRetryPolicy from "@sunco/client/RetryPolicy"
import type * as ClientSunshine from "@sunco/client/Sunshine"
import * as Duration4 from "effect-4/Duration"
import * as Duration from "effect/Duration"
import type { BrandCallOptions, CallOptions } from "../CallOptions.ts"
import type { RetryOptions } from "../RetryPolicy.ts"
import type { Options, OptionsBesideEnvironment, ServerOptions } from "../SunshineOptions.ts"

/** @internal */
export const clientOptions = (options: Options): ClientSunshine.Options => withClientTimes(options)

/** @internal */
export const serverOptions = (options: ServerOptions): ClientSunshine.ServerOptions => withClientTimes(options)

/** @internal */
export const optionsBesideEnvironment = (
  options: OptionsBesideEnvironment | undefined
): ClientSunshine.OptionsBesideEnvironment | undefined => options === undefined ? undefined : withClientTimes(options)

/** @internal */
export const callOptions = (options: BrandCallOptions | undefined): Client.BrandCallOptions | undefined =>
  options === undefined ? undefined : withClientTimes(options)

/** An Effect 3 duration is nothing to the client, and what one can be written as differs. */
const withClientTimes = <O extends CallOptions>({ attemptTimeout, deadline, retry, ...options }: O) => ({
  ...options,
  attemptTimeout: optionalDuration(attemptTimeout),
  deadline: optionalDuration(deadline),
  retry: retryOptions(retry)
})

const retryOptions = (retry: RetryOptions | undefined): ClientRetryPolicy.RetryOptions | undefined =>
  retry === undefined || typeof retry === "string" ? retry : {
    ...retry,
    baseDelay: optionalDuration(retry.baseDelay),
    maxDelay: optionalDuration(retry.maxDelay),
    maxRetryAfter: optionalDuration(retry.maxRetryAfter)
  }

/** @internal */
export const duration = (input: Duration.DurationInput): Duration4.Duration =>
  Duration4.millis(Duration.toMillis(input))

/** @internal */
export const optionalDuration = (input: Duration.DurationInput | undefined): Duration4.Duration | undefined =>
  input === undefined ? undefined : duration(input)
