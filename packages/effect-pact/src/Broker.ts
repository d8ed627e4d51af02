/**
 * A Pact broker: publishing contracts, asking whether a version may be deployed, telling what was.
 *
 * Pact's own command line does the talking; see `Verifier.verifyFromBroker` for the other direction. Credentials reach
 * it through its environment, never as arguments that a list of processes would show.
 *
 * @since 0.1.0
 */
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Answer from "./internal/brokerAnswer.ts"
import * as Input from "./internal/brokerInput.ts"
import * as LeftOut from "./internal/leftOut.ts"
import * as PactCli from "./internal/pactCli.ts"
import * as PactFiles from "./internal/pactFiles.ts"
import * as Urls from "./internal/urls.ts"
import * as PactFile from "./PactFile.ts"
import { readable } from "./internal/readableError.ts"

/**
 * Who asks: Basic authentication, or the bearer token of a hosted broker.
 *
 * @category models
 * @since 0.1.0
 */
export type Credentials =
  | { readonly username: string; readonly password: Redacted.Redacted }
  | { readonly token: Redacted.Redacted }

/**
 * Which broker, and how long to wait for it.
 *
 * **Details**
 *
 * - `url`: of the broker itself, `https://broker.example.com`, without user, password, query and fragment. Where there
 *   are credentials it begins with `https://`, unless the broker is on this machine.
 * - `attempts`: of one request in all, when the broker cannot be reached or answers 408, 429 or 5xx; 2 unless given,
 *   with half a second and then twice as long each time between them.
 * - `timeout`: of one whole operation, 30 seconds unless given, by the machine's clock.
 *
 * @category models
 * @since 0.1.0
 */
export interface BrokerOptions {
  readonly url: string
  readonly credentials?: Credentials | undefined
  readonly attempts?: number | undefined
  readonly timeout?: Duration.Input | undefined
}

/**
 * The broker knows no such user, or does not let this one do that: 401 or 403.
 *
 * @category errors
 * @since 0.1.0
 */
export class Unauthorized extends readable(Schema.TaggedError<Unauthorized>()("Unauthorized", { status: Schema.Int })) {
  override get message(): string {
    return `${this.status}: the broker refuses these credentials`
  }
}

/**
 * There was no answer, from anyone or in time.
 *
 * @category errors
 * @since 0.1.0
 */
export class Unreachable extends readable(Schema.TaggedError<Unreachable>()("Unreachable", { detail: Schema.String })) {
  override get message(): string {
    return this.detail
  }
}

/**
 * This version was published with another content. A version stands for one content: publish a new one, the full commit
 * for instance, from a clean tree.
 *
 * @category errors
 * @since 0.1.0
 */
export class Conflict extends readable(Schema.TaggedError<Conflict>()("Conflict", { notice: Schema.String })) {
  override get message(): string {
    return this.notice
  }
}

/**
 * The broker has no such application, version or environment.
 *
 * @category errors
 * @since 0.1.0
 */
export class NotFound extends readable(Schema.TaggedError<NotFound>()("NotFound", { detail: Schema.String })) {
  override get message(): string {
    return this.detail
  }
}

/**
 * The broker, or whatever answers there, says no in another way.
 *
 * @category errors
 * @since 0.1.0
 */
export class Rejected extends readable(Schema.TaggedError<Rejected>()("Rejected", { detail: Schema.String })) {
  override get message(): string {
    return this.detail
  }
}

/**
 * An option or an argument that cannot be: credentials in a URL, credentials that would travel over plain HTTP, a name
 * or a version of which no address can be made. Nothing was sent.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidInput extends readable(
  Schema.TaggedError<InvalidInput>()("InvalidInput", {
    problem: Schema.String
  })
) {
  override get message(): string {
    return this.problem
  }
}

/**
 * What did not work with a broker, and why.
 *
 * **Details**
 *
 * Recover from one reason with `Effect.catchReason("BrokerError", "Conflict", …)`. `url` is without user, password,
 * query and fragment, whatever the options had.
 *
 * @category errors
 * @since 0.1.0
 */
export class BrokerError extends readable(
  Schema.TaggedError<BrokerError>()("BrokerError", {
    operation: Schema.String,
    url: Schema.String,
    reason: Schema.Union([Unauthorized, Unreachable, Conflict, NotFound, Rejected, InvalidInput, PactFile.InvalidPact])
  })
) {
  override get message(): string {
    return `${this.operation} at ${this.url}: ${this.reason._tag}: ${this.reason.message}`
  }
}

/**
 * What to publish, as which version.
 *
 * **Details**
 *
 * - `pacts`: pact files, or directories of them.
 * - `version`: of the consumer, the full commit by custom. One version has one content.
 * - `buildUrl`: of the build, without user and password.
 * - `merge`: add to what this version already has, for builds that publish in parts.
 *
 * @category models
 * @since 0.1.0
 */
export interface PublishOptions {
  readonly pacts: ReadonlyArray<string>
  readonly version: string
  readonly branch?: string | undefined
  readonly tags?: ReadonlyArray<string> | undefined
  readonly buildUrl?: string | undefined
  readonly merge?: boolean | undefined
}

/**
 * A version of an application (a pacticipant, in Pact's words) and an environment.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeploymentOptions {
  readonly pacticipant: string
  readonly version: string
  readonly environment: string
}

/**
 * Whether a version may go to an environment, and what that rests on: each contract with what is there, and whether it
 * was verified; `null` where nobody has tried.
 *
 * @category models
 * @since 0.1.0
 */
export interface Deployability {
  readonly deployable: boolean
  readonly reason: string
  readonly contracts: ReadonlyArray<{
    readonly consumer: string
    readonly consumerVersion: string
    readonly provider: string
    readonly providerVersion: string | null
    readonly verified: boolean | null
  }>
}

/**
 * A broker.
 *
 * **Details**
 *
 * Every operation fails with `BrokerError`, within seconds. Names, versions, branches, tags and environments may have
 * any character but control characters; a tag has no comma, and none is empty, `.` or `..`. `canIDeploy` refuses an
 * application or a version that begins with `-`.
 *
 * - `options` are those that it was made with; `url` as it may be printed.
 * - `check` fails with `InvalidInput` where they cannot be used, as every operation does.
 * - `publish` gives the broker's notices. Publishing the same content again is no error.
 * - `canIDeploy` answers; a no is an answer, not an error. A contract that nobody has verified is a no.
 * - `recordDeployment` replaces the version that was in the environment; `recordRelease` adds one, for what many can
 *   run at a time, such as a library or an app on phones.
 *
 * **Example** (Publishing from a build)
 *
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { Broker } from "effect-pact/Broker"
 *
 * export const publish = Effect.gen(function*() {
 *   const broker = yield* Broker
 *   const notices = yield* broker.publish({ pacts: ["pacts"], version: "4f2c1e0", branch: "main" })
 *   yield* Effect.forEach(notices, (notice) => Effect.log(notice))
 * }).pipe(
 *   Effect.catchReason("BrokerError", "Conflict", () => Effect.log("published before, with another content")),
 *   Effect.provide(Broker.layerFromConfig) // PACT_BROKER_BASE_URL, and PACT_BROKER_TOKEN or _USERNAME and _PASSWORD
 * )
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Broker extends Context.Service<Broker, {
  readonly options: BrokerOptions
  readonly check: Effect.Effect<void, BrokerError>
  readonly publish: (options: PublishOptions) => Effect.Effect<ReadonlyArray<string>, BrokerError>
  readonly canIDeploy: (options: DeploymentOptions) => Effect.Effect<Deployability, BrokerError>
  readonly recordDeployment: (
    options: DeploymentOptions & { readonly applicationInstance?: string | undefined }
  ) => Effect.Effect<void, BrokerError>
  readonly recordRelease: (options: DeploymentOptions) => Effect.Effect<void, BrokerError>
}>()("effect-pact/Broker") {
  /**
   * Builds a broker. Nothing is sent before an operation is run.
   *
   * @since 0.1.0
   */
  static readonly make = (given: BrokerOptions): Broker["Service"] => {
    const options = { ...given, url: Urls.printable(given.url) }
    const fail = (operation: string) => (reason: BrokerError["reason"]) =>
      new BrokerError({ operation, url: options.url, reason })

    const problem = Input.optionsProblem(given)
    const check: Effect.Effect<void, BrokerError["reason"]> = problem !== undefined
      ? Effect.suspend(() => new InvalidInput({ problem }))
      : Urls.parseHttp(given.url) === undefined
      ? Effect.suspend(() => new Unreachable({ detail: "this is no URL of http:// or https://" }))
      : Effect.void

    const run = <A>(
      operation: string,
      args: ReadonlyArray<string>,
      read: (finished: PactCli.Finished) => Option.Option<A>
    ): Effect.Effect<A, BrokerError> =>
      Effect.andThen(
        check,
        PactCli.run(["broker", operation, ...args, "--output", "json"], {
          settings: Answer.settings(options),
          timeoutMillis: Duration.toMillis(options.timeout ?? "30 seconds")
        })
      ).pipe(
        Effect.flatMap((finished) =>
          Option.match(read(finished), {
            onSome: Effect.succeed,
            onNone: () => Effect.fail(Answer.toReason(finished))
          })
        ),
        Effect.mapError(fail(operation))
      )

    const refuse = (operation: string, problem: string | undefined) =>
      problem === undefined ? Effect.void : fail(operation)(new InvalidInput({ problem }))

    const record = (
      operation: string,
      { environment, pacticipant, version }: DeploymentOptions,
      more: Arguments = {}
    ) =>
      refuse(operation, Input.namesProblem({ pacticipant, version, environment, ...more })).pipe(
        Effect.andThen(Effect.suspend(() =>
          run(
            operation,
            // Pact's command line puts these two in an address as they are.
            toArguments({
              pacticipant: encodeURIComponent(pacticipant),
              version: encodeURIComponent(version),
              environment,
              ...more
            }),
            Answer.whenSuccessful
          )
        ))
      )

    return Broker.of({
      options,
      check: Effect.mapError(check, fail("check")),
      publish: Effect.fn("Broker.publish")(function*({ branch, buildUrl, merge, pacts, tags = [], version }) {
        yield* refuse(
          "publish",
          Input.namesProblem({ version, branch }, tags) ?? Input.buildUrlProblem(buildUrl)
        )
        const files = yield* PactFile.read(pacts).pipe(
          Effect.tap(LeftOut.refuse),
          Effect.mapError(fail("publish"))
        )
        return yield* run("publish", [
          ...yield* Effect.forEach(files, ({ file }) => PactFiles.forPact(file)),
          ...toArguments({
            "consumer-app-version": version,
            branch,
            tag: tags.join(",") || undefined,
            "build-url": buildUrl
          }),
          ...(merge === true ? ["--merge"] : []),
          "--validate",
          "--strict"
        ], Answer.toNotices)
      }, Effect.scoped),
      canIDeploy: Effect.fn("Broker.canIDeploy")(({ environment, pacticipant, version }) =>
        Effect.andThen(
          refuse(
            "can-i-deploy",
            Input.namesProblem({ pacticipant, version, environment }) ?? Input.dashProblem({ pacticipant, version })
          ),
          run("can-i-deploy", [
            // It looks for these two by themselves, and overlooks them in one word with their values.
            "--pacticipant",
            pacticipant,
            "--version",
            version,
            ...toArguments({ "to-environment": environment })
          ], Answer.toDeployability)
        )
      ),
      recordDeployment: Effect.fn("Broker.recordDeployment")((deployment) =>
        record("record-deployment", deployment, { "application-instance": deployment.applicationInstance })
      ),
      recordRelease: Effect.fn("Broker.recordRelease")((release) => record("record-release", release))
    })
  }

  /**
   * {@link Broker.make} as a layer.
   *
   * @since 0.1.0
   */
  static readonly layer = (options: BrokerOptions): Layer.Layer<Broker> => Layer.succeed(Broker, Broker.make(options))

  /**
   * The layer of options that come from `Config`. Fails with `ConfigError` also where they cannot be used together.
   *
   * @since 0.1.0
   */
  static readonly layerConfig = (options: Config.Wrap<BrokerOptions>): Layer.Layer<Broker, Config.ConfigError> =>
    Layer.effect(Broker, Effect.flatMap(Config.unwrap(options), (options) => makeChecked(options)))

  /**
   * Everything from the settings that Pact's own tools read: `PACT_BROKER_BASE_URL`, and `PACT_BROKER_TOKEN`, or
   * `PACT_BROKER_USERNAME` and `PACT_BROKER_PASSWORD`, or neither. Fails with `ConfigError` also where the URL has
   * credentials, or would send them over plain HTTP to another machine.
   *
   * @since 0.1.0
   */
  static readonly layerFromConfig: Layer.Layer<Broker, Config.ConfigError> = Layer.effect(
    Broker,
    Effect.gen(function*() {
      const url = yield* Config.NonEmptyString("PACT_BROKER_BASE_URL")
      const token = yield* Config.option(Config.Redacted("PACT_BROKER_TOKEN"))
      // Builds give secrets that are not set as empty text.
      if (Option.isSome(token) && Redacted.value(token.value) !== "") {
        return yield* makeChecked({ url, credentials: { token: token.value } }, settingNames)
      }
      const username = Config.NonEmptyString("PACT_BROKER_USERNAME")
      const password = Config.Redacted("PACT_BROKER_PASSWORD")
      const isAnonymous = Option.isNone(yield* Config.option(username)) && Option.isNone(yield* Config.option(password))
      return yield* makeChecked(
        isAnonymous ? { url } : { url, credentials: yield* Config.all({ username, password }) },
        settingNames
      )
    })
  )
}

const settingNames = {
  url: "PACT_BROKER_BASE_URL",
  credentials: "PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD"
}

/** Settings are refused where they are read. */
const makeChecked = (...input: Parameters<typeof Input.optionsProblem>) =>
  Effect.suspend(() => {
    const message = Input.optionsProblem(...input)
    return message === undefined
      ? Effect.succeed(Broker.make(input[0]))
      : Effect.fail(new Config.ConfigError(new ConfigProvider.SourceError({ message })))
  })

type Arguments = { readonly [name: string]: string | undefined }

const toArguments = (named: Arguments): ReadonlyArray<string> =>
  // In one word, so that a value with a dash in front is no option.
  Object.entries(named).flatMap(([name, value]) => value === undefined ? [] : [`--${name}=${value}`])
