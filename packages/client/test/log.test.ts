import { assert, describe, it } from "@effect/vitest"
import * as Circuit from "@sunco/client/Circuit"
import * as Credentials from "@sunco/client/Credentials"
import * as Limiter from "@sunco/client/Limiter"
import { type Logger as PromiseLogger, type Parts, Users as PromiseUsers } from "@sunco/client/promise"
import { SettingsError } from "@sunco/client/SettingsError"
import { Sunshine } from "@sunco/client/Sunshine"
import { Switchboards } from "@sunco/client/Switchboards"
import { Users } from "@sunco/client/Users"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import { ada } from "./Operations.ts"
import * as RecordingTracer from "./RecordingTracer.ts"
import {
  after,
  answer,
  cut,
  errors,
  json,
  make as scriptedTransport,
  refused,
  type Reply,
  reset,
  silence
} from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

const found = json(200, { user: ada })

const created = json(201, { user: ada })

const debug = Effect.provideService(References.MinimumLogLevel, "Debug")

const sunco = (level: string | undefined) =>
  ConfigProvider.layer(ConfigProvider.fromUnknown(level === undefined ? {} : { SUNCO_LOG: level }))

interface Line {
  readonly text: string
  readonly level: string
  readonly annotations: object
  readonly spans: object
}

/** What the program's loggers are told. */
const logged = <E, R>(effect: Effect.Effect<unknown, E, R>): Effect.Effect<ReadonlyArray<Line>, never, R> => {
  const lines: Array<Line> = []
  const logger = Logger.map(Logger.formatStructured, ({ annotations, level, message, spans }) => {
    lines.push({ text: String(message), level, annotations, spans })
  })
  return effect.pipe(Effect.exit, Effect.as(lines), Effect.provide(Logger.layer([logger])))
}

/** What is written to the console, by whom. */
const printed = <E, R>(effect: Effect.Effect<unknown, E, R>) => {
  const log: Array<ReadonlyArray<unknown>> = []
  const error: Array<ReadonlyArray<unknown>> = []
  const console: Console.Console = {
    ...globalThis.console,
    log: (...args) => void log.push(args),
    error: (...args) => void error.push(args)
  }
  return effect.pipe(Effect.exit, Effect.as({ log, error }), Effect.provideService(Console.Console, console))
}

const get = "GET /v2/apps/:appId/users/:userIdOrExternalId"

const post = "POST /v2/apps/:appId/users"

const list = "GET /v2/apps/:appId/switchboards"

const stories: ReadonlyArray<{
  readonly what: string
  readonly script: readonly [Reply, ...Array<Reply>]
  readonly call: (client: TestClient.TestClient) => Effect.Effect<unknown, unknown>
  readonly options?: TestClient.Options
  readonly layer?: Layer.Layer<never>
  readonly lines: ReadonlyArray<readonly [text: string, fields: object]>
}> = [
  {
    what: "a success",
    script: [after("30 millis", found)],
    call: ({ users }) => users.get("ada"),
    lines: [["Users.get: 200", { attempt: 1, request: get, status: 200, durationMillis: 30 }]]
  },
  {
    what: "fields that are not as documented",
    script: [json(200, { user: { ...ada, signedUpAt: null, metadata: { plan: "pro", "ada@example.com": [] } } })],
    call: ({ users }) => users.get("ada"),
    lines: [
      ["Users.get: 200", { attempt: 1, request: get, status: 200, durationMillis: 0 }],
      ["Users.get: fields that are not as documented were put aside", {
        putAside: ["user.signedUpAt", "user.metadata.*"]
      }]
    ]
  },
  {
    what: "an outcome of the domain",
    script: [errors(404, "user_not_found")],
    call: ({ users }) => users.get("ada"),
    lines: [
      ["Users.get: 404, UserNotFound", {
        attempt: 1,
        request: get,
        status: 404,
        durationMillis: 0,
        outcome: "UserNotFound"
      }]
    ]
  },
  {
    what: "repetitions and their waits",
    script: [refused, json(429, {}, { "retry-after": "1" }), cut(200), found],
    call: ({ users }) => users.get("ada"),
    lines: [
      ["Users.get: ECONNREFUSED, again in 200 ms", {
        attempt: 1,
        request: get,
        error: "ECONNREFUSED",
        durationMillis: 0,
        waitMillis: 200,
        waitFor: "back-off"
      }],
      ["Users.get: 429, again in 1400 ms", {
        attempt: 2,
        request: get,
        status: 429,
        durationMillis: 0,
        waitMillis: 1400,
        waitFor: "retry-after"
      }],
      ["Users.get: UND_ERR_SOCKET, again in 800 ms", {
        attempt: 3,
        request: get,
        status: 200,
        error: "UND_ERR_SOCKET",
        durationMillis: 0,
        waitMillis: 800,
        waitFor: "back-off"
      }],
      ["Users.get: 200", { attempt: 4, request: get, status: 200, durationMillis: 0 }]
    ]
  },
  {
    what: "why it stops",
    script: [silence],
    call: ({ users }) => users.create({}, { attemptTimeout: "2 seconds" }),
    lines: [
      ["Users.create: timeout, Timeout, stopped: unsafe", {
        attempt: 1,
        request: post,
        error: "timeout",
        durationMillis: 2000,
        reason: "Timeout",
        stopped: "unsafe",
        applied: "unknown"
      }]
    ]
  },
  {
    what: "a look-up",
    script: [cut(201), errors(409, "conflict"), found],
    call: ({ users }) => users.create({ externalId: "ada" }, { retry: { baseDelay: 0 } }),
    lines: [
      ["Users.create: UND_ERR_SOCKET, again in 0 ms", {
        attempt: 1,
        request: post,
        status: 201,
        error: "UND_ERR_SOCKET",
        durationMillis: 0,
        waitMillis: 0,
        waitFor: "back-off"
      }],
      [`Users.create: 409, then ${get}`, { attempt: 2, request: post, status: 409, durationMillis: 0 }],
      ["Users.create: 200", { attempt: 3, request: get, status: 200, durationMillis: 0 }]
    ]
  },
  {
    what: "a method of several calls as one",
    script: [errors(404, "user_not_found"), created],
    call: ({ users }) => users.getOrCreate({ externalId: "ada" }),
    lines: [
      ["Users.getOrCreate: 404, UserNotFound", {
        attempt: 1,
        request: get,
        status: 404,
        durationMillis: 0,
        outcome: "UserNotFound"
      }],
      ["Users.getOrCreate: 201", { attempt: 2, request: post, status: 201, durationMillis: 0 }]
    ]
  },
  {
    what: "a look-up that settles nothing, with the reason",
    script: [json(200, { switchboards: [] }), reset, json(200, { switchboards: [{ id: "b1" }, { id: "b2" }] })],
    call: ({ sunshine }) =>
      Switchboards.use((switchboards) => switchboards.create({ retry: { baseDelay: 0 } })).pipe(
        Effect.provide(Switchboards.layerNoDeps),
        Effect.provideService(Sunshine, sunshine)
      ),
    lines: [
      ["Switchboards.create: 200", { attempt: 1, request: list, status: 200, durationMillis: 0 }],
      ["Switchboards.create: ECONNRESET, again in 0 ms", {
        attempt: 2,
        request: list.replace("GET", "POST"),
        error: "ECONNRESET",
        durationMillis: 0,
        waitMillis: 0,
        waitFor: "back-off"
      }],
      ["Switchboards.create: 200, UnexpectedResponse, stopped: not-retryable", {
        attempt: 3,
        request: list,
        status: 200,
        durationMillis: 0,
        reason: "UnexpectedResponse",
        stopped: "not-retryable",
        applied: "unknown"
      }]
    ]
  },
  {
    what: "an answer that cannot be read",
    script: [answer(201, "{")],
    call: ({ users }) => users.create({}),
    lines: [
      ["Users.create: 201, UnexpectedResponse, stopped: not-retryable", {
        attempt: 1,
        request: post,
        status: 201,
        durationMillis: 0,
        reason: "UnexpectedResponse",
        stopped: "not-retryable",
        applied: "yes"
      }]
    ]
  },
  {
    what: "credentials that are renewed",
    script: [errors(401, "unauthorized"), found],
    call: ({ users }) => users.get("ada"),
    options: { credentials: Credentials.layerBearerEffect(Effect.sync(() => Redacted.make("a token"))) },
    lines: [
      ["Users.get: 401, again with fresh credentials", { attempt: 1, request: get, status: 401, durationMillis: 0 }],
      ["Users.get: 200", { attempt: 2, request: get, status: 200, durationMillis: 0 }]
    ]
  },
  {
    what: "credentials that cannot be had",
    script: [found],
    call: ({ users }) => users.get("ada"),
    options: { credentials: Credentials.layerBearerEffect(Effect.fail("no")) },
    lines: [["Users.get: CredentialsUnavailable", { reason: "CredentialsUnavailable", applied: "no" }]]
  },
  {
    what: "the wait for the limiter",
    script: [found],
    call: ({ users }) => Effect.andThen(users.get("ada"), users.get("ada")),
    layer: Limiter.layerMemory({ limit: 1, window: "3 seconds" }),
    lines: [
      ["Users.get: 200", { attempt: 1, request: get, status: 200, durationMillis: 0 }],
      ["Users.get: waited 3000 ms for the limiter", { waitMillis: 3000, waitFor: "limiter" }],
      ["Users.get: 200", { attempt: 1, request: get, status: 200, durationMillis: 0 }]
    ]
  },
  {
    what: "a circuit breaker that is open",
    script: [json(503, {})],
    call: ({ users }) => Effect.andThen(Effect.exit(users.get("ada")), users.get("ada")),
    options: { retry: "never" },
    layer: Circuit.layer({ failures: 1 }),
    lines: [
      ["Users.get: 503, ServerError, stopped: attempts", {
        attempt: 1,
        request: get,
        status: 503,
        durationMillis: 0,
        reason: "ServerError",
        stopped: "attempts",
        applied: "no"
      }],
      ["Users.get: CircuitOpen, stopped: circuit", { reason: "CircuitOpen", stopped: "circuit", applied: "no" }]
    ]
  },
  {
    what: "a call that is given up in an attempt",
    script: [silence],
    call: ({ users }) => Effect.timeout(users.get("ada"), "3 seconds"),
    lines: [["Users.get: interrupted", { attempt: 1, request: get, durationMillis: 3000 }]]
  },
  {
    what: "a call that is given up in a wait",
    script: [json(429, {}, { "retry-after": "20" })],
    call: ({ users }) => Effect.timeout(users.get("ada"), "3 seconds"),
    lines: [
      ["Users.get: 429, again in 20200 ms", {
        attempt: 1,
        request: get,
        status: 429,
        durationMillis: 0,
        waitMillis: 20200,
        waitFor: "retry-after"
      }],
      ["Users.get: interrupted", {}]
    ]
  },
  {
    what: "a request without a method, by the template of its path",
    script: [found],
    call: ({ sunshine }) =>
      sunshine.request({
        operation: "Clients.list",
        method: "GET",
        path: ["v2", "apps", "a1", "users", "ada", "clients"]
      }),
    lines: [
      ["Clients.list: 200", {
        attempt: 1,
        request: "GET /v2/apps/{}/users/{}/clients",
        status: 200,
        durationMillis: 0
      }]
    ]
  }
]

const annotated = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`sunco.${name}`, value]))

describe("at debug level, the program's loggers are told", () => {
  it.effect.each(stories)("$what", ({ call, layer = Layer.empty, lines, options, script }) =>
    Effect.gen(function*() {
      const told = yield* TestClient.scripted(script, options).pipe(
        Effect.flatMap(call),
        TestClient.drawing(1),
        TestClient.throughTime,
        debug,
        logged,
        Effect.provide(layer)
      )
      assert.deepStrictEqual(
        told.map(({ annotations, level, text }) => [text, level, annotations]),
        lines.map(([text, fields]) => [
          text,
          "DEBUG",
          annotated({ operation: text.slice(0, text.indexOf(":")), ...fields })
        ])
      )
    }))

  it.effect("beside the caller's log annotations and spans, and the span of the method", () =>
    Effect.gen(function*() {
      const { provide, spans } = RecordingTracer.make()
      const { users } = yield* TestClient.scripted([found])
      const seen: Array<string | undefined> = []
      const [line] = yield* users.get("ada").pipe(
        Effect.annotateLogs({ job: "nightly", operation: "import" }),
        Effect.withLogSpan("import"),
        Effect.withSpan("caller"),
        provide,
        debug,
        Effect.provide(Logger.layer([Logger.make(({ fiber }) => void seen.push(fiber.cache.span?.spanId))], {
          mergeWithExisting: true
        })),
        logged
      )
      assert.deepInclude(line?.annotations, { job: "nightly", operation: "import", "sunco.operation": "Users.get" })
      assert.deepStrictEqual(line?.spans, { import: 0 })
      assert.deepStrictEqual(seen, [spans.find(({ name }) => name === "Users.get")?.spanId])
    }))

  it.effect.each(["Trace", "All"] as const)("and at %s", (level) =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([found])
      assert.lengthOf(yield* logged(Effect.provideService(users.get("ada"), References.MinimumLogLevel, level)), 1)
    }))

  it.effect.each(["Info", "Warn", "None"] as const)("but for a minimum level of %s", (level) =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([found])
      const told = yield* logged(Effect.provideService(users.get("ada"), References.MinimumLogLevel, level))
      assert.deepStrictEqual(told, [])
    }))

  it.effect("whose annotations are the caller's again afterwards", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([found])
      const told = yield* Effect.andThen(users.get("ada"), Effect.logDebug("mine")).pipe(
        Effect.annotateLogs("job", "nightly"),
        debug,
        logged
      )
      assert.deepStrictEqual(told[1], { text: "mine", level: "DEBUG", annotations: { job: "nightly" }, spans: {} })
    }))

  it.effect.each([false, true])(
    "and where there are none but Effect's, what these print (LogToStderr: %s)",
    (toStderr) =>
      Effect.gen(function*() {
        // The client asks for the loggers by this key.
        assert.strictEqual(References.CurrentLoggers.key, "effect/Logger/CurrentLoggers")
        const { provide, spans } = RecordingTracer.make()
        const { users } = yield* TestClient.scripted([found])
        const like = Effect.annotateLogs(
          Effect.logDebug("Users.get: 200"),
          annotated({ operation: "Users.get", attempt: 1, request: get, status: 200, durationMillis: 0 })
        ).pipe(Effect.withSpan("like"))
        const { error, log } = yield* Effect.andThen(like, users.get("ada")).pipe(
          Effect.annotateLogs("job", "nightly"),
          Effect.withLogSpan("a job"),
          debug,
          provide,
          Effect.provideService(References.LogToStderr, toStderr),
          printed
        )
        const [theirs, ours] = toStderr ? error : log
        assert.deepStrictEqual(ours, theirs)
        assert.include(String(ours?.[0]), "a_job=0ms")
        const [theirEvent, ourEvent] = ["like", "Users.get"].map((span) =>
          spans.find(({ name }) => name === span)?.events[0]
        )
        assert.deepStrictEqual(ourEvent?.slice(0, 2), theirEvent?.slice(0, 2))
        assert.deepInclude(theirEvent?.[2], ourEvent?.[2] ?? {})
      })
  )
})

describe("SUNCO_LOG", () => {
  const run = (level: string | undefined) =>
    TestClient.scripted([after("30 millis", refused), after("40 millis", found)]).pipe(
      Effect.provide(sunco(level)),
      Effect.flatMap(({ users }) => users.get("ada")),
      TestClient.drawing(1),
      TestClient.throughTime,
      printed
    )

  it.effect("writes a line in logfmt to stderr for each attempt, whatever the minimum level is", () =>
    Effect.gen(function*() {
      const { error, log } = yield* run("debug")
      assert.deepStrictEqual(log, [])
      assert.deepStrictEqual(error.flat(), [
        "time=1970-01-01T00:00:00.030Z level=debug msg=\"Users.get: ECONNREFUSED, again in 200 ms\" operation=Users.get "
        + `attempt=1 request="${get}" error=ECONNREFUSED durationMillis=30 waitMillis=200 waitFor=back-off`,
        "time=1970-01-01T00:00:00.270Z level=debug msg=\"Users.get: 200\" operation=Users.get "
        + `attempt=2 request="${get}" status=200 durationMillis=40`
      ])
    }))

  it.effect.each(["off", "", undefined])("writes nothing where it is %s", (level) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* run(level), { log: [], error: [] })
    }))

  const failureWith = (environment: Layer.Layer<never>) =>
    Users.make({ appId: TestClient.appId, subdomain: "example" }).pipe(
      Effect.flip,
      Effect.provide([
        Credentials.layerBasic(TestClient.key),
        Layer.succeed(HttpClient.HttpClient, scriptedTransport([found]).httpClient),
        environment
      ])
    )

  it.effect.each(["info", "DEBUG", " debug", "true", "1"])(
    "is a setting that is wrong where it is %s",
    (level) =>
      Effect.gen(function*() {
        const error = yield* failureWith(sunco(level))
        assert.instanceOf(error, SettingsError)
        assert.strictEqual(error.message, "SUNCO_LOG must be debug or off, or not be set")
      })
  )

  it.effect("is a setting that is wrong where it cannot be read", () =>
    Effect.gen(function*() {
      const failing = ConfigProvider.layer(
        ConfigProvider.make(() => Effect.fail(new ConfigProvider.SourceError({ message: "no" })))
      )
      const error = yield* failureWith(failing)
      assert.strictEqual(error.message, "SUNCO_LOG cannot be read")
    }))

  it.effect("keeps to one line, whatever an operation is called", () =>
    Effect.gen(function*() {
      const { error } = yield* TestClient.scripted([found]).pipe(
        Effect.provide(sunco("debug")),
        Effect.flatMap(({ sunshine }) => sunshine.request({ operation: "a \"b\"=é", method: "GET", path: ["v2"] })),
        printed
      )
      assert.include(error[0]?.[0], "operation=\"a \\\"b\\\"=é\"")
      assert.notMatch(String(error[0]?.[0]), /[\n\r]/)
    }))
})

describe("a logger that throws", () => {
  const broken = (): never => {
    throw new Error("the logger is broken")
  }

  it.effect("fails no call and hides no line from others", () =>
    Effect.gen(function*() {
      const client = yield* TestClient.scripted([refused, found]).pipe(Effect.provide(sunco("debug")))
      const lines: Array<unknown> = []
      const user = yield* client.users.get("ada").pipe(
        TestClient.throughTime,
        debug,
        Effect.provide(Logger.layer([Logger.make(broken), Logger.make(({ message }) => void lines.push(message))])),
        Effect.provideService(Console.Console, { ...globalThis.console, error: broken })
      )
      assert.deepStrictEqual(user, ada)
      assert.lengthOf(lines, 2)
    }))

  const loggers: ReadonlyArray<readonly [what: string, logger: PromiseLogger]> = [
    ["throws", { debug: broken }],
    ["rejects", { debug: () => Promise.reject(new Error("the logger is broken")) }]
  ]

  it.each(loggers)("fails no promise when it %s", async (_, logger) => {
    await using users = promises([found], { logger })
    assert.deepStrictEqual(await users.get("ada"), ada)
  })
})

const promises = (script: Parameters<typeof scriptedTransport>[0], parts: Partial<Parts>): PromiseUsers =>
  PromiseUsers.make({
    appId: TestClient.appId,
    subdomain: "example",
    credentials: { token: "a token" },
    retry: { baseDelay: 0 },
    transport: Layer.succeed(HttpClient.HttpClient, scriptedTransport(script).httpClient),
    ...parts
  })

describe("without Effect", () => {
  it("a logger is told, as its method, what the client does", async () => {
    const lines: Array<readonly [string, object]> = []
    class Kept implements PromiseLogger {
      private readonly lines = lines
      debug(message: string, fields: object) {
        this.lines.push([message, { ...fields, durationMillis: undefined }])
      }
    }
    await using users = promises([refused, found], { logger: new Kept() })
    await users.get("ada")
    const same = { operation: "Users.get", request: get, durationMillis: undefined }
    assert.deepStrictEqual(lines, [
      ["Users.get: ECONNREFUSED, again in 0 ms", {
        ...same,
        attempt: 1,
        error: "ECONNREFUSED",
        waitMillis: 0,
        waitFor: "back-off"
      }],
      ["Users.get: 200", { ...same, attempt: 2, status: 200 }]
    ])
  })

  it("console is such a logger", () => {
    const logger: PromiseLogger = console
    assert.isFunction(logger.debug)
  })

  it("SUNCO_LOG and the loggers of layers count too", async () => {
    const written: Array<unknown> = []
    const told: Array<unknown> = []
    await using users = promises([found], {
      layers: [
        sunco("debug"),
        Layer.succeed(Console.Console, { ...globalThis.console, error: (line: unknown) => void written.push(line) }),
        Layer.succeed(References.MinimumLogLevel, "Debug"),
        Logger.layer([Logger.make(({ message }) => void told.push(message))])
      ]
    })
    await users.get("ada")
    assert.match(String(written), /^time=\S+ level=debug msg="Users.get: 200" /)
    assert.deepStrictEqual(told, [["Users.get: 200"]])
  })

  it.each([null, {}, "console", { debug: true }])("a logger that is none (%j) is a setting that is wrong", (logger) => {
    assert.throws(
      // Types do not hold in JavaScript.
      () => promises([found], { logger: logger as never }),
      "logger must be an object with a method debug(message, fields)"
    )
  })
})
