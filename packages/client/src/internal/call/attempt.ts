import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import type * as Tracer from "effect/Tracer"
import { endAttemptSpan, interruptAttemptSpan } from "../telemetry/spans.ts"
import { throughHttpClient } from "../transport/throughHttpClient.ts"
import type { Answer, Destination, Lost, Outcome, OutOfTime, TimeLimit, WireRequest } from "../transport/wire.ts"
import type { Core, RequestHeaders } from "./core.ts"
import type { Method } from "./method.ts"
import { startTimer } from "./timer.ts"

/** @internal */
export interface Attempt {
  readonly request: WireRequest
  readonly headers: RequestHeaders
  readonly time: TimeLimit
  /** Ends with the attempt. */
  readonly span: Tracer.Span | undefined
}

/**
 * One request within its time. It never fails: what becomes of it is an {@link Outcome}, and `then` goes on from there.
 *
 * @internal
 */
export const attempt = <A, E>(
  core: Core,
  method: Method,
  { headers, request, span, time }: Attempt,
  then: (outcome: Outcome) => Effect.Effect<A, E>
): Effect.Effect<A, E> =>
  Effect.callback((resume) => {
    // In the fiber and not where the answer arrives: what throws there, such as a tracer, leaves nobody waiting.
    const end = (outcome: Outcome) =>
      resume(Effect.suspend(() => {
        if (span !== undefined) endAttemptSpan(method, span, outcome)
        return then(outcome)
      }))
    const outOfTime = (limit: OutOfTime["limit"], millis: number) => {
      stopWatching()
      const progress = sending.progress()
      // Its end is not waited for: a transport that is slow to let go must not delay the deadline.
      sending.abort()
      end({ _tag: "OutOfTime", limit, millis, ...progress })
    }
    const timer = startTimer(method, core.attemptTimers, time.millis, () => outOfTime(time.limit, time.names))
    const idle = request.watchIdle?.(method, core.attemptTimers, (millis) => outOfTime("idle", millis))
    const stopWatching = () => {
      timer.cancel()
      idle?.cancel()
    }
    const send = core.direct ?? throughHttpClient(core)
    const onEnd = (answer: Answer | Lost) => {
      stopWatching()
      end(answer)
    }
    const sending = send(
      destinationOf(core, request),
      request,
      headersOf(core, request, headers, span),
      onEnd,
      idle?.active,
      method.fiber,
      span
    )
    return Effect.suspend(() => {
      stopWatching()
      sending.abort()
      if (span !== undefined) interruptAttemptSpan(method, span)
      return sending.gone ?? Effect.void
    })
  })

/** The client's own limit of answers wins, because it was set for the memory that there is. */
const destinationOf = (core: Core, { limits }: WireRequest): Destination => {
  const maxResponseBytes = core.ownMaxResponseBytes ? undefined : limits?.responseBytes
  return maxResponseBytes === undefined ? core : { server: core.server, maxResponseBytes }
}

const headersOf = (
  { propagateTrace }: Core,
  { body, contentType }: WireRequest,
  { withJson, withoutBody }: RequestHeaders,
  span: Tracer.Span | undefined
): Headers.Headers => {
  const headers = body === undefined
    ? withoutBody
    : contentType === undefined
    ? withJson
    : Headers.set(withoutBody, "content-type", contentType)
  return propagateTrace && span !== undefined ? Headers.merge(headers, HttpTraceContext.toHeaders(span)) : headers
}
