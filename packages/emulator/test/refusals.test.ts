import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { basic, call, envelope } from "./Call.ts"
import { transports } from "./Transports.ts"

const refused = Effect.fnUntraced(function*(...request: Parameters<typeof call>) {
  const { body, status } = yield* call(...request)
  return { status, body }
})

const badRequest = (...titles: ReadonlyArray<string>) => ({
  status: 400,
  body: { errors: titles.map((title) => ({ code: "bad_request", title })) }
})

const notFound = { status: 404, body: envelope("not_found", "Not found") }

describe.each(transports)("what the API refuses, $name", (transport) => {
  layer(transport.layer({ apps: [{ appId: "other" }] }))((it) => {
    it.effect.each(
      [
        [{ externalId: "" }, "externalId: Expected 1 to 1024 characters"],
        [{ externalId: "x".repeat(1025) }, "externalId: Expected 1 to 1024 characters"],
        [{ brandId: "x".repeat(25) }, "brandId: Expected 1 to 24 characters"],
        [{ profile: { givenName: "" } }, "profile.givenName: Expected 1 to 128 characters"],
        [{ metadata: { a: { b: 1 } } }, "metadata.a: Expected string | number | boolean"],
        [{ toBeRetained: "yes" }, "toBeRetained: Expected boolean"]
      ] as const
    )("names the field of an invalid body: %j", ([body, title]) =>
      Effect.gen(function*() {
        assert.deepStrictEqual<unknown>(yield* refused("POST", "users", { body }), badRequest(title))
      }))

    it.effect("names every invalid field", () =>
      Effect.gen(function*() {
        const { body } = yield* refused("POST", "users", { body: { externalId: "", toBeRetained: 1 } })
        assert.deepStrictEqual<unknown>(
          body,
          badRequest("externalId: Expected 1 to 1024 characters", "toBeRetained: Expected boolean").body
        )
      }))

    it.effect.each(["[]", "null", "\"ada\"", "1"])(
      "refuses a body that is no object: %s",
      (text) =>
        Effect.gen(function*() {
          assert.strictEqual((yield* refused("POST", "users", { text })).status, 400)
        })
    )

    it.effect.each(["{", "", "{\"a\":1}}"])("refuses a body that is no JSON: %j", (text) =>
      Effect.gen(function*() {
        const title = text === "" ? "body: Missing" : "body: Expected JSON"
        assert.deepStrictEqual<unknown>(yield* refused("POST", "users", { text }), badRequest(title))
      }))

    it.effect("wants a body to create and to update", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual<unknown>(yield* refused("POST", "users"), badRequest("body: Missing"))
        assert.deepStrictEqual<unknown>(yield* refused("PATCH", "users/ada"), badRequest("body: Missing"))
      }))

    it.effect("wants JSON to be called application/json", () =>
      Effect.gen(function*() {
        const answer = yield* refused("POST", "users", { body: {}, headers: { "content-type": "text/plain" } })
        assert.deepStrictEqual<unknown>(answer, badRequest("content-type: Expected application/json"))
        const typed = { "content-type": "Application/JSON ; charset=utf-8" }
        assert.strictEqual((yield* refused("POST", "users", { body: {}, headers: typed })).status, 201)
      }))

    it.effect("answers 413 to a body over 100 kB, and takes one of just that", () =>
      Effect.gen(function*() {
        const text = (length: number) => `{"x":"${"x".repeat(length - 8)}"}`
        assert.deepStrictEqual<unknown>(yield* refused("POST", "users", { text: text(102_401) }), {
          status: 413,
          body: envelope("payload_too_large", "Request body is larger than 100kb")
        })
        assert.strictEqual((yield* refused("POST", "users", { text: text(102_400) })).status, 201)
      }))

    it.effect("wants the filter of a list, once", () =>
      Effect.gen(function*() {
        const name = "filter[identities.email]"
        assert.deepStrictEqual<unknown>(yield* refused("GET", "users"), badRequest(`${name}: Missing key`))
        assert.strictEqual((yield* refused("GET", `users?${name}=`)).status, 400)
        assert.strictEqual((yield* refused("GET", `users?${name}=a@x&${name}=b@x`)).status, 400)
      }))

    it.effect("refuses a brandId that no brand can have", () =>
      Effect.gen(function*() {
        assert.strictEqual((yield* refused("GET", "users/ada?brandId=")).status, 400)
      }))

    it.effect("answers 404 to a path that it does not know", () =>
      Effect.gen(function*() {
        for (
          const path of ["/v2/app", "/v2/nothing", "users/ada/integrations", "/v1.1/apps/a/appusers", "/favicon.ico"]
        ) {
          assert.deepStrictEqual<unknown>(yield* refused("GET", path), notFound)
        }
      }))

    it.effect("answers 405 with what is allowed to a method that the path does not have", () =>
      Effect.gen(function*() {
        const { body, headers, status } = yield* call("PUT", "users/ada", { body: {} })
        assert.deepStrictEqual([status, body], [405, envelope("method_not_allowed", "Method not allowed")])
        assert.strictEqual(headers["allow"], "GET, DELETE, PATCH")
      }))

    it.effect("answers 404 app_not_found for an app that is not there, also below /sc", () =>
      Effect.gen(function*() {
        const answer = { status: 404, body: envelope("app_not_found", "App not found") }
        assert.deepStrictEqual<unknown>(yield* refused("GET", "/v2/apps/nobody/users/ada"), answer)
        assert.deepStrictEqual<unknown>(yield* refused("GET", "/sc/v2/apps/nobody/users/ada"), answer)
      }))

    it.effect("answers 403 to the key of another app", () =>
      Effect.gen(function*() {
        const answer = { status: 403, body: envelope("forbidden", "Forbidden") }
        assert.deepStrictEqual<unknown>(yield* refused("GET", "/v2/apps/other/users/ada"), answer)
      }))

    it.effect("asks who it is before it looks at anything else", () =>
      Effect.gen(function*() {
        const answer = { status: 401, body: envelope("unauthorized", "Authorization is required") }
        const authorization = "Basic bm9ib2R5Og=="
        assert.deepStrictEqual<unknown>(yield* refused("POST", "users", { authorization, text: "{" }), answer)
        assert.deepStrictEqual<unknown>(yield* refused("GET", "/v2/apps/nobody/users/a", { authorization }), answer)
      }))

    it.effect("changes nothing when it refuses", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* refused("POST", "users", {
          body: { externalId: "ada", profile: { email: "x" } },
          authorization: "Basic x"
        })
        yield* refused("POST", "users", { body: { externalId: "ada", metadata: [] } })
        assert.deepStrictEqual(yield* emulator.stored("Users"), [])
        assert.deepStrictEqual((yield* emulator.requests).map(({ applied }) => applied), [false, false])
      }))

    it.effect("reaches the other app with its own key", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const [, other] = emulator.apps
        assert.isDefined(other)
        const authorization = basic(other!)
        assert.strictEqual((yield* refused("POST", "/v2/apps/other/users", { body: {}, authorization })).status, 201)
        assert.lengthOf(yield* other!.stored("Users"), 1)
        assert.lengthOf(yield* emulator.stored("Users"), 0)
      }))
  })
})
