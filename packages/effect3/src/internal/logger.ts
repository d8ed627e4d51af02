import * as Context4 from "effect-4/Context"
import type * as Logger4 from "effect-4/Logger"
import * as References4 from "effect-4/References"
import * as Cause from "effect/Cause"
import type * as Fiber from "effect/Fiber"
import * as FiberRef from "effect/FiberRef"
import * as HashMap from "effect/HashMap"
import * as LogLevel from "effect/LogLevel"

type Logger4 = Pick<Logger4.Logger<unknown, void>, "log">

/** By its key: the reference brings loggers along that nobody here needs. */
const CurrentLoggers4 = Context4.Service<ReadonlySet<Logger4>>("effect/Logger/CurrentLoggers")

/**
 * Hands the log of the client to the application's loggers, with the log annotations and spans of the caller, where the
 * application's minimum level lets it through.
 *
 * @internal
 */
export const withLoggersOf = (
  caller: Fiber.RuntimeFiber<unknown, unknown>,
  context4: Context4.Context<never>
): Context4.Context<never> =>
  LogLevel.greaterThan(caller.getFiberRef(FiberRef.currentMinimumLogLevel), LogLevel.Debug)
    ? context4
    : context4.pipe(
      Context4.add(References4.MinimumLogLevel, "Debug"),
      Context4.add(CurrentLoggers4, new Set([loggerOf(caller)]))
    )

const loggerOf = (caller: Fiber.RuntimeFiber<unknown, unknown>): Logger4 => ({
  log: ({ date, fiber, message }) => {
    const annotations = Object.entries(fiber.getRef(References4.CurrentLogAnnotations))
    const line = {
      fiberId: caller.id(),
      logLevel: LogLevel.Debug,
      message,
      cause: Cause.empty,
      context: caller.getFiberRefs(),
      spans: caller.getFiberRef(FiberRef.currentLogSpan),
      annotations: HashMap.union(
        caller.getFiberRef(FiberRef.currentLogAnnotations),
        HashMap.fromIterable(annotations)
      ),
      date
    }
    for (const logger of caller.getFiberRef(FiberRef.currentLoggers)) logger.log(line)
  }
})
