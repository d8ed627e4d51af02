import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { call, envelope } from "./Call.ts"
import { failing, type Fields, refused } from "./Conversing.ts"

const fresh = Effect.gen(function*() {
  const emulator = yield* Emulator
  yield* emulator.reset
  return emulator
})

describe("integrations of a seed", () => {
  layer(Emulator.layerMemory())((it) => {
    it.effect("are of any type, with what no answer has, and secrets as text", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        const { integrations } = yield* emulator.seed({
          integrations: [
            { type: "telegram", token: "of the bot", botId: "7", displayName: "Bot" },
            { type: "slackconnect", id: "67a0ecf8f0305f4a391e9db6", team: { id: "t" } },
            { type: "web", isOfAdminCenter: true },
            { type: "custom", webhooks: [{ target: "https://shop.example", triggers: [], secret: "s" }] }
          ]
        })
        const [telegram, slack, web, custom] = integrations
        assert.deepInclude(telegram!, { type: "telegram", status: "active", token: "of the bot", botId: "7" })
        assert.deepStrictEqual(slack, {
          type: "slackconnect",
          id: "67a0ecf8f0305f4a391e9db6",
          status: "active",
          team: { id: "t" }
        })
        assert.deepInclude(web!, { isOfAdminCenter: true })
        assert.deepInclude(custom!.webhooks![0]!, { secret: "s", version: "v2", target: "https://shop.example" })
        const stored = yield* emulator.stored("Integrations")
        assert.deepStrictEqual(stored, integrations)
        assert.strictEqual((yield* emulator.stored("Integrations"))[3], stored[3])
      }))

    it.effect("replace those of the same id, and get a webhook with a secret of its own where they are custom", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        yield* emulator.seed({ integrations: [{ id: "i", type: "custom" }] })
        const [before] = yield* emulator.stored("Integrations")
        yield* emulator.seed({ integrations: [{ id: "i", type: "custom", displayName: "Another" }] })
        const [after, ...more] = yield* emulator.stored("Integrations")
        assert.isEmpty(more)
        assert.strictEqual(after!.displayName, "Another")
        assert.lengthOf(after!.webhooks!, 1)
        assert.notStrictEqual(after!.webhooks![0]!.secret, before!.webhooks![0]!.secret)
      }))

    it.effect("are refused where no answer could have them", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        const exit = yield* Effect.exit(emulator.seed({ integrations: [{ type: "web", brandColor: 7 }] }))
        assert.isTrue(Exit.isFailure(exit))
        assert.include(JSON.stringify(exit), "the fields of its type as a response has them")
      }))
  })
})

const notFound = refused(404, "integration_not_found", "Integration not found")

const create = Effect.fnUntraced(function*(body: object) {
  const { body: answer, status } = yield* call("POST", "integrations", { body })
  assert.strictEqual(status, 201, JSON.stringify(answer))
  return (answer as Fields)["integration"] as Fields
})

const read = (id: string) =>
  Effect.map(call("GET", `integrations/${id}`), ({ body }) => (body as Fields)["integration"] as Fields)

const update = (id: string, body: object) => call("PATCH", `integrations/${id}`, { body })

const listed = (query = "") => Effect.map(call("GET", `integrations${query}`), ({ body }) => body as Fields)

const webhook = { target: "https://shop.example/events", triggers: ["conversation:message"] }

/** What each kind is made with that no answer has. */
const writeOnly: { readonly [type: string]: { readonly sent: object; readonly shown?: object } } = {
  android: { sent: { projectId: "s", clientEmail: "s", privateKey: "s", serverKey: "s" }, shown: { senderId: "x" } },
  apple: { sent: { apiSecret: "s" }, shown: { businessId: "b", mspId: "m" } },
  instagram: { sent: { pageAccessToken: "s", appSecret: "s" }, shown: { appId: "a" } },
  ios: { sent: { certificate: "s", password: "s" }, shown: { production: true } },
  line: { sent: {}, shown: { channelSecret: "x", channelAccessToken: "x", switcherSecret: "x" } },
  mailgun: {
    sent: { apiKey: "s" },
    shown: { signingKey: "x", domain: "shop.example", incomingAddress: "tea@shop.example" }
  },
  messagebird: { sent: { accessKey: "s", signingKey: "s" }, shown: { originator: "1" } },
  messenger: { sent: { appSecret: "s" }, shown: { pageAccessToken: "x", appId: "a" } },
  telegram: { sent: { token: "s" } },
  twilio: { sent: { authToken: "s" }, shown: { accountSid: "a", phoneNumberSid: "p" } },
  twitter: {
    sent: { consumerKey: "s", consumerSecret: "s", accessTokenKey: "s", accessTokenSecret: "s" },
    shown: { tier: "enterprise" }
  },
  unity: { sent: {} },
  viber: { sent: { token: "s" } },
  web: { sent: {}, shown: { brandColor: "fff" } },
  whatsapp: { sent: {}, shown: { accountManagementAccessToken: "x" } }
}

describe("an integration", () => {
  layer(Emulator.layerMemory())((it) => {
    it.effect.each(Object.entries(writeOnly))(
      "of type %s does not give back what is only written",
      ([type, of]) =>
        Effect.gen(function*() {
          const emulator = yield* fresh
          const { sent, shown = {} } = of
          const made = yield* create({ type, displayName: "Mine", defaultResponderId: "r", ...sent, ...shown })
          assert.deepInclude(made, { type, status: "active", displayName: "Mine", showAIDisclaimer: true, ...shown })
          for (const name of [...Object.keys(sent), "defaultResponderId"]) {
            assert.isFalse(Object.hasOwn(made, name) && !Object.hasOwn(shown, name), name)
          }
          assert.deepStrictEqual(yield* read(made["id"]), made)
          const [stored] = yield* emulator.stored("Integrations")
          assert.deepInclude(stored!, { ...sent, ...shown, defaultResponderId: "r" })
        })
    )

    it.effect("has what is there unless it is said, and what the vendor adds", () =>
      Effect.gen(function*() {
        yield* fresh
        assert.deepInclude(yield* create({ type: "web" }), {
          brandColor: "65758e",
          buttonWidth: "58",
          attachmentsEnabled: true
        })
        assert.deepInclude(yield* create({ type: "whatsapp" }), { hsmFallbackLanguage: "en_US" })
        const { webhookSecret } = yield* create({
          type: "messagebird",
          ...writeOnly["messagebird"]!.sent,
          originator: "1"
        })
        assert.isString(webhookSecret)
        const { lineId } = yield* create({ type: "line", qrCodeUrl: "https://qr-official.line.me/M/1O4fb8.png" })
        assert.strictEqual(lineId, "1O4fb8")
        const messenger = { type: "messenger", pageAccessToken: "s", appId: "a", appSecret: "s" }
        assert.deepInclude(yield* create({ ...messenger, pageId: 123212323432123 }), { pageId: "123212323432123" })
        // The vendor sets it: what is said is not heard.
        assert.deepInclude(yield* create({ type: "web", attachmentsEnabled: false }), { attachmentsEnabled: true })
      }))

    it.effect("has a webhook where it is custom, with a secret that the vendor made, and goes with it", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        const made = yield* create({ type: "custom", displayName: "Mine", webhooks: [{ ...webhook, secret: "mine" }] })
        const [{ id, secret, ...rest }] = made["webhooks"]
        assert.deepStrictEqual(rest, { ...webhook, version: "v2", includeFullUser: false, includeFullSource: false })
        assert.match(id, /^[0-9a-f]{24}$/u)
        assert.match(secret, /^secret_/u)
        assert.deepStrictEqual(yield* read(made["id"]), made)
        const { body, status } = yield* call("DELETE", `integrations/${made["id"]}`)
        assert.deepStrictEqual({ body, status }, { body: {}, status: 200 } as never)
        assert.isEmpty(yield* emulator.stored("Integrations"))
        assert.deepStrictEqual(yield* failing("GET", `integrations/${made["id"]}`), notFound)
        assert.deepStrictEqual(yield* failing("DELETE", `integrations/${made["id"]}`), notFound)
      }))

    it.effect("is of a known type, and has what its type needs", () =>
      Effect.gen(function*() {
        yield* fresh
        const invalid = refused(400, "bad_request", "Invalid integration type")
        assert.deepStrictEqual(yield* failing("POST", "integrations", { body: { type: "fax" } }), invalid)
        assert.deepStrictEqual(yield* failing("POST", "integrations", { body: {} }), invalid)
        for (
          const body of [{ type: "custom" }, { type: "custom", webhooks: [] }, { type: "telegram" }, { type: "twilio" }]
        ) {
          assert.strictEqual((yield* failing("POST", "integrations", { body })).status, 400)
        }
      }))

    it.effect("is changed field by field, in what can be changed of its type", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        const web = yield* create({ type: "web", displayName: "Mine", buttonIconUrl: "https://shop.example/a.png" })
        const { body, status } = yield* update(web["id"], {
          brandColor: "fff",
          displayName: null,
          buttonIconUrl: null,
          defaultResponderId: "r"
        })
        const { buttonIconUrl: _, displayName: __, ...rest } = web
        assert.deepStrictEqual({ body, status }, {
          body: { integration: { ...rest, brandColor: "fff" } },
          status: 200
        } as never)
        assert.strictEqual((yield* emulator.stored("Integrations"))[0]!["defaultResponderId"], "r")
        assert.deepStrictEqual(
          yield* failing("PATCH", `integrations/${web["id"]}`, { body: { fromAddress: "a@b.c" } }),
          {
            status: 400,
            errors: [["bad_request", "fromAddress: cannot be changed of type web"]]
          }
        )
        assert.deepStrictEqual((yield* update(web["id"], { displayName: "" })).status, 400)
        assert.deepStrictEqual((yield* update("nobody", { displayName: "x" })).body, {
          ...envelope("integration_not_found", "Integration not found")
        } as never)
        const ios = yield* create({ type: "ios", certificate: "s" })
        yield* update(ios["id"], { certificate: null, password: "p" })
        const stored = (yield* emulator.stored("Integrations"))[1]!
        assert.deepInclude(stored, { password: "p" })
        assert.notProperty(stored, "certificate")
      }))

    it.effect("stays where it is an SDK of Admin Center", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        yield* emulator.seed({ integrations: [{ id: "w", type: "web", isOfAdminCenter: true }] })
        assert.deepStrictEqual(
          yield* failing("DELETE", "integrations/w"),
          refused(400, "bad_request", "SDK integrations configured on Admin Center cannot be deleted")
        )
      }))

    it.effect("of another type takes no client, and one without the user's client no message", () =>
      Effect.gen(function*() {
        const emulator = yield* fresh
        const { conversations: [seeded] } = yield* emulator.seed({
          integrations: [{ id: "w", type: "whatsapp" }, { id: "t", type: "twilio" }],
          conversations: [{ participants: [{ userExternalId: "ada" }] }]
        })
        const conversationId = seeded!.conversation.id
        const link = (integrationId: string) =>
          call("POST", "users/ada/clients", {
            body: {
              matchCriteria: { type: "whatsapp", integrationId, phoneNumber: "+15550100000" },
              confirmation: { type: "immediate" },
              target: { conversationId }
            }
          })
        assert.strictEqual((yield* link("t")).status, 400)
        assert.strictEqual((yield* link("w")).status, 201)
        const body = {
          author: { type: "business" },
          content: { type: "text", text: "Hello" },
          destination: { integrationId: "t" }
        }
        const path = `conversations/${conversationId}/messages`
        assert.strictEqual((yield* failing("POST", path, { body })).status, 400)
        assert.strictEqual(
          (yield* failing("POST", path, { body: { ...body, destination: { integrationId: "x" } } })).status,
          404
        )
      }))
  })
})

describe("who answers first on a channel", () => {
  const switchboardIntegrations = [
    { id: "s-bot", name: "bot", integrationId: "i-bot", nextSwitchboardIntegrationId: "s-human" },
    { id: "s-human", name: "human", integrationId: "i-human", messageHistoryCount: 5, deliverStandbyEvents: false }
  ]
  const bot = {
    name: "bot",
    integrationId: "i-bot",
    integrationType: "custom",
    deliverStandbyEvents: true,
    nextSwitchboardIntegrationId: "s-human"
  }
  const human = {
    name: "human",
    integrationId: "i-human",
    integrationType: "custom",
    deliverStandbyEvents: false,
    messageHistoryCount: 5
  }
  const responder = (id: string) => Effect.map(read(id), ({ defaultResponder }): unknown => defaultResponder)

  layer(Emulator.layerMemory({ switchboards: [{ id: "board", switchboardIntegrations }] }))((it) => {
    it.effect("is the default of the switchboard, or whom the channel names", () =>
      Effect.gen(function*() {
        yield* fresh
        const { defaultResponder, id } = yield* create({ type: "web" })
        assert.deepStrictEqual(defaultResponder, { ...bot, inherited: true })
        yield* update(id, { defaultResponderId: "s-human" })
        assert.deepStrictEqual(yield* responder(id), { ...human, inherited: false })
        const { integrations: [listed_] } = yield* listed()
        assert.deepStrictEqual(listed_.defaultResponder, { ...human, inherited: false })
        for (const defaultResponderId of ["nobody", null]) {
          yield* update(id, { defaultResponderId })
          assert.deepStrictEqual(yield* responder(id), { ...bot, inherited: true })
        }
      }))

    it.effect("is whom a seed says where the channel names nobody", () =>
      Effect.gen(function*() {
        const { seed } = yield* fresh
        const seeded = { name: "somebody", inherited: true }
        yield* seed({
          integrations: [
            { id: "some", type: "web", defaultResponder: seeded },
            { id: "none", type: "web", defaultResponder: null },
            { id: "own", type: "web", defaultResponder: seeded, defaultResponderId: "s-human" }
          ]
        })
        assert.deepStrictEqual(yield* responder("some"), seeded)
        assert.isNull(yield* responder("none"))
        assert.deepStrictEqual(yield* responder("own"), { ...human, inherited: false })
      }))

    it.effect("is nobody of a switchboard that is disabled, or where there is none, and of what is no channel", () =>
      Effect.gen(function*() {
        const { seed } = yield* fresh
        yield* seed({ integrations: [{ id: "own", type: "custom" }, { id: "connected", type: "somebody-elses" }] })
        for (const id of ["own", "connected"]) assert.isUndefined(yield* responder(id))
        const { id } = yield* create({ type: "web" })
        yield* call("PATCH", "switchboards/board", { body: { enabled: false } })
        assert.isUndefined(yield* responder(id))
        yield* update(id, { defaultResponderId: "s-human" })
        assert.deepStrictEqual(yield* responder(id), { ...human, inherited: false })
        yield* call("DELETE", "switchboards/board")
        assert.isUndefined(yield* responder(id))
      }))
  })
})

describe("the list of integrations", () => {
  const seed = {
    integrations: ["web", "custom", "slackconnect", "web"].map((type, index) => ({ type, id: `i${index}` }))
  }
  const ids = ({ integrations }: Fields) => integrations.map(({ id }: Fields) => id)

  layer(Emulator.layerMemory(seed))((it) => {
    it.effect("has those of the types that it is asked for, page by page", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(ids(yield* listed()), ["i0", "i1", "i2", "i3"])
        assert.deepStrictEqual(ids(yield* listed("?filter[types]=web,slackconnect")), ["i0", "i2", "i3"])
        assert.deepStrictEqual(ids(yield* listed("?filter[types]=fax")), [])
        const page = yield* listed("?filter[types]=web&page[size]=1")
        assert.deepStrictEqual(ids(page), ["i0"])
        assert.deepStrictEqual(page["meta"], { hasMore: true, afterCursor: "i0" })
      }))

    it.effect("refuses a query that it does not understand", () =>
      Effect.gen(function*() {
        const cursor = "no cursor, but as long.."
        assert.deepStrictEqual(
          yield* failing("GET", `integrations?page[after]=${encodeURIComponent(cursor)}`),
          refused(400, "bad_request", "Invalid query parameters")
        )
      }))
  })

  layer(Emulator.layerMemory({ ...seed, assume: { unknownIntegrationType: "refused", listOrder: "newestFirst" } }))(
    (it) => {
      it.effect("may refuse a type that there is not, and begin with the newest", () =>
        Effect.gen(function*() {
          assert.strictEqual((yield* failing("GET", "integrations?filter[types]=web,fax")).status, 400)
          assert.deepStrictEqual(ids(yield* listed("?filter[types]=web")), ["i3", "i0"])
        }))
    }
  )
})
