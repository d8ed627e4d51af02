import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { ProviderStateError } from "../ProviderStates.ts"
import type { Failure, HeaderValues, ProviderOptions } from "../Verifier.ts"
import * as Loopback from "./loopback.ts"
import { inOrder, nativeMismatch } from "./nativeMismatch.ts"
import * as PactCli from "./pactCli.ts"
import { temporaryDirectory } from "./pactFiles.ts"
import * as Secrets from "./secrets.ts"
import * as Urls from "./urls.ts"

export interface Source {
  readonly args: ReadonlyArray<string>
  readonly settings: NodeJS.ProcessEnv
  /** Whether the verifier speaks TLS to anybody. */
  readonly needsCertificates: boolean
  readonly publishes: boolean
  /** The descriptions of all messages, where that is known. */
  readonly messages: ReadonlySet<string> | undefined
}

export interface Report {
  readonly interactions: ReadonlyArray<string>
  readonly failures: ReadonlyArray<Failure>
  readonly pending: ReadonlyArray<Failure>
  readonly notices: ReadonlyArray<string>
  /** Why no contract could be had. */
  readonly loading: string | undefined
  /** Why the broker was not told. */
  readonly publishing: string | undefined
}

const NativeFailure = Schema.Struct({
  interaction: Schema.String,
  mismatch: Schema.Union([
    Schema.Struct({ type: Schema.Literal("mismatches"), mismatches: Schema.Array(nativeMismatch) }),
    Schema.Struct({ type: Schema.Literal("error"), message: Schema.String })
  ])
})

const NativeReport = Schema.fromJsonString(Schema.Struct({
  result: Schema.Boolean,
  errors: Schema.Array(NativeFailure),
  pendingErrors: Schema.Array(NativeFailure),
  interactionResults: Schema.Array(Schema.Struct({ description: Schema.String })),
  notices: Schema.Array(Schema.Struct({ text: Schema.String, when: Schema.optionalKey(Schema.String) }))
}))

const StateChange = Schema.fromJsonString(Schema.Struct({
  action: Schema.Literals(["setup", "teardown"]),
  state: Schema.String,
  params: Schema.optionalKey(Schema.Json)
}))

/** As the verifier asks for a message; what else it says of it is passed over. */
const MessageRequest = Schema.fromJsonString(Schema.Struct({
  description: Schema.String,
  providerStates: Schema.optionalKey(
    Schema.Array(Schema.Struct({ name: Schema.String, params: Schema.optionalKey(Schema.Json) }))
  ),
  request: Schema.optionalKey(Schema.Json)
}))

type MessageRequest = typeof MessageRequest.Type

const messageRequestOf = (request: Loopback.Request) =>
  request.method === "POST" && request.target === ""
    ? Schema.decodeUnknownOption(MessageRequest)(text(request.body), { onExcessProperty: "error" })
    : Option.none()

/** A request that is not answered, as the verifier tells it: with its URL, and no reason. */
const unanswered = "error sending request for url"
const unprepared = "state change handlers has failed"
const loadingFailed = "Failed to load pact"

/** The broker was asked, and has none; other reasons follow the same words after a colon. */
export const isNoPact = (loading: string): boolean =>
  /^No pacts found for provider [^:]*( in pact broker '[^']*')?$/.test(loading)

const publishingFailed = /Publishing of verification results failed with an error: (.*)/

/** What went wrong on this side of the verifier, which only says that something did. */
interface Trouble {
  readonly part: "state" | "request" | "message"
  /** The name of the state, the target of the request, or the description of the message. */
  readonly about: string
  readonly detail: string
}

const text = (body: Uint8Array) => Buffer.from(body).toString("utf8")

const headersOf = ({ rawHeaders }: Loopback.Request): { readonly [name: string]: string } =>
  Object.fromEntries(
    rawHeaders.flatMap((name, index) => index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1]!]] : [])
  )

const withHeaders = (request: Loopback.Request, headers: HeaderValues): Loopback.Request => {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  return {
    ...request,
    rawHeaders: [
      ...request.rawHeaders.filter((_, index) => !names.has(request.rawHeaders[index - index % 2]!.toLowerCase())),
      ...Object.entries(headers).flatMap((
        [name, value]
      ) => [name, Predicate.isString(value) ? value : Redacted.value(value)])
    ]
  }
}

/** Why these headers must not go there. */
const headersProblem = (base: URL, headers: HeaderValues): string | undefined => {
  if (Urls.keepsSecrets(base)) return undefined
  const [secret] = Secrets.given(headers)
  return secret === undefined
    ? undefined
    : `the header ${secret[0]} goes over https:// only (http:// is for loopback only)`
}

/** A provider in front of the provider: sets headers, and remembers why there was no answer. */
const gateway = <R>(
  options: ProviderOptions<R, R, R>,
  base: URL | undefined,
  report: (trouble: Trouble) => void,
  keepSecret: (headers: HeaderValues) => void
): Loopback.Handler<R> =>
(asked) => {
  // The verifier leaves the slash out of a path that is nothing else.
  const request = asked.target.startsWith("/") ? asked : { ...asked, target: `/${asked.target}` }
  return Effect.gen(function*() {
    if (base === undefined) return yield* Effect.fail("the verification was given no URL of the provider")
    const headers = Predicate.isFunction(options.headers)
      ? yield* options.headers({
        method: request.method,
        target: request.target,
        headers: headersOf(request),
        body: request.body
      })
      : options.headers ?? {}
    keepSecret(headers)
    const problem = headersProblem(base, headers)
    if (problem !== undefined) return yield* Effect.fail(problem)
    return yield* Loopback.forward(
      base,
      withHeaders(request, headers),
      Duration.toMillis(options.requestTimeout ?? "5 seconds")
    )
  }).pipe(
    Effect.catchCause((cause) => {
      report({ part: "request", about: request.target, detail: sentence(cause) })
      return Effect.undefined
    })
  )
}

const sentence = (cause: Cause.Cause<unknown>): string => {
  const error = Cause.squash(cause)
  if (error instanceof ProviderStateError) return `${error.problem}: ${error.detail}`
  return Predicate.isString(error) ? error : Cause.pretty(cause)
}

/** A state that an interaction is in. */
interface Open {
  readonly scope: Scope.Closeable
  values: Schema.JsonObject
}

/** The verifier gives the parameters in another order each time, and those that are not there in several ways. */
const keyOf = (state: string, params: unknown) =>
  JSON.stringify([state, Object.entries(params ?? {}).toSorted(([a], [b]) => a < b ? -1 : 1)])

/** Answers what the verifier asks beside the provider: states to set up and release, messages to give. */
const desk = <R>(options: ProviderOptions<R, R, R>, report: (trouble: Trouble) => void) =>
  Effect.gen(function*() {
    const scope = yield* Effect.scope
    const open = new Map<string, Array<Open>>()

    const setUp = Effect.fnUntraced(function*(state: string, params: unknown) {
      const own: Open = { scope: yield* Scope.fork(scope), values: {} }
      const key = keyOf(state, params)
      open.set(key, [...open.get(key) ?? [], own])
      own.values = options.states === undefined
        ? yield* Effect.fail("the verification was given no handlers of states")
        : yield* Scope.provide(options.states.setUp(state, params), own.scope)
      return Loopback.json(200, own.values)
    })

    const release = Effect.fnUntraced(function*(state: string, params: unknown) {
      const own = open.get(keyOf(state, params))?.shift()
      if (own !== undefined) yield* Scope.close(own.scope, Exit.void)
      return Loopback.json(200, {})
    })

    /** What the handlers of a message's states gave back; of one name, the last. */
    const valuesOf = (states: MessageRequest["providerStates"] = []): Schema.JsonObject =>
      Object.assign(
        {},
        ...states.flatMap(({ name, params = {} }) => open.get(keyOf(name, params)) ?? []).map(({ values }) => values)
      )

    const changeState = (body: string) => {
      const { action, params = {}, state } = Schema.decodeUnknownSync(StateChange)(body)
      // So it asks for interactions without a state.
      if (state === "") return Effect.succeed(Loopback.json(200, {}))
      return Effect.catchCause(action === "setup" ? setUp(state, params) : release(state, params), (cause) => {
        report({ part: "state", about: state, detail: sentence(cause) })
        // The verifier would repeat a request that is answered with 5xx, for two minutes.
        return Effect.succeed(Loopback.json(422, {}))
      })
    }

    const messageOf = (description: string) =>
      options.messages !== undefined && Object.hasOwn(options.messages, description)
        ? options.messages[description]
        : undefined

    const giveMessage = ({ description, providerStates }: MessageRequest) =>
      Effect.suspend(() => {
        const message = messageOf(description) ??
          Effect.fail(`the verification was given no message ${JSON.stringify(description)}`)
        return Predicate.isFunction(message) ? message(valuesOf(providerStates)) : message
      }).pipe(
        Effect.map(({ contents, metadata }) =>
          Loopback.json(200, contents, [
            "Pact-Message-Metadata",
            Buffer.from(JSON.stringify(metadata)).toString("base64")
          ])
        ),
        Effect.catchCause((cause) => {
          report({ part: "message", about: description, detail: sentence(cause) })
          return Effect.undefined
        })
      )

    return { changeState: (request: Loopback.Request) => changeState(text(request.body)), giveMessage }
  })

/** Takes apart `Verifying a pact between <consumer> and <provider>[ Given <states>] - <description>`. */
const titleOf = (provider: string, descriptions: ReadonlyArray<string>) => (title: string) => {
  const [, rest = title] = title.split("Verifying a pact between ")
  const end = [" Given ", " - "].map((next) => rest.indexOf(` and ${provider}${next}`)).filter((index) => index >= 0)
  const at = Math.min(...end)
  const tail = Number.isFinite(at) ? rest.slice(at + ` and ${provider}`.length) : rest
  const interaction = descriptions
    .filter((description) => tail.endsWith(` - ${description}`))
    .reduce((longest, description) => description.length > longest.length ? description : longest, "")
  return {
    consumer: Number.isFinite(at) ? rest.slice(0, at) : "",
    interaction: interaction === "" ? title : interaction,
    hasState: (name: string) => {
      const states = tail.slice(0, tail.length - interaction.length).replace(" Given ", " And ")
      return states.includes(` And ${name} And `) || states.endsWith(` And ${name} - `)
    }
  }
}

const toFailures = (
  provider: string,
  descriptions: ReadonlyArray<string>,
  native: ReadonlyArray<typeof NativeFailure.Type>,
  troubles: Array<Trouble>,
  secretHeaders: ReadonlySet<string>
): ReadonlyArray<Failure> =>
  native.flatMap(({ interaction: title, mismatch }): ReadonlyArray<Failure> => {
    const { consumer, hasState, interaction } = titleOf(provider, descriptions)(title)
    if (mismatch.type === "mismatches") {
      return inOrder(mismatch.mismatches).map((difference) => ({
        consumer,
        interaction,
        ...Secrets.masked(difference, secretHeaders)
      }))
    }
    const { message } = mismatch
    const candidates = troubles.filter(({ about, part }) =>
      part === "state"
        ? message.includes(unprepared) && hasState(about)
        : message.includes(unanswered) && (part === "message" ? about === interaction : message.includes(about))
    )
    // Several states of one interaction may have failed, and one state in several interactions.
    const taken = candidates.filter((one, index) =>
      candidates.findIndex((other) => other.about === one.about) === index
    )
    for (const trouble of taken) troubles.splice(troubles.indexOf(trouble), 1)
    return taken.length === 0
      ? [{ consumer, interaction, part: "request", path: "", message }]
      : taken.map(({ about, detail, part }) => ({
        consumer,
        interaction,
        part,
        path: part === "state" ? about : "",
        message: detail
      }))
  })

/** The provider may repeat what it was sent, anywhere in its answer. */
const withoutSecrets = (failure: Failure, secrets: ReadonlySet<string>): Failure => {
  const { actual, expected, message, path } = failure
  return {
    ...failure,
    path: Secrets.without(path, secrets),
    ...(expected === undefined ? {} : { expected: Secrets.without(expected, secrets) }),
    ...(actual === undefined ? {} : { actual: Secrets.without(actual, secrets) }),
    message: Secrets.without(message, secrets)
  }
}

const providerUrl = (text: string): Effect.Effect<URL, string> => {
  const url = Urls.parseHttp(text)
  return Urls.hasUserinfo(text)
    ? Effect.fail("the URL has credentials, give them in `headers`")
    : url === undefined
    ? Effect.fail("this is no URL of http:// or https://")
    : Effect.succeed(url)
}

/** Fails, with a sentence, when there is no provider. */
export const run = <R>(
  options: ProviderOptions<R, R, R>,
  source: Source
): Effect.Effect<Report, string, R> =>
  Effect.gen(function*() {
    const base = options.url === undefined ? undefined : yield* providerUrl(options.url)
    const headers = Predicate.isFunction(options.headers) ? {} : options.headers ?? {}
    if (base !== undefined) {
      const problem = headersProblem(base, headers)
      if (problem !== undefined) return yield* Effect.fail(problem)
      yield* Loopback.probe(base, 1000)
    }

    const troubles: Array<Trouble> = []
    const report = (trouble: Trouble) => void troubles.push(trouble)
    // Each request may have others.
    const secretHeaders = new Set<string>()
    const secrets = new Set<string>()
    const keepSecret = (headers: HeaderValues) => {
      for (const [name, value] of Secrets.given(headers)) {
        secretHeaders.add(name.toLowerCase())
        secrets.add(value)
      }
    }
    keepSecret(headers)
    const forward = gateway(options, base, report, keepSecret)
    const { changeState, giveMessage } = yield* desk(options, report)
    // The verifier asks for messages where the provider is, without a path; its process shows no path of their own but to
    // everybody on this machine.
    const provide: Loopback.Handler<R> = (request) =>
      Option.match(Option.filter(messageRequestOf(request), (_) => source.messages?.has(_.description) ?? true), {
        onNone: () => forward(request),
        onSome: giveMessage
      })
    const providerSegment = Loopback.secretSegment()
    const stateSegment = Loopback.secretSegment()
    const port = yield* Loopback.serve(new Map([[providerSegment, provide], [stateSegment, changeState]]))

    const directory = yield* temporaryDirectory
    const reportFile = join(directory, "report.json")
    const noCertificates = join(directory, "none.pem")
    yield* Effect.promise(() => writeFile(noCertificates, ""))

    const { exitCode, stderr, stdout } = yield* PactCli.run([
      "verifier",
      `--json=${reportFile}`,
      "--no-colour",
      "--loglevel=error",
      "--hostname=127.0.0.1",
      `--port=${port}`,
      `--provider-name=${options.provider}`,
      "--state-change-teardown",
      // Of a handler as well, which takes its time. The gateway has the timeout of the provider.
      "--request-timeout=86400000",
      ...(options.only === undefined
        ? []
        : [`--filter-description=^${options.only.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`]),
      ...source.args
    ], {
      settings: {
        ...source.settings,
        // Not as arguments, which a list of processes shows.
        PACT_PROVIDER_BASE_PATH: `/${providerSegment}`,
        PACT_PROVIDER_STATE_CHANGE_URL: `http://127.0.0.1:${port}/${stateSegment}`,
        // It reads all certificates of the system anew for every request, which takes 25 ms, also for plain HTTP.
        ...(source.needsCertificates ? {} : { SSL_CERT_FILE: noCertificates, SSL_CERT_DIR: directory })
      }
    })
    const native = yield* Effect.tryPromise(() => readFile(reportFile, "utf8")).pipe(
      Effect.flatMap(Schema.decodeUnknownEffect(NativeReport)),
      // It has always written one, unless it was called wrongly or crashed.
      Effect.mapError((cause) => new Error(`Pact's verifier ended with ${exitCode}: ${stderr || stdout}`, { cause })),
      Effect.orDie
    )

    const loading = native.errors.find((error) => error.interaction.startsWith(loadingFailed))
    const interactions = native.interactionResults.map((result) => result.description)
    const failures = native.errors.filter((error) => error !== loading)
    const toOurs = (native: ReadonlyArray<typeof NativeFailure.Type>) =>
      toFailures(options.provider, interactions, native, troubles, secretHeaders).map((failure) =>
        withoutSecrets(failure, secrets)
      )
    return {
      interactions,
      failures: toOurs(failures),
      pending: toOurs(native.pendingErrors),
      notices: native.notices
        .filter(({ when = "" }) =>
          !when.startsWith("after_verification") ||
          // They do not say which contract they are about, so they hold only where all have the same result.
          native.pendingErrors.length === 0 && when.includes(`success_${native.result}_published_${source.publishes}`)
        )
        .map((notice) => notice.text),
      loading: loading?.mismatch.type === "error" ? loading.mismatch.message : undefined,
      publishing: publishingFailed.exec(stdout + stderr)?.[1]
    }
  }).pipe(Effect.scoped) as Effect.Effect<Report, string, R> // The compiler cannot take the scope from a parameter.
