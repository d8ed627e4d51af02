import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { DownloadOptions } from "../../AttachmentsMethods.ts"
import type { CallOptions } from "../../CallOptions.ts"
import { AttachmentNotFound } from "../../Outcomes.ts"
import { InvalidInput, SunshineError, type SunshineErrorReason } from "../../SunshineError.ts"
import { call } from "../call/call.ts"
import { type Core, withMaxBodySize } from "../call/core.ts"
import { reasonOf, unexpected } from "../call/lift.ts"
import { idleWatch } from "../call/idleWatch.ts"
import { type Method, method } from "../call/method.ts"
import { type Plan, unknown, unreadable } from "../call/plan.ts"
import { RetryBudget } from "../call/retryBudget.ts"
import { refuse } from "../operation/resource.ts"
import { vendorCodes } from "../operation/vendorErrors.ts"
import { object, optionsOfCalls, wholeAboveZero } from "../settings/optionChecks.ts"
import type { Send } from "../transport/directTransport.ts"
import { type Open, openBy, tooLarge } from "../transport/openAnswer.ts"
import { Pieces, type StreamedAnswer, StreamedExchange } from "../transport/streamedExchange.ts"
import type { Answer, Outcome, Server, WireRequest } from "../transport/wire.ts"
import { mediaUrl as checkedUrl } from "./mediaUrl.ts"

const defaultMaxBytes = 50 * 1024 * 1024

/** As those of an upload. */
const limits = { attemptMillis: "none", idleMillis: 30_000, deadlineMillis: 600_000 } as const

/** A file is where it says, or where a store or a cache of files sends on to. */
const mostRedirects = 5

const checks = object({ ...optionsOfCalls, maxBytes: wholeAboveZero })

type Options = CallOptions & DownloadOptions

/** What an address answered: the file, or another address. */
type Found =
  | { readonly _tag: "File"; readonly answer: StreamedAnswer }
  | { readonly _tag: "Redirect"; readonly location: string }

/**
 * The bytes of a file while they come. Each request on the way is a call of its own over what the client has (credentials for
 * its own origin alone, attempts, log, spans without the address), all within one deadline.
 *
 * @internal
 */
export const makeDownload =
  (core: Core) =>
  (mediaUrl: string, options?: Options): Stream.Stream<Uint8Array, AttachmentNotFound | SunshineError> =>
    Stream.unwrap(Effect.gen(function*() {
      let exchange: StreamedExchange | undefined
      // What is under way when nobody reads any more, or has not been read to its end.
      yield* Effect.addFinalizer(() => Effect.sync(() => exchange?.abort()))
      return yield* method(
        "Attachments.download",
        checks,
        options,
        (method) =>
          new Download(core, method, options ?? {}, (started) => {
            exchange = started
          }).stream(mediaUrl)
      )
    }))

class Download {
  private readonly core: Core
  private readonly method: Method
  private readonly options: Options
  private readonly maxBytes: number
  private readonly onStart: (exchange: StreamedExchange) => void
  private readonly open: Open
  private readonly deadlineMillis: number
  private readonly deadline: number

  constructor(core: Core, method: Method, options: Options, onStart: (exchange: StreamedExchange) => void) {
    this.core = core
    this.method = method
    this.options = options
    this.onStart = onStart
    this.maxBytes = options.maxBytes ?? defaultMaxBytes
    this.open = openBy(
      core.httpClient,
      // Of a transport that reads answers whole, this is all that bounds them.
      withMaxBodySize(Context.merge(method.fiber.context, core.transportContext), this.maxBytes)
    )
    this.deadlineMillis = options.deadline === undefined
      ? limits.deadlineMillis
      : Duration.toMillis(Duration.fromInputUnsafe(options.deadline))
    this.deadline = this.now() + this.deadlineMillis
  }

  stream(given: string): Effect.Effect<Stream.Stream<Uint8Array, SunshineError>, AttachmentNotFound | SunshineError> {
    return Effect.map(
      this.find(given, undefined, 0),
      ({ answer, server }) => Stream.fromPull(Effect.succeed(this.pull(answer, server)))
    )
  }

  /** Asks at an address, and where that leads, until there is a file. */
  private find(
    given: unknown,
    from: URL | undefined,
    redirects: number
  ): Effect.Effect<{ readonly answer: StreamedAnswer; readonly server: Server }, AttachmentNotFound | SunshineError> {
    const checked = checkedUrl(given, from, this.core.server.origin)
    if (Result.isFailure(checked)) {
      const expected = from === undefined ? checked.failure : `a file that is not elsewhere than at ${checked.failure}`
      return refuse(this.method, new InvalidInput({ issues: [{ path: ["mediaUrl"], expected }] }))
    }
    const url = checked.success
    const server = serverOf(url)
    // Whoever sends on is not the one who may send credentials, not even back to where they belong.
    const isOwn = from === undefined && url.origin === this.core.server.origin
    const left = Duration.millis(Math.max(0, this.deadline - this.now()))
    const found = call(
      this.coreFor(url, server, isOwn),
      this.method,
      planOf(url, isOwn, redirects < mostRedirects),
      { ...this.options, deadline: left }
    )
    return Effect.flatMap(found, (found) =>
      found._tag === "File"
        ? Effect.succeed({ answer: found.answer, server })
        : this.find(found.location, url, redirects + 1))
  }

  /** The client, at another address. What it shares for its app is nobody else's concern. */
  private coreFor(url: URL, server: Server, isOwn: boolean): Core {
    const { core } = this
    const send: Send = (_, __, headers, onEnd, onActivity) => {
      const exchange = new StreamedExchange(this.maxBytes, onEnd, onActivity)
      this.onStart(exchange)
      void exchange.start(this.open, url, headers)
      return exchange
    }
    return {
      ...core,
      server,
      direct: send,
      headers: (authorization) => {
        const withoutBody = Headers.setAll(core.headers(authorization).withoutBody, {
          accept: "*/*",
          // The bytes are those of the file.
          "accept-encoding": "identity"
        })
        return { withoutBody, withJson: withoutBody }
      },
      ...(!isOwn && {
        limiter: undefined,
        circuit: undefined,
        propagateTrace: false,
        // Whoever chooses the address must not use up what the app has.
        budget: new RetryBudget(core.policy.budget)
      })
    }
  }

  private pull(answer: StreamedAnswer, server: Server) {
    const next = Effect.tryPromise({ try: answer[Pieces], catch: (cause) => this.failure(answer, server, cause) })
    return Effect.suspend(() => {
      const left = this.deadline - this.now()
      const timeout = left < limits.idleMillis
        ? { limit: "deadline", millis: left, names: this.deadlineMillis } as const
        : { limit: "idle", millis: limits.idleMillis, names: limits.idleMillis } as const
      const outOfTime = () =>
        Effect.fail(this.ended(answer, server, { _tag: "OutOfTime", limit: timeout.limit, millis: timeout.names }))
      if (left <= 0) return outOfTime()
      return Effect.timeoutOrElse(next, { duration: Duration.millis(timeout.millis), orElse: outOfTime })
    }).pipe(
      Effect.flatMap((piece) => piece === undefined ? Cause.done() : Effect.succeed([piece] as const))
    )
  }

  private failure({ headers, status }: Answer, server: Server, cause: unknown): SunshineError {
    return cause === tooLarge
      ? this.error(
        { headers, status },
        unexpected({ ...tooLargeAnswer, headers, status }, "body", undefined),
        "not-retryable"
      )
      : this.ended({ headers, status }, server, { _tag: "Lost", cause, response: { headers, status } })
  }

  private ended(response: Pick<Answer, "headers" | "status">, server: Server, outcome: Outcome): SunshineError {
    const isDeadline = outcome._tag === "OutOfTime" && outcome.limit === "deadline"
    return this.error(response, reasonOf(outcome, undefined, server), isDeadline ? "deadline" : "not-retryable")
  }

  /** Some of the file was handed on already: nobody can take that back, and so it is not asked for again. */
  private error(
    { headers, status }: Pick<Answer, "headers" | "status">,
    reason: SunshineErrorReason,
    retryStopped: "deadline" | "not-retryable"
  ): SunshineError {
    return new SunshineError({
      operation: this.method.operation,
      reason,
      attempts: this.method.sent,
      retryStopped,
      applied: "no",
      response: Redacted.make({ status, headers: { ...headers } }, { label: "ResponseInfo" })
    })
  }

  private now(): number {
    return this.method.clock.currentTimeMillisUnsafe()
  }
}

const tooLargeAnswer: Pick<Answer, "_tag" | "body" | "tooLarge"> = { _tag: "Answer", body: "", tooLarge: true }

const serverOf = ({ hostname, origin, port, protocol }: URL): Server => ({
  address: hostname.replace(/^\[|\]$/g, ""),
  port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
  origin,
  path: ""
})

const planOf = (
  { pathname, search }: URL,
  isOwn: boolean,
  mayRedirect: boolean
): Plan<Found, AttachmentNotFound> => {
  const request: WireRequest = {
    method: "GET",
    // The address is as good as the file: nothing of it is told.
    template: "/:mediaUrl",
    path: pathname + search,
    body: undefined,
    limits,
    watchIdle: idleWatch(limits.idleMillis),
    ...(!isOwn && { auth: "none" })
  }
  return {
    request,
    repeatable: true,
    settle: (answer) => {
      const { headers, status } = answer
      if (status === 200) {
        return isStreamed(answer)
          ? { _tag: "Value", value: { _tag: "File", answer }, putAside: [] }
          : unreadable
      }
      const location = [301, 302, 303, 307, 308].includes(status) ? headers["location"] : undefined
      if (location !== undefined && mayRedirect) {
        return { _tag: "Value", value: { _tag: "Redirect", location }, putAside: [] }
      }
      const isMissing = (status === 404 || status === 410) && !vendorCodes(answer.body).includes("app_not_found")
      return isMissing
        ? { _tag: "Failure", tag: "AttachmentNotFound", make: (facts) => new AttachmentNotFound(facts) }
        : unknown
    }
  }
}

const isStreamed = (answer: Answer): answer is StreamedAnswer => Pieces in answer
