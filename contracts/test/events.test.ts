/** The contracts of events: the receiver reads what they say, and they say it exactly where it matters. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, layer } from "@effect/vitest"
import * as EventContract from "@sunco/contracts/EventContract"
import { EventContracts } from "@sunco/contracts/EventContracts"
import * as Names from "@sunco/contracts/Names"
import { Pact } from "effect-pact/Pact"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import { webhooksPactFile } from "../bin/pactFile.ts"
import { assertCommitted } from "./PactText.ts"

const { webhooksConsumer: consumer, webhooksProvider: provider } = Names

/** What became of each contract, by its description, and the pact that was written. */
class Run extends Context.Service<Run, {
  readonly exits: ReadonlyMap<string, Exit.Exit<void, unknown>>
  readonly pact: string
}>()("contracts/test/EventsRun") {
  static readonly layer = Layer.effect(
    Run,
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.makeTempDirectoryScoped()
      const exits = yield* Effect.forEach(
        EventContracts,
        (contract) =>
          Effect.map(
            Effect.exit(EventContract.verify(contract)),
            (exit) => [contract.interaction.description, exit] as const
          )
      ).pipe(Effect.provide(Pact.layer({ consumer, provider, directory })))
      const [file = ""] = yield* files.readDirectory(directory)
      return { exits: new Map(exits), pact: yield* files.readFileString(`${directory}/${file}`) }
    })
  )
}

layer(Run.layer.pipe(Layer.provideMerge(NodeServices.layer)), { timeout: "5 minutes" })("the receiver", (it) => {
  describe("hands on", () => {
    for (const { interaction: { description } } of EventContracts) {
      it.effect(description, () => Effect.flatMap(Run, ({ exits }) => exits.get(description)!))
    }
  })

  it.effect("what is committed is what the contracts say", () =>
    Effect.map(Run, ({ pact }) => assertCommitted(pact, webhooksPactFile)))

  it.effect("is said to give something else, and nothing is written, when it does", () =>
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.makeTempDirectoryScoped()
      const payload = { user: { id: "67a11490f0305f4a391e9f8a" } }
      const removed = EventContract.make({
        type: "user:remove",
        description: "a user was removed",
        cause: () => Effect.void,
        payload
      })
      const failureOf = (contract: EventContract.EventContract) =>
        EventContract.verify(contract).pipe(
          Effect.flip,
          Effect.map((error) => error.message.split("\n").map((line) => line.trim())),
          Effect.provide(Pact.layer({ consumer, provider, directory }))
        )
      const said = `but "a user was removed" says that it hands on`
      assert.deepStrictEqual(
        yield* failureOf({ ...removed, payload: { user: { id: "somebody else" } } }),
        [
          `The receiver hands on user:remove ${JSON.stringify(payload)}, and answers 200, handled`,
          `${said} user:remove {"user":{"id":"somebody else"}}, and answers 200`
        ]
      )
      assert.deepStrictEqual(
        yield* failureOf({ ...removed, type: "user:update" }),
        [
          "The receiver hands on nothing, and answers 200, handled",
          `${said} user:update ${JSON.stringify(payload)}, and answers 200`
        ]
      )
      const undecodable = { events: [{ id: "1", type: "user:remove", payload: {} }] }
      assert.deepStrictEqual(
        yield* failureOf({
          ...removed,
          interaction: {
            ...removed.interaction,
            contents: { app: { id: "1" }, webhook: { id: "1", version: "v2" }, ...undecodable }
          }
        }),
        [
          "The receiver hands on nothing, and answers 500, undecodable",
          `${said} user:remove ${JSON.stringify(payload)}, and answers 200`
        ]
      )
      assert.deepStrictEqual(yield* files.readDirectory(directory), [])
    }))
})
