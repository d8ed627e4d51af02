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
import { transportCode } from "./transportCode.ts"
import { vendorErrors } from "./vendorErrors.ts"
import type { Answer, Outcome } from "./wire.ts"

const snippetLength = 512

/**
 * What is wrong, for every outcome that an operation did not settle itself. Total: each status and each body has a reason.
 *
 * @internal
 */
export const reasonOf = (outcome: Outcome, retryAfterMillis: number | undefined): SunshineErrorReason => {
  switch (outcome._tag) {
    case "OutOfTime":
      return new Timeout({ limit: outcome.limit, after: Duration.millis(outcome.millis) })
    case "Lost": {
      if (outcome.response?.status === 401) return new Unauthorized()
      if (outcome.response?.status === 429) return rateLimited(retryAfterMillis)
      const code = transportCode(outcome.cause)
      return new Transport({
        ...(code === undefined ? undefined : { code }),
        ...(outcome.response === undefined ? undefined : { status: outcome.response.status }),
        cause: Redacted.make(outcome.cause),
        isRetryable: isTransient(outcome)
      })
    }
    case "Answer":
      return reasonOfAnswer(outcome, retryAfterMillis)
  }
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
export const unexpected = (answer: Answer, problem: "status" | "body"): UnexpectedResponse =>
  new UnexpectedResponse({
    status: answer.status,
    problem: answer.tooLarge ? "too-large" : problem,
    errors: vendorErrors(answer.body),
    snippet: Redacted.make(answer.body.slice(0, snippetLength))
  })

const rateLimited = (retryAfterMillis: number | undefined) => new RateLimited(withRetryAfter(retryAfterMillis))

const withRetryAfter = (retryAfterMillis: number | undefined) =>
  retryAfterMillis === undefined ? {} : { retryAfter: Duration.millis(retryAfterMillis) }
