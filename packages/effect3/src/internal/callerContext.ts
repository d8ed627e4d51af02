import * as Context4 from "effect-4/Context"
import * as Clock4 from "effect-4/Clock"
import * as Random4 from "effect-4/Random"
import * as Tracer4 from "effect-4/Tracer"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as DefaultServices from "effect/DefaultServices"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as Random from "effect/Random"
import * as Runtime from "effect/Runtime"
import { CallerRuntime } from "./callerRuntime.ts"
import { clockOf } from "./clock.ts"
import { withLoggersOf } from "./logger.ts"
import { randomOf } from "./random.ts"
import { parentSpanOf, tracerOf } from "./tracer.ts"

/**
 * What an effect of the client finds in its fiber. Where the application has the live clock and randomness, the client keeps
 * its own: it knows shorter ways for them.
 *
 * @internal
 */
export const callerContext = (caller: Fiber.RuntimeFiber<unknown, unknown>): Context4.Context<never> => {
  const context = caller.getFiberRef(FiberRef.currentContext)
  const services = caller.getFiberRef(DefaultServices.currentServices)
  const runtime = Runtime.make({
    context,
    // The caller's flags of this moment forbid interruption.
    runtimeFlags: Runtime.defaultRuntimeFlags,
    fiberRefs: caller.getFiberRefs()
  })
  let context4: Context4.Context<never> = Context4.make(CallerRuntime, runtime)

  const clock = Context.get(services, Clock.Clock)
  if (clock !== liveClock) context4 = Context4.add(context4, Clock4.Clock, clockOf(clock))

  const random = Context.get(services, Random.Random)
  if (random !== liveRandom) context4 = Context4.add(context4, Random4.Random, randomOf(random, runtime))

  if (caller.getFiberRef(FiberRef.currentTracerEnabled)) {
    context4 = Context4.add(context4, Tracer4.Tracer, tracerOf(caller))
    const parent = parentSpanOf(context)
    if (parent !== undefined) context4 = Context4.add(context4, Tracer4.ParentSpan, parent)
  }
  return withLoggersOf(caller, context4)
}

const liveClock = Context.get(DefaultServices.liveServices, Clock.Clock)

const liveRandom = Context.get(DefaultServices.liveServices, Random.Random)
