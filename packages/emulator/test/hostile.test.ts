import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { request } from "node:http"
import { type Answer, json } from "../src/internal/delivery.ts"
import { listen } from "../src/internal/nodeServer.ts"
import { basic, call, eventually, send } from "./Call.ts"
import { transports } from "./Transports.ts"

const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels)

const faultsWith = (fault: string, rest = "") => `{"faults":[{"fault":${fault}${rest}}]}`

/** Whether everything that shows something still does. */
const isAlive = Effect.gen(function*() {
  for (const path of ["health", "requests", "faults", "stored"]) {
    assert.strictEqual((yield* call("GET", `/_emulator/${path}`, { authorization: "" })).status, 200, path)
  }
})

const refused: ReadonlyArray<readonly [path: "seed" | "faults", text: string]> = [
  ["seed", `{"users":[{"new":${nested(101)}}]}`],
  ["seed", `{"users":[{"new":${nested(5000)}}]}`],
  ["seed", `{"users":[{"profile":{"new":${nested(5000)}}}]}`],
  ["seed", nested(500_000)],
  ["seed", "[".repeat(8_000_000)],
  ["seed", `{"users":[${"{},".repeat(1_000_000)}{}]}`],
  ["seed", `{"users":[${"1,".repeat(1_000_000)}1]}`],
  ["seed", `{"users":[${"1,".repeat(200_000)}1]}`],
  ["seed", `{"users":[{"metadata":{"a":1e400}}]}`],
  ["faults", `{"faults":[${"1,".repeat(1_000_000)}1]}`],
  ["faults", faultsWith(`{"_tag":"MistypedBody","value":${nested(5000)}}`)],
  ["faults", faultsWith(`{"_tag":"MistypedBody","path":[${"0,".repeat(100)}0]}`)],
  ["faults", faultsWith(`{"_tag":"MistypedBody","path":[${"0,".repeat(200_000)}0]}`)],
  ["faults", faultsWith(`{"_tag":"SlowBody","milliseconds":0,"pieces":30000000}`)],
  ["faults", faultsWith(`{"_tag":"SlowBody","milliseconds":0,"pieces":1}`)],
  ["faults", faultsWith(`{"_tag":"SlowBody","milliseconds":-1}`)],
  ["faults", faultsWith(`{"_tag":"SlowHeaders","milliseconds":-1}`)],
  ["faults", faultsWith(`{"_tag":"SlowHeaders","milliseconds":1e400}`)],
  ["faults", faultsWith(`{"_tag":"SlowHeaders","milliseconds":"NaN"}`)],
  ["faults", faultsWith(`{"_tag":"RateLimited","retryAfter":9007199254740991,"as":"date"}`)],
  ["faults", faultsWith(`{"_tag":"RateLimited","retryAfter":-1}`)],
  ["faults", faultsWith(`{"_tag":"HugeBody","bytes":-1}`)],
  ["faults", faultsWith(`{"_tag":"HugeBody","bytes":1e300}`)],
  ["faults", faultsWith(`{"_tag":"TruncatedBody","bytes":0.5}`)],
  ["faults", faultsWith(`{"_tag":"Redirect","location":"https://x\\r\\nset-cookie: y"}`)],
  ["faults", faultsWith(`{"_tag":"Redirect","location":"https://x","status":100}`)],
  ["faults", faultsWith(`{"_tag":"HtmlBody","status":1000}`)],
  ["faults", faultsWith(`{"_tag":"EmptyBody"}`, `,"times":0`)],
  ["faults", faultsWith(`{"_tag":"EmptyBody"}`, `,"times":1e400`)],
  ..."-1 0 99 100 101 103 199 600 999 1000 200.5 1e400 null".split(" ").map((status) =>
    ["faults", faultsWith(`{"_tag":"Status","status":${status}}`)] as const
  ),
  ...["trailer", "Trailer", "transfer-encoding", "Transfer-Encoding", "content-length", "a b", "a:b", "", "ä"].map((
    name
  ) => ["faults", faultsWith(`{"_tag":"Status","status":503,"headers":{"${name}":"x"}}`)] as const),
  ...["\\r\\na: b", "\\n", "\\u0000", "\\u007f", "\\u0100", "\\ud83d\\ude00"].map((value) =>
    [
      "faults",
      faultsWith(`{"_tag":"Status","status":503,"headers":{"x":"${value}"}}`)
    ] as const
  )
]

describe.each(transports)("what no emulator could carry, $name", (transport) => {
  layer(transport.layer())((it) => {
    it.effect.each([
      nested(5000),
      nested(51_000),
      "[".repeat(102_400),
      `{"metadata":${nested(5000)}}`,
      `{"new":${nested(101)}}`,
      `{"metadata":{${Array.from({ length: 5000 }, (_, i) => `"k${i}":null`).join()}}}`,
      "\u0000",
      "{\"metadata\":{\"a\":1e400}}",
      "{\"profile\":{\"__proto__\":1,\"email\":1}}"
    ])("is refused by the API, and can be read in the log (%#)", (text) =>
      Effect.gen(function*() {
        yield* (yield* Emulator).reset
        assert.strictEqual((yield* call("POST", "users", { text })).status, 400)
        assert.strictEqual((yield* call("POST", "/nowhere", { text })).status, 404)
        yield* isAlive
      }))

    it.effect.each([
      `{"_tag":"MistypedBody","value":${nested(5000)}}`,
      `{"_tag":${nested(25_000)}}`,
      `{"_tag":"Status","status":503,"headers":{"trailer":"x"}}`,
      `{"_tag":"SlowBody","milliseconds":0,"pieces":30000000}`
    ])("is refused in a header (%#)", (fault) =>
      Effect.gen(function*() {
        yield* (yield* Emulator).reset
        const { status } = yield* call("GET", "users/ada", { headers: { [Fault.header]: fault } })
        assert.strictEqual(status, 400)
        yield* isAlive
      }))

    it.effect.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])(
      "is no name: %s, wherever names are free",
      (name) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const post = (path: string, text: string) => call("POST", path, { text })
          assert.strictEqual(
            (yield* post(
              "/_emulator/faults",
              faultsWith("{\"_tag\":\"EmptyBody\"}", `,"when":{"headers":{"${name}":"x"}}`)
            )).status,
            200
          )
          const fields = `{"${name}":{"externalId":5}}`
          const user = `{"externalId":"${name}","${name}":${fields},"metadata":{"${name}":"x"},"profile":${fields}}`
          assert.strictEqual((yield* post("/_emulator/seed", `{"users":[${user}]}`)).status, 200)
          assert.strictEqual((yield* post("/_emulator/seed", `{"users":[],"${name}":1}`)).status, 400)
          assert.strictEqual((yield* call("GET", `users/${name}?${name}=1&${name}=2`)).status, 200)
          assert.strictEqual((yield* call("GET", `users/a?brandId=${name}`)).status, 404)
          assert.strictEqual((yield* call("PATCH", `users/${name}`, { text: fields })).status, 200)
          assert.strictEqual((yield* call("GET", `/v2/apps/${name}/users/a`)).status, 404)
          assert.strictEqual((yield* call("GET", `/${name}`)).status, 404)
          assert.strictEqual((yield* call("GET", `/_emulator/stored?appId=${name}`)).status, 404)
          yield* post("/_emulator/keys", `{"keyId":"${name}","keySecret":""}`)
          yield* post("/_emulator/revoke", `{"keyId":"${name}","accessToken":"${name}"}`)
          yield* emulator.faults.next(Fault.status(503, { headers: { [name]: "x" } }))
          assert.strictEqual((yield* call("GET", "users/a")).status, 503)
          yield* emulator.faults.next(Fault.mistypedBody({ path: [name, name], value: 1 }))
          assert.strictEqual((yield* call("GET", "users/a")).status, 404)
          yield* isAlive
        })
    )

    it.effect("is carried where it is only much: many users, many faults, a long path", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        const text = (name: string, item: string, length: number) => `{"${name}":[${Array(length).fill(item).join()}]}`
        const seed = text("users", "{}", 20_000)
        assert.strictEqual((yield* call("POST", "/_emulator/seed", { text: seed })).status, 200)
        const faults = text("faults", "{\"fault\":{\"_tag\":\"EmptyBody\"},\"times\":1}", 1000)
        assert.strictEqual((yield* call("POST", "/_emulator/faults", { text: faults })).status, 200)
        assert.strictEqual((yield* send("GET", "users/a")).status, 404)
        assert.lengthOf(yield* emulator.faults.left, 999)
        assert.lengthOf(yield* emulator.stored("Users"), 20_000)
        yield* emulator.reset
        const path = Array(100).fill("a")
        yield* emulator.faults.next(Fault.mistypedBody({ path, value: 1 }))
        assert.strictEqual((yield* call("GET", "users/a")).status, 404)
        yield* emulator.reset
      }))

    it.effect("is refused for the one request where only a test of this process could put it in place", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const cyclic: Record<string, unknown> = {}
        cyclic["self"] = cyclic
        const throwing = {
          toJSON: () => {
            throw new RangeError("Maximum call stack size exceeded")
          }
        }
        for (const value of [cyclic, throwing, 1n]) {
          yield* emulator.reset
          const eve = { externalId: "eve", unsendable: value }
          yield* emulator.seed({ users: [{ externalId: "ada" }, eve] })
          const { body, status } = yield* call("GET", "users/eve")
          assert.strictEqual(status, 500)
          assert.nestedPropertyVal(body, "errors[0].code", "internal_server_error")
          assert.strictEqual((yield* emulator.requests)[0]?.status, 500)
          assert.strictEqual((yield* call("GET", "users/ada")).status, 200)
          assert.strictEqual((yield* call("GET", "/_emulator/stored")).status, 500)
          // The wait makes an effect of the answer.
          yield* emulator.faults.next(Fault.slowHeaders(0))
          assert.strictEqual((yield* call("GET", "users/eve")).status, 500)
        }
        yield* emulator.reset
        yield* isAlive
      }))

    it.effect("has no body where there is none: a HEAD under a fault that would fill one up without end", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        const huge = Fault.hugeBody(Number.MAX_SAFE_INTEGER, { chunked: true })
        const faults = [
          huge,
          Fault.hugeBody(Number.MAX_SAFE_INTEGER, { gzip: true }),
          Fault.slowBody(0),
          Fault.emptyBody
        ]
        for (const fault of faults) {
          yield* emulator.faults.next(fault)
          const response = yield* send("HEAD", "users/ada")
          assert.deepStrictEqual([response.status, yield* response.text], [405, ""])
        }
        yield* isAlive
      }))
  })
})

/** What stands in the place of something else, as it is written in JSON. */
const values = {
  null: "null",
  flag: "true",
  negative: "-1",
  zero: "0",
  fraction: "0.5",
  informational: "101",
  large: "30000000",
  larger: "9007199254740991",
  unsafe: "1e300",
  infinite: "1e400",
  infinity: "\"Infinity\"",
  noNumber: "\"NaN\"",
  empty: "\"\"",
  controls: "\"\\u0000\\r\\nx: y\"",
  surrogate: "\"\\ud800\"",
  long: `"${"x".repeat(50_000)}"`,
  list: "[]",
  object: "{}",
  deep: nested(5000),
  notTooDeep: nested(90),
  wide: `[${"0,".repeat(10_000)}0]`,
  trailer: "{\"trailer\":\"x\"}",
  chunked: "{\"Transfer-Encoding\":\"chunked\",\"content-length\":\"1\"}",
  upgrade: "{\"connection\":\"upgrade\",\"upgrade\":\"x\",\"expect\":\"x\",\"keep-alive\":\"x\",\"te\":\"x\"}",
  prototype: "{\"__proto__\":\"x\",\"constructor\":\"y\"}",
  header: "{\"x\":\"\\r\\n\"}",
  notClosed: "[",
  nothing: ""
} as const

type Hostile = keyof typeof values

const hostile: ReadonlyArray<Hostile> = Object.keys(values).filter((name): name is Hostile => name in values)

const Hostile = Schema.Literals(hostile)

const FaultField = Schema.Literals([
  ..."_tag status code title headers body applied retryAfter as location bytes path value gzip chunked".split(" "),
  ..."milliseconds pieces __proto__".split(" ")
])

const RuleField = Schema.Literals("fault times when operation method path headers".split(" "))

const SeedField = Schema.Literals(
  "users zendeskUsers id authenticated externalId zendeskId brandId signedUpAt toBeRetained profile metadata identities new"
    .split(" ")
)

const orNone = <S extends Schema.Constraint>(schema: S) => Schema.UndefinedOr(schema)

/** A request that is right but for one thing in each of its parts. */
const Attack = Schema.Struct({
  fault: Fault.Fault,
  faultField: orNone(Schema.Tuple([FaultField, Hostile])),
  ruleField: orNone(Schema.Tuple([RuleField, Hostile])),
  seedField: orNone(Schema.Tuple([SeedField, Hostile])),
  inHeader: Schema.Boolean,
  method: Schema.Literals(["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT", "PROPFIND"]),
  path: Schema.Literals([
    ..."users users/ada users/ada/personalinformation users/a%00 users/%ff users/%F0%9F%98%80 users/__proto__".split(
      " "
    ),
    ..."users?filter[identities.email]=a users/35436/sync ../_emulator/reset".split(" ")
  ]),
  body: Hostile
})

/** With a member more, which counts before one of the same name: JSON takes the last. */
const withMember = (object: string, [name, value]: readonly [string, Hostile]) =>
  object === "{}" ? `{"${name}":${values[value]}}` : `${object.slice(0, -1)},"${name}":${values[value]}}`

const withSome = (object: string, member: readonly [string, Hostile] | undefined) =>
  member === undefined ? object : withMember(object, member)

/** Sends it and waits for no answer, which a fault may hold back for good; ends with the scope. */
const sendAway = (url: string, method: string, headers: Record<string, string>, body: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const sent = request(url, { method, headers }, (response) => response.on("error", () => {}).resume())
      sent.on("error", () => {})
      sent.end(body)
      return sent
    }),
    (sent) => Effect.sync(() => sent.destroy())
  )

const encodeFault = Schema.encodeEffect(Schema.toCodecJson(Fault.Fault))

describe("the emulator on a socket", () => {
  layer(transports[0]!.layer())((it) => {
    it.effect.each(refused.map(([path, text]) => ({ path, text, title: text.slice(0, 90) })))(
      "is refused: $path $title",
      ({ path, text }) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const { status } = yield* call("POST", `/_emulator/${path}`, { text, authorization: "" })
          assert.strictEqual(status, 400)
          assert.deepStrictEqual([yield* emulator.stored("Users"), yield* emulator.faults.left], [[], []])
          yield* isAlive
        })
    )

    it.effect.prop(
      "still answers, whatever it is asked",
      [Attack],
      ([attack]) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const post = (path: string, text: string) =>
            Effect.map(call("POST", `/_emulator/${path}`, { text, authorization: "" }), ({ status }) => status)

          const user = withSome("{\"externalId\":\"ada\",\"zendeskId\":\"35436\"}", attack.seedField)
          const seed = withSome(`{"users":[${user}],"zendeskUsers":[{"id":"35436"}]}`, attack.seedField)
          assert.include([200, 400], yield* post("seed", seed))

          const fault = withSome(JSON.stringify(yield* encodeFault(attack.fault)), attack.faultField)
          const when = withSome("{}", attack.ruleField)
          assert.include(
            [200, 400],
            yield* post("faults", `{"faults":[${withSome(`{"fault":${fault}}`, attack.ruleField)}]}`)
          )
          assert.include([200, 400], yield* post("faults", faultsWith(fault, `,"when":${when}`)))
          assert.include([200, 400], yield* post("faults", faultsWith(fault)))

          const headers = {
            authorization: basic(emulator),
            "content-type": "application/json",
            ...(attack.inHeader ? { [Fault.header]: fault.replaceAll(/[^\t\x20-\x7e]/gu, "?").slice(0, 40_000) } : {})
          }
          const url = `${emulator.url}/v2/apps/${emulator.appId}/${attack.path}`
          yield* sendAway(url, attack.method, headers, values[attack.body])
          yield* eventually(Effect.map(emulator.requests, (requests) => requests.length > 0))
          yield* isAlive
        }).pipe(Effect.scoped)
    )
  })

  const unsendable = json(200, {})
  const headers = { trailer: "x" }
  const late = Effect.as(Effect.yieldNow, { ...unsendable, headers })

  it.effect.each([
    Effect.succeed({ ...unsendable, headers }),
    late,
    Effect.map(late, (answer): Answer => ({ ...answer, manner: { _tag: "ThenClosed" } })),
    Effect.map(late, (answer): Answer => ({ ...answer, manner: { _tag: "Truncated", bytes: 1 } })),
    Effect.map(late, (answer): Answer => ({ ...answer, manner: { _tag: "Slow", milliseconds: 0, pieces: 2 } })),
    Effect.die(new Error("a bug")),
    Effect.andThen(Effect.yieldNow, Effect.die("a bug"))
  ])("fails the request whose answer cannot be sent, and no other (%#)", (answer) =>
    Effect.gen(function*() {
      let failing = true
      const handle = () => failing ? answer : Effect.succeed(unsendable)
      const port = yield* listen({ handle, bodyLimit: () => 0 }, "127.0.0.1", 0)
      const status = Effect.promise(() => fetch(`http://127.0.0.1:${port}/`).then(({ status }) => status))
      assert.strictEqual(yield* status, 500)
      failing = false
      assert.strictEqual(yield* status, 200)
    }).pipe(Effect.scoped))
})
