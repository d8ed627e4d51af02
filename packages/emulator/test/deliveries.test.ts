/** Which events are sent to which webhooks, and with how much in them. */
import { assert, describe, it } from "@effect/vitest"
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import type { Seed, SeedSwitchboardIntegration } from "@sunco/emulator/Seed"
import type { WebhookDelivery } from "@sunco/emulator/WebhookDelivery"
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import { call } from "./Call.ts"
import { type Fields, group, join, personal, post } from "./Conversing.ts"

type Using<A> = Effect.Effect<A, unknown, Emulator | Effect.Services<ReturnType<typeof call>>>

const triggers = [
  "client:add",
  "conversation:create",
  "conversation:join",
  "conversation:message",
  "conversation:postback",
  "conversation:remove",
  "switchboard:acceptControl",
  "switchboard:acceptControl:failure",
  "switchboard:offerControl",
  "switchboard:passControl",
  "switchboard:releaseControl",
  "user:merge",
  "user:remove",
  "user:update"
]

const target = "https://app.example/webhooks"

const eventOf = ({ body }: WebhookDelivery): Fields => (body["events"] as ReadonlyArray<Fields>)[0] ?? {}

/** The types of the events that each webhook was sent, by its id and in order, since it was asked last. */
const sent = () => {
  let seen = 0
  return Effect.gen(function*() {
    const all = yield* (yield* Emulator).deliveries.all
    const types: Record<string, Array<string>> = {}
    for (const delivery of all.slice(seen)) (types[delivery.webhookId] ??= []).push(eventOf(delivery)["type"])
    seen = all.length
    return types
  })
}

describe("an event of a conversation", () => {
  const turns: ReadonlyArray<SeedSwitchboardIntegration> = [
    { id: "s-bot", name: "bot", integrationId: "bot", deliverStandbyEvents: false },
    { id: "s-human", name: "human", integrationId: "human", deliverStandbyEvents: false },
    { id: "s-survey", name: "survey", integrationId: "survey", deliverStandbyEvents: true }
  ]

  const options: EmulatorOptions = {
    users: [{ externalId: "ada" }],
    integrations: ["bot", "human", "survey", "outside"].map((id) => ({
      id,
      type: "custom",
      webhooks: [{ id, target, triggers }]
    })),
    switchboards: [{ id: "board", switchboardIntegrations: turns }]
  }

  const test = (name: string, self: Using<void>, more: EmulatorOptions = {}) =>
    it.effect(name, () => Effect.provide(self, Emulator.layerMemory({ ...options, ...more })))

  const act = (id: string, action: string, switchboardIntegration?: string) =>
    call("POST", `conversations/${id}/${action}Control`, { body: { switchboardIntegration } })

  const everybody = (...types: Array<string>) => ({ bot: types, human: types, survey: types, outside: types })

  test(
    "is sent to who is in control, to whoever is on standby and wants it, and to those outside of the switchboard",
    Effect.gen(function*() {
      const heard = sent()
      const { id } = yield* personal("ada")
      yield* post(id, "tea?")
      const [create, message, pass] = ["conversation:create", "conversation:message", "switchboard:passControl"]
      assert.deepStrictEqual(yield* heard, {
        bot: [create, message],
        survey: [create, message],
        outside: [create, message]
      })
      yield* act(id, "pass", "human")
      yield* post(id, "tea!")
      assert.deepStrictEqual(yield* heard, {
        human: [pass, message],
        survey: [pass, message],
        outside: [pass, message]
      })
      // The bot is the default of whatever is released, and not before something happens.
      yield* act(id, "release")
      assert.hasAllKeys(yield* heard, ["survey", "outside"])
      yield* post(id, "and now?")
      assert.hasAllKeys(yield* heard, ["bot", "survey", "outside"])
    })
  )

  test(
    "is sent to who was offered control, as long as nobody else is",
    Effect.gen(function*() {
      const heard = sent()
      const { id } = yield* personal("ada")
      yield* heard
      yield* act(id, "offer", "human")
      yield* post(id, "will you?")
      const { human = [] } = yield* heard
      assert.deepStrictEqual(human, ["switchboard:offerControl", "conversation:message"])
      yield* act(id, "offer", "survey")
      yield* post(id, "will you?")
      assert.hasAllKeys(yield* heard, ["bot", "survey", "outside"])
      yield* act(id, "accept")
      assert.hasAllKeys(yield* heard, ["survey", "outside"])
    })
  )

  test(
    "is sent to who was in control when the conversation was removed",
    Effect.gen(function*() {
      yield* personal("ada")
      const { id } = yield* personal("ada")
      yield* act(id, "pass", "human")
      const heard = sent()
      yield* heard
      yield* call("DELETE", `conversations/${id}`)
      assert.deepStrictEqual(yield* heard, {
        human: ["conversation:remove"],
        survey: ["conversation:remove"],
        outside: ["conversation:remove"]
      })
    })
  )

  test(
    "is sent to everybody where the switchboard is disabled, or there is none",
    Effect.gen(function*() {
      const heard = sent()
      const { id } = yield* personal("ada")
      yield* heard
      yield* call("PATCH", "switchboards/board", { body: { enabled: false } })
      yield* post(id, "to all")
      assert.deepStrictEqual(yield* heard, everybody("conversation:message"))
      yield* call("DELETE", "switchboards/board")
      yield* post(id, "to all")
      assert.deepStrictEqual(yield* heard, everybody("conversation:message"))
    })
  )

  test(
    "is sent to nobody outside of the switchboard, where that is assumed",
    Effect.gen(function*() {
      const { trigger } = yield* Emulator
      const heard = sent()
      yield* personal("ada")
      assert.hasAllKeys(yield* heard, ["bot", "survey"])
      yield* trigger("user:update", { user: { id: "ada" } })
      assert.deepStrictEqual(yield* heard, everybody("user:update"))
    }),
    { assume: { outsideSwitchboard: "nothing" } }
  )

  test(
    "that is triggered is sent as the conversation is, unless the event says otherwise",
    Effect.gen(function*() {
      const { trigger } = yield* Emulator
      const { id } = yield* personal("ada")
      const heard = sent()
      yield* heard
      yield* trigger("conversation:postback", { conversation: { id } })
      assert.hasAllKeys(yield* heard, ["bot", "survey", "outside"])
      yield* trigger("conversation:postback", { conversation: { id, activeSwitchboardIntegration: { id: "s-human" } } })
      assert.hasAllKeys(yield* heard, ["human", "survey", "outside"])
      yield* trigger("conversation:postback", { conversation: { id: "made up" } })
      assert.hasAllKeys(yield* heard, ["survey", "outside"])
      yield* trigger("user:remove", { user: { id: "ada" } })
      yield* trigger("user:update", { conversation: null })
      assert.deepStrictEqual(yield* heard, everybody("user:remove", "user:update"))
    })
  )

  test(
    "is sent once to an integration that takes two turns",
    Effect.gen(function*() {
      const heard = sent()
      const { id } = yield* personal("ada")
      assert.deepStrictEqual(yield* heard, {
        bot: ["conversation:create"],
        outside: ["conversation:create"]
      })
      yield* act(id, "pass", "other")
      assert.deepStrictEqual(yield* heard, {
        bot: ["switchboard:passControl"],
        outside: ["switchboard:passControl"]
      })
    }),
    {
      integrations: options.integrations!.filter(({ id }) => id === "bot" || id === "outside"),
      switchboards: [{
        switchboardIntegrations: [turns[0]!, { id: "s-other", name: "other", integrationId: "bot" }]
      }]
    }
  )
})

describe("a webhook", () => {
  const flags = {
    short: {},
    users: { includeFullUser: true },
    sources: { includeFullSource: true }
  }

  const ada = { id: "ada", externalId: "of-ada", profile: { givenName: "Ada" }, metadata: { tea: true } }

  const short = { id: "ada", externalId: "of-ada", authenticated: true }

  const seed: Seed = {
    users: [ada],
    integrations: [
      ...Object.entries(flags).map(([id, flag]) => ({
        id,
        type: "custom",
        webhooks: [{ id, target, triggers, ...flag }]
      })),
      { id: "i-phone", type: "whatsapp" }
    ],
    clients: [
      { id: "c-old", userId: "ada", type: "whatsapp", integrationId: "i-phone", lastSeen: "2020-01-01T00:00:00.000Z" },
      {
        id: "c-phone",
        userId: "ada",
        type: "whatsapp",
        integrationId: "i-phone",
        lastSeen: "2021-01-01T00:00:00.000Z"
      },
      {
        id: "c-other",
        userId: "ada",
        type: "whatsapp",
        integrationId: "i-other",
        lastSeen: "2022-01-01T00:00:00.000Z"
      },
      { id: "c-sdk", userId: "ada", type: "sdk" }
    ],
    devices: [
      { id: "d-web", userId: "ada", type: "web", integrationId: "i-web" },
      { id: "d-other", userId: "ada", type: "web", integrationId: "i-other" }
    ]
  }

  const test = (name: string, self: Using<void>) =>
    it.effect(name, () => Effect.provide(self, Emulator.layerMemory(seed)))

  /** What each webhook was sent last. */
  const told = Effect.gen(function*() {
    const all = yield* (yield* Emulator).deliveries.all
    const payloadOf = (id: keyof typeof flags): Fields =>
      eventOf(all.findLast(({ webhookId }) => webhookId === id) ?? assert.fail(`nothing to ${id}`))["payload"]
    return { short: payloadOf("short"), users: payloadOf("users"), sources: payloadOf("sources") }
  })

  /** What becomes of the payload of an event on its way to each webhook. */
  const triggered = (type: string, payload: Schema.JsonObject) =>
    Effect.andThen(Effect.flatMap(Emulator, ({ trigger }) => trigger(type, payload)), told)

  test(
    "is told of the whole user where it says so, and of no more than the ids where it does not",
    Effect.gen(function*() {
      yield* personal("of-ada")
      const { short: cut, users } = yield* told
      assert.deepStrictEqual(cut["user"], short)
      assert.deepInclude(users["user"], { ...ada, authenticated: true })
      const full = yield* triggered("user:update", { user: { ...ada, authenticated: true, anything: 1 } })
      assert.deepStrictEqual(full.short, { user: short })
      assert.deepInclude(full.users["user"], { ...ada, anything: 1 })
      // Who is gone is as it was told.
      const gone = { id: "gone", authenticated: false, profile: {} }
      assert.deepStrictEqual((yield* triggered("user:update", { user: gone })).users, { user: gone })
      assert.deepStrictEqual((yield* triggered("user:update", { user: null })).short, { user: null })
    })
  )

  test(
    "is told of the whole user who has said something, and of both who were merged",
    Effect.gen(function*() {
      const conversations = { surviving: { id: "ada", type: "personal" }, discarded: { id: "c2", type: "personal" } }
      const { short: cut, users } = yield* triggered("user:merge", {
        mergedUsers: { surviving: { ...short, profile: {} }, discarded: { id: "gone", profile: {} } },
        mergedConversations: conversations,
        mergedClients: { surviving: { id: "ada", type: "web" } }
      })
      assert.deepStrictEqual(cut, {
        mergedUsers: { surviving: short, discarded: { id: "gone" } },
        mergedConversations: conversations,
        mergedClients: { surviving: { id: "ada", type: "web" } }
      })
      assert.deepInclude(users["mergedUsers"].surviving, ada)
      assert.deepStrictEqual(users["mergedUsers"].discarded, { id: "gone", profile: {} })
      assert.deepStrictEqual(users["mergedConversations"], conversations)
      const { id } = yield* personal("of-ada")
      yield* post(id, "tea?", { type: "user", userId: "ada" })
      const said = yield* told
      assert.deepStrictEqual(said.short["message"].author.user, short)
      assert.deepInclude(said.users["message"].author.user, ada)
    })
  )

  test(
    "is told of the short user in events that have no other",
    Effect.gen(function*() {
      const { id } = yield* group()
      yield* join(id, "of-ada")
      for (const { user } of Object.values(yield* told)) assert.deepStrictEqual(user, short)
      for (
        const { user } of Object.values(yield* triggered("user:remove", { user: { ...ada, authenticated: true } }))
      ) {
        assert.deepStrictEqual(user, short)
      }
    })
  )

  test(
    "is told of the client or the device that something comes from where it says so",
    Effect.gen(function*() {
      const from = (source: Schema.JsonObject) =>
        Effect.map(
          triggered("conversation:message", {
            conversation: { id: "c" },
            message: { id: "m", author: { type: "user", userId: "ada" }, source }
          }),
          ({ short, sources, users }) => {
            assert.deepStrictEqual(short["message"].source, users["message"].source)
            return [short["message"].source, sources["message"].source]
          }
        )
      const { stored } = yield* Emulator
      const withoutUser = (record: { readonly userId: string }) => {
        const { userId: _, ...rest } = record
        return rest
      }
      const [, phone, other] = (yield* stored("Clients")).map(withoutUser)
      const [web] = (yield* stored("Devices")).map(withoutUser)
      const whatsapp = { type: "whatsapp", integrationId: "i-phone" }
      assert.deepStrictEqual(yield* from(whatsapp), [whatsapp, { ...whatsapp, client: phone }])
      assert.deepStrictEqual(yield* from({ type: "whatsapp" }), [{ type: "whatsapp" }, {
        type: "whatsapp",
        client: other
      }])
      const page = { type: "web", integrationId: "i-web" }
      assert.deepStrictEqual(yield* from(page), [page, { ...page, device: web }])
      for (const source of [{ type: "api:conversations" }, { type: "telegram" }, { type: "web", integrationId: "x" }]) {
        assert.deepStrictEqual(yield* from(source), [source, source])
      }
      const given = { ...whatsapp, client: { id: "given" } }
      assert.deepStrictEqual(yield* from(given), [whatsapp, given])
    })
  )

  test(
    "is told of the source of whoever is beside it, and of nothing where nobody is",
    Effect.gen(function*() {
      const source = { type: "web", integrationId: "i-web" }
      const [device] = yield* (yield* Emulator).stored("Devices")
      const { userId: _, ...web } = device!
      const updated = yield* triggered("user:update", { user: short, source })
      assert.deepStrictEqual(updated.sources, { user: short, source: { ...source, device: web } })
      const quoting = yield* triggered("conversation:message", {
        conversation: { id: "c" },
        message: {
          author: { type: "business" },
          source,
          quotedMessage: { type: "message", message: { author: { type: "user", user: short }, source } }
        }
      })
      assert.deepStrictEqual(quoting.sources["message"], {
        author: { type: "business" },
        source,
        quotedMessage: {
          type: "message",
          message: { author: { type: "user", user: short }, source: { ...source, device: web } }
        }
      })
    })
  )
})
