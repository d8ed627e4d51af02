import * as Context from "effect/Context"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as References from "effect/References"
import * as Tracer from "effect/Tracer"
import { clockOf } from "../call/clock.ts"
import { transportCode } from "../transport/transportCode.ts"
import type { Destination, Outcome, WireRequest } from "../transport/wire.ts"

/**
 * What runs, and the span of what it runs.
 *
 * @internal
 */
export interface Traced {
  readonly fiber: Fiber.Fiber<unknown, unknown>
  readonly span: Tracer.Span | undefined
}

/**
 * The span of a method; none where no tracer is installed.
 *
 * @internal
 */
export const startMethodSpan = (
  fiber: Fiber.Fiber<unknown, unknown>,
  operation: string
): Tracer.Span | undefined => {
  const { tracer } = fiber.cache
  if (tracer === undefined || !fiber.cache.tracerEnabled) return undefined
  const parent = propagated(fiber.cache.span)
  return startSpan(fiber, tracer, operation, "internal", parent, parent?.sampled !== false && isTraced(fiber))
}

/**
 * The span of one attempt, as OpenTelemetry's HTTP client conventions have it. No path or query: they name users.
 *
 * @internal
 */
export const startAttemptSpan = (
  { fiber, span: parent }: Traced,
  { server }: Destination,
  { method, template }: WireRequest,
  resendCount: number
): Tracer.Span | undefined => {
  const { tracer } = fiber.cache
  if (tracer === undefined || parent === undefined) return undefined
  const span = startSpan(fiber, tracer, `${method} ${template}`, "client", parent, parent.sampled)
  span.attribute("http.request.method", method)
  span.attribute("url.template", template)
  span.attribute("server.address", server.address)
  span.attribute("server.port", server.port)
  if (resendCount > 0) span.attribute("http.request.resend_count", resendCount)
  return span
}

/** The steps of `Effect.makeSpan` without an effect around them: twice a call, that would cost as much as the call itself. */
const startSpan = (
  fiber: Fiber.Fiber<unknown, unknown>,
  tracer: Tracer.Tracer,
  name: string,
  kind: Tracer.SpanKind,
  parent: Tracer.AnySpan | undefined,
  sampled: boolean
): Tracer.Span => {
  const span = tracer.span({
    name,
    kind,
    parent: Option.fromUndefinedOr(parent),
    annotations: Context.empty(),
    links: fiber.getRef(References.TracerSpanLinks).slice(),
    startTime: now(fiber),
    root: false,
    sampled
  })
  const annotations = fiber.getRef(References.TracerSpanAnnotations)
  for (const name in annotations) span.attribute(name, annotations[name])
  return span
}

const isTraced = (fiber: Fiber.Fiber<unknown, unknown>): boolean =>
  LogLevel.getOrdinal(fiber.getRef(Tracer.MinimumTraceLevel)) <=
    LogLevel.getOrdinal(fiber.getRef(Tracer.CurrentTraceLevel))

/** The nearest span that may have children. */
const propagated = (span: Tracer.AnySpan | undefined): Tracer.AnySpan | undefined =>
  span === undefined || !Context.get(span.annotations, Tracer.DisablePropagation)
    ? span
    : span._tag === "Span"
    ? propagated(Option.getOrUndefined(span.parent))
    : undefined

const now = (fiber: Fiber.Fiber<unknown, unknown>): bigint =>
  fiber.getRef(References.TracerTimingEnabled) ? clockOf(fiber).currentTimeNanosUnsafe() : 0n

/** Of an answer, whole or lost on its way. @internal */
export const statusOf = (outcome: Outcome): number | undefined =>
  outcome._tag === "Answer" ? outcome.status : outcome._tag === "Lost" ? outcome.response?.status : undefined

/** @internal */
export const endAttemptSpan = ({ fiber }: Traced, span: Tracer.Span, outcome: Outcome): void => {
  const status = statusOf(outcome)
  if (status !== undefined) span.attribute("http.response.status_code", status)
  const errorType = errorTypeOf(outcome)
  if (errorType === undefined) return endSpan(fiber, span, Exit.void)
  span.attribute("error.type", errorType)
  endSpan(fiber, span, Exit.fail(errorType))
}

/** The attempt was given up: nobody waits for it any more. @internal */
export const interruptAttemptSpan = ({ fiber }: Traced, span: Tracer.Span): void =>
  endSpan(fiber, span, Exit.interrupt(fiber.id))

/** @internal */
export const endSpan = (
  fiber: Fiber.Fiber<unknown, unknown>,
  span: Tracer.Span,
  exit: Exit.Exit<unknown, unknown>
): void => span.end(now(fiber), exit)

/**
 * How an attempt ended, in one word of few: a status, a platform's code, `timeout` or `lost`.
 *
 * @internal
 */
export const endingName = (outcome: Outcome): string =>
  outcome._tag === "Answer" ? String(outcome.status) : errorTypeOf(outcome) ?? "lost"

const errorTypeOf = (outcome: Outcome): string | undefined => {
  switch (outcome._tag) {
    case "Answer":
      return outcome.status >= 400 ? String(outcome.status) : undefined
    case "OutOfTime":
      return "timeout"
    case "Lost":
      return transportCode(outcome.cause) ?? "lost"
  }
}
