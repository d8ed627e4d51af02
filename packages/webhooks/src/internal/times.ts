import type * as Duration from "effect/Duration"
import { type Checks, millisOf, object, problemsOf, refuse, time, zeroOrAbove } from "./settingChecks.ts"

/** How long things are kept. */
interface Times {
  readonly lease?: Duration.Input | undefined
  readonly remember?: Duration.Input | undefined
}

/**
 * In milliseconds. A lease that is over at once is none: whatever is being handled would be handled by others, too. The options
 * may have those that `checks` are for, beside the times.
 *
 * @internal
 */
export const timesOf = (
  options: Times = {},
  otherwise: { readonly lease: Duration.Input; readonly remember: Duration.Input },
  checks?: Checks
): { readonly leaseMillis: number; readonly rememberMillis: number } => {
  refuse(problemsOf(object({ ...timeChecks, ...checks }), options))
  return {
    leaseMillis: millisOf(options.lease ?? otherwise.lease),
    rememberMillis: millisOf(options.remember ?? otherwise.remember)
  }
}

const timeChecks = {
  lease: time("above zero that ends", (millis) => millis > 0 && millis < Infinity),
  remember: zeroOrAbove
}
