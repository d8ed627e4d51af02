import { assert, describe, it } from "@effect/vitest"
import * as Circuit from "@sunco/client/Circuit"
import * as Credentials from "@sunco/client/Credentials"
import * as Limiter from "@sunco/client/Limiter"
import { SettingsError, SunshineError, Users as PromiseUsers } from "@sunco/client/promise"
import { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { ada, compositions } from "./Operations.ts"
import { json } from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

const { appId, key } = TestClient

const time = "a length of time above zero, such as \"5 seconds\" or 5000 (milliseconds)"
const finiteTime = `a finite length of time above zero, such as "5 seconds" or 5000 (milliseconds)`
const finiteWait = `a finite length of time, such as "5 seconds" or 5000 (milliseconds)`
const wait = `a length of time, such as "5 seconds" or 5000 (milliseconds)`
const wholeAboveZero = "a whole number above zero"
const budget = "\"unlimited\" or an object"

const noTimes = [
  0,
  -1,
  NaN,
  -Infinity,
  "",
  "0 seconds",
  "-5 seconds",
  "5s",
  "soon",
  "5",
  {},
  { second: 5 },
  [],
  null,
  true
]

/** An option, what must be there, and what means nothing there. */
const meaningless: ReadonlyArray<readonly [option: string, expected: string, values: ReadonlyArray<unknown>]> = [
  ["attemptTimeout", time, noTimes],
  ["deadline", time, noTimes],
  [
    "retry",
    "\"never\" or \"unapplied-only\" or an object",
    ["sometimes", "", 3, true, null, () => "never"]
  ],
  ["retry.attempts", wholeAboveZero, [0, -1, 1.5, NaN, Infinity, "4", 4n, null]],
  ["retry.baseDelay", finiteWait, [-1, NaN, Infinity, "soon", {}]],
  ["retry.maxDelay", wait, [-1, NaN, "soon", {}]],
  ["retry.maxRetryAfter", wait, [-1, NaN, "soon", {}]],
  ["retry.afterAmbiguous", "\"by-operation\" or \"never\" or \"always\"", ["sometimes", 1, null]],
  ["retry.budget", budget, ["unlimit", 10, null]],
  ["retry.budget.retries", "a whole number, zero or above", [{ retries: -1, callsPerRetry: 1 }]],
  ["retry.budget.callsPerRetry", wholeAboveZero, [{ retries: 1, callsPerRetry: 0 }]],
  ["retry.budget.callsPerRetry", "set", [{ retries: 1 }]],
  ["maxResponseBytes", "a whole number of bytes above zero", [0, -1, "1", null]],
  ["userAgent", "text that a header can carry", [1, null, "a\nb"]],
  ["propagateTrace", "true or false", ["false", 0, null]],
  ["metadataLimit", "true or false", ["false", 0, null]]
]

/** `retry.attempts` and a value as options; what is wrong with a part of a budget is given as a whole one. */
const optionsOf = (option: string, value: unknown): object =>
  option.replace(/budget\..+/, "budget").split(".").reduceRight<unknown>(
    (inner, name) => ({ [name]: inner }),
    value
  ) as object

const callOptions = ["attemptTimeout", "deadline", "retry"]

const client = (options: object) =>
  Users.layer({ appId, subdomain: "example", ...options }).pipe(
    Layer.provide([FetchHttpClient.layer, Credentials.layerBasic(key)]),
    Layer.build
  )

describe("an option that means nothing", () => {
  it.effect.each(
    meaningless.flatMap(([option, expected, values]) =>
      values.map((value) => ({ option, expected, value, shown: inspect(value) }))
    )
  )("is named: $option: $shown", ({ expected, option, value }) =>
    Effect.gen(function*() {
      const options = optionsOf(option, value)
      const error = yield* Effect.flip(client(options))
      assert.instanceOf(error, SettingsError)
      assert.deepStrictEqual(error.problems, [{ setting: option, problem: `must be ${expected}` }])

      if (!callOptions.includes(option.split(".")[0]!)) return
      const { sent, users } = yield* TestClient.scripted([json(200, { user: ada })])
      const refused = yield* Effect.flip(users.get("ada", options))
      assert(refused._tag === "SunshineError" && refused.reason._tag === "InvalidInput")
      assert.deepStrictEqual(refused.reason.issues, [{ path: ["options", ...option.split(".")], expected }])
      assert.deepInclude(refused, { operation: "Users.get", attempts: 0, applied: "no" })
      assert.lengthOf(sent, 0)
    }))

  it.effect("is refused by what makes several calls, and by a request, before anything is sent", () =>
    Effect.gen(function*() {
      const { sent, sunshine, users } = yield* TestClient.scripted([json(200, { user: ada })])
      // What a caller without a compiler may write.
      const wrong = { deadlin: 5, deadline: "soon" } as unknown as { readonly deadline: "1 second" }
      const calls = [
        ...compositions.map(({ call }) => call(users, wrong)),
        sunshine.request({ operation: "Users.get", method: "GET", path: ["v2"] }, wrong)
      ]
      for (const call of calls) {
        const error = yield* Effect.flip(call)
        assert(error._tag === "SunshineError" && error.reason._tag === "InvalidInput")
        assert.strictEqual(
          error.reason.message,
          `options.deadline: expected ${time}; options.deadlin: expected no such option: did you mean deadline?`
        )
      }
      assert.lengthOf(sent, 0)
    }))

  it.effect.each([{ options: 5 }, { options: "5 seconds" }, { options: ["5 seconds"] }, { options: true }])(
    "is what should be options and is $options",
    ({ options }) =>
      Effect.gen(function*() {
        const { sent, users } = yield* TestClient.scripted([json(200, { user: ada })])
        // @ts-expect-error: what a caller without a compiler may write
        const error = yield* Effect.flip(users.get("ada", options))
        assert.strictEqual(error.message, "Users.get: options: expected an object; 0 attempts")
        assert.lengthOf(sent, 0)
      })
  )

  it.effect("may be left out as undefined, or altogether as null", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([json(200, { user: ada })], { attemptTimeout: undefined })
      yield* users.get("ada", { deadline: undefined, retry: undefined, brandId: undefined })
      // @ts-expect-error: what a caller without a compiler may write
      yield* users.get("ada", null)
    }))
})

describe("an option that there is not", () => {
  it.effect.each<readonly [options: object, problem: string]>([
    [{ atemptTimeout: 5 }, "atemptTimeout is no such option: did you mean attemptTimeout?"],
    [{ attempttimeout: 5 }, "attempttimeout is no such option: did you mean attemptTimeout?"],
    [{ dealine: 5 }, "dealine is no such option: did you mean deadline?"],
    [{ timeout: 5 }, "timeout is no such option"],
    [{ retry: { attemps: 4 } }, "retry.attemps is no such option: did you mean attempts?"],
    [{ retry: { budget: { retries: 1, callsPerRetry: 1, per: 1 } } }, "retry.budget.per is no such option"],
    // A name that looks like none may be anything, and is not repeated.
    [{ "ada@example.com": 1 }, "options must be an object of known options only"],
    [{ ["x".repeat(10_000)]: 1 }, "options must be an object of known options only"],
    [{ "a\nforged line": 1 }, "options must be an object of known options only"]
  ])("is named: %j", ([options, problem]) =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(client(options))
      assert.strictEqual(error.message, problem)
    }))

  it.effect("is named for the first few only", () =>
    Effect.gen(function*() {
      const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`option${index}`, 1]))
      assert.isAtMost((yield* Effect.flip(client(many))).problems.length, 20)
    }))

  it.effect("may be one of other methods", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([json(200, { user: ada })])
      // @ts-expect-error: what a caller without a compiler may write
      const error = yield* Effect.flip(users.create({}, { brandId: "1" }))
      assert.strictEqual(error.message, "Users.create: options.brandId: expected no such option; 0 attempts")
    }))
})

describe("a limiter or a breaker of options that mean nothing", () => {
  it.effect.each<readonly [layer: Layer.Layer<never>, problem: string]>([
    [Limiter.layerMemory({ limit: 0, window: "1 minute" }), "limiter.limit must be a finite number above zero"],
    [
      Limiter.layerMemory({ limit: NaN, window: 0 }),
      `limiter.limit must be a finite number above zero; limiter.window must be ${finiteTime}`
    ],
    [Limiter.layerMemory({ limit: 1, window: "1 minute", timeout: -1 }), `limiter.timeout must be ${finiteTime}`],
    // @ts-expect-error: what a caller without a compiler may write
    [Limiter.layerMemory({ limit: 1 }), "limiter.window must be set"],
    [
      // @ts-expect-error: what a caller without a compiler may write
      Limiter.layerMemory({ limit: 1, window: 1000, whenUnavailable: "wait" }),
      "limiter.whenUnavailable must be \"fail\" or \"unlimited\""
    ],
    [Circuit.layer({ failures: 0 }), `circuit.failures must be ${wholeAboveZero}`],
    [
      // @ts-expect-error: what a caller without a compiler may write
      Circuit.layer({ failures: "5", openDuration: "soon" }),
      `circuit.failures must be ${wholeAboveZero}; circuit.openDuration must be ${finiteTime}`
    ],
    [Circuit.layer({ openDuration: Infinity }), `circuit.openDuration must be ${finiteTime}`]
  ])("%#: the client says so, beside what else is wrong", ([layer, problem]) =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Effect.provide(client({ deadline: 0 }), layer))
      assert.strictEqual(error.message, `deadline must be ${time}; ${problem}`)
    }))
})

/** What a program may put in the place of an option by mistake. */
const junk = Schema.Union([
  Schema.Json,
  Schema.Number,
  Schema.BigInt,
  Schema.Literals(["5 seconds", "5 second", "Infinity", "-Infinity", "\ud83e", "a:b", " a", "a\n"]),
  Schema.Record(Schema.Literals(["seconds", "attempts", "retries", "keyId", "secret", "token", "limit"]), Schema.Json)
])

const hostile: ReadonlyArray<unknown> = [
  () => {},
  Symbol("symbol"),
  new Date(0),
  new Map(),
  Object.create(null),
  Promise.resolve("5 seconds"),
  new Proxy({}, {
    get: () => {
      throw new Error("Zs1")
    }
  }),
  {
    get seconds() {
      throw new Error("Zs1")
    }
  },
  Redacted.make(5)
]

const optionNames = [
  "appId",
  "subdomain",
  "baseUrl",
  "attemptTimeout",
  "deadline",
  "retry",
  "maxResponseBytes",
  "userAgent",
  "propagateTrace",
  "metadataLimit",
  "credentials",
  "transport",
  "layers"
]

/** The client works, or says which option it is. */
const holds = (option: string, value: unknown) => {
  const fetch = () => Promise.resolve(Response.json({ user: ada }))
  const options = { appId, subdomain: "example", credentials: { token: "a.b.c" }, transport: fetch, [option]: value }
  if (option === "baseUrl") Reflect.deleteProperty(options, "subdomain")
  try {
    PromiseUsers.make(options as never)
  } catch (error) {
    assert.instanceOf(error, SettingsError)
    for (const { setting } of error.problems) assert.match(setting, new RegExp(`^(${option}|subdomain)`))
    assert.notInclude(error.message, "Zs1")
  }
}

describe("junk in the place of an option", () => {
  it.prop("never is a defect", [Schema.Literals(optionNames), junk], ([option, value]) => holds(option, value))

  it.each(optionNames)("never is a defect, however hostile: %s", (option) => {
    for (const value of hostile) holds(option, value)
  })

  it.prop(
    "of credentials never is a defect",
    [Schema.Literals(["keyId", "secret", "scope", "lifetime", "token", "timeToLive"]), junk],
    ([option, value]) => {
      const whole = option === "token" || option === "timeToLive" ? { token: () => Promise.resolve("a") } : {
        keyId: "app_1",
        secret: "secret",
        ...(option === "lifetime" ? { scope: "app" } : {})
      }
      holds("credentials", { ...whole, [option]: value })
    }
  )

  it.effect.prop(
    "of a call is no defect either",
    [Schema.Literals(["attemptTimeout", "deadline", "retry", "brandId", "signal"]), junk],
    ([option, value]) =>
      Effect.gen(function*() {
        const users = PromiseUsers.make({
          appId,
          subdomain: "example",
          credentials: { token: "a.b.c" },
          transport: () => Promise.resolve(Response.json({ user: ada }))
        })
        const result = yield* Effect.promise(() =>
          users.get("ada", { [option]: value }).then(() => undefined, (_) => _)
        )
        if (result === undefined) return
        assert.instanceOf(result, SunshineError)
        if (result.reason._tag === "Timeout") return
        assert(result.reason._tag === "InvalidInput")
        for (const { path } of result.reason.issues) assert.include(path, option)
      })
  )
})
