import type { Path } from "@sunco/schemas/Reading"
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
  UnexpectedResponse,
  type VendorError
} from "../../SunshineError.ts"
import { isTransient } from "./classify.ts"
import type { Unfinished } from "./plan.ts"
import { proxyFailure } from "../transport/proxyFailure.ts"
import { transportCode } from "../transport/transportCode.ts"
import type { Answer, Lost, Outcome, Server } from "../transport/wire.ts"
import { envelope, vendorErrors } from "../operation/vendorErrors.ts"

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
  if (outcome.response?.status === 401) return new Unauthorized({ errors: [] })
  if (outcome.response?.status === 429) return rateLimited(retryAfterMillis, { errors: [] })
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

/** Of the statuses that mean one thing, and say no more. */
const reasons: { readonly [status: number]: new(said: Said) => SunshineErrorReason } = {
  400: BadRequest,
  401: Unauthorized,
  403: Forbidden,
  413: PayloadTooLarge
}

const reasonOfAnswer = (answer: Answer, retryAfterMillis: number | undefined): SunshineErrorReason => {
  const Reason = reasons[answer.status]
  if (Reason !== undefined) return new Reason(said(answer))
  switch (answer.status) {
    case 404: {
      const told = said(answer)
      return told.errors.some(({ code }) => code === "app_not_found")
        ? new AppNotFound(told)
        : unexpected(answer, "status", undefined)
    }
    case 429:
      return rateLimited(retryAfterMillis, said(answer))
  }
  return answer.status >= 500
    ? new ServerError({ status: answer.status, ...said(answer), ...withRetryAfter(retryAfterMillis) })
    : unexpected(answer, "status", undefined)
}

/** @internal */
export const unexpected = (
  answer: Answer,
  problem: "status" | "body" | Unfinished | "not-told-apart",
  path: Path | undefined
): UnexpectedResponse =>
  new UnexpectedResponse({
    status: answer.status,
    problem: answer.tooLarge && (problem === "status" || problem === "body") ? "too-large" : problem,
    ...(path === undefined ? undefined : { path }),
    errors: vendorErrors(answer.body),
    snippet: snippet(answer)
  })

/** What the vendor said: its errors or, where there is no envelope of them, the beginning of what there is. */
const said = (answer: Answer): Said => {
  const errors = envelope(answer.body)
  return errors === undefined ? { errors: [], snippet: snippet(answer) } : { errors }
}

interface Said {
  readonly errors: ReadonlyArray<typeof VendorError.Type>
  readonly snippet?: Redacted.Redacted
}

const snippetLength = 512

const snippet = ({ body }: Answer): Redacted.Redacted => {
  const beginning = body.slice(0, snippetLength)
  // Half of a surrogate pair is no character.
  return Redacted.make(beginning.isWellFormed() ? beginning : beginning.slice(0, -1))
}

const rateLimited = (retryAfterMillis: number | undefined, told: Said) =>
  new RateLimited({ ...told, ...withRetryAfter(retryAfterMillis) })

const withRetryAfter = (retryAfterMillis: number | undefined) =>
  retryAfterMillis === undefined ? {} : { retryAfter: Duration.millis(retryAfterMillis) }
