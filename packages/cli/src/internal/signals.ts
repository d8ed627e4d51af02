/** What signals do to a command that needs a while to stop. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/**
 * A terminal that is closed tells a command to end, as SIGTERM does. Node ends at once by itself, also where `nohup` has said that
 * nobody shall be told.
 */
export const hangUpTerminates = (): void => {
  process.on("SIGHUP", () => process.emit("SIGTERM"))
}

/** Whoever starts this command in a terminal may hand on the signal that the terminal has sent to both. */
const sameMillis = 300

/**
 * The first signal interrupts the command, as everywhere; `first` is what is said then. Another one ends the process at once.
 */
export const secondEnds = (first: () => void): Effect.Effect<void, never, Scope.Scope> =>
  Effect.asVoid(Effect.acquireRelease(
    Effect.sync(() => {
      let begun: number | undefined
      const onSignal = () => {
        if (begun === undefined) {
          begun = performance.now()
          return first()
        }
        if (performance.now() - begun > sameMillis) process.exit(130)
      }
      // What is said comes before what the interruption says.
      process.prependListener("SIGINT", onSignal)
      process.prependListener("SIGTERM", onSignal)
      return onSignal
    }),
    (onSignal) =>
      Effect.sync(() => {
        process.off("SIGINT", onSignal)
        process.off("SIGTERM", onSignal)
      })
  ))
