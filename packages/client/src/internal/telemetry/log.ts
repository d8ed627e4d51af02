import * as Cause from "effect/Cause"
import * as Console from "effect/Console"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as EffectLogger from "effect/Logger"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as Tracer from "effect/Tracer"
import type { SettingsProblem } from "../../SettingsError.ts"
import { clockOf } from "../call/clock.ts"
import * as Environment from "../settings/environment.ts"
import type { Traced } from "./spans.ts"

/**
 * What a line says beside its text: names of operations, numbers, and words of few; never what was sent or received.
 *
 * @internal
 */
export interface LogFields {
  readonly [name: string]: string | number | ReadonlyArray<string>
}

/**
 * Takes the lines of one method. Its text is short and repeats what matters most; all else is a field.
 *
 * @internal
 */
export type Log = (text: string, fields: LogFields) => void

/** A logger of a program without Effect, as of `console`. */
interface Logger {
  readonly debug: (message: string, fields: LogFields) => void
}

/**
 * The logger of the promise face, for the client that is made.
 *
 * @internal
 */
export const Logger = Context.Reference<Logger | undefined>("@sunco/client/internal/Logger", {
  defaultValue: () => undefined
})

/**
 * Who gets the lines of a client whatever the minimum level of a fiber is.
 *
 * @internal
 */
export interface Listeners {
  readonly logger: Logger | undefined
  readonly stderr: boolean
}

/**
 * Read when a client is made; `undefined` where nobody listens.
 *
 * @internal
 */
export const listeners: Effect.Effect<Result.Result<Listeners | undefined, SettingsProblem>> = Environment.ofNow(
  Effect.gen(function*() {
    const logger = yield* Logger
    const setting = "SUNCO_LOG"
    const level = yield* Effect.catch(Environment.text(setting), () => Effect.succeed(unreadable))
    if (level === unreadable) return Result.fail({ setting, problem: "cannot be read" })
    if (level !== undefined && level !== "debug" && level !== "off") {
      return Result.fail({ setting, problem: "must be debug or off, or not be set" })
    }
    const stderr = level === "debug"
    return Result.succeed(stderr || logger !== undefined ? { logger, stderr } : undefined)
  })
)

const unreadable = Symbol()

/**
 * The log of one method, `undefined` where nobody wants it: then nothing but this is done for it.
 *
 * Not `Effect.logDebug`, because a line is also told where there is no effect to put it into.
 *
 * @internal
 */
export const startLog = (
  { fiber, operation, span }: Traced & { readonly operation: string },
  listeners: Listeners | undefined
): Log | undefined => {
  const level = fiber.cache.minimumLogLevel
  const wanted = level === "Debug" || level === "Trace" || level === "All"
  if (!wanted && listeners === undefined) return undefined
  return (text, rest) => {
    const message = `${operation}: ${text}`
    const fields = { operation, ...rest }
    const date = new Date(clockOf(fiber).currentTimeMillisUnsafe())
    if (wanted) quietly(() => tellLoggers(fiber, span, date, message, fields))
    if (listeners?.logger !== undefined) quietly(() => listeners.logger?.debug(message, fields))
    if (listeners?.stderr === true) {
      quietly(() => fiber.getRef(Console.Console).error(line(date, message, fields)))
    }
  }
}

/** A log that fails must not fail the call, neither now nor later. */
const quietly = (tell: () => unknown): void => {
  try {
    const told = tell()
    if (told instanceof Promise) told.catch(() => {})
  } catch {
    // Where could it be told?
  }
}

/**
 * The steps of `Effect.logDebug`, with the fields as annotations beside the caller's. Theirs have a prefix, so that they hide
 * none of the caller's.
 */
const tellLoggers = (
  fiber: Fiber.Fiber<unknown, unknown>,
  span: Tracer.Span | undefined,
  date: Date,
  message: string,
  fields: LogFields
): void => {
  const { context } = fiber
  const annotations = { ...fiber.getRef(References.CurrentLogAnnotations) }
  for (const name in fields) annotations[`sunco.${name}`] = fields[name]
  const annotated = Context.add(context, References.CurrentLogAnnotations, annotations)
  fiber.setContext(span === undefined ? annotated : Context.add(annotated, Tracer.ParentSpan, span))
  try {
    for (const logger of fiber.getRef(CurrentLoggers)) {
      quietly(() => logger.log({ cause: Cause.empty, fiber, date, logLevel: "Debug", message: [message] }))
    }
  } finally {
    fiber.setContext(context)
  }
}

type AnyLogger = Pick<EffectLogger.Logger<unknown, unknown>, "log">

/** What Effect's own default does with a line that has no cause. */
const defaultLogger: AnyLogger = {
  log: ({ date, fiber, logLevel, message }) => {
    const annotations = fiber.getRef(References.CurrentLogAnnotations)
    const time = `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, "0")}`
    const spans = fiber.getRef(References.CurrentLogSpans).map(([label, from]) =>
      ` ${label.replace(/[\s="]/g, "_")}=${date.getTime() - from}ms`
    )
    fiber.getRef(Console.Console)[fiber.getRef(References.LogToStderr) ? "error" : "log"](
      `[${time}] ${logLevel.toUpperCase()} (#${fiber.id})${spans.join("")}:`,
      String(message),
      annotations
    )
    const { span } = fiber.cache
    if (span?._tag === "Span") span.event(String(message), clockOf(fiber).currentTimeNanosUnsafe(), annotations)
  }
}

/**
 * Effect's reference by its key, with a default of our own: the one of Effect prints causes too, and that would weigh on every
 * bundle.
 */
const CurrentLoggers = Context.Reference<ReadonlySet<AnyLogger>>("effect/Logger/CurrentLoggers", {
  defaultValue: () => new Set([defaultLogger])
})

/** In logfmt, which people read and collectors parse. */
const line = (date: Date, message: string, fields: LogFields): string =>
  Object.entries({ time: date.toISOString(), level: "debug", msg: message, ...fields })
    .map(([name, value]) => `${name}=${quoted(String(value))}`)
    .join(" ")

/** Where it is more than one printable word. */
const quoted = (text: string): string => /^[!#-<>-~]+$/.test(text) ? text : JSON.stringify(text)
