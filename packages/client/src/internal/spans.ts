import * as Effect from "effect/Effect"
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
      : Effect.useSpan(operation, run)
  )

/**
 * The span of one attempt, as OpenTelemetry's HTTP client conventions have it. No path or query: they name users.
 *
 * @internal
 */
export const withAttemptSpan = (
  core: Core,
  request: WireRequest,
  resendCount: number,
  parent: Tracer.Span,
  run: (span: Tracer.Span) => Effect.Effect<Outcome>
): Effect.Effect<Outcome> =>
  Effect.useSpan(`${request.method} ${request.template}`, { kind: "client", parent }, (span) => {
    span.attribute("http.request.method", request.method)
    span.attribute("url.template", request.template)
    span.attribute("server.address", core.server.address)
    span.attribute("server.port", core.server.port)
    if (resendCount > 0) span.attribute("http.request.resend_count", resendCount)
    return Effect.tap(run(span), (outcome) =>
      Effect.sync(() => {
        const status = statusOf(outcome)
        if (status !== undefined) span.attribute("http.response.status_code", status)
        const errorType = errorTypeOf(outcome)
        if (errorType !== undefined) span.attribute("error.type", errorType)
      }))
  })

const statusOf = (outcome: Outcome): number | undefined =>
  outcome._tag === "Answer" ? outcome.status : outcome._tag === "Lost" ? outcome.response?.status : undefined

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
