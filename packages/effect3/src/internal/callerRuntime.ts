import * as Context4 from "effect-4/Context"
import * as Runtime from "effect/Runtime"

/**
 * The runtime of the application's fiber that waits for a call: what the call runs in Effect 3 runs with its services, its
 * FiberRefs and its clock.
 *
 * @internal
 */
export const CallerRuntime = Context4.Reference<Runtime.Runtime<never>>("@sunco/effect3/internal/CallerRuntime", {
  defaultValue: () => Runtime.defaultRuntime
})
