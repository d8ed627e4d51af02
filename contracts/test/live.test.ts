import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { readFileSync } from "node:fs"
import { pactFile } from "../bin/pactFile.ts"
import { allFacts } from "../live/allFacts.ts"
import * as Guard from "../live/Guard.ts"
import * as Json from "../live/json.ts"
import { Ledger } from "../live/Ledger.ts"
import * as OwnPact from "../live/OwnPact.ts"
import { Run } from "../live/Run.ts"
import { nowhere } from "../live/things.ts"

const appId = "5d8cff3cd55b040010928b5b"

const stranger = "67a11490f0305f4a391e9f8a"

describe("Guard.refusal", () => {
  const own = new Set(["aaaaaaaaaaaaaaaaaaaaaaaa", "sunco-live-1-ada/?#", "https://files.example.com/own.png"])
  const bounds = { appId, host: "files.example.com", isOwn: (name: string) => own.has(name) }
  const refusal = (method: string, target: string, body?: Json.Json) => Guard.refusal({ method, target, body }, bounds)
  const of = `/v2/apps/${appId}`

  it.each<[string, string, Json.Json?]>([
    ["GET", `${of}/users/aaaaaaaaaaaaaaaaaaaaaaaa`],
    ["DELETE", `${of}/users/sunco-live-1-ada%2F%3F%23?brandId=1`],
    ["POST", `${of}/users`, { externalId: "sunco-live-1-ada/?#", profile: { email: "ada@example.org" } }],
    ["POST", `${of}/conversations`, { participants: [{ userId: "aaaaaaaaaaaaaaaaaaaaaaaa" }] }],
    ["GET", `${of}/conversations?filter%5BuserId%5D=aaaaaaaaaaaaaaaaaaaaaaaa&page%5Bsize%5D=1`],
    ["POST", `${of}/attachments/remove`, { mediaUrl: "https://files.example.com/own.png" }],
    ["POST", `${of}/attachments/remove`, { mediaUrl: "https://elsewhere.example.com/a.png" }]
  ])("lets through what is about things of the run: %s %s", (method, target, body) => {
    assert.isUndefined(refusal(method, target, body))
  })

  it.each<[string, string, Json.Json | undefined, string]>([
    ["GET", `${of}/users/${stranger}`, undefined, "userIdOrExternalId"],
    ["DELETE", `${of}/users/your-own-id`, undefined, "userIdOrExternalId"],
    ["DELETE", `${of}/conversations/${stranger}/messages`, undefined, "conversationId"],
    ["GET", `/v2/apps/${stranger}/users/aaaaaaaaaaaaaaaaaaaaaaaa`, undefined, "appId"],
    ["POST", `${of}/users`, { externalId: "your-own-id" }, "externalId"],
    ["POST", `${of}/conversations`, { participants: [{ userExternalId: "your-own-id" }] }, "userExternalId"],
    ["GET", `${of}/conversations?filter%5BuserExternalId%5D=your-own-id`, undefined, "filter[userExternalId]"],
    ["GET", `${of}/users?filter%5Bidentities.email%5D=sue%40example.org`, undefined, "filter[identities.email]"],
    ["POST", `${of}/attachments?conversationId=${stranger}`, undefined, "conversationId"],
    ["POST", `${of}/attachments/remove`, { mediaUrl: "https://files.example.com/theirs.png" }, "mediaUrl"]
  ])("stops what names others: %s %s", (method, target, body, named) => {
    assert.strictEqual(refusal(method, target, body), `it names what this run has not made (${named})`)
  })

  it("stops what would change the app itself", () => {
    assert.strictEqual(refusal("PATCH", of, { displayName: "Mine" }), refusal("DELETE", of))
    assert.isDefined(refusal("DELETE", of))
  })

  it.each([
    ["DELETE", `${of}/users/..`],
    ["DELETE", `${of}/users/%2e%2e`],
    ["DELETE", `${of}/users/`],
    ["PUT", `${of}/users/aaaaaaaaaaaaaaaaaaaaaaaa`],
    ["POST", "/v1.1/apps"]
  ])("stops what is for no operation, or for another than it seems: %s %s", (method, target) => {
    assert.isDefined(refusal(method, target))
  })
})

describe("OwnPact", () => {
  const layer = Layer.merge(Run.layer({ brand: undefined, switchboard: false }), Ledger.layer)

  const pactOf = (...interactions: ReadonlyArray<Json.Json>) =>
    OwnPact.make(JSON.stringify({ consumer: {}, interactions }))

  it.effect("gives each interaction names of its own, wherever it has them", () =>
    Effect.gen(function*() {
      const { prefix } = yield* Run
      const { isOwn } = yield* Ledger
      const expression = `/v2/apps/\${appId}/users/sue%40example.org%2Feu`
      const pact = yield* pactOf(
        { description: "none", request: { method: "GET", path: "/v2/apps/a" }, response: { status: 200 } },
        {
          description: "get",
          providerStates: [{ name: "a user exists", params: { externalId: "sue@example.org/eu" } }],
          request: {
            method: "GET",
            path: `/v2/apps/${appId}/users/sue%40example.org%2Feu`,
            generators: { path: { expression, type: "ProviderState" } }
          },
          response: { status: 200, body: { content: { user: { externalId: "sue@example.org/eu", id: stranger } } } }
        }
      )
      const name = `${prefix}-1-sue@example.org/eu`
      assert.isTrue(isOwn(name))
      const encoded = encodeURIComponent(name)
      assert.deepStrictEqual(pact.interactions[1]?.json, {
        description: "get",
        providerStates: [{ name: "a user exists", params: { externalId: name, "sunco-interaction": 1 } }],
        request: {
          method: "GET",
          path: `/v2/apps/${appId}/users/${encoded}`,
          generators: { path: { expression: `/v2/apps/\${appId}/users/${encoded}`, type: "ProviderState" } },
          headers: { "X-Sunco-Interaction": ["1"] }
        },
        response: { status: 200, body: { content: { user: { externalId: name, id: stranger } } } }
      })
    }).pipe(Effect.provide(layer)))

  it.effect("takes ids that nothing has for those of what does not exist", () =>
    Effect.gen(function*() {
      const { isOwn } = yield* Ledger
      const pact = yield* pactOf({
        description: "delete",
        providerStates: [{ name: "no conversation exists", params: { conversationId: stranger } }],
        request: {
          method: "DELETE",
          path: `/v2/apps/${appId}/conversations/${stranger}/messages/67a10c0bf0305f4a391e9e51`,
          generators: {
            path: { expression: `/v2/apps/\${appId}/conversations/${stranger}/messages/67a10c0bf0305f4a391e9e51` }
          }
        },
        response: { status: 404 }
      })
      const text = JSON.stringify(pact.interactions[0]?.json)
      assert.notInclude(text, stranger)
      const [, conversationId = "", messageId = ""] = /conversations\/(\w+)\/messages\/(\w+)/.exec(text) ?? []
      assert.match(`${conversationId} ${messageId}`, /^[0-9a-f]{24} [0-9a-f]{24}$/)
      assert.isTrue(isOwn(conversationId) && isOwn(messageId))
      assert.notStrictEqual(conversationId, messageId)
    }).pipe(Effect.provide(layer)))

  it.effect("lets no webhook lead to anybody", () =>
    Effect.gen(function*() {
      const target = "https://example.com/callback"
      const pact = yield* pactOf({
        description: "webhook",
        request: { method: "POST", path: "/v2", body: { content: { webhooks: [{ target }], target } } },
        response: { status: 201, body: { content: { webhook: { target } } } }
      })
      assert.notInclude(JSON.stringify(pact.interactions[0]?.json), target)
      assert.strictEqual(new URL(nowhere.target).hostname, "sunco.invalid")
    }).pipe(Effect.provide(layer)))

  it.effect("names nobody else in any interaction of the pact of this repository", () =>
    Effect.gen(function*() {
      const { isOwn } = yield* Ledger
      const pact = yield* OwnPact.make(readFileSync(pactFile, "utf8"))
      const named: Array<string> = []
      for (const { json } of pact.interactions) {
        Json.eachText(json["request"] ?? null, (field, text) => {
          if (/^(user)?externalId$/i.test(field) && !isOwn(text)) named.push(text)
          if (field === "target" && /^https?:/.test(text) && text !== nowhere.target) named.push(text)
        })
      }
      assert.deepStrictEqual(named, [])
    }).pipe(Effect.provide(layer)))
})

describe("Ledger", () => {
  const failure = (tag: string, applied?: "no" | "unknown") =>
    Effect.fail({ _tag: tag, message: `${tag} happened`, ...(applied === undefined ? undefined : { applied }) })

  const user = (id: string, remove: Effect.Effect<unknown, { _tag: string; message: string }>) => ({
    kind: "user",
    create: Effect.succeed(id),
    idOf: (id: string) => id,
    remove: () => remove
  })

  it.effect("deletes what was made, takes for deleted what is gone, and names the rest", () =>
    Effect.gen(function*() {
      const { cleanUp, isOwn, make } = yield* Ledger
      yield* Effect.scoped(Effect.gen(function*() {
        yield* make(user("one", Effect.void))
        yield* make(user("two", failure("UserNotFound")))
        yield* make(user("three", failure("SunshineError")))
        yield* Effect.ignore(make({ ...user("four", Effect.void), create: failure("SunshineError", "unknown") }))
        yield* Effect.ignore(make({ ...user("five", Effect.void), create: failure("SunshineError", "no") }))
      }))
      assert.deepStrictEqual(yield* cleanUp, {
        made: 3,
        deleted: 2,
        left: [
          { kind: "user", id: "unknown", why: "SunshineError happened" },
          { kind: "user", id: "three", why: "SunshineError happened" }
        ]
      })
      assert.deepStrictEqual(["one", "three", "five"].map(isOwn), [true, true, false])
    }).pipe(Effect.provide(Ledger.layer)))
})

describe("the facts", () => {
  it("have each a name of its own, and assume one of their answers", () => {
    const names = allFacts.map(({ name }) => name)
    assert.deepStrictEqual(names.filter((name, index) => names.indexOf(name) !== index), [])
    for (const { answers, assumed, question } of allFacts) {
      assert.include(Object.keys(answers), assumed)
      assert.match(question, /^\p{Lu}.*[\p{L}:,]$/u)
    }
  })
})
