import { assert, describe, it } from "@effect/vitest"
import { type Assumptions } from "@sunco/emulator/Assumptions"
import { Emulator } from "@sunco/emulator/Emulator"
import { type SeedIntegration } from "@sunco/emulator/Seed"
import { type CreatedIntegrationKey } from "@sunco/schemas/IntegrationKey"
import { type Webhook } from "@sunco/schemas/Webhook"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { SignJWT } from "jose"
import { basic, call, type CallOptions, envelope } from "./Call.ts"

const integrations: ReadonlyArray<SeedIntegration> = [
  { id: "own", type: "custom" },
  { id: "another", type: "custom" },
  { id: "channel", type: "whatsapp" }
]

type Self = Effect.Effect<void, unknown, Emulator | Effect.Services<ReturnType<typeof call>>>

const test = (name: string, self: Self) =>
  it.effect(name, () => Effect.provide(self, Emulator.layerMemory({ integrations })))

const assuming = (name: string, assume: Assumptions, self: Self) =>
  it.effect(name, () => Effect.provide(self, Emulator.layerMemory({ integrations, assume })))

interface Body {
  readonly key: CreatedIntegrationKey<string>
  readonly webhooks: ReadonlyArray<Webhook<string>>
}

const asked = Effect.fnUntraced(function*(method: "GET" | "POST" | "DELETE", path: string, options?: CallOptions) {
  const { body, status } = yield* call(method, `integrations/${path}`, options)
  return { status, body: body as unknown as Body }
})

const create = (integrationId = "own", displayName = "ci") =>
  Effect.map(asked("POST", `${integrationId}/keys`, { body: { displayName } }), ({ body, status }) => ({
    status,
    key: body.key
  }))

const credentialsOf = ({ id, secret }: { readonly id: string; readonly secret: string }) => ({
  authorization: basic({ keyId: id, keySecret: Redacted.make(secret) })
})

/** What the operations of an integration answer to somebody. */
const reaches = (options: CallOptions) => Effect.map(asked("GET", "me/webhooks", options), ({ status }) => status)

const onlyForCustom = {
  status: 400,
  body: envelope("bad_request", "API keys are available only for custom integrations")
}

const integrationNotFound = { status: 404, body: envelope("integration_not_found", "Integration not found") }

describe("a key of an integration", () => {
  test(
    "is made with an id and a secret, which every answer has",
    Effect.gen(function*() {
      const { key, status } = yield* create()
      assert.strictEqual(status, 201)
      assert.match(key.id, /^int_[0-9a-f]{24}$/u)
      assert.deepStrictEqual<unknown>(key, { displayName: "ci", id: key.id, secret: key.secret })
      assert.deepStrictEqual<unknown>(yield* asked("GET", "own/keys"), { status: 200, body: { keys: [key] } })
      assert.deepStrictEqual<unknown>(yield* asked("GET", `own/keys/${key.id}`), { status: 200, body: { key } })
      assert.deepStrictEqual<unknown>((yield* asked("GET", "another/keys")).body, { keys: [] })
      assert.deepStrictEqual<unknown>(yield* (yield* Emulator).stored("IntegrationKeys"), [
        { ...key, integrationId: "own" }
      ])
      assert.notStrictEqual((yield* create()).key.secret, key.secret)
    })
  )

  test(
    "calls the API in the name of its integration, and signs tokens that do",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { key } = yield* create()
      assert.strictEqual(yield* reaches(credentialsOf(key)), 200)
      const [webhook] = yield* emulator.stored("Webhooks")
      assert.deepInclude((yield* asked("GET", "me/webhooks", credentialsOf(key))).body.webhooks[0], { id: webhook!.id })
      const signed = yield* Effect.promise(() =>
        new SignJWT({ scope: "integration" }).setProtectedHeader({ alg: "HS256", kid: key.id }).sign(
          new TextEncoder().encode(key.secret)
        )
      )
      assert.strictEqual(yield* reaches({ authorization: `Bearer ${signed}` }), 200)
      assert.strictEqual(yield* reaches(credentialsOf({ ...key, secret: "another" })), 401)
      assert.deepInclude((yield* emulator.requests).at(-2), { keyId: key.id, authentication: "jwt" })
      // What it may do is no more than an integration may.
      assert.strictEqual((yield* asked("GET", "own/keys", credentialsOf(key))).status, 403)
      assert.strictEqual((yield* call("GET", "users/nobody", credentialsOf(key))).status, 404)

      assert.deepStrictEqual<unknown>(yield* asked("DELETE", `own/keys/${key.id}`), { status: 200, body: {} })
      assert.strictEqual(yield* reaches(credentialsOf(key)), 401)
      assert.strictEqual(yield* reaches({ authorization: `Bearer ${signed}` }), 401)
      assert.deepStrictEqual<unknown>((yield* asked("GET", "own/keys")).body, { keys: [] })
    })
  )

  test(
    "goes with its integration, and stays of none but that",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const [own, another] = [(yield* create()).key, (yield* create("another")).key]
      yield* emulator.seed({ integrations: [{ id: "own", type: "custom" }] })
      assert.deepStrictEqual<unknown>([yield* reaches(credentialsOf(own)), yield* reaches(credentialsOf(another))], [
        401,
        200
      ])
      assert.deepStrictEqual<unknown>((yield* emulator.stored("IntegrationKeys")).map(({ id }) => id), [another.id])
      yield* emulator.reset
      assert.strictEqual(yield* reaches(credentialsOf(another)), 401)
    })
  )

  test(
    "is put in place by a seed, with an integration where there is none",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { integrationKeys } = yield* emulator.seed({
        integrationKeys: [
          { id: "int_k", integrationId: "own", secret: "of the key", displayName: "seeded" },
          { integrationId: "new" }
        ]
      })
      assert.deepStrictEqual<unknown>(integrationKeys[0], {
        id: "int_k",
        integrationId: "own",
        secret: "of the key",
        displayName: "seeded"
      })
      assert.strictEqual(yield* reaches(credentialsOf({ id: "int_k", secret: "of the key" })), 200)
      assert.include((yield* emulator.stored("Integrations")).map(({ id }) => id), "new")
      assert.match(integrationKeys[1]!.id, /^int_/u)
      // One of the same id takes its place.
      yield* emulator.seed({ integrationKeys: [{ id: "int_k", integrationId: "another", secret: "changed" }] })
      assert.lengthOf(yield* emulator.stored("IntegrationKeys"), 2)
      assert.strictEqual(yield* reaches(credentialsOf({ id: "int_k", secret: "of the key" })), 401)
      assert.strictEqual(yield* reaches(credentialsOf({ id: "int_k", secret: "changed" })), 200)
    })
  )

  test(
    "is one of ten at most of its integration",
    Effect.gen(function*() {
      for (let number = 1; number <= 10; number++) assert.strictEqual((yield* create()).status, 201)
      assert.strictEqual((yield* create()).status, 400)
      assert.strictEqual((yield* create("another")).status, 201)
    })
  )

  test(
    "is for custom integrations alone, and for those that there are",
    Effect.gen(function*() {
      const body = { displayName: "ci" }
      for (
        const [integrationId, answer] of [["channel", onlyForCustom], ["nowhere", integrationNotFound], [
          "me",
          integrationNotFound
        ]] as const
      ) {
        assert.deepStrictEqual<unknown>(yield* asked("POST", `${integrationId}/keys`, { body }), answer)
        assert.deepStrictEqual<unknown>(yield* asked("GET", `${integrationId}/keys`), answer)
        assert.deepStrictEqual<unknown>(yield* asked("GET", `${integrationId}/keys/int_1`), answer)
        assert.deepStrictEqual<unknown>(yield* asked("DELETE", `${integrationId}/keys/int_1`), answer)
      }
      assert.strictEqual((yield* asked("POST", "own/keys", { body: {} })).status, 400)
    })
  )

  test(
    "is not found under another id, or of another integration",
    Effect.gen(function*() {
      const { key } = yield* create()
      const notFound = { status: 404, body: envelope("not_found", "Resource not found") }
      for (const path of ["own/keys/int_1", `another/keys/${key.id}`]) {
        assert.deepStrictEqual<unknown>(yield* asked("GET", path), notFound)
        assert.deepStrictEqual<unknown>(yield* asked("DELETE", path), notFound)
      }
      assert.strictEqual(yield* reaches(credentialsOf(key)), 200)
    })
  )
})

describe("of keys can be assumed", () => {
  assuming(
    "that secrets are shown once",
    { keySecrets: "onceOnly" },
    Effect.gen(function*() {
      const { key: { secret, ...shown } } = yield* create()
      assert.isString(secret)
      assert.deepStrictEqual<unknown>((yield* asked("GET", "own/keys")).body, { keys: [shown] })
      assert.deepStrictEqual<unknown>((yield* asked("GET", `own/keys/${shown.id}`)).body, { key: shown })
    })
  )

  assuming(
    "that one that is missing has a code of its own",
    { missingIntegrationKey: "keyNotFound" },
    Effect.gen(function*() {
      assert.deepStrictEqual<unknown>(yield* asked("DELETE", "own/keys/int_1"), {
        status: 404,
        body: envelope("key_not_found", "Key not found")
      })
    })
  )
})
