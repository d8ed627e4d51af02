import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import type { Seed } from "@sunco/emulator/Seed"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { call } from "./Call.ts"
import {
  activity,
  conversation,
  events,
  failing,
  type Fields,
  noConversation,
  personal,
  post,
  refused
} from "./Conversing.ts"

/** The bot comes first, the human next, and the survey has nobody behind it. */
const switchboards: Seed["switchboards"] = [
  {
    id: "board",
    switchboardIntegrations: [
      { id: "s-bot", name: "bot", integrationId: "i-bot", nextSwitchboardIntegrationId: "s-human" },
      { id: "s-human", name: "human", integrationId: "i-human", integrationType: "zd:agentWorkspace" },
      { id: "s-survey", name: "survey", integrationId: "i-survey" }
    ]
  }
]

const users = [{ externalId: "ada" }]

const bot = { id: "s-bot", name: "bot", integrationId: "i-bot", integrationType: "custom" }
const human = { id: "s-human", name: "human", integrationId: "i-human", integrationType: "zd:agentWorkspace" }
const survey = { id: "s-survey", name: "survey", integrationId: "i-survey", integrationType: "custom" }

const noSwitchboard = refused(404, "switchboard_not_found", "Switchboard not found")

const noIntegration = refused(404, "switchboard_integration_not_found", "SwitchboardIntegration not found")

const forbidden = refused(403, "forbidden", "Forbidden")

/** An answer that has to be there. */
const done = (...args: Parameters<typeof call>) =>
  Effect.map(call(...args), ({ body, status }) => {
    assert.include([200, 201], status, JSON.stringify(body))
    return body as Fields
  })

/** The key of an integration. */
const keyOf = (integrationId: string) =>
  Effect.gen(function*() {
    const { keyId, keySecret } = yield* (yield* Emulator).addKey({ scope: "integration", integrationId })
    return { authorization: `Basic ${btoa(`${keyId}:${Redacted.value(keySecret)}`)}` }
  })

const act = (id: string, action: string, body: object = {}, options: object = {}) =>
  call("POST", `conversations/${id}/${action}Control`, { body, ...options })

/** Who is in control, and who was offered it. */
const control = (id: string) =>
  Effect.map(conversation(id), ({ activeSwitchboardIntegration: active, pendingSwitchboardIntegration: pending }) => [
    active?.id,
    pending?.id
  ])

/** The last event. */
const told = Effect.map(events, (events) => events.at(-1) ?? assert.fail("nothing was told"))

const withSwitchboard = <A, E>(
  self: Effect.Effect<A, E, Effect.Services<ReturnType<typeof call>>>,
  options: EmulatorOptions = {}
) => Effect.provide(self, Emulator.layerMemory({ users, switchboards, ...options }))

describe("the Switchboards API", () => {
  layer(Emulator.layerMemory({ users }))((it) => {
    const test = <E>(name: string, self: Effect.Effect<void, E, Effect.Services<ReturnType<typeof call>>>) =>
      it.effect(name, () => Effect.andThen(Effect.flatMap(Emulator, (emulator) => emulator.reset), self))

    test(
      "makes one for an app, which is disabled, and refuses a second",
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* done("GET", "switchboards"), { switchboards: [] })
        const { switchboard: { id, ...fields } } = yield* done("POST", "switchboards")
        assert.deepStrictEqual(fields, { enabled: false })
        assert.deepStrictEqual(yield* done("GET", "switchboards"), { switchboards: [{ id, enabled: false }] })
        assert.deepStrictEqual(
          yield* failing("POST", "switchboards"),
          refused(400, "bad_request", "Only one switchboard can be created per app")
        )
        yield* done("DELETE", `switchboards/${id}`)
        assert.deepStrictEqual(yield* failing("DELETE", `switchboards/${id}`), noSwitchboard)
        yield* done("POST", "switchboards")
      })
    )

    test(
      "is enabled with a default alone, which is one of its own",
      Effect.gen(function*() {
        const { switchboard: { id } } = yield* done("POST", "switchboards")
        const update = (body: object) => call("PATCH", `switchboards/${id}`, { body })
        assert.deepStrictEqual(
          yield* failing("PATCH", `switchboards/${id}`, { body: { enabled: true } }),
          refused(
            404,
            "switchboard_integration_not_found",
            "Enabled switchboard must have an associated default switchboardIntegration"
          )
        )
        const body = { defaultSwitchboardIntegrationId: "nobody" }
        assert.deepStrictEqual(yield* failing("PATCH", `switchboards/${id}`, { body }), noIntegration)
        const made = { body: { name: "bot", integrationType: "ultimate" } }
        const { switchboardIntegration } = yield* done("POST", `switchboards/${id}/switchboardIntegrations`, made)
        const named = { defaultSwitchboardIntegrationId: switchboardIntegration.id }
        assert.deepInclude((yield* update(named)).body as Fields, { switchboard: { id, enabled: false, ...named } })
        assert.deepInclude((yield* update({ enabled: true })).body as Fields, {
          switchboard: { id, enabled: true, ...named }
        })
        assert.deepStrictEqual(yield* failing("PATCH", "switchboards/none", { body: {} }), noSwitchboard)
      })
    )

    test(
      "is not for the key of an integration",
      Effect.gen(function*() {
        const key = yield* keyOf("i-bot")
        assert.deepStrictEqual(yield* failing("GET", "switchboards", key), forbidden)
        assert.deepStrictEqual(yield* failing("GET", "switchboards/x/switchboardIntegrations", key), forbidden)
      })
    )
  })

  it.effect("takes its integrations with it, and whoever they had control of", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      yield* done("DELETE", "switchboards/board")
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
      const { stored } = yield* Emulator
      assert.lengthOf(yield* stored("SwitchboardIntegrations"), 0)
      yield* post(id, "to nobody")
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
    }).pipe(withSwitchboard))
})

describe("the Switchboard Integrations API", () => {
  const path = "switchboards/board/switchboardIntegrations"

  it.effect("adds an integration by its id or by its type, and lists all", () =>
    Effect.gen(function*() {
      const { seed } = yield* Emulator
      yield* seed({ integrations: [{ id: "i-new", type: "custom" }] })
      const byId = { name: "new", integrationId: "i-new", messageHistoryCount: 3, nextSwitchboardIntegrationId: null }
      const { switchboardIntegration: { id, ...made } } = yield* done("POST", path, { body: byId })
      assert.isString(id)
      assert.deepStrictEqual(made, {
        name: "new",
        integrationId: "i-new",
        integrationType: "custom",
        deliverStandbyEvents: true,
        messageHistoryCount: 3
      })
      const { switchboardIntegration: ofOAuth } = yield* done("POST", path, {
        body: { name: "answers", integrationType: "zd:answerBot", deliverStandbyEvents: false }
      })
      assert.deepInclude(ofOAuth, { integrationType: "zd:answerBot", deliverStandbyEvents: false })
      const { switchboardIntegrations } = yield* done("GET", path)
      assert.deepStrictEqual(
        switchboardIntegrations.map(({ name }: Fields) => name),
        ["bot", "human", "survey", "new", "answers"]
      )
    }).pipe(withSwitchboard))

  it.effect("refuses what it cannot take: no switchboard, no integration, no next one, a name that another has", () =>
    Effect.gen(function*() {
      const fine = { name: "new", integrationType: "ultimate" }
      const refusalOf = (body: object, at = path) => failing("POST", at, { body })
      assert.deepStrictEqual(yield* refusalOf(fine, "switchboards/x/switchboardIntegrations"), noSwitchboard)
      assert.deepStrictEqual(
        yield* refusalOf({ name: "new", integrationId: "nobody" }),
        refused(404, "integration_not_found", "Integration not found")
      )
      assert.deepStrictEqual(yield* refusalOf({ ...fine, nextSwitchboardIntegrationId: "nobody" }), noIntegration)
      assert.strictEqual((yield* refusalOf({ ...fine, name: "bot" })).status, 400)
      assert.strictEqual((yield* refusalOf({ ...fine, integrationId: "i-bot" })).status, 400)
      assert.strictEqual((yield* refusalOf({ ...fine, messageHistoryCount: 11 })).status, 400)
      const { stored } = yield* Emulator
      assert.lengthOf(yield* stored("SwitchboardIntegrations"), 3)
    }).pipe(withSwitchboard))

  it.effect("takes ten", () =>
    Effect.gen(function*() {
      for (let count = 3; count < 10; count++) {
        yield* done("POST", path, { body: { name: `n-${count}`, integrationType: "ultimate" } })
      }
      assert.deepStrictEqual(
        yield* failing("POST", path, { body: { name: "one-more", integrationType: "ultimate" } }),
        refused(
          400,
          "too_many_switchboard_integrations",
          "Switchboard has reached the max number of switchboard integrations (10)"
        )
      )
    }).pipe(withSwitchboard))

  it.effect("changes what is named, also where conversations show it, and clears with null", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      const patch = (body: object) =>
        Effect.map(
          done("PATCH", `${path}/s-bot`, { body }),
          ({ switchboardIntegration }): Fields => switchboardIntegration
        )
      assert.deepStrictEqual(yield* patch({ name: "robot" }), {
        ...bot,
        name: "robot",
        deliverStandbyEvents: true,
        nextSwitchboardIntegrationId: "s-human"
      })
      assert.deepInclude(yield* conversation(id), { activeSwitchboardIntegration: { ...bot, name: "robot" } })
      assert.notProperty(yield* patch({ nextSwitchboardIntegrationId: null }), "nextSwitchboardIntegrationId")
      // Its own name is no other's.
      assert.deepInclude(yield* patch({ name: "robot", integrationType: "ultimate" }), { integrationType: "ultimate" })
      assert.deepStrictEqual(yield* failing("PATCH", `${path}/nobody`, { body: {} }), noIntegration)
      assert.deepStrictEqual(
        yield* failing("PATCH", "switchboards/x/switchboardIntegrations/s-bot", { body: {} }),
        noSwitchboard
      )
      assert.strictEqual((yield* failing("PATCH", `${path}/s-bot`, { body: { name: "human" } })).status, 400)
    }).pipe(withSwitchboard))

  it.effect("keeps the default and who comes next, and lets go of the others without an event", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      yield* act(id, "pass", { switchboardIntegration: "survey" })
      for (const kept of ["s-bot", "s-human"]) {
        assert.strictEqual((yield* failing("DELETE", `${path}/${kept}`)).status, 400)
      }
      const before = (yield* events).length
      yield* done("DELETE", `${path}/s-survey`)
      assert.deepStrictEqual(yield* failing("DELETE", `${path}/s-survey`), noIntegration)
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
      assert.lengthOf(yield* events, before)
      yield* post(id, "who is there?")
      assert.deepStrictEqual(yield* control(id), ["s-bot", undefined])
      assert.deepStrictEqual((yield* events).slice(before).map(([type]) => type), ["conversation:message"])
    }).pipe(withSwitchboard))

  const integrations = ["i-bot", "i-human", "i-survey"].map((id) => ({ id, type: "custom", webhooks: [] }))

  it.effect("loses an integration that is deleted, and is disabled without its default", () =>
    Effect.gen(function*() {
      const { stored } = yield* Emulator
      const { id } = yield* personal("ada")
      yield* act(id, "pass", { switchboardIntegration: "human" })
      const before = (yield* events).length
      yield* done("DELETE", "integrations/i-human")
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
      assert.lengthOf(yield* events, before)
      const left = yield* stored("SwitchboardIntegrations")
      assert.deepStrictEqual(left.map(({ id, nextSwitchboardIntegrationId: next }) => [id, next]), [
        ["s-bot", undefined],
        ["s-survey", undefined]
      ])
      assert.deepStrictEqual(yield* stored("Switchboards"), [
        { id: "board", enabled: true, defaultSwitchboardIntegrationId: "s-bot" }
      ])
      yield* done("DELETE", "integrations/i-bot")
      assert.deepStrictEqual(yield* stored("Switchboards"), [{ id: "board", enabled: false }])
      assert.deepStrictEqual((yield* stored("SwitchboardIntegrations")).map(({ id }) => id), ["s-survey"])
    }).pipe((self) => withSwitchboard(self, { integrations })))

  it.effect("loses an integration whose access is revoked", () =>
    Effect.gen(function*() {
      const { addAccessToken, stored } = yield* Emulator
      yield* addAccessToken(Redacted.make("of the bot"), "i-bot")
      const { status } = yield* call("DELETE", "/oauth/authorization", { authorization: "Bearer of the bot" })
      assert.strictEqual(status, 200)
      assert.deepStrictEqual((yield* stored("SwitchboardIntegrations")).map(({ id }) => id), ["s-human", "s-survey"])
    }).pipe((self) => withSwitchboard(self, { integrations })))

  it.effect("can keep an integration that is deleted", () =>
    Effect.gen(function*() {
      const { stored } = yield* Emulator
      const before = [yield* stored("Switchboards"), yield* stored("SwitchboardIntegrations")]
      yield* done("DELETE", "integrations/i-bot")
      assert.deepStrictEqual([yield* stored("Switchboards"), yield* stored("SwitchboardIntegrations")], before)
    }).pipe((self) => withSwitchboard(self, { integrations, assume: { turnOfDeletedIntegration: "kept" } })))

  it.effect("keeps an integration that a seed puts in its own place", () =>
    Effect.gen(function*() {
      const { seed, stored } = yield* Emulator
      yield* seed({ integrations: [{ id: "i-bot", type: "custom" }] })
      assert.lengthOf(yield* stored("SwitchboardIntegrations"), 3)
    }).pipe((self) => withSwitchboard(self, { integrations })))

  it.effect("can give two the same name, which is then nobody's", () =>
    Effect.gen(function*() {
      yield* done("POST", path, { body: { name: "human", integrationType: "ultimate" } })
      const { id } = yield* personal("ada")
      yield* act(id, "pass", { switchboardIntegration: "human" })
      assert.deepStrictEqual(yield* control(id), ["s-bot", undefined])
      assert.strictEqual((yield* told)[0], "switchboard:passControl:failure")
    }).pipe((self) => withSwitchboard(self, { assume: { sameControlName: "shared" } })))
})

describe("control of a conversation", () => {
  it.effect("goes to the default when the conversation is made, and is shown in events", () =>
    Effect.gen(function*() {
      const made = yield* personal("ada")
      assert.deepStrictEqual(made["activeSwitchboardIntegration"], bot)
      assert.notProperty(made, "pendingSwitchboardIntegration")
      assert.deepInclude((yield* told)[1]["conversation"], { activeSwitchboardIntegration: bot })
    }).pipe(withSwitchboard))

  it.effect("goes to nobody where there is no switchboard, or none that is enabled, and to the default later", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
      assert.strictEqual((yield* act(id, "pass", { switchboardIntegration: "human" })).status, 200)
      assert.deepInclude(yield* told, "switchboard:passControl:failure")
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
      yield* done("PATCH", "switchboards/board", { body: { enabled: true } })
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
      yield* activity(id, "typing:start")
      assert.deepStrictEqual(yield* control(id), ["s-bot", undefined])
    }).pipe((self) =>
      withSwitchboard(self, {
        switchboards: [{ ...switchboards![0], enabled: false, defaultSwitchboardIntegrationId: "s-bot" }]
      })
    ))

  it.effect("goes to whom the channel of the user names instead", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      assert.deepStrictEqual(yield* control(id), ["s-bot", undefined])
      const { seed } = yield* Emulator
      yield* seed({
        integrations: [{ id: "i-phone", type: "whatsapp", defaultResponderId: "s-human" }],
        clients: [{ id: "c-phone", userId: "ada", type: "whatsapp", integrationId: "i-phone" }],
        conversations: [{
          id: "by-phone",
          participants: [{ userExternalId: "ada", clientAssociations: [{ type: "whatsapp", clientId: "c-phone" }] }]
        }]
      })
      yield* post("by-phone", "hello")
      assert.deepStrictEqual(yield* control("by-phone"), ["s-human", undefined])
    }).pipe(withSwitchboard))

  it.effect("is passed by id, by name, by type, and to the next one, with the metadata in the event", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      const metadata = { "dataCapture.ticketField.1": "tea" }
      const targets: ReadonlyArray<readonly [string, object]> = [
        ["s-human", human],
        ["survey", survey],
        ["zd:agentWorkspace", human],
        ["bot", bot],
        [
          "next",
          human
        ]
      ]
      for (const [switchboardIntegration, expected] of targets) {
        const { body, status } = yield* act(id, "pass", { switchboardIntegration, metadata })
        assert.deepStrictEqual<unknown>([status, body], [200, {}])
        const { activeSwitchboardIntegration, ...rest } = yield* conversation(id)
        assert.deepStrictEqual(activeSwitchboardIntegration, expected)
        assert.notProperty(rest, "pendingSwitchboardIntegration")
        const [type, payload] = yield* told
        assert.deepStrictEqual([type, payload], ["switchboard:passControl", {
          conversation: { id, type: "personal", activeSwitchboardIntegration: expected },
          metadata
        }])
      }
    }).pipe(withSwitchboard))

  it.effect("stays where it is, and an event says so, where nobody or several are meant", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      // Two are custom, and nobody comes after the human.
      for (const switchboardIntegration of ["nobody", "custom"]) {
        const metadata = { attempt: switchboardIntegration }
        assert.strictEqual((yield* act(id, "pass", { switchboardIntegration, metadata })).status, 200)
        assert.deepStrictEqual(yield* told, ["switchboard:passControl:failure", {
          conversation: { id, type: "personal", activeSwitchboardIntegration: bot },
          metadata,
          error: { code: "switchboard_invalid_target", message: "Switchboard invalid target" }
        }])
      }
      yield* act(id, "pass", { switchboardIntegration: "human" })
      yield* act(id, "offer", { switchboardIntegration: "next" })
      assert.strictEqual((yield* told)[0], "switchboard:offerControl:failure")
      assert.deepStrictEqual(yield* control(id), ["s-human", undefined])
    }).pipe(withSwitchboard))

  it.effect("is passed on once where an integration says next twice, and by an app twice", () =>
    Effect.gen(function*() {
      const { seed } = yield* Emulator
      yield* seed({
        switchboards: [{
          switchboardIntegrations: switchboards![0]!.switchboardIntegrations!.map((integration) =>
            integration.name === "human" ? { ...integration, nextSwitchboardIntegrationId: "s-survey" } : integration
          )
        }]
      })
      const { id } = yield* personal("ada")
      const key = yield* keyOf("i-bot")
      yield* act(id, "pass", { switchboardIntegration: "next", metadata: { first: true } }, key)
      const before = (yield* events).length
      yield* act(id, "pass", { switchboardIntegration: "next", metadata: { first: false } }, key)
      assert.deepStrictEqual(yield* control(id), ["s-human", undefined])
      assert.lengthOf(yield* events, before)
      yield* act(id, "pass", { switchboardIntegration: "next" })
      assert.deepStrictEqual(yield* control(id), ["s-survey", undefined])
    }).pipe(withSwitchboard))

  it.effect("is offered, offered to another, and accepted", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      yield* act(id, "offer", { switchboardIntegration: "survey" })
      yield* act(id, "offer", { switchboardIntegration: "next", metadata: { because: "asked" } })
      assert.deepStrictEqual(yield* control(id), ["s-bot", "s-human"])
      assert.deepStrictEqual(yield* told, ["switchboard:offerControl", {
        conversation: {
          id,
          type: "personal",
          activeSwitchboardIntegration: bot,
          pendingSwitchboardIntegration: human
        },
        metadata: { because: "asked" }
      }])
      yield* act(id, "accept")
      assert.deepStrictEqual(yield* control(id), ["s-human", undefined])
      assert.deepStrictEqual(yield* told, ["switchboard:acceptControl", {
        conversation: { id, type: "personal", activeSwitchboardIntegration: human }
      }])
      assert.strictEqual((yield* act(id, "accept", { metadata: null })).status, 200)
      assert.deepStrictEqual(yield* told, ["switchboard:acceptControl:failure", {
        conversation: { id, type: "personal", activeSwitchboardIntegration: human },
        error: { code: "switchboard_invalid_action", message: "There is no pendingSwitchboardIntegration" }
      }])
    }).pipe(withSwitchboard))

  it.effect("is not offered to whoever has it, and no offer outlasts that it is passed", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      yield* act(id, "offer", { switchboardIntegration: "bot" })
      assert.deepInclude((yield* told)[1], {
        error: {
          code: "switchboard_invalid_target",
          message: "Cannot offer control to the active switchboard integration."
        }
      })
      yield* act(id, "offer", { switchboardIntegration: "human" })
      yield* act(id, "pass", { switchboardIntegration: "bot" })
      assert.deepStrictEqual(yield* control(id), ["s-bot", undefined])
      assert.strictEqual((yield* told)[0], "switchboard:passControl")
    }).pipe(withSwitchboard))

  it.effect("is accepted by the integration that was offered it, and by no other", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      const [botKey, humanKey] = [yield* keyOf("i-bot"), yield* keyOf("i-human")]
      assert.strictEqual((yield* act(id, "accept", {}, humanKey)).status, 403)
      yield* act(id, "offer", { switchboardIntegration: "human" }, botKey)
      const before = (yield* events).length
      assert.strictEqual((yield* act(id, "accept", {}, botKey)).status, 403)
      assert.lengthOf(yield* events, before)
      assert.deepStrictEqual(yield* control(id), ["s-bot", "s-human"])
      assert.strictEqual((yield* act(id, "accept", {}, humanKey)).status, 200)
      assert.deepStrictEqual(yield* control(id), ["s-human", undefined])
    }).pipe(withSwitchboard))

  it.effect("is released by the integration that has it, and goes to the default when something happens next", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      const [botKey, humanKey] = [yield* keyOf("i-bot"), yield* keyOf("i-human")]
      yield* act(id, "pass", { switchboardIntegration: "human" })
      assert.strictEqual((yield* act(id, "release", {}, botKey)).status, 403)
      assert.strictEqual((yield* act(id, "release", { metadata: { solved: true } }, humanKey)).status, 200)
      assert.deepStrictEqual(yield* control(id), [undefined, undefined])
      assert.deepStrictEqual(yield* told, ["switchboard:releaseControl", {
        conversation: { id, type: "personal" },
        metadata: { solved: true }
      }])
      assert.strictEqual((yield* act(id, "release", {}, humanKey)).status, 403)
      const before = (yield* events).length
      assert.strictEqual((yield* call("POST", `conversations/${id}/releaseControl`)).status, 200)
      assert.lengthOf(yield* events, before)
      yield* post(id, "and now?")
      assert.deepStrictEqual(yield* control(id), ["s-bot", undefined])
    }).pipe(withSwitchboard))

  it.effect("changes hands in conversations that there are, and with metadata that is not too large", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      for (const action of ["pass", "offer", "accept", "release"]) {
        const target = action === "pass" || action === "offer" ? { switchboardIntegration: "human" } : {}
        const path = `conversations/${id}/${action}Control`
        assert.deepStrictEqual(
          yield* failing("POST", path.replace(id, "nobody"), { body: target }),
          noConversation
        )
        const body = { ...target, metadata: { note: "x".repeat(5000) } }
        assert.strictEqual((yield* failing("POST", path, { body })).status, 400)
      }
      assert.strictEqual((yield* failing("POST", `conversations/${id}/passControl`, { body: {} })).status, 400)
      assert.deepStrictEqual(yield* control(id), ["s-bot", undefined])
    }).pipe(withSwitchboard))

  it.effect("can be refused with 400 where it stays", () =>
    Effect.gen(function*() {
      const { id } = yield* personal("ada")
      assert.deepStrictEqual(
        yield* failing("POST", `conversations/${id}/acceptControl`, { body: {} }),
        refused(400, "switchboard_invalid_action", "There is no pendingSwitchboardIntegration")
      )
      assert.deepStrictEqual(
        yield* failing("POST", `conversations/${id}/passControl`, { body: { switchboardIntegration: "nobody" } }),
        refused(400, "switchboard_invalid_target", "Switchboard invalid target")
      )
      assert.deepStrictEqual((yield* events).map(([type]) => type).slice(-2), [
        "switchboard:acceptControl:failure",
        "switchboard:passControl:failure"
      ])
    }).pipe((self) => withSwitchboard(self, { assume: { failedControl: "badRequest" } })))

  it.effect("is as a seed says, by the id or the name", () =>
    Effect.gen(function*() {
      const { seed } = yield* Emulator
      const { conversations: [seeded] } = yield* seed({
        conversations: [{
          activeSwitchboardIntegration: { name: "human" },
          pendingSwitchboardIntegration: { id: "s-survey", name: "of another name" }
        }]
      })
      assert.deepInclude(seeded?.conversation, {
        activeSwitchboardIntegration: human,
        pendingSwitchboardIntegration: { ...survey, name: "of another name" }
      })
    }).pipe(withSwitchboard))
})
