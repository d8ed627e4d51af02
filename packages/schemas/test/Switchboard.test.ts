import { assert, describe, it } from "@effect/vitest"
import * as Reading from "@sunco/schemas/Reading"
import { PassControl, ReleaseControl } from "@sunco/schemas/SwitchboardActionPayloads"
import {
  CreateSwitchboardIntegration,
  UpdateSwitchboardIntegration
} from "@sunco/schemas/SwitchboardIntegrationPayloads"
import { SwitchboardIntegrationListResponse } from "@sunco/schemas/SwitchboardIntegrationsOperations"
import { UpdateSwitchboard } from "@sunco/schemas/SwitchboardPayloads"
import * as Writing from "@sunco/schemas/Writing"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"

const written = <A>(schema: Schema.Codec<A>, value: unknown): unknown =>
  Result.getOrElse(Writing.writer(schema)(value as A), () => "refused")

describe("a switchboard integration to make", () => {
  const bot = { name: "bot", integrationId: "i1" }

  it.each<readonly [what: string, value: unknown, sent: unknown]>([
    ["the id of an integration", bot, bot],
    ["its type", { name: "bot", integrationType: "ultimate" }, { name: "bot", integrationType: "ultimate" }],
    ["an id, and undefined for the type", { ...bot, integrationType: undefined }, bot],
    ["both", { ...bot, integrationType: "custom" }, "refused"],
    ["neither", { name: "bot" }, "refused"],
    ["no name", { integrationId: "i1" }, "refused"],
    ["a name of 128 letters", { ...bot, name: "b".repeat(128) }, { ...bot, name: "b".repeat(128) }],
    ["a name of 129", { ...bot, name: "b".repeat(129) }, "refused"],
    ["an empty name", { ...bot, name: "" }, "refused"],
    ["a name with all that it can have", { ...bot, name: "A-z_09" }, { ...bot, name: "A-z_09" }],
    ["a name with a blank", { ...bot, name: "my bot" }, "refused"],
    ["a name with a line break at its end", { ...bot, name: "bot\n" }, "refused"],
    ["a name with an accent", { ...bot, name: "böt" }, "refused"],
    ["a history of 1", { ...bot, messageHistoryCount: 1 }, { ...bot, messageHistoryCount: 1 }],
    ["a history of 10", { ...bot, messageHistoryCount: 10 }, { ...bot, messageHistoryCount: 10 }],
    ["a history of none", { ...bot, messageHistoryCount: 0 }, "refused"],
    ["a history of 11", { ...bot, messageHistoryCount: 11 }, "refused"],
    ["a history of half a message", { ...bot, messageHistoryCount: 1.5 }, "refused"],
    [
      "null where it clears",
      { ...bot, messageHistoryCount: null, nextSwitchboardIntegrationId: null },
      { ...bot, messageHistoryCount: null, nextSwitchboardIntegrationId: null }
    ],
    ["null for what has a default", { ...bot, deliverStandbyEvents: null }, "refused"],
    ["a field that there is not", { ...bot, id: "s1" }, "refused"]
  ])("may have %s, or may not", (_, value, sent) => {
    assert.deepStrictEqual(written(CreateSwitchboardIntegration, value), sent)
  })

  it("is changed in what is named alone", () => {
    assert.deepStrictEqual(written(UpdateSwitchboardIntegration, {}), {})
    assert.deepStrictEqual(written(UpdateSwitchboardIntegration, { name: undefined, integrationId: "i1" }), {
      integrationId: "i1"
    })
    assert.strictEqual(written(UpdateSwitchboardIntegration, { ...bot, integrationType: "custom" }), "refused")
    assert.strictEqual(written(UpdateSwitchboardIntegration, { name: null }), "refused")
  })
})

it("a switchboard is changed in what is named alone, and nothing of it can be cleared", () => {
  assert.deepStrictEqual(written(UpdateSwitchboard, { enabled: undefined, defaultSwitchboardIntegrationId: "s1" }), {
    defaultSwitchboardIntegrationId: "s1"
  })
  assert.strictEqual(written(UpdateSwitchboard, { defaultSwitchboardIntegrationId: null }), "refused")
})

it("control is passed to somebody, and released by anybody", () => {
  const metadata = { "dataCapture.ticketField.1": "tea", urgent: true, seats: 3 }
  assert.deepStrictEqual(written(PassControl, { switchboardIntegration: "next", metadata }), {
    switchboardIntegration: "next",
    metadata
  })
  assert.strictEqual(written(PassControl, { switchboardIntegration: "" }), "refused")
  assert.strictEqual(written(PassControl, { metadata }), "refused")
  assert.strictEqual(written(PassControl, { switchboardIntegration: "next", metadata: { a: { b: 1 } } }), "refused")
  assert.deepStrictEqual(written(ReleaseControl, {}), {})
})

it("a list is read for what it has: an id is enough, odd values are absent, and what has no id is left out", () => {
  const read = Reading.reader(SwitchboardIntegrationListResponse)({
    switchboardIntegrations: [{ id: "s1" }, { id: "s2", name: 7, messageHistoryCount: null, isNew: true }, {
      name: "x"
    }]
  })
  assert(Result.isSuccess(read))
  assert.deepStrictEqual<unknown>(read.success.value.switchboardIntegrations, [
    { id: "s1" },
    { id: "s2", messageHistoryCount: null, isNew: true }
  ])
  assert.lengthOf(read.success.putAside, 2)
})
