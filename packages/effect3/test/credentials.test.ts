import * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import { CredentialsUnavailable } from "@sunco/effect3/SunshineError"
import { Users } from "@sunco/effect3/Users"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import * as Vendor from "./Vendor.ts"

const unauthorized = ScriptedTransport.errors(401, "unauthorized")

/** What was sent as `Authorization`, when each request is answered from the script. */
const sentAs = async (
  credentials: Layer.Layer<Credentials.Credentials>,
  ...script: Parameters<typeof ScriptedTransport.make>[0]
) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  await Effect.runPromise(
    Effect.flatMap(Users, (users) => Effect.ignore(users.get("ada"))).pipe(
      Effect.provide(Users.layer({ appId: "app", subdomain: "example" })),
      Effect.provide(credentials),
      Effect.provideService(HttpClient.HttpClient, httpClient)
    )
  )
  return sent.map(({ request }) => request.headers["authorization"])
}

describe("the credentials", () => {
  it("are a fixed token", async () => {
    assert.deepStrictEqual(
      await sentAs(Credentials.layerBearer(Redacted.make("token")), ScriptedTransport.found),
      ["Bearer token"]
    )
  })

  it("are a token from an effect, which is asked again once when it is refused", async () => {
    let minted = 0
    const token = Effect.sync(() => Redacted.make(`token ${++minted}`))
    assert.deepStrictEqual(
      await sentAs(Credentials.layerBearerEffect(token), unauthorized, unauthorized),
      ["Bearer token 1", "Bearer token 2"]
    )
  })

  it("are a JWT that the vendor takes", async () => {
    await using vendor = await Vendor.start()
    const created = await Effect.runPromise(
      Effect.flatMap(Users, (users) => users.create({ externalId: "ada" })).pipe(
        Effect.provide(
          vendor.users({}, undefined, Credentials.layerJwt({ ...vendor.key, scope: "app", lifetime: "1 minute" }))
        )
      )
    )
    assert.strictEqual(created.externalId, "ada")
  })

  it("are the application's own, of which two are the same only when they are the same object", async () => {
    const first = { header: Redacted.make("Bearer first") }
    const second = { header: Redacted.make("Bearer second") }
    const refused: Array<Credentials.Authorization> = []
    const rotating = Layer.succeed(Credentials.Credentials, {
      current: Effect.succeed(first),
      renewed: (authorization) =>
        Effect.sync(() => {
          refused.push(authorization)
          return second
        })
    })
    assert.deepStrictEqual(
      await sentAs(rotating, unauthorized, ScriptedTransport.found),
      ["Bearer first", "Bearer second"]
    )
    assert.deepStrictEqual(refused.map((authorization) => authorization === first), [true])

    const constant = Layer.succeed(Credentials.Credentials, {
      current: Effect.succeed(first),
      renewed: () => Effect.succeed(first)
    })
    assert.deepStrictEqual(await sentAs(constant, unauthorized), ["Bearer first"])
  })

  it("of the application fail as they say", async () => {
    const unavailable = new CredentialsUnavailable({ cause: Redacted.make("sealed") })
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.found])
    const error = await Effect.runPromise(
      Effect.flatMap(Users, (users) => Effect.flip(users.get("ada"))).pipe(
        Effect.provide(Users.layer({ appId: "app", subdomain: "example" })),
        Effect.provideService(Credentials.Credentials, {
          current: Effect.fail(unavailable),
          renewed: () => Effect.fail(unavailable)
        }),
        Effect.provideService(HttpClient.HttpClient, httpClient)
      )
    )
    assert(error._tag === "SunshineError" && error.reason._tag === "CredentialsUnavailable")
    assert.strictEqual(Redacted.value(error.reason.cause), "sealed")
  })

  it("can be asked by the application, and print nothing", async () => {
    const [first, second, renewed] = await Effect.runPromise(
      Effect.gen(function*() {
        const { current, renewed } = yield* Credentials.Credentials
        const first = yield* current
        return [first, yield* current, yield* renewed(first)]
      }).pipe(Effect.provide(Credentials.layerBasic(ScriptedTransport.key)))
    )
    assert.strictEqual(Redacted.value(first!.header), `Basic ${btoa("app_1:correct horse battery staple")}`)
    assert.strictEqual(first, second)
    assert.strictEqual(first, renewed)
    assert.notInclude(JSON.stringify(first) + String(first!.header), "Basic")
  })
})
