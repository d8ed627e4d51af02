import * as Duration from "effect/Duration"
import * as Redacted from "effect/Redacted"
import {
  AppNotFound,
  BadRequest,
  Forbidden,
  PayloadTooLarge,
  RateLimited,
  ServerError,
  type SunshineErrorReason,
  Timeout,
  Transport,
  Unauthorized,
  UnexpectedResponse
} from "../SunshineError.ts"
import { isTransient } from "./classify.ts"
import type { Unfinished } from "./plan.ts"
import { proxyFailure } from "./proxyFailure.ts"
import { transportCode } from "./transportCode.ts"
import { vendorErrors } from "./vendorErrors.ts"
import type { Answer, Lost, Outcome, Server } from "./wire.ts"

const snippetLength = 512

/**
 * What is wrong, for every outcome that an operation did not settle itself. Total: each status and each body has a reason.
 *
 * @internal
 */
export const reasonOf = (
  outcome: Outcome,
  retryAfterMillis: number | undefined,
  server: Server
): SunshineErrorReason => {
  if (outcome._tag === "Answer") return reasonOfAnswer(outcome, retryAfterMillis)
  if (outcome.response?.status === 401) return new Unauthorized()
  if (outcome.response?.status === 429) return rateLimited(retryAfterMillis)
  return outcome._tag === "OutOfTime"
    ? new Timeout({ limit: outcome.limit, after: Duration.millis(outcome.millis) })
    : transport(outcome, server)
}

const transport = (lost: Lost, server: Server): Transport => {
  const code = transportCode(lost.cause)
  const proxy = lost.response === undefined ? proxyFailure(lost.cause, server, lost.proxy) : undefined
  return new Transport({
    host: server.origin.slice(server.origin.indexOf("//") + 2),
    ...(code === undefined ? undefined : { code }),
    ...(lost.response === undefined ? undefined : { status: lost.response.status }),
    ...(proxy === undefined ? undefined : { proxy }),
    cause: Redacted.make(lost.cause),
    isRetryable: isTransient(lost)
  })
}

const reasonOfAnswer = (answer: Answer, retryAfterMillis: number | undefined): SunshineErrorReason => {
  switch (answer.status) {
    case 400:
      return new BadRequest({ errors: vendorErrors(answer.body) })
    case 401:
      return new Unauthorized()
    case 403:
      return new Forbidden()
    case 404:
      return vendorErrors(answer.body).some(({ code }) => code === "app_not_found")
        ? new AppNotFound()
        : unexpected(answer, "status")
    case 413:
      return new PayloadTooLarge()
    case 429:
      return rateLimited(retryAfterMillis)
  }
  return answer.status >= 500
    ? new ServerError({ status: answer.status, ...withRetryAfter(retryAfterMillis) })
    : unexpected(answer, "status")
}

/** @internal */
export const unexpected = (answer: Answer, problem: "status" | "body" | Unfinished): UnexpectedResponse =>
  new UnexpectedResponse({
    status: answer.status,
    problem: answer.tooLarge && (problem === "status" || problem === "body") ? "too-large" : problem,
    errors: vendorErrors(answer.body),
    snippet: Redacted.make(answer.body.slice(0, snippetLength))
  })

const rateLimited = (retryAfterMillis: number | undefined) => new RateLimited(withRetryAfter(retryAfterMillis))

const withRetryAfter = (retryAfterMillis: number | undefined) =>
  retryAfterMillis === undefined ? {} : { retryAfter: Duration.millis(retryAfterMillis) }
