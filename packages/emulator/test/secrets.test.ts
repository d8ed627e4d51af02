import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { SignJWT } from "jose"
import { call, send } from "./Call.ts"
import { transports } from "./Transports.ts"

const secret = "s3cr3t-0f-s0m3b0dy"

const base64 = (text: string) => Buffer.from(text).toString("base64")

const signed = new SignJWT({ scope: "app" }).setProtectedHeader({ alg: "HS256", kid: "app_x" }).sign(
  new TextEncoder().encode(secret)
)

const [header, claims, signature = ""] = (await signed).split(".")

/** A header as it is sent, and as the log shows it. */
const cases = [
  ["authorization", `Basic ${base64(`app_x:${secret}`)}`, "Basic app_x:<redacted>"],
  ["authorization", `basic ${base64(`svc_5d8cff3c:${secret}`)}`, "basic svc_5d8cff3c:<redacted>"],
  ["authorization", `Basic ${base64(`${secret}:app_x`)}`, "Basic <redacted>"],
  ["authorization", `Basic ${base64(`app_${secret}`)}`, "Basic <redacted>"],
  ["authorization", `Basic ${secret}`, "Basic <redacted>"],
  ["authorization", `Bearer ${secret}`, "Bearer <redacted>"],
  ["authorization", `Bearer ${secret}.${secret}.${secret}`, "Bearer <redacted>"],
  ["authorization", `Bearer ${header}.${claims}.${signature}`, `Bearer ${header}.${claims}.<redacted>`],
  ["authorization", `Bearer   ${secret} ${secret}`, "Bearer <redacted>"],
  ["authorization", `Digest ${secret}`, "<redacted>"],
  ["authorization", secret, "<redacted>"],
  ["authorization", "", ""],
  ["proxy-authorization", `Basic ${base64(`app_x:${secret}`)}`, "Basic app_x:<redacted>"],
  ["cookie", `session=${secret}; b=${secret}`, "<redacted>"],
  ["set-cookie", `session=${secret}`, "<redacted>"],
  ["x-api-key", secret, "<redacted>"],
  ["X-Apikey", secret, "<redacted>"],
  ["ocp-apim-subscription-key", secret, "<redacted>"],
  ["x-auth-token", secret, "<redacted>"],
  ["x-csrf-token", secret, "<redacted>"],
  ["x-amz-security-token", secret, "<redacted>"],
  ["x-auth", secret, "<redacted>"],
  ["x-client-secret", secret, "<redacted>"],
  ["x-hub-signature-256", secret, "<redacted>"],
  ["x-password", secret, "<redacted>"],
  ["x-trace", "kept", "kept"],
  ["x-author", "kept", "kept"],
  ["idempotency-key", "kept", "kept"]
] as const

describe.each(transports)("the log has no secrets, $name", (transport) => {
  layer(transport.layer())((it) => {
    it.effect.each(cases)("%s: %s", ([name, value, shown]) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        const { keySecret } = yield* emulator.addKey({ keyId: "app_x", keySecret: Redacted.make(secret) })
        yield* send("GET", "users/ada", { authorization: "", headers: { [name]: value } })
        // What has no operation, or was refused, is in the log as well.
        yield* send("GET", "/nowhere", { authorization: "", headers: { [name]: value } })
        const requests = yield* emulator.requests
        assert.deepStrictEqual(requests.map(({ headers }) => headers[name.toLowerCase()]), [shown, shown])
        const { body } = yield* call("GET", "/_emulator/requests", { authorization: "" })
        assert.nestedPropertyVal(body, `requests[0].headers.${name.toLowerCase()}`, shown)
        for (const printed of [JSON.stringify(requests), JSON.stringify(body)]) {
          for (const hidden of [Redacted.value(keySecret), base64(`app_x:${secret}`), signature]) {
            assert.notInclude(printed, hidden)
          }
        }
      }))

    it.effect("nor in the query", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* send("GET", `users/ada?access_token=${secret}&x=1&api_key=${secret}&api_key=${secret}`)
        const [seen] = yield* emulator.requests
        const api_key = ["<redacted>", "<redacted>"]
        assert.deepStrictEqual(seen?.query, { access_token: "<redacted>", x: "1", api_key })
        assert.notInclude(JSON.stringify(seen), secret)
      }))

    it.effect("and still says who it was", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.reset
        yield* emulator.addKey({ keyId: "app_x", keySecret: Redacted.make(secret) })
        yield* send("GET", "users/ada", { authorization: `Bearer ${yield* Effect.promise(() => signed)}` })
        assert.deepInclude((yield* emulator.requests)[0], { authentication: "jwt", keyId: "app_x" })
      }))
  })
})
