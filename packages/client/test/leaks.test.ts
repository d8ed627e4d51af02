/**
 * Nothing of what is secret is to be seen, whatever is answered: reads and writes of users on purpose, which have it in the path, the
 * query, the body and the answer. What holds for every operation is in test/operations/everyOperation.test.ts.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { Users as Promises } from "@sunco/client/promise"
import * as Cause from "effect/Cause"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import type * as Tracer from "effect/Tracer"
import { inspect } from "node:util"
import * as RecordingTracer from "./RecordingTracer.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { after, answer, cut, html, json, type Reply, type SentRequest, silence, streamed } from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

/** Each stands in one place; none of them may turn up in anything that is printed, logged, traced or counted. */
const secrets = {
  keySecret: "Zs1KeySecret",
  token: "Zs2Token",
  id: "Zs3Id",
  externalId: "Zs4ExternalId",
  email: "Zs5Email",
  name: "Zs6Name",
  metadata: "Zs7Metadata",
  brand: "Zs8Brand",
  zendeskId: "Zs9ZendeskId",
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

const told = JSON.stringify({ user, errors: [{ code: "bad_request", title: secrets.vendorText }] })

const odd = {
  id: secrets.id,
  signedUpAt: { [secrets.vendorText]: null },
  profile: { email: [email] },
  metadata: { [secrets.metadata]: null, [email]: { a: 1 } }
}

const unlike = { code: `no user has ${email}`, title: secrets.vendorText }

const headers = {
  "x-request-id": `of ${secrets.header}`,
  "set-cookie": secrets.header,
  "content-type": "application/json"
}

const failing = (message: string, code: string): Reply => (request) =>
  Effect.fail(
    new HttpClientError.HttpClientError({
      reason: new HttpClientError.TransportError({
        request,
        cause: Object.assign(new Error(message), { code, address: secrets.cause })
      })
    })
  )

const failures: ReadonlyArray<readonly [what: string, reply: Reply]> = [
  ...[100, 201, 200, 204, 302, 400, 401, 403, 404, 408, 409, 413, 418, 429, 500, 503].map((status) =>
    [String(status), answer(status, told, { ...headers, "retry-after": "1" })] as const
  ),
  ["404 of the user", json(404, { errors: [{ code: "user_not_found", title: secrets.vendorText }] }, headers)],
  ["404 of the app", json(404, { errors: [{ code: "app_not_found", title: secrets.vendorText }] }, headers)],
  ["409 of create", json(409, { errors: [{ code: "conflict", title: secrets.vendorText }] }, headers)],
  ["a user that cannot be read", answer(200, JSON.stringify({ user: { ...user, id: null } }), headers)],
  ["errors with codes that are none", answer(400, JSON.stringify({ errors: [unlike] }), headers)],
  ["an error of v1", answer(403, JSON.stringify({ error: { ...unlike, description: secrets.name } }), headers)],
  ["a plain text", answer(503, told.slice(1), headers)],
  ["half a user", answer(200, told.slice(0, -5), headers)],
  ["a cut body", cut(200, told, headers)],
  ["a body that is too large", streamed(200, told.repeat(10), headers)],
  ["HTML", html(200)],
  ["a lost connection", failing(secrets.cause, "ECONNRESET")],
  ["no connection", failing(secrets.cause, "ECONNREFUSED")],
  ["a certificate that does not verify", failing(secrets.cause, "CERT_HAS_EXPIRED")],
  ["a defect", () => Effect.die(new Error(secrets.cause))],
  ["silence", silence],
  ["a late answer", after("3 seconds", answer(503, told, headers))]
]

const calls: ReadonlyArray<
  readonly [what: string, call: (client: TestClient.TestClient) => Effect.Effect<unknown, unknown>]
> = [
  ["create", ({ users }) => users.create({ ...payload, externalId: secrets.externalId, brandId: secrets.brand })],
  ["get", ({ users }) => users.get(secrets.id, { brandId: secrets.brand })],
  ["update", ({ users }) => users.update(email, payload)],
  ["listByEmail", ({ users }) => users.listByEmail(email)],
  ["upsert", ({ users }) => users.upsert({ ...payload, externalId: secrets.externalId })],
  [
    "request",
    ({ sunshine }) =>
      sunshine.request({
        operation: "Clients.create",
        method: "POST",
        path: ["v2", "apps", sunshine.appId, "users", secrets.id, "clients"],
        query: { email },
        body: payload
      })
  ]
]

const payload = { profile: { givenName: secrets.name, email }, metadata: { note: secrets.metadata } }

/** Everything that may become of an error: print it, dump it, log it. */
const views = (error: unknown, cause: Cause.Cause<unknown>): ReadonlyArray<string> => [
  String(error),
  error instanceof Error ? `${error.message} ${error.stack}` : "",
  JSON.stringify(error),
  JSON.stringify(cause),
  JSON.stringify(Exit.failCause(cause)),
  inspect(error, { depth: null, showHidden: true, getters: true }),
  inspect(cause, { depth: null, showHidden: true, getters: true }),
  Cause.pretty(cause)
]

const spanViews = (spans: ReadonlyArray<Tracer.NativeSpan>): ReadonlyArray<string> =>
  spans.map(({ attributes, events, links, name, status }) =>
    // What a span ended with is the caller's value where it succeeded, and no exporter looks at it.
    inspect({
      name,
      attributes,
      events,
      links,
      exit: status._tag === "Ended" && Exit.isFailure(status.exit) && status.exit
    }, { depth: null, showHidden: true, getters: true })
  )

/** Makes a call, logs how it failed, and gives everything that was to be seen of it, the log of the client included. */
const seen = (
  call: (client: TestClient.TestClient) => Effect.Effect<unknown, unknown>,
  reply: Reply,
  options: TestClient.Options
) =>
  Effect.gen(function*() {
    const { provide, spans } = RecordingTracer.make()
    const lines: Array<string> = []
    const loggers = [Logger.formatSimple, Logger.formatLogFmt, Logger.formatJson].map((logger) =>
      Logger.map(logger, (line) => void lines.push(line))
    )
    const client = yield* TestClient.scripted([reply], {
      maxResponseBytes: 1000,
      deadline: "20 seconds",
      ...options
    }).pipe(
      Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ SUNCO_LOG: "debug" })))
    )
    const text = yield* call(client).pipe(
      Effect.matchCauseEffect({
        onFailure: (cause) =>
          Effect.as(Effect.logError("it failed", cause, Cause.squash(cause)), views(Cause.squash(cause), cause)),
        onSuccess: () => Effect.succeed([])
      }),
      Effect.withSpan("caller"),
      provide,
      TestClient.throughTime,
      Effect.provide(Logger.layer(loggers)),
      Effect.provideService(References.MinimumLogLevel, "Debug"),
      Effect.provideService(Console.Console, { ...console, error: (line) => void lines.push(line) })
    )
    // For each attempt, once for each logger and once for stderr.
    if (client.sent.length > 0) assert.isAtLeast(lines.filter((line) => line.includes("durationMillis")).length, 4)
    return { sent: client.sent, text: [...text, ...lines, ...spanViews(spans)].join("\n") }
  })

const credentials: ReadonlyArray<readonly [what: string, options: TestClient.Options]> = [
  [
    "Basic",
    { credentials: Credentials.layerBasic({ keyId: "app_1", secret: Redacted.make(secrets.keySecret) }) }
  ],
  ["a token", { credentials: Credentials.layerBearerEffect(Effect.succeed(Redacted.make(secrets.token))) }]
]

describe.each(credentials)("with %s, nothing of what was sent or received is to be seen", (_, options) => {
  it.effect.each(calls)("when %s meets any failure", ([, call]) =>
    Effect.gen(function*() {
      const requests: Array<SentRequest> = []
      for (const [what, reply] of failures) {
        const { sent, text } = yield* seen(call, reply, options)
        requests.push(...sent)
        assert.deepStrictEqual(leaksOf(text), [], what)
        for (const { headers } of sent) assert.notInclude(text, String(headers["authorization"]), what)
      }
      // The secrets were there to be leaked.
      assert.isNotEmpty(leaksOf(JSON.stringify(requests.map(({ body, url }) => [body, url]))))
    }))

  it.effect.each(calls)("when %s succeeds", ([, call]) =>
    Effect.gen(function*() {
      for (const status of [200, 201]) {
        for (const answered of [user, odd]) {
          const reply = json(status, { user: answered, users: [answered, { [secrets.name]: email }] }, headers)
          for (const strictResponses of [false, true]) {
            const { text } = yield* seen(call, reply, { ...options, strictResponses })
            assert.deepStrictEqual(leaksOf(text), [])
          }
        }
      }
    }))
})

const long = (secret: string): string => secret.padEnd(2000, secret)

const refused: typeof calls = [
  ["an externalId", ({ users }) => users.create({ externalId: long(secrets.externalId) })],
  ["a brand", ({ users }) => users.get(secrets.id, { brandId: long(secrets.brand) })],
  ["an id", ({ users }) => users.get(`${secrets.id}\ud83e`)],
  ["a zendeskId", ({ users }) => users.sync(`${secrets.zendeskId}\ud83e`)],
  ["an e-mail address", ({ users }) => users.listByEmail(`${email}\ud83e`)],
  ["a name", ({ users }) => users.update(secrets.id, { profile: { givenName: long(secrets.name) } })],
  ["an avatar", ({ users }) => users.update(secrets.id, { profile: { avatarUrl: secrets.name } })],
  ["a time", ({ users }) => users.create({ signedUpAt: secrets.name })],
  ["metadata", ({ users }) => users.create({ metadata: { note: long(secrets.metadata).repeat(3) } })],
  [
    "keys of metadata",
    ({ users }) => users.create(JSON.parse(`{"metadata":{"${email}":null,"${secrets.metadata}":[]}}`))
  ],
  [
    "a field that there is not",
    ({ users }) => users.create(JSON.parse(`{"${email}":1,"profile":{"${secrets.name}":1}}`))
  ],
  // Types do not hold what is parsed from somewhere.
  [
    "another type",
    ({ users }) => users.create(JSON.parse(`{"profile":["${secrets.name}"],"metadata":"${email}"}`))
  ],
  ["no object", ({ users }) => users.create(JSON.parse(`"${secrets.name}"`))],
  [
    "a path",
    ({ sunshine }) =>
      sunshine.request({ operation: "Some.call", method: "GET", path: ["v2", "apps", `${secrets.id}\ud83e`] })
  ],
  [
    "a query",
    ({ sunshine }) =>
      sunshine.request({
        operation: "Some.call",
        method: "GET",
        path: ["v2"],
        query: { email: `${email}\ud83e` }
      })
  ],
  [
    "a body",
    ({ sunshine }) =>
      sunshine.request({ operation: "Some.call", method: "POST", path: ["v2"], body: { [secrets.name]: 1n } })
  ]
]

it.effect.each(refused)("nothing is to be seen of %s that is refused", ([, call]) =>
  Effect.gen(function*() {
    const { sent, text } = yield* seen(call, silence, {})
    assert.lengthOf(sent, 0)
    assert.include(text, "InvalidInput")
    assert.deepStrictEqual(leaksOf(text), [])
  }))

it.effect("nothing is to be seen of why credentials could not be had", () =>
  Effect.gen(function*() {
    const { text } = yield* seen(({ users }) => users.get(secrets.id), silence, {
      credentials: Credentials.layerBearerEffect(Effect.fail(new Error(secrets.token)))
    })
    assert.include(text, "CredentialsUnavailable")
    assert.deepStrictEqual(leaksOf(text), [])
  }))

describe("without Effect, nothing of what was sent or received is in the log", () => {
  it.live.each(calls)("of %s", ([, call]) =>
    Effect.gen(function*() {
      const lines: Array<string> = []
      for (const [what, reply] of [...failures, ["a success", json(200, { user, users: [user] }, headers)] as const]) {
        const { httpClient } = ScriptedTransport.make([reply])
        yield* Effect.promise(async () => {
          await using users = Promises.make({
            appId: TestClient.appId,
            subdomain: "example",
            credentials: { keyId: "app_1", secret: secrets.keySecret },
            transport: Layer.succeed(HttpClient.HttpClient, httpClient),
            maxResponseBytes: 1000,
            attemptTimeout: 10,
            retry: { attempts: 2, baseDelay: 0, maxRetryAfter: 0, budget: "unlimited" },
            logger: { debug: (message, fields) => void lines.push(`${message} ${inspect(fields)}`) }
          })
          await Effect.runPromise(Effect.exit(call(effectsOf(users))))
        })
        assert.include(lines.at(-1), "durationMillis", what)
      }
      assert.deepStrictEqual(leaksOf(lines.join("\n")), [])
    }))
})

/** The promise face, as the calls above take a client. */
const effectsOf = (users: Promises): TestClient.TestClient => {
  const methods = Object.fromEntries(
    Object.entries(users).map(([name, method]) => [
      name,
      typeof method === "function"
        ? (...args: ReadonlyArray<unknown>) => Effect.tryPromise(() => method(...args))
        : method
    ])
  )
  return { users: methods, sunshine: methods } as unknown as TestClient.TestClient
}

it.effect("no metric has a label of what was sent or received", () =>
  Effect.gen(function*() {
    for (const [, call] of calls) {
      for (const [, reply] of failures) yield* seen(call, reply, {})
      yield* seen(call, json(200, { user: odd, users: [odd] }, headers), {})
    }
    const metrics = JSON.stringify(yield* Metric.snapshot)
    assert.include(metrics, "sunco.client.requests")
    assert.include(metrics, "sunco.client.put_aside")
    assert.deepStrictEqual(leaksOf(metrics), [])
  }))

it.effect("nothing is to be seen of credentials and clients themselves", () =>
  Effect.gen(function*() {
    const key = { keyId: "app_1", secret: Redacted.make(secrets.keySecret) }
    const token = Redacted.make(secrets.token)
    const all = [
      Credentials.makeBasic(key),
      Credentials.makeBearer(token),
      yield* Credentials.makeBearerEffect(Effect.succeed(token)),
      yield* Credentials.makeJwt({ ...key, scope: "app" })
    ]
    for (const credentials of all) {
      const authorization = yield* credentials.current
      const client = yield* TestClient.scripted([json(200, { user })], {
        credentials: Layer.succeed(Credentials.Credentials, credentials)
      })
      yield* client.users.get("ada")
      for (const value of [credentials, authorization, client.users, client.sunshine]) {
        const text = `${String(value)} ${inspect(value, { depth: null, showHidden: true, getters: true })}`
        assert.deepStrictEqual(leaksOf(text), [])
        assert.notInclude(text, String(client.sent[0]?.headers["authorization"]).replace(/^\w+ /, ""))
      }
    }
  }))
