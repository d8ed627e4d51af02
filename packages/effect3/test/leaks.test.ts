import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import { Sunshine } from "@sunco/effect3/Sunshine"
import type { Options } from "@sunco/effect3/Sunshine"
import { Users } from "@sunco/effect3/Users"
import * as Cause from "effect/Cause"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import type * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import { assert, describe, it } from "vitest"
import * as RecordingTracer from "./RecordingTracer.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"

/** Each stands in one place; none of them may turn up in anything that is printed, logged or traced. */
const secrets = {
  keySecret: "Zs1KeySecret",
  token: "Zs2Token",
  id: "Zs3Id",
  externalId: "Zs4ExternalId",
  email: "Zs5Email",
  name: "Zs6Name",
  metadata: "Zs7Metadata",
  brand: "Zs8Brand",
  vendorText: "Zs10VendorText",
  header: "Zs11Header",
  cause: "Zs12Cause"
}

const email = `${secrets.email}@example.com`

const leaksOf = (text: string): ReadonlyArray<string> =>
  Object.entries(secrets).flatMap(([name, secret]) => text.includes(secret) ? [name] : [])

const user = {
  id: secrets.id,
  externalId: secrets.externalId,
  profile: { givenName: secrets.name, email },
  metadata: { note: secrets.metadata }
}

const payload = { profile: { givenName: secrets.name, email }, metadata: { note: secrets.metadata } }

const calls: ReadonlyArray<
  readonly [what: string, call: (users: Users["Type"], sunshine: Sunshine["Type"]) => Effect.Effect<unknown, unknown>]
> = [
  ["create", (users) => users.create({ ...payload, externalId: secrets.externalId, brandId: secrets.brand })],
  ["get", (users) => users.get(secrets.id, { brandId: secrets.brand })],
  ["update", (users) => users.update(email, payload)],
  ["listByEmail", (users) => users.listByEmail(email)],
  ["upsert", (users) => users.upsert({ ...payload, externalId: secrets.externalId })],
  [
    "request",
    (_, sunshine) =>
      sunshine.request({
        operation: "Clients.create",
        method: "POST",
        path: ["v2", "apps", sunshine.appId, "users", secrets.id, "clients"],
        query: { email },
        body: payload
      })
  ],
  ["input that is refused", (users) => users.create({ externalId: secrets.externalId.padEnd(2000, "x") })]
]

type Fetch = typeof globalThis.fetch

const told = JSON.stringify({ user, users: [user], errors: [{ code: "bad_request", title: secrets.vendorText }] })

const headers = { "x-whoever": secrets.header, "set-cookie": secrets.header, "content-type": "application/json" }

const answer = (status: number, body: BodyInit | null = told): Fetch => async () =>
  new Response(status === 204 ? null : body, { status, headers })

const platformError = (code: string) => Object.assign(new Error(secrets.cause), { code, address: secrets.cause })

const lost = (code: string): Fetch => async (url) => {
  throw new TypeError(`fetch of ${url} failed`, { cause: platformError(code) })
}

type Ending = readonly [what: string, fetching: Fetch]

const answers: ReadonlyArray<Ending> = [
  ...[200, 201, 204, 302, 400, 401, 404, 409, 429, 503].map((status) => [String(status), answer(status)] as const),
  ["404 of the user", answer(404, JSON.stringify({ errors: [{ code: "user_not_found", title: secrets.vendorText }] }))],
  ["409 of create", answer(409, JSON.stringify({ errors: [{ code: "conflict", title: secrets.vendorText }] }))],
  ["half a user", answer(200, told.slice(0, -5))],
  ["a body that is too large", answer(200, told.repeat(20))]
]

const losses: ReadonlyArray<Ending> = [
  [
    "a cut body",
    (...request) =>
      answer(200, new ReadableStream({ start: (controller) => controller.error(platformError("ECONNRESET")) }))(
        ...request
      )
  ],
  ["a lost connection", lost("ECONNRESET")],
  ["no connection", lost("ECONNREFUSED")],
  ["silence", () => new Promise(() => {})]
]

const transformed = (f: (httpClient: HttpClient.HttpClient) => HttpClient.HttpClient) =>
  Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, f)).pipe(Layer.provide(FetchHttpClient.layer))

const basic = Credentials.layerBasic({ keyId: "app_1", secret: Redacted.make(secrets.keySecret) })

const token = Credentials.layerBearerEffect(Effect.succeed(Redacted.make(secrets.token)))

const clients: ReadonlyArray<
  readonly [
    what: string,
    transport: Layer.Layer<HttpClient.HttpClient>,
    credentials: Layer.Layer<Credentials.Credentials>,
    endings: ReadonlyArray<Ending>
  ]
> = [
  ["FetchHttpClient with Basic", FetchHttpClient.layer, basic, [...answers, ...losses]],
  [
    "a transport that starts fibers, with a token",
    transformed(HttpClient.transformResponse((exchange) => Effect.flatMap(Effect.fork(exchange), Fiber.join))),
    token,
    losses
  ],
  [
    "a transport that makes defects of its failures, with a token",
    transformed(HttpClient.transformResponse(Effect.orDie)),
    token,
    losses
  ]
]

const settings: Options = {
  appId: "app",
  subdomain: "example",
  attemptTimeout: "25 millis",
  maxResponseBytes: 1000,
  retry: { attempts: 2, baseDelay: 0 }
}

/** Everything that may become of what failed: print it, dump it. */
const views = (cause: Cause.Cause<unknown>): ReadonlyArray<string> => {
  const error = Cause.squash(cause)
  return [error, cause].flatMap((value) => [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: null, showHidden: true, getters: true })
  ]).concat(
    error instanceof Error ? `${error.message} ${error.stack}` : "",
    Cause.pretty(cause, { renderErrorCause: true })
  )
}

const spanViews = (spans: ReadonlyArray<Tracer.Span>): ReadonlyArray<string> =>
  spans.map((span) =>
    // What a span ended with is the caller's value where it succeeded, and no exporter looks at it.
    inspect({
      ...span,
      parent: undefined,
      exit: span.status._tag === "Ended" && Exit.isFailure(span.status.exit) && span.status.exit,
      status: undefined
    }, { depth: null, showHidden: true, getters: true })
  )

/** What is logged at any level, by every logger of Effect 3, while an effect runs. */
const logged = async <A>(effect: Effect.Effect<A>): Promise<{ readonly value: A; readonly lines: Array<string> }> => {
  const lines: Array<string> = []
  const loggers = [Logger.stringLogger, Logger.logfmtLogger, Logger.jsonLogger].map((logger) =>
    Logger.add(Logger.map(logger, (line) => void lines.push(line)))
  )
  const structured = Logger.add(
    Logger.map(Logger.structuredLogger, (line) => void lines.push(inspect(line, { depth: null })))
  )
  const value = await Effect.runPromise(
    effect.pipe(
      Logger.withMinimumLogLevel(LogLevel.All),
      Effect.provide([Logger.remove(Logger.defaultLogger), ...loggers, structured])
    )
  )
  return { value, lines }
}

/** Makes a call, logs how it failed, and gives everything that was to be seen of it. */
const seen = async (effect: Effect.Effect<unknown, unknown>) => {
  const { spans, tracer } = RecordingTracer.make()
  const { lines, value } = await logged(
    effect.pipe(
      Effect.matchCauseEffect({
        onFailure: (cause) => Effect.as(Effect.logError("it failed", cause, Cause.squash(cause)), views(cause)),
        onSuccess: () => Effect.succeed([])
      }),
      Effect.withSpan("caller"),
      Effect.annotateLogs("tenant", "acme"),
      Effect.withTracer(tracer)
    )
  )
  return { spans, text: [...value, ...lines, ...spanViews(spans)].join("\n") }
}

describe.each(clients)(
  "over %s, nothing of what was sent or received is to be seen",
  (_, transport, credentials, endings) => {
    it.each(calls)("when %s ends in any way", async (what, call) => {
      const sent: Array<string> = []
      for (const [ending, fetching] of endings) {
        const { spans, text } = await seen(
          Effect.flatMap(Effect.all([Users, Sunshine]), ([users, sunshine]) => call(users, sunshine)).pipe(
            Effect.provide(Layer.provide(Users.layer(settings), [transport, credentials])),
            Effect.provideService(FetchHttpClient.Fetch, (url, init) => {
              sent.push(String(url), String(init?.body && Buffer.from(init.body as Uint8Array)))
              return fetching(url, init)
            })
          )
        )
        assert.deepStrictEqual(leaksOf(text), [], ending)
        assert.notMatch(text, /Basic |Bearer |url\.(full|path|query)|unhandled/, ending)
        assert.isTrue(spans.every(({ status }) => status._tag === "Ended"), ending)
      }
      // The secrets were there to be leaked.
      if (what !== "input that is refused") assert.isNotEmpty(leaksOf(sent.join()))
    })
  }
)

describe("nothing is to be seen of", () => {
  const get = Effect.flatMap(Users, (users) => users.get(secrets.id))

  const transport = Layer.succeed(
    HttpClient.HttpClient,
    ScriptedTransport.make([ScriptedTransport.found]).httpClient
  )

  it.each<[what: string, users: Layer.Layer<Users, unknown>]>([
    [
      "why a token could not be had",
      Layer.provide(Users.layer(settings), [
        transport,
        Credentials.layerBearerEffect(Effect.fail(new Error(secrets.token)))
      ])
    ],
    [
      "a token that no header can carry",
      Layer.provide(Users.layer(settings), [
        transport,
        Credentials.layerBearerEffect(Effect.succeed(Redacted.make(`${secrets.token}\n`)))
      ])
    ],
    [
      "the settings of a client that cannot be built",
      Layer.provide(Users.layer({ appId: "app", baseUrl: `https://${secrets.name}:${secrets.token}@example.com` }), [
        transport,
        basic
      ])
    ],
    [
      "an environment that contradicts itself",
      Users.layerFromConfig().pipe(
        Layer.provide(transport),
        Layer.provide(Layer.setConfigProvider(ConfigProvider.fromMap(
          new Map([
            ["SUNCO_APP_ID", "app"],
            ["SUNCO_SUBDOMAIN", "example"],
            ["SUNCO_KEY_SECRET", secrets.keySecret],
            ["SUNCO_TOKEN", secrets.token]
          ])
        )))
      )
    ]
  ])("%s", async (_, users) => {
    const { text } = await seen(Effect.provide(get, users))
    assert.include(text, "it failed")
    assert.deepStrictEqual(leaksOf(text), [])
    assert.notInclude(text, "unhandled")
  })

  it("credentials and clients themselves", async () => {
    for (const layer of [basic, token]) {
      const services = await Effect.runPromise(
        Effect.all([
          Credentials.Credentials,
          Users,
          Sunshine,
          Effect.flatMap(Credentials.Credentials, (c) => c.current)
        ])
          .pipe(
            Effect.tap(([, users]) => users.get("ada")),
            Effect.provide(Users.layer(settings)),
            Effect.provide([
              layer,
              transport
            ])
          )
      )
      for (const service of services) {
        const text = inspect(service, { depth: null, showHidden: true, getters: true })
        assert.deepStrictEqual(leaksOf(text), [])
        assert.notInclude(text, btoa(`app_1:${secrets.keySecret}`))
      }
    }
  })
})

describe("this package logs nothing but what its calls do", () => {
  const bug = new Error(secrets.cause)

  const dying = ScriptedTransport.make([() => Effect.die(bug)]).httpClient

  const unavailable = ScriptedTransport.make([ScriptedTransport.errors(503, "service_unavailable")]).httpClient

  const get = (
    httpClient: HttpClient.HttpClient,
    credentials: Layer.Layer<Credentials.Credentials> = basic
  ): Effect.Effect<unknown, unknown> =>
    Effect.flatMap(Users, (users) => users.get("ada")).pipe(
      Effect.provide(
        Layer.provide(Users.layer({ ...settings, attemptTimeout: "1 minute" }), [
          credentials,
          Layer.succeed(HttpClient.HttpClient, httpClient)
        ])
      )
    )

  /** Dies of its interruption, once it was asked for something. */
  const reluctant = () => {
    const asked = Promise.withResolvers<void>()
    const wait = Effect.zipRight(
      Effect.sync(() => asked.resolve()),
      Effect.onInterrupt(Effect.never, () => Effect.die(bug))
    )
    return { asked: asked.promise, wait }
  }

  const interrupted = (call: (wait: Effect.Effect<never>) => Effect.Effect<unknown, unknown>) =>
    Effect.suspend(() => {
      const { asked, wait } = reluctant()
      return Effect.gen(function*() {
        const fiber = yield* Effect.fork(Effect.exit(call(wait)))
        yield* Effect.promise(() => asked)
        return yield* Fiber.interrupt(fiber)
      })
    })

  it.each<[what: string, call: Effect.Effect<unknown, unknown>]>([
    ["the transport fails", get(ScriptedTransport.make([ScriptedTransport.failure("ECONNRESET")]).httpClient)],
    ["the transport dies", get(dying)],
    ["the transport dies of an interruption", interrupted((wait) => get(HttpClient.make(() => wait)))],
    ["the effect of a token fails", get(dying, Credentials.layerBearerEffect(Effect.fail(bug)))],
    ["the effect of a token dies", get(dying, Credentials.layerBearerEffect(Effect.die(bug)))],
    [
      "the effect of a token dies of an interruption",
      interrupted((wait) => get(dying, Credentials.layerBearerEffect(wait)))
    ],
    [
      "a random number cannot be drawn",
      Effect.withRandom(get(unavailable), { ...Random.fixed([0.5]), next: Effect.die(bug) })
    ]
  ])("when %s", async (_, call) => {
    const { lines } = await logged(Effect.exit(call))
    assert.deepStrictEqual(lines.filter((line) => !line.includes("sunco.operation")), [])
  })
})
