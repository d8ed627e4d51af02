import { assert, describe, it } from "@effect/vitest"
import { type Assumptions } from "@sunco/emulator/Assumptions"
import { Emulator } from "@sunco/emulator/Emulator"
import { type SeedIntegration } from "@sunco/emulator/Seed"
import { type Webhook } from "@sunco/schemas/Webhook"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { basic, call, type CallOptions, envelope } from "./Call.ts"

const integrations: ReadonlyArray<SeedIntegration> = [
  { id: "own", type: "custom", webhooks: [{ id: "w1", secret: "s1", target: "https://one.example", triggers: [] }] },
  { id: "bare", type: "custom", webhooks: [] },
  { id: "connected", type: "somebody-elses" },
  { id: "channel", type: "whatsapp" }
]

const test = (name: string, self: Effect.Effect<void, unknown, Emulator | Effect.Services<ReturnType<typeof call>>>) =>
  it.effect(name, () => Effect.provide(self, Emulator.layerMemory({ integrations })))

const assuming = (
  name: string,
  assume: Assumptions,
  self: Effect.Effect<void, unknown, Emulator | Effect.Services<ReturnType<typeof call>>>
) => it.effect(name, () => Effect.provide(self, Emulator.layerMemory({ integrations, assume })))

interface Body {
  readonly webhook: Webhook<string>
  readonly webhooks: ReadonlyArray<Webhook<string>>
}

const asked = Effect.fnUntraced(function*(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  options?: CallOptions
) {
  const { body, status } = yield* call(method, `integrations/${path}`, options)
  return { status, body: body as unknown as Body }
})

const statusOf = (...args: Parameters<typeof asked>) => Effect.map(asked(...args), ({ status }) => status)

const payload = { target: "https://new.example/hook?token=t", triggers: ["conversation:message", "Conversation:Read"] }

const integrationNotFound = { status: 404, body: envelope("integration_not_found", "Integration not found") }
const notFound = { status: 404, body: envelope("not_found", "Resource not found") }
const forbidden = { status: 403, body: envelope("forbidden", "Forbidden") }

/** A token of an integration, as OAuth issues it, and a key of one. */
const credentialsOf = Effect.fnUntraced(function*(integrationId: string) {
  const emulator = yield* Emulator
  yield* emulator.addAccessToken(Redacted.make(`token of ${integrationId}`), integrationId)
  const key = yield* emulator.addKey({ integrationId })
  return { token: { authorization: `Bearer token of ${integrationId}` }, key: { authorization: basic(key) } }
})

const account = Effect.flatMap(
  Emulator,
  ({ addKey }) => Effect.map(addKey({ scope: "account" }), (key) => ({ authorization: basic(key) }))
)

describe("a webhook", () => {
  test(
    "is made with a secret and a version, which every answer has, and keeps its triggers as they are written",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { body: { webhook }, status } = yield* asked("POST", "bare/webhooks", { body: payload })
      assert.strictEqual(status, 201)
      assert.match(webhook.secret ?? "", /./u)
      assert.deepStrictEqual<unknown>(webhook, {
        id: webhook.id,
        version: "v2",
        ...payload,
        secret: webhook.secret,
        includeFullUser: false,
        includeFullSource: false
      })
      assert.deepStrictEqual<unknown>((yield* asked("GET", "bare/webhooks")).body, { webhooks: [webhook] })
      assert.deepStrictEqual<unknown>((yield* asked("GET", `bare/webhooks/${webhook.id}`)).body, { webhook })
      const stored = (yield* emulator.stored("Webhooks")).find(({ id }) => id === webhook.id)
      assert.deepStrictEqual<unknown>(stored, { ...webhook, integrationId: "bare" })
      assert.deepStrictEqual<unknown>(
        (yield* emulator.stored("Integrations")).find(({ id }) => id === "bare")?.webhooks,
        [webhook]
      )
    })
  )

  test(
    "is changed in what a patch says, and keeps its secret",
    Effect.gen(function*() {
      const update = (body: object) => asked("PATCH", "own/webhooks/w1", { body })
      const { body: { webhook } } = yield* update({ triggers: ["user:update"], includeFullSource: true })
      assert.deepInclude(webhook, {
        id: "w1",
        target: "https://one.example",
        triggers: ["user:update"],
        includeFullUser: false,
        includeFullSource: true,
        secret: "s1"
      })
      assert.deepStrictEqual<unknown>((yield* update({})).body, { webhook })
      assert.strictEqual((yield* update({ target: "no-url" })).status, 400)
      assert.strictEqual((yield* update({ target: null })).status, 400)
      const [stored] = yield* (yield* Emulator).stored("Webhooks")
      assert.deepStrictEqual<unknown>(stored, { ...webhook, integrationId: "own" })
    })
  )

  test(
    "is gone once it is deleted, and its integration may have another",
    Effect.gen(function*() {
      assert.deepStrictEqual<unknown>(yield* asked("DELETE", "own/webhooks/w1"), { status: 200, body: {} })
      assert.deepStrictEqual<unknown>(yield* asked("DELETE", "own/webhooks/w1"), notFound)
      const { body: { webhook }, status } = yield* asked("POST", "own/webhooks", { body: payload })
      assert.strictEqual(status, 201)
      assert.notStrictEqual(webhook.secret, "s1")
    })
  )

  test(
    "goes with its integration",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed({ integrations: [{ id: "own", type: "custom", webhooks: [] }] })
      assert.deepStrictEqual<unknown>(yield* emulator.stored("Webhooks"), [])
      assert.deepStrictEqual<unknown>(yield* asked("GET", "own/webhooks/w1"), notFound)
    })
  )

  test(
    "is not found of another integration, and none of an integration that is not there",
    Effect.gen(function*() {
      for (const path of ["bare/webhooks/w1", "own/webhooks/w2", "nowhere/webhooks/w1"]) {
        assert.deepStrictEqual<unknown>(yield* asked("GET", path), notFound)
        assert.deepStrictEqual<unknown>(yield* asked("PATCH", path, { body: {} }), notFound)
        assert.deepStrictEqual<unknown>(yield* asked("DELETE", path), notFound)
      }
      assert.deepStrictEqual<unknown>(yield* asked("GET", "nowhere/webhooks"), integrationNotFound)
      assert.deepStrictEqual<unknown>(yield* asked("POST", "nowhere/webhooks", { body: payload }), integrationNotFound)
    })
  )

  test(
    "needs a target that can be called, and triggers",
    Effect.gen(function*() {
      for (const body of [{}, { target: payload.target }, { triggers: [] }, { ...payload, target: "example.com" }]) {
        assert.strictEqual(yield* statusOf("POST", "bare/webhooks", { body }), 400)
      }
      for (const target of ["mailto:ada@example.com", "https:", "ftp://example.com"]) {
        assert.strictEqual(yield* statusOf("POST", "bare/webhooks", { body: { ...payload, target } }), 400)
        assert.strictEqual(yield* statusOf("PATCH", "own/webhooks/w1", { body: { target } }), 400)
      }
    })
  )
})

describe("the webhooks of an integration", () => {
  test(
    "are one of a custom integration, several of a connected one, and none of a channel",
    Effect.gen(function*() {
      assert.strictEqual(yield* statusOf("POST", "own/webhooks", { body: payload }), 400)
      assert.strictEqual(yield* statusOf("POST", "connected/webhooks", { body: payload }), 201)
      assert.strictEqual(yield* statusOf("POST", "connected/webhooks", { body: payload }), 201)
      assert.lengthOf((yield* asked("GET", "connected/webhooks")).body.webhooks, 2)
      assert.strictEqual(yield* statusOf("POST", "channel/webhooks", { body: payload }), 400)
      assert.deepStrictEqual<unknown>((yield* asked("GET", "channel/webhooks")).body, { webhooks: [] })
    })
  )

  test(
    "are ten at most of all integrations of an app",
    Effect.gen(function*() {
      for (let number = 2; number <= 10; number++) {
        assert.strictEqual(yield* statusOf("POST", "connected/webhooks", { body: payload }), 201)
      }
      assert.strictEqual(yield* statusOf("POST", "connected/webhooks", { body: payload }), 400)
      assert.strictEqual(yield* statusOf("POST", "bare/webhooks", { body: payload }), 400)
      yield* asked("DELETE", "own/webhooks/w1")
      assert.strictEqual(yield* statusOf("POST", "bare/webhooks", { body: payload }), 201)
    })
  )

  test(
    "are counted where an integration is made with one, too, which is called in the same way",
    Effect.gen(function*() {
      const custom = (target: string) =>
        Effect.map(
          call("POST", "integrations", { body: { type: "custom", webhooks: [{ target, triggers: [] }] } }),
          ({ status }) => status
        )
      assert.strictEqual(yield* custom("mailto:ada@example.com"), 400)
      for (let number = 2; number <= 10; number++) assert.strictEqual(yield* custom("https://new.example"), 201)
      assert.strictEqual(yield* custom("https://new.example"), 400)
      assert.lengthOf(yield* (yield* Emulator).stored("Integrations"), integrations.length + 9)
    })
  )

  test(
    "are for the integration itself, which calls itself me, and for the app",
    Effect.gen(function*() {
      const { key, token } = yield* credentialsOf("connected")
      for (const credentials of [key, token]) {
        const { body: { webhook }, status } = yield* asked("POST", "me/webhooks", { ...credentials, body: payload })
        assert.strictEqual(status, 201)
        for (const path of [`me/webhooks/${webhook.id}`, `connected/webhooks/${webhook.id}`]) {
          assert.deepStrictEqual<unknown>((yield* asked("GET", path, credentials)).body, { webhook })
        }
        yield* asked("PATCH", `me/webhooks/${webhook.id}`, { ...credentials, body: { includeFullUser: true } })
        assert.deepStrictEqual<unknown>((yield* asked("GET", `connected/webhooks/${webhook.id}`)).body, {
          webhook: { ...webhook, includeFullUser: true }
        })
        assert.strictEqual(yield* statusOf("DELETE", `me/webhooks/${webhook.id}`, credentials), 200)
        assert.deepStrictEqual<unknown>((yield* asked("GET", "me/webhooks", credentials)).body, { webhooks: [] })
      }
    })
  )

  test(
    "are not for another integration, or for an account",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.addAccessToken(Redacted.make("of nobody"))
      const { key, token } = yield* credentialsOf("connected")
      for (const credentials of [key, token, { authorization: "Bearer of nobody" }, yield* account]) {
        for (
          const answer of [
            yield* asked("GET", "own/webhooks", credentials),
            yield* asked("POST", "bare/webhooks", { ...credentials, body: payload }),
            yield* asked("GET", "own/webhooks/w1", credentials),
            yield* asked("PATCH", "own/webhooks/w1", { ...credentials, body: {} }),
            yield* asked("DELETE", "own/webhooks/w1", credentials),
            yield* asked("GET", "nowhere/webhooks", credentials)
          ]
        ) assert.deepStrictEqual<unknown>(answer, forbidden)
      }
      assert.deepStrictEqual<unknown>((yield* emulator.stored("Webhooks")).map(({ id }) => id), ["w1"])
    })
  )

  test(
    "are of nobody where credentials of no integration say me",
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.addAccessToken(Redacted.make("of nobody"))
      const gone = yield* credentialsOf("of an integration that is gone")
      for (const credentials of [{}, { authorization: "Bearer of nobody" }, gone.key, gone.token]) {
        assert.deepStrictEqual<unknown>(yield* asked("GET", "me/webhooks", credentials), integrationNotFound)
        assert.deepStrictEqual<unknown>(yield* asked("GET", "me/webhooks/w1", credentials), notFound)
      }
    })
  )
})

describe("of webhooks can be assumed", () => {
  assuming(
    "that a custom integration may have several",
    { secondWebhook: "another" },
    Effect.gen(function*() {
      assert.strictEqual(yield* statusOf("POST", "own/webhooks", { body: payload }), 201)
      assert.lengthOf((yield* asked("GET", "own/webhooks")).body.webhooks, 2)
    })
  )

  assuming(
    "that an integration has one webhook for a target",
    { sameTarget: "refused" },
    Effect.gen(function*() {
      assert.strictEqual(yield* statusOf("POST", "connected/webhooks", { body: payload }), 201)
      assert.strictEqual(yield* statusOf("POST", "connected/webhooks", { body: payload }), 400)
      const body = { ...payload, target: "https://new.example" }
      assert.strictEqual(yield* statusOf("POST", "connected/webhooks", { body }), 201)
    })
  )

  assuming(
    "that only tokens say me",
    { meOfKey: "notFound" },
    Effect.gen(function*() {
      const { key, token } = yield* credentialsOf("own")
      assert.deepStrictEqual<unknown>(yield* asked("GET", "me/webhooks", key), integrationNotFound)
      assert.strictEqual(yield* statusOf("GET", "own/webhooks", key), 200)
      assert.strictEqual(yield* statusOf("GET", "me/webhooks", token), 200)
    })
  )

  assuming(
    "that me is forbidden to whoever is no integration",
    { meOfNone: "forbidden" },
    Effect.gen(function*() {
      assert.deepStrictEqual<unknown>(yield* asked("GET", "me/webhooks"), forbidden)
      assert.deepStrictEqual<unknown>(yield* asked("GET", "me/webhooks/w1"), forbidden)
    })
  )

  assuming(
    "that an account may do everything",
    { accountScope: "everything" },
    Effect.gen(function*() {
      const credentials = yield* account
      assert.strictEqual(yield* statusOf("GET", "own/webhooks", credentials), 200)
      assert.strictEqual(yield* statusOf("POST", "bare/webhooks", { ...credentials, body: payload }), 201)
    })
  )

  assuming(
    "that lists begin with the newest",
    { listOrder: "newestFirst" },
    Effect.gen(function*() {
      const made: Array<string> = []
      for (let number = 0; number < 2; number++) {
        made.push((yield* asked("POST", "connected/webhooks", { body: payload })).body.webhook.id)
      }
      const { body: { webhooks } } = yield* asked("GET", "connected/webhooks")
      assert.deepStrictEqual<unknown>(webhooks.map(({ id }) => id), made.toReversed())
    })
  )
})
