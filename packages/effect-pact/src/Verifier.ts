/**
 * The provider's side: replaying contracts against a provider that runs.
 *
 * Pact's Rust verifier does it, as a child process. The in-process alternatives print to the standard output, cannot be
 * stopped, ask Google Analytics for leave unless the environment of the whole process says no (which a worker thread
 * cannot set), and end the process when the provider is not there. The child is silent, is killed when interrupted, has
 * an environment of its own, and reports in JSON. Its requests pass through this process, so that headers may be
 * changed, and a missing answer explained.
 *
 * @since 0.1.0
 */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { formatAddress, HttpServer } from "effect/http/HttpServer"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { Broker, BrokerError, InvalidInput, Rejected } from "./Broker.ts"
import * as Answer from "./internal/brokerAnswer.ts"
import * as Input from "./internal/brokerInput.ts"
import * as LeftOut from "./internal/leftOut.ts"
import * as PactFiles from "./internal/pactFiles.ts"
import { readable } from "./internal/readableError.ts"
import * as Verification from "./internal/verification.ts"
import * as Urls from "./internal/urls.ts"
import * as Mismatch from "./Mismatch.ts"
import type { Message } from "./Pact.ts"
import * as PactFile from "./PactFile.ts"
import type { StateHandlers } from "./ProviderStates.ts"

/**
 * A request of a contract on its way to the provider.
 *
 * @category models
 * @since 0.1.0
 */
export interface ProviderRequest {
  readonly method: string
  /** Path and query, encoded. */
  readonly target: string
  /** By name in lower case. */
  readonly headers: { readonly [name: string]: string }
  readonly body: Uint8Array
}

/**
 * Headers to set, in place of those of the contract.
 *
 * @category models
 * @since 0.1.0
 */
export type HeaderValues = { readonly [name: string]: string | Redacted.Redacted }

/**
 * How the provider comes to send a message: an effect, or one made of what the handlers of the interaction's states gave
 * back, such as the ids that the provider made up.
 *
 * @category models
 * @since 0.1.0
 */
export type MessageSource<R = never> =
  | Effect.Effect<Message, unknown, R>
  | ((values: Schema.JsonObject) => Effect.Effect<Message, unknown, R>)

/**
 * The provider, and how to bring it into the states that contracts ask for.
 *
 * **Details**
 *
 * - `provider`: its name in the contracts.
 * - `url`: where it listens, with a base path if it has one, without user and password. Without it, contracts of
 *   messages only can be verified.
 * - `states`: the handlers of `ProviderStates`. A state that nobody handles fails its interaction.
 * - `messages`: by the description of the interaction, what the provider's own code would send; a function is given what
 *   the handlers of the interaction's states gave back.
 * - `headers`: credentials, mostly: set on every request, or computed from it. Those that are `Redacted`, or hold
 *   credentials by their name, go over plain HTTP to this machine only.
 * - `requestTimeout`: of one request to the provider, 5 seconds unless given, by the machine's clock. Handlers take
 *   their time. An answer of more than 32 MiB fails its interaction.
 * - `only`: the description of the one interaction to verify, while looking for a mistake.
 *
 * @category models
 * @since 0.1.0
 */
export interface ProviderOptions<States = never, Messages = never, Headers = never> {
  readonly provider: string
  readonly url?: string | undefined
  readonly states?: StateHandlers<States> | undefined
  readonly messages?: { readonly [description: string]: MessageSource<Messages> } | undefined
  readonly headers?:
    | HeaderValues
    | ((request: ProviderRequest) => Effect.Effect<HeaderValues, unknown, Headers>)
    | undefined
  readonly requestTimeout?: Duration.Input | undefined
  readonly only?: string | undefined
}

/**
 * Which contracts a broker should give, and what to tell it afterwards.
 *
 * **Details**
 *
 * - `selectors`: [consumer version
 *   selectors](https://docs.pact.io/pact_broker/advanced_topics/consumer_version_selectors); what is deployed, released
 *   or on a main branch, unless given.
 * - `branch`: of the provider; it decides what is pending for whom.
 * - `pending`: a contract that never passed on this branch may fail without failing the verification. On unless it is
 *   `false`.
 * - `includeWipPactsSince`: a day, `2026-11-01`, since which contracts of other branches are verified, too, as pending.
 * - `publish`: the provider's version, and what else the broker should know of it; `buildUrl` is without user and
 *   password. Without `publish`, nothing is told.
 *
 * @category models
 * @since 0.1.0
 */
export interface BrokerSource {
  readonly selectors?: ReadonlyArray<Schema.JsonObject> | undefined
  readonly branch?: string | undefined
  readonly pending?: boolean | undefined
  readonly includeWipPactsSince?: string | undefined
  readonly publish?: {
    readonly version: string
    readonly tags?: ReadonlyArray<string> | undefined
    readonly buildUrl?: string | undefined
  } | undefined
}

/**
 * One thing that the provider does otherwise than a contract says.
 *
 * **Details**
 *
 * Beside the parts of a `Mismatch` there are `state` (a provider state could not be set up, its name is in `path`),
 * `request` (the provider gave no answer) and `message` (nothing gave the message). These have only a `message`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure extends Schema.Schema.Type<typeof Failure> {}

/**
 * The schema of a failure.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Failure = Schema.Struct({
  consumer: Schema.String,
  interaction: Schema.String,
  part: Schema.Union([Mismatch.Mismatch.fields.part, Schema.Literals(["state", "request", "message"])]),
  path: Schema.String,
  expected: Schema.optionalKey(Schema.String),
  actual: Schema.optionalKey(Schema.String),
  message: Schema.String
})

/**
 * The provider keeps its contracts.
 *
 * @category models
 * @since 0.1.0
 */
export interface Verified {
  /** The descriptions of what was verified. */
  readonly interactions: ReadonlyArray<string>
  /** What is wrong with pending contracts, which may be. */
  readonly pending: ReadonlyArray<Failure>
  /** What the broker has to say: why a contract was chosen, what its being pending means. */
  readonly notices: ReadonlyArray<string>
}

/**
 * The provider breaks a contract: one failure for each difference.
 *
 * @category errors
 * @since 0.1.0
 */
export class VerificationFailed extends readable(
  Schema.TaggedError<VerificationFailed>()("VerificationFailed", {
    provider: Schema.String,
    verified: Schema.Int,
    failures: Schema.Array(Failure)
  })
) {
  override get message(): string {
    const titles = this.failures.map(({ consumer, interaction }) => `"${interaction}" (for ${consumer})`)
    return [
      `${this.provider} breaks ${new Set(titles).size} of ${this.verified} interactions`,
      ...[...new Set(titles)].flatMap((title) => [
        `  ${title}`,
        ...this.failures.filter((_, index) => titles[index] === title).map((failure) =>
          `    ${failure.part}${failure.path === "" ? "" : ` ${failure.path}`}: ${
            failure.message.replaceAll("\n", "\n      ")
          }`
        )
      ])
    ].join("\n")
  }
}

/**
 * Nobody listens where the provider should, or the URL must not be used: it has credentials, or would send them over
 * plain HTTP to another machine. `url` is without user, password, query and fragment.
 *
 * @category errors
 * @since 0.1.0
 */
export class ProviderUnreachable extends readable(
  Schema.TaggedError<ProviderUnreachable>()("ProviderUnreachable", {
    url: Schema.String,
    detail: Schema.String
  })
) {
  override get message(): string {
    return `No provider listens at ${this.url}: ${this.detail}`
  }
}

/**
 * There is no interaction to verify: a success would mean nothing.
 *
 * @category errors
 * @since 0.1.0
 */
export class NothingToVerify extends readable(
  Schema.TaggedError<NothingToVerify>()("NothingToVerify", {
    provider: Schema.String
  })
) {
  override get message(): string {
    return `No contract has an interaction with ${this.provider} to verify`
  }
}

/**
 * Why a verification failed, whatever the contracts came from.
 *
 * @category errors
 * @since 0.1.0
 */
export type VerifyError = VerificationFailed | ProviderUnreachable | NothingToVerify

const conclude = (
  provider: string,
  report: Verification.Report
): Effect.Effect<Verified, VerificationFailed | NothingToVerify> => {
  if (report.failures.length > 0) {
    return new VerificationFailed({ provider, verified: report.interactions.length, failures: report.failures })
  }
  const { interactions, notices, pending } = report
  return interactions.length === 0
    ? new NothingToVerify({ provider })
    : Effect.succeed({ interactions, pending, notices })
}

const run = <R>(options: ProviderOptions<R, R, R>, source: Verification.Source) =>
  Effect.mapError(
    Verification.run(options, source),
    (detail) => new ProviderUnreachable({ url: Urls.printable(options.url ?? ""), detail })
  )

/**
 * Verifies a provider against pact files, or all those in a directory. Files about other providers are passed over.
 *
 * **Details**
 *
 * Interactions run one after the other, each with its states set up before it and released after it. Fails with
 * `VerificationFailed`, and, before anything is sent, with `ProviderUnreachable` (within a second), `InvalidPact` or
 * `NothingToVerify`.
 *
 * **Example** (A provider that runs somewhere)
 *
 * ```ts
 * import * as Redacted from "effect/Redacted"
 * import * as Verifier from "effect-pact/Verifier"
 *
 * export const verify = Verifier.verify({
 *   provider: "users",
 *   url: "http://127.0.0.1:8080",
 *   pacts: ["pacts"],
 *   headers: { Authorization: Redacted.make("Bearer …") }
 * })
 * ```
 *
 * @category combinators
 * @since 0.1.0
 */
export const verify = <States = never, Messages = never, Headers = never>(
  options: ProviderOptions<States, Messages, Headers> & { readonly pacts: ReadonlyArray<string> }
): Effect.Effect<Verified, VerifyError | PactFile.InvalidPact, States | Messages | Headers> =>
  Effect.gen(function*() {
    const located = yield* PactFile.read(options.pacts)
    const relevant = located.filter(({ pact }) =>
      pact.provider.name === options.provider && pact.interactions.length + pact.messages.length > 0
    )
    yield* LeftOut.refuse(located.filter(({ pact }) => pact.provider.name === options.provider))
    if (relevant.length === 0) return yield* new NothingToVerify({ provider: options.provider })
    const files = yield* Effect.forEach(relevant, ({ file }) => PactFiles.forPact(file))
    const report = yield* run<States | Messages | Headers>(options, {
      args: files.map((file) => `--file=${file}`),
      settings: {},
      needsCertificates: false,
      publishes: false,
      messages: new Set(
        relevant.flatMap(({ pact }) => [...pact.interactions, ...pact.messages]).flatMap(({ description, type }) =>
          type === "Synchronous/HTTP" ? [] : [description]
        )
      )
    })
    if (report.loading !== undefined) {
      return yield* new PactFile.InvalidPact({
        file: relevant.map(({ file }) => file).join(", "),
        problem: report.loading
      })
    }
    return yield* conclude(options.provider, report)
  }).pipe(Effect.scoped)

/**
 * Verifies a provider against the contracts that a broker has for it, and tells the broker, if it should.
 *
 * **Details**
 *
 * Fails as `verify` does, and with `BrokerError`, also when the results could not be published, which Pact's verifier
 * only logs.
 *
 * **Example** (In the provider's build)
 *
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { Broker } from "effect-pact/Broker"
 * import * as Verifier from "effect-pact/Verifier"
 *
 * export const verify = Verifier.verifyFromBroker({
 *   provider: "users",
 *   url: "http://127.0.0.1:8080",
 *   broker: { branch: "main", publish: { version: "4f2c1e0" } }
 * }).pipe(Effect.provide(Broker.layerFromConfig))
 * ```
 *
 * @category combinators
 * @since 0.1.0
 */
export const verifyFromBroker = <States = never, Messages = never, Headers = never>(
  options: ProviderOptions<States, Messages, Headers> & { readonly broker?: BrokerSource | undefined }
): Effect.Effect<Verified, VerifyError | BrokerError, States | Messages | Headers | Broker> =>
  Effect.gen(function*() {
    const broker = yield* Broker
    const { branch, includeWipPactsSince, pending, publish, selectors } = options.broker ?? {}
    const fail = (operation: string, reason: BrokerError["reason"]) =>
      new BrokerError({ operation, url: broker.options.url, reason })
    yield* broker.check
    const problem = Input.namesProblem(
      { provider: options.provider, branch, version: publish?.version },
      publish?.tags
    ) ?? Input.buildUrlProblem(publish?.buildUrl)
    if (problem !== undefined) return yield* fail("fetch pacts", new InvalidInput({ problem }))
    const optional = (name: string, value: string | undefined) => value === undefined ? [] : [`--${name}=${value}`]
    const report = yield* run<States | Messages | Headers>(options, {
      args: [
        ...(selectors ?? [{ mainBranch: true }, { deployedOrReleased: true }]).map((selector) =>
          `--consumer-version-selectors=${JSON.stringify(selector)}`
        ),
        ...(pending === false ? [] : ["--enable-pending"]),
        ...optional("provider-branch", branch),
        ...optional("include-wip-pacts-since", includeWipPactsSince),
        ...(publish === undefined ? [] : ["--publish", `--provider-version=${publish.version}`]),
        ...optional("provider-tags", publish?.tags?.join(",")),
        ...optional("build-url", publish?.buildUrl)
      ],
      settings: Answer.settings(broker.options),
      needsCertificates: !broker.options.url.startsWith("http:"),
      publishes: publish !== undefined,
      messages: undefined
    })
    const toReason = (detail: string) => Answer.fromSentence(detail) ?? new Rejected({ detail })
    if (report.loading !== undefined && !Verification.isNoPact(report.loading)) {
      return yield* fail("fetch pacts", toReason(report.loading))
    }
    const verified = yield* conclude(options.provider, report)
    return report.publishing === undefined
      ? verified
      : yield* fail("publish verification results", toReason(report.publishing))
  })

/**
 * Where the `HttpServer` in the context listens, for a provider that is a layer.
 *
 * **Example** (A provider in the same process)
 *
 * ```ts
 * import { NodeHttpServer } from "@effect/platform-node"
 * import * as Effect from "effect/Effect"
 * import * as HttpRouter from "effect/http/HttpRouter"
 * import * as HttpServerResponse from "effect/http/HttpServerResponse"
 * import * as Layer from "effect/Layer"
 * import * as Verifier from "effect-pact/Verifier"
 * import { createServer } from "node:http"
 *
 * const Provider = HttpRouter.add("GET", "/users/42", HttpServerResponse.json({ id: "42" })).pipe(
 *   HttpRouter.serve,
 *   Layer.provideMerge(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
 * )
 *
 * export const verify = Effect.gen(function*() {
 *   const url = yield* Verifier.serverUrl
 *   return yield* Verifier.verify({ provider: "users", url, pacts: ["pacts"] })
 * }).pipe(Effect.provide(Provider))
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const serverUrl: Effect.Effect<string, never, HttpServer> = Effect.map(HttpServer, ({ address }) =>
  // A server that listens everywhere listens here, too.
  formatAddress(address).replace(/\/\/(0\.0\.0\.0|\[::\])(?=:|$)/, "//127.0.0.1"))
