import * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import { SettingsError } from "@sunco/effect3/SettingsError"
import { Users } from "@sunco/effect3/Users"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import { afterEach, assert, describe, it, vi } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const get = Effect.flatMap(Users, (users) => users.get("ada"))

const unavailable = ScriptedTransport.errors(503, "service_unavailable")

const withEnvironment = (variables: Record<string, string>) =>
  Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(variables))))

/** What the application's loggers are told. */
const logged = async (level: LogLevel.LogLevel) => {
  const lines: Array<object> = []
  const logger = Logger.map(Logger.structuredLogger, ({ annotations, logLevel, message, spans }) => {
    lines.push({ annotations, logLevel, message, spans: Object.keys(spans) })
  })
  const { httpClient } = ScriptedTransport.make([unavailable, ScriptedTransport.found])
  await Effect.runPromise(
    get.pipe(
      Effect.annotateLogs("job", "nightly"),
      Effect.withLogSpan("import"),
      Effect.provide(ScriptedTransport.users(httpClient, { retry: { baseDelay: 0 } })),
      Effect.provide(Logger.replace(Logger.defaultLogger, logger)),
      Logger.withMinimumLogLevel(level)
    )
  )
  return lines
}

describe("the application's loggers", () => {
  it("are told at debug level, beside the caller's annotations and spans, what the client does", async () => {
    const lines = await logged(LogLevel.Debug)
    const request = "GET /v2/apps/:appId/users/:userIdOrExternalId"
    const line = (message: string, fields: object) => ({
      annotations: {
        job: "nightly",
        "sunco.operation": "Users.get",
        "sunco.request": request,
        ...fields
      },
      logLevel: "DEBUG",
      message,
      spans: ["import"]
    })
    assert.deepStrictEqual(
      lines.map((line) =>
        JSON.parse(JSON.stringify(line, (key, value) => key === "sunco.durationMillis" ? undefined : value))
      ),
      [
        line("Users.get: 503, again in 0 ms", {
          "sunco.attempt": 1,
          "sunco.status": 503,
          "sunco.waitMillis": 0,
          "sunco.waitFor": "back-off"
        }),
        line("Users.get: 200", { "sunco.attempt": 2, "sunco.status": 200 })
      ]
    )
  })

  it.each([LogLevel.Info, LogLevel.None])("are told nothing at $label", async (level) => {
    assert.deepStrictEqual(await logged(level), [])
  })

  it("see nothing of what was sent or received", async () => {
    const id = "Zs1Id"
    const email = "Zs2Email@example.com"
    const user = { id, externalId: id, profile: { givenName: "Zs3Name", email }, metadata: { note: "Zs4Note" } }
    const methods: ReadonlyArray<(users: Users["Type"]) => Effect.Effect<unknown, unknown>> = [
      (users) => users.create({ externalId: id, profile: user.profile }),
      (users) => users.get(id, { brandId: "Zs5Brand" }),
      (users) => users.update(email, { metadata: user.metadata }),
      (users) => users.delete(id),
      (users) => users.deletePersonalInformation(id),
      (users) => users.listByEmail(email),
      (users) => users.sync(id, { survivingZendeskId: id }),
      (users) => users.getOrCreate({ externalId: id }),
      (users) => users.upsert({ externalId: id, profile: user.profile })
    ]
    const told = { user, users: [user], errors: [{ code: "bad_request", title: "Zs6Text" }] }
    const replies = [200, 201, 400, 401, 404, 409, 429, 503].map((status) =>
      ScriptedTransport.json(status, told, { "x-request-id": "Zs7Header" })
    ).concat(ScriptedTransport.cut(200, "ECONNRESET"))
    const lines: Array<string> = []
    for (const method of methods) {
      for (const reply of replies) {
        const { httpClient } = ScriptedTransport.make([reply])
        const before = lines.length
        await Effect.runPromise(
          Effect.exit(Effect.flatMap(Users, method)).pipe(
            Effect.provide(ScriptedTransport.users(httpClient, { retry: { baseDelay: 0 } })),
            Effect.provide(
              Logger.replace(Logger.defaultLogger, Logger.map(Logger.jsonLogger, (line) => lines.push(line)))
            ),
            Logger.withMinimumLogLevel(LogLevel.Debug)
          )
        )
        assert.isAbove(lines.length, before)
      }
    }
    assert.deepStrictEqual(lines.filter((line) => /Zs\d|battery/.test(line)), [])
  })

  it("that throw fail no call", async () => {
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.found])
    const user = await Effect.runPromise(
      get.pipe(
        Effect.provide(ScriptedTransport.users(httpClient)),
        Effect.provide(Logger.replace(Logger.defaultLogger, Logger.make(() => assert.fail("the logger is broken")))),
        Logger.withMinimumLogLevel(LogLevel.Debug)
      )
    )
    assert.strictEqual(user.externalId, "ada")
  })
})

describe("SUNCO_LOG of the application's ConfigProvider", () => {
  afterEach(() => void vi.restoreAllMocks())

  const settings = {
    SUNCO_APP_ID: "app1",
    SUNCO_SUBDOMAIN: "example",
    SUNCO_KEY_ID: "app_1",
    SUNCO_KEY_SECRET: "a secret"
  }

  const transport = () =>
    Layer.succeed(HttpClient.HttpClient, ScriptedTransport.make([ScriptedTransport.found]).httpClient)

  const clients: ReadonlyArray<readonly [what: string, layer: () => Layer.Layer<Users, unknown>]> = [
    [
      "whose settings are given",
      () => ScriptedTransport.users(ScriptedTransport.make([ScriptedTransport.found]).httpClient)
    ],
    ["of the environment", () => Layer.provide(Users.layerFromConfig(), transport())]
  ]

  it.each(clients)("writes the log of a client %s to stderr", async (_, layer) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {})
    await Effect.runPromise(
      get.pipe(Effect.provide(layer()), withEnvironment({ ...settings, SUNCO_LOG: "debug" }))
    )
    assert.lengthOf(error.mock.calls, 1)
    assert.match(
      String(error.mock.calls[0]),
      /^time=\S+ level=debug msg="Users.get: 200" operation=Users.get attempt=1 /
    )
  })

  it.each(["off", ""])("writes nothing where it is \"%s\"", async (level) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {})
    await Effect.runPromise(
      get.pipe(Effect.provide(clients[1]![1]()), withEnvironment({ ...settings, SUNCO_LOG: level }))
    )
    assert.deepStrictEqual(error.mock.calls, [])
  })

  it.each(["make", "layerFromConfig"] as const)("is a SettingsError of %s where it is anything else", async (by) => {
    const layer: Layer.Layer<Users, unknown, HttpClient.HttpClient> = by === "layerFromConfig"
      ? Users.layerFromConfig()
      : Layer.provide(
        Users.layer({ appId: "app1", subdomain: "example" }),
        Credentials.layerBasic(ScriptedTransport.key)
      )
    const error = await Effect.runPromise(
      Layer.build(Layer.provide(layer, transport())).pipe(
        Effect.scoped,
        Effect.flip,
        withEnvironment({ ...settings, SUNCO_LOG: "verbose" })
      )
    )
    assert.strictEqual(error instanceof SettingsError && error.message, "SUNCO_LOG must be debug or off, or not be set")
  })
})
