import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator, type ServerOptions } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { call, send } from "./Call.ts"
import { exchange, portOf } from "./exchange.ts"

const options: ServerOptions = { allowedHosts: ["Emulator", "xn--bcher-kva.example", "fd00::1"] }

const own = [
  {},
  { host: "localhost" },
  { host: "LOCALHOST:4010" },
  { host: "localhost.:4010" },
  { host: "my-app.localhost:1" },
  { host: "127.0.0.1:4010" },
  { host: "127.1.2.3" },
  { host: "[::1]:4010" },
  { host: "[0:0:0:0:0:0:0:1]" },
  { host: "emulator:4010" },
  { host: "EMULATOR" },
  { host: "bücher.example" },
  { host: "[fd00:0::1]:4010" },
  { host: "localhost:4010", origin: "http://localhost:4010", "sec-fetch-site": "same-origin" },
  { host: "localhost:4010", origin: "https://emulator" },
  { host: "localhost:4010", "sec-fetch-site": "none" }
]

const foreign = [
  { host: "evil.example" },
  { host: "evil.example:4010" },
  { host: "localhost.evil.example" },
  { host: "evil-localhost" },
  { host: "127.0.0.1.evil.example" },
  { host: "emulator.evil.example" },
  { host: "not.emulator" },
  { host: "128.0.0.1" },
  { host: "10.0.0.1" },
  { host: "0.0.0.0" },
  { host: "[::2]" },
  { host: "" },
  { host: "localhost@evil.example" },
  { host: "evil.example@localhost" },
  { host: "localhost/evil.example" },
  { host: "localhost?" },
  { host: "localhost, evil.example" },
  { host: "localhost:4010:80" },
  { host: "\u0000" },
  { origin: "http://evil.example" },
  { host: "localhost", origin: "http://evil.example" },
  { host: "localhost", origin: "http://localhost.evil.example:4010" },
  { host: "localhost", origin: "null" },
  { host: "localhost", origin: "" },
  { host: "localhost", origin: "localhost" },
  { host: "localhost", origin: "file://" },
  { host: "localhost", origin: "chrome-extension://localhost" },
  { host: "localhost", origin: "http://localhost, http://evil.example" },
  { host: "evil.example", origin: "http://evil.example", "sec-fetch-site": "same-origin" },
  { host: "localhost", "sec-fetch-site": "cross-site" },
  { host: "localhost", "sec-fetch-site": "same-site" },
  { host: "localhost", "sec-fetch-site": "whatever-comes" },
  { host: "localhost", "sec-fetch-site": "" }
]

const places = [
  ["GET", "/"],
  ["GET", "/docs"],
  ["GET", "/openapi.json"],
  ["GET", "/_emulator/docs"],
  ["GET", "/_emulator/live"],
  ["GET", "/_emulator/openapi.json"],
  ["GET", "/_emulator/health"],
  ["GET", "/_emulator/requests"],
  ["GET", "/_emulator/stored"],
  ["GET", "/_emulator/faults"],
  ["GET", "/_emulator/nothing"],
  ["POST", "/_emulator/reset"],
  ["POST", "/_emulator/seed"],
  ["POST", "/_emulator/keys"],
  ["DELETE", "/_emulator/faults"],
  ["OPTIONS", "/_emulator/reset"]
] as const

describe("who may use the emulator's own endpoints and pages", () => {
  layer(Emulator.layerMemory(options))((it) => {
    it.effect.each(own)("whoever asks for a host of the emulator's own: %j", (headers) =>
      Effect.gen(function*() {
        for (const [method, path] of places) {
          const { status } = yield* send(method, path, { headers, authorization: "" })
          assert.notStrictEqual(status, 403, path)
        }
      }))

    it.effect.each(foreign)("not who comes by, or from, another one: %j", (headers) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.seed({ users: [{}] })
        for (const [method, path] of places) {
          const { body, status } = yield* call(method, path, { headers, authorization: "" })
          assert.strictEqual(status, 403, path)
          assert.nestedPropertyVal(body, "errors[0].code", "forbidden")
          assert.match(JSON.stringify(body), /"title":"(Host|Origin|Sec-Fetch-Site): /u)
        }
        assert.lengthOf(yield* emulator.stored("Users"), 1)
      }))

    it.effect.each(foreign)(
      "while the API answers to whoever has credentials, by any name: %j",
      (headers) =>
        Effect.gen(function*() {
          assert.strictEqual((yield* call("GET", "users/nobody", { headers })).status, 404)
          assert.strictEqual((yield* call("GET", "users/nobody", { headers, authorization: "" })).status, 401)
        })
    )

    it.effect("says which host it does not know, and how to allow it", () =>
      Effect.gen(function*() {
        const { body } = yield* call("GET", "/", { headers: { host: "emulator.test:80" } })
        assert.deepStrictEqual<unknown>(body, {
          errors: [{
            code: "forbidden",
            title: "Host: \"emulator.test:80\" is not the emulator's own, nor among its allowedHosts (--allow-host)"
          }]
        })
      }))

    it.effect("lets no page of another origin read anything, or send credentials: there is no CORS", () =>
      Effect.gen(function*() {
        const preflight = {
          origin: "http://evil.example",
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization, content-type, x-sunco-fault"
        }
        const users = `/v2/apps/${(yield* Emulator).appId}/users`
        for (
          const [method, path] of [...places, ["GET", `${users}/ada`], ["POST", users], ["GET", "/nowhere"]] as const
        ) {
          for (const asked of [method, "OPTIONS"] as const) {
            const { headers, status } = yield* send(asked, path, { headers: preflight })
            assert.deepStrictEqual(Object.keys(headers).filter((name) => /^access-control|^www-auth/u.test(name)), [])
            // What a preflight would need to succeed.
            if (asked === "OPTIONS") assert.isAtLeast(status, 400)
          }
        }
      }))
  })

  const head = (method: string, path: string, headers: string) => `${method} ${path} HTTP/1.1\r\n${headers}\r\n\r\n`

  it.effect("and on a socket it is as in memory, by whatever form of request line and header", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed({ users: [{}] })
      const status = Effect.fnUntraced(function*(text: string) {
        return Number((yield* exchange(emulator, text, /\r\n\r\n/u)).slice(9, 12))
      })
      const host = `Host: 127.0.0.1:${portOf(emulator)}`
      assert.strictEqual(yield* status(head("GET", "/_emulator/stored", host)), 200)
      assert.strictEqual(yield* status(head("GET", "/_emulator/stored", "Host: evil.example")), 403)
      for (const page of ["/", "/docs", "/_emulator/docs", "/_emulator/live"]) {
        assert.strictEqual(yield* status(head("GET", page, host)), 200, page)
        assert.strictEqual(yield* status(head("GET", page, "Host: evil.example")), 403, page)
        assert.strictEqual(yield* status(head("GET", page, `${host}\r\nSec-Fetch-Site: cross-site`)), 403, page)
      }
      assert.strictEqual(yield* status(head("POST", "/_emulator/reset", `${host}\r\nORIGIN: null`)), 403)
      assert.strictEqual(yield* status(head("POST", "/_emulator/reset", `${host}\r\nSec-Fetch-Site: cross-site`)), 403)
      const twice = `Host: evil.example\r\n${host}`
      assert.notStrictEqual(yield* status(head("POST", "/_emulator/reset", twice)), 200)
      const absolute = `http://127.0.0.1:${portOf(emulator)}/_emulator/reset`
      assert.notStrictEqual(yield* status(head("POST", absolute, "Host: evil.example")), 200)
      assert.notStrictEqual(yield* status(head("POST", "//_emulator/reset", "Host: evil.example")), 200)
      assert.notStrictEqual(yield* status(head("POST", "/%5femulator/reset", "Host: evil.example")), 200)
      assert.lengthOf(yield* emulator.stored("Users"), 1)
    }).pipe(Effect.provide(Emulator.layer())))

  it.effect("the address that it listens on is its own, too, and only that", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      assert.match(emulator.url, /^http:\/\/127\.0\.0\.1:\d+$/u)
      for (const [host, status] of [["0.0.0.0", 200], ["service", 200], ["localhost", 200], ["other", 403]] as const) {
        const text = head("GET", "/_emulator/health", `Host: ${host}:1`)
        assert.strictEqual(Number((yield* exchange(emulator, text, /\r\n\r\n/u)).slice(9, 12)), status, host)
      }
    }).pipe(Effect.provide(Emulator.layer({ host: "0.0.0.0", allowedHosts: ["service"] }))))
})
