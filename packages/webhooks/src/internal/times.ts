import * as Duration from "effect/Duration"
import { SettingsError } from "../SettingsError.ts"

/** How long things are kept. */
interface Times {
  readonly lease?: Duration.Input | undefined
  readonly remember?: Duration.Input | undefined
}

/**
 * In milliseconds. A lease that is over at once is none: whatever is being handled would be handled by others, too.
 *
 * @internal
 */
export const timesOf = (
  { lease, remember }: Times,
  otherwise: { readonly lease: Duration.Input; readonly remember: Duration.Input }
): { readonly leaseMillis: number; readonly rememberMillis: number } => {
  const leaseMillis = Duration.toMillis(Duration.fromInputUnsafe(lease ?? otherwise.lease))
  const rememberMillis = Duration.toMillis(Duration.fromInputUnsafe(remember ?? otherwise.remember))
  const problems = [
    ...(leaseMillis > 0 && Number.isFinite(leaseMillis)
      ? []
      : [{ setting: "lease", problem: "must be above zero, and end" }]),
    ...(rememberMillis >= 0 ? [] : [{ setting: "remember", problem: "must not be below zero" }])
  ]
  if (problems.length > 0) throw new SettingsError({ problems })
  return { leaseMillis, rememberMillis }
}
