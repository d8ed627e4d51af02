import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, layer } from "@effect/vitest"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Contract from "@sunco/contracts/Contract"
import * as Names from "@sunco/contracts/Names"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { Pact } from "effect-pact/Pact"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as FileSystem from "effect/FileSystem"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { pactFile } from "../bin/pactFile.ts"

const decode = Schema.decodeUnknownSync(
  Schema.fromJsonString(Schema.Struct({
    interactions: Schema.Array(
      Schema.StructWithRest(Schema.Struct({ description: Schema.String }), [Schema.Record(Schema.String, Schema.Json)])
    )
  }))
)

/** By their descriptions. */
const interactionsOf = (pact: string): ReadonlyMap<string, string> =>
  new Map(decode(pact).interactions.map((interaction) => [interaction.description, JSON.stringify(interaction)]))

/** What became of each contract, by its description, and the pact that was written. */
class Run extends Context.Service<Run, {
  readonly exits: ReadonlyMap<string, Exit.Exit<void, unknown>>
  readonly pact: string
}>()("contracts/test/Run") {
  static readonly layer = Layer.effect(
    Run,
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.makeTempDirectoryScoped()
      const exits = yield* Effect.forEach(
        SunshineContracts,
        (contract) =>
          Effect.map(
            Effect.exit(Contract.verify(contract)),
            (exit) => [contract.interaction.description, exit] as const
          )
      ).pipe(Effect.provide(Pact.layer({ ...Names, directory })))
      const [file = ""] = yield* files.readDirectory(directory)
      return { exits: new Map(exits), pact: yield* files.readFileString(`${directory}/${file}`) }
    })
  ).pipe(Layer.provide(NodeServices.layer))
}

// Several transports, so that the contract is not what one of them happens to send; and two generations, which have to be alike.
const transports = {
  UndiciTransport: UndiciTransport.layer,
  FetchTransport: FetchTransport.layer,
  FetchHttpClient: FetchHttpClient.layer
}

describe.each(Object.entries(transports))("over %s", (_, transport) => {
  layer(Run.layer.pipe(Layer.provide(transport)), { timeout: "5 minutes" })((it) => {
    for (const { interaction: { description } } of SunshineContracts) {
      it.effect(description, () => Effect.flatMap(Run, ({ exits }) => exits.get(description)!))
    }

    it.effect("what is committed is what the contracts say", () =>
      Effect.map(Run, ({ pact }) => {
        const committed = readFileSync(pactFile, "utf8")
        const [now, before] = [interactionsOf(pact), interactionsOf(committed)]
        const different = Array.from(new Set([...now.keys(), ...before.keys()])).filter((description) =>
          now.get(description) !== before.get(description)
        )
        const advice = `${pactFile} is outdated: run pnpm contracts:generate`
        assert.deepStrictEqual(different, [], advice)
        assert.isTrue(pact === committed, advice)
      }))
  })
})
