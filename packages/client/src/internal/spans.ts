import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import type * as Tracer from "effect/Tracer"
import type { Core } from "./core.ts"
import { transportCode } from "./transportCode.ts"
import type { Outcome, WireRequest } from "./wire.ts"

/**
 * The span of an operation around its effect; nothing at all where no tracer is installed.
 *
 * @internal
 */
export const withOperationSpan = <A, E>(
  operation: string,
  run: (span: Tracer.Span | undefined) => Effect.Effect<A, E>
): Effect.Effect<A, E> =>
  Effect.withFiber((fiber) =>
    fiber.cache.tracer === undefined || !fiber.cache.tracerEnabled
      ? run(undefined)
      : Effect.flatMap(
        Effect.makeSpan(operation),
        (span) => Effect.onExit(run(span), (exit) => Effect.sync(() => end(fiber, span, exit)))
      )
  )

/**
 * The span of one attempt, as OpenTelemetry's HTTP client conventions have it. No path or query: they name users.
 *
 * @internal
 */
export const makeAttemptSpan = (
  { server }: Core,
  { method, template }: WireRequest,
  resendCount: number,
  parent: Tracer.Span
): Effect.Effect<Tracer.Span> =>
  Effect.makeSpan(`${method} ${template}`, {
    kind: "client",
    parent,
    attributes: {
      "http.request.method": method,
      "url.template": template,
      "server.address": server.address,
      "server.port": server.port,
      ...(resendCount === 0 ? undefined : { "http.request.resend_count": resendCount })
    }
  })

/** @internal */
export const endAttemptSpan = (fiber: Fiber.Fiber<unknown, unknown>, span: Tracer.Span, outcome: Outcome): void => {
  const status = outcome._tag === "Answer"
    ? outcome.status
    : outcome._tag === "Lost"
    ? outcome.response?.status
    : undefined
  if (status !== undefined) span.attribute("http.response.status_code", status)
  const errorType = errorTypeOf(outcome)
  if (errorType === undefined) return end(fiber, span, Exit.void)
  span.attribute("error.type", errorType)
  end(fiber, span, Exit.fail(errorType))
}

/** The attempt was given up: nobody waits for it any more. @internal */
export const interruptAttemptSpan = (fiber: Fiber.Fiber<unknown, unknown>, span: Tracer.Span): void =>
  end(fiber, span, Exit.interrupt(fiber.id))

const end = (fiber: Fiber.Fiber<unknown, unknown>, span: Tracer.Span, exit: Exit.Exit<unknown, unknown>): void =>
  span.end(fiber.getRef(Clock.Clock).currentTimeNanosUnsafe(), exit)

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
