import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"

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
