/**
 * The consumer's side: a mock provider around an effect, and the contract that comes of it.
 *
 * @since 0.1.0
 */
import type * as Arr from "effect/Array"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { HttpInteraction, MessageInteraction } from "./Interaction.ts"
import * as PactCore from "./internal/pactCore.ts"
import * as PactFileName from "./internal/pactFileName.ts"
import * as PactFiles from "./internal/pactFiles.ts"
import { readable } from "./internal/readableError.ts"
import * as Written from "./internal/writtenInteractions.ts"
import * as Secrets from "./internal/secrets.ts"
import { example } from "./Matcher.ts"
import * as Mismatch from "./Mismatch.ts"

/**
 * Whose contract it is, and where it goes.
 *
 * **Details**
 *
 * - `consumer`, `provider`: their names, in kebab case by custom. The file is `<directory>/<consumer>-<provider>.json`,
 *   with characters that file systems take for something else encoded, see `PactFile.fileName`. A name that is blank,
 *   an absolute path, has a segment `..` or a control character is refused with `PactNotWritten`.
 * - `directory`: made when it is missing. What is already in the file stays and is merged with: empty it before a full
 *   run, or what you no longer verify remains. While a contract is written there is a `.effect-pact.lock` in it.
 * - `logLevel`: of Pact's own logs, `"none"` unless given. The native part keeps the first level that a process asks
 *   for.
 *
 * @category models
 * @since 0.1.0
 */
export interface PactOptions {
  readonly consumer: string
  readonly provider: string
  readonly directory: string
  readonly logLevel?: "none" | "error" | "warn" | "info" | "debug" | "trace" | undefined
}

/**
 * The mock provider that an effect under `Pact.verify` talks to: plain HTTP on a free port of 127.0.0.1.
 *
 * @category services
 * @since 0.1.0
 */
export class MockServer extends Context.Service<MockServer, {
  readonly url: string
  readonly port: number
}>()("effect-pact/Pact/MockServer") {}

/**
 * A message as the provider might send it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Message {
  readonly contents: Schema.Json
  readonly metadata: Schema.JsonObject
}

/**
 * A request that came close to an interaction, but for some differences.
 *
 * @category models
 * @since 0.1.0
 */
export class DifferentRequest extends Schema.TaggedClass<DifferentRequest>()("DifferentRequest", {
  description: Schema.String,
  method: Schema.String,
  path: Schema.String,
  mismatches: Schema.Array(Mismatch.Mismatch)
}) {}

/**
 * An interaction that the effect never asked for.
 *
 * @category models
 * @since 0.1.0
 */
export class MissingRequest extends Schema.TaggedClass<MissingRequest>()("MissingRequest", {
  description: Schema.String,
  method: Schema.String,
  path: Schema.String
}) {}

/**
 * A request of which no interaction knows anything: another method or path.
 *
 * @category models
 * @since 0.1.0
 */
export class UnexpectedRequest extends Schema.TaggedClass<UnexpectedRequest>()("UnexpectedRequest", {
  method: Schema.String,
  path: Schema.String,
  query: Schema.String,
  body: Schema.optionalKey(Schema.Json)
}) {}

const formatRequest = (request: DifferentRequest | MissingRequest | UnexpectedRequest): ReadonlyArray<string> => {
  switch (request._tag) {
    case "DifferentRequest":
      return [
        `${request.method} ${request.path} was sent, but is not what "${request.description}" expects:`,
        ...request.mismatches.map((mismatch) => `  ${Mismatch.format(mismatch)}`)
      ]
    case "MissingRequest":
      return [`${request.method} ${request.path} was never sent, as "${request.description}" expects`]
    case "UnexpectedRequest": {
      const body = request.body === undefined ? "" : ` with the body ${JSON.stringify(request.body)}`
      return [`${request.method} ${request.path}${request.query} was sent${body}, and no interaction expects it`]
    }
  }
}

/**
 * The effect did not send what its interactions say.
 *
 * **Details**
 *
 * `message` shows what was expected, what was sent, and how the effect failed because of it. Of a header or a query
 * parameter that holds credentials by its name (`Authorization`, `Cookie`, `api_key` and their like) it is only said that
 * it differs. `cause` is that failure itself, as the effect made it, with the credentials that it may repeat: it is
 * `Redacted`, so that nothing prints it, and no codec writes it as JSON. `Redacted.value(error.cause)` is the failure.
 *
 * @category errors
 * @since 0.1.0
 */
export class PactMismatch extends readable(
  Schema.TaggedError<PactMismatch>()("PactMismatch", {
    consumer: Schema.String,
    provider: Schema.String,
    requests: Schema.Array(Schema.Union([DifferentRequest, MissingRequest, UnexpectedRequest])),
    clientSaw: Schema.optionalKey(Schema.String),
    cause: Schema.optionalKey(Schema.Redacted(Schema.Defect(), { disallowJsonEncode: true }))
  })
) {
  override get message(): string {
    return [
      `${this.consumer} does not talk to ${this.provider} as its contract says`,
      ...this.requests.flatMap(formatRequest).map((line) => `  ${line}`),
      ...(this.clientSaw === undefined ? [] : [`  the client saw: ${this.clientSaw}`])
    ].join("\n")
  }
}

/**
 * Two different interactions that a contract cannot tell apart: one description, and the same names of states. Pact
 * would keep the last one and lose the other.
 *
 * @category errors
 * @since 0.1.0
 */
export class InteractionConflict extends readable(
  Schema.TaggedError<InteractionConflict>()("InteractionConflict", {
    description: Schema.String
  })
) {
  override get message(): string {
    return `Another interaction is "${this.description}" in the same provider states: Pact would keep only one of them`
  }
}

/**
 * The contract could not be written: no permission, a file there that is no pact or another one, or a name of the
 * consumer or the provider that no file can have.
 *
 * @category errors
 * @since 0.1.0
 */
export class PactNotWritten extends readable(
  Schema.TaggedError<PactNotWritten>()("PactNotWritten", {
    directory: Schema.String,
    cause: Schema.Defect()
  })
) {
  override get message(): string {
    const why = Predicate.hasProperty(this.cause, "message") ? this.cause.message : this.cause
    return `The contract could not be written to ${this.directory}${Predicate.isString(why) ? `: ${why}` : ""}`
  }
}

const checkNames = (options: PactOptions) =>
  Effect.suspend(() => {
    const problem = PactFileName.namesProblem(options)
    return problem === undefined
      ? Effect.void
      : new PactNotWritten({ directory: options.directory, cause: new Error(problem) })
  })

const checkUnique = (options: PactOptions, interactions: ReadonlyArray<HttpInteraction | MessageInteraction>) =>
  Effect.suspend(() => {
    const clash = Written.findClash(options, interactions)
    return clash === undefined ? Effect.void : new InteractionConflict({ description: clash.description })
  })

const write = (
  options: PactOptions,
  interactions: ReadonlyArray<HttpInteraction | MessageInteraction>,
  pact: { readonly writePactFile: (directory: string) => void }
) =>
  Effect.try({
    try: () => {
      PactFiles.write(options.directory, options, pact.writePactFile)
      Written.remember(options, interactions)
    },
    catch: (cause) => new PactNotWritten({ directory: options.directory, cause })
  })

const toRequests = (
  interactions: ReadonlyArray<HttpInteraction>,
  results: ReadonlyArray<PactCore.MockServerResult>
): PactMismatch["requests"] =>
  results.flatMap((result): PactMismatch["requests"] => {
    if (result.type === "request-match") return []
    if (result.type === "request-not-found") {
      const { body, method, path, query = {} } = result.request
      const pairs = Object.entries(query).flatMap(([name, values]) =>
        values.map((value) => `${name}=${Secrets.isSecret(name) ? Secrets.placeholder : value}`)
      )
      return [
        new UnexpectedRequest({
          method,
          path,
          query: pairs.length === 0 ? "" : `?${pairs.join("&")}`,
          ...(body === undefined || body === "" ? {} : { body })
        })
      ]
    }
    const { method, path } = result
    const description = interactions
      .filter(({ request }) => request.method === method && example(request.path) === path)
      .map((interaction) => interaction.description)
      .join(" or ")
    return result.type === "missing-request"
      ? [new MissingRequest({ description, method, path })]
      : [
        new DifferentRequest({
          description,
          method,
          path,
          mismatches: result.mismatches.map((mismatch) => Secrets.masked(mismatch))
        })
      ]
  })

/** The mock provider answers a wrong request with all that it had, and clients like to say what they were answered. */
const secretsIn = (results: ReadonlyArray<PactCore.MockServerResult>): ReadonlyArray<string> =>
  results.flatMap((result) =>
    result.type === "request-mismatch"
      ? result.mismatches.flatMap(({ actual, part, path }) =>
        (part === "header" || part === "query") && actual !== undefined ? Secrets.valuesOf({ [path]: actual }) : []
      )
      : result.type === "request-not-found"
      ? [result.request.headers ?? {}, result.request.query ?? {}].flatMap(Secrets.valuesOf)
      : []
  )

/**
 * A contract between a consumer and a provider, in the making.
 *
 * **Example** (A client under contract)
 *
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as FetchHttpClient from "effect/http/FetchHttpClient"
 * import * as HttpClient from "effect/http/HttpClient"
 * import * as Interaction from "effect-pact/Interaction"
 * import * as Matcher from "effect-pact/Matcher"
 * import { MockServer, Pact } from "effect-pact/Pact"
 * import { tmpdir } from "node:os"
 *
 * const getUser = Interaction.http({
 *   description: "a request to get a user",
 *   request: { method: "GET", path: "/users/42" },
 *   response: { status: 200, body: { id: "42", name: Matcher.string("Ada") } }
 * })
 *
 * const program = Effect.gen(function*() {
 *   const server = yield* MockServer
 *   const response = yield* HttpClient.get(`${server.url}/users/42`)
 *   return yield* response.json
 * }).pipe(
 *   Pact.verify(getUser),
 *   Effect.provide(Pact.layer({ consumer: "web", provider: "users", directory: `${tmpdir()}/pacts` })),
 *   Effect.provide(FetchHttpClient.layer)
 * )
 *
 * console.log(await Effect.runPromise(program))
 * // { id: '42', name: 'Ada' }
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Pact extends Context.Service<Pact, PactOptions>()("effect-pact/Pact") {
  /**
   * Whose contract it is, and where it goes.
   *
   * @category layers
   * @since 0.1.0
   */
  static readonly layer = (options: PactOptions): Layer.Layer<Pact> => Layer.succeed(Pact, options)

  /**
   * Runs an effect against a mock provider that expects exactly these interactions, each at least once.
   *
   * **Details**
   *
   * The contract is written when the effect succeeds and Pact is content, else not: a failing assertion leaves no
   * trace. Fails with `PactMismatch` when the effect sent something else, also if it failed because of that; with its
   * own failure when it sent the right requests; with `InteractionConflict` before it runs; with `PactNotWritten`
   * after, or before where no file can have the names. To test how a client fails, turn its failure into a value inside: `Effect.flip`. However the effect ends,
   * interrupted or timed out, the port is free again.
   *
   * @category combinators
   * @since 0.1.0
   */
  static readonly verify = (...interactions: Arr.NonEmptyReadonlyArray<HttpInteraction>) =>
  <A, E, R>(
    effect: Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | PactMismatch | InteractionConflict | PactNotWritten, Exclude<R, MockServer> | Pact> =>
    Effect.gen(function*() {
      const { logLevel = "none", ...options } = yield* Pact
      yield* checkNames(options)
      yield* checkUnique(options, interactions)
      const core = yield* PactCore.load
      return yield* Effect.acquireUseRelease(
        Effect.sync(() => PactCore.startMockServer(core, { ...options, logLevel }, interactions)),
        Effect.fnUntraced(function*(server) {
          const exit = yield* effect.pipe(
            Effect.provideService(MockServer, { port: server.port, url: `http://127.0.0.1:${server.port}` }),
            Effect.exit
          )
          if (Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause)) return yield* exit
          if (!server.isSatisfied()) {
            const results = server.results()
            return yield* new PactMismatch({
              consumer: options.consumer,
              provider: options.provider,
              requests: toRequests(interactions, results),
              ...(Exit.isFailure(exit)
                ? {
                  clientSaw: Secrets.without(
                    Secrets.withoutNamed(Cause.pretty(exit.cause).split("\n", 1).join()),
                    secretsIn(results)
                  ),
                  cause: Redacted.make(Cause.squash(exit.cause))
                }
                : {})
            })
          }
          if (Exit.isSuccess(exit)) yield* write(options, interactions, server)
          return yield* exit
        }),
        (server) => Effect.sync(server.close)
      )
    })

  /**
   * Hands a message, as the provider might send it, to its handler, and writes the contract when that succeeds.
   *
   * **Example** (A webhook's payload under contract)
   *
   * ```ts
   * import * as Effect from "effect/Effect"
   * import * as Schema from "effect/Schema"
   * import * as Interaction from "effect-pact/Interaction"
   * import * as Matcher from "effect-pact/Matcher"
   * import { Pact } from "effect-pact/Pact"
   * import { tmpdir } from "node:os"
   *
   * const userDeleted = Interaction.message({
   *   description: "a user was deleted",
   *   contents: { type: "user:delete", userId: Matcher.string("42") }
   * })
   *
   * const Event = Schema.Struct({ type: Schema.Literal("user:delete"), userId: Schema.String })
   *
   * const handle = Pact.verifyMessage(userDeleted)
   *
   * const program = handle(({ contents }) => Schema.decodeUnknownEffect(Event)(contents)).pipe(
   *   Effect.provide(Pact.layer({ consumer: "billing", provider: "users", directory: `${tmpdir()}/pacts` }))
   * )
   *
   * console.log(await Effect.runPromise(program))
   * // { type: 'user:delete', userId: '42' }
   * ```
   *
   * @category combinators
   * @since 0.1.0
   */
  static readonly verifyMessage = (interaction: MessageInteraction) =>
  <A, E, R>(
    handler: (message: Message) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | InteractionConflict | PactNotWritten, R | Pact> =>
    Effect.gen(function*() {
      const { logLevel = "none", ...options } = yield* Pact
      yield* checkNames(options)
      yield* checkUnique(options, [interaction])
      const core = yield* PactCore.load
      const { contents, metadata, writePactFile } = PactCore.reifyMessage(core, { ...options, logLevel }, interaction)
      const result = yield* handler({ contents, metadata })
      yield* write(options, [interaction], { writePactFile })
      return result
    })
}
