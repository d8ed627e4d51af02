import * as NodeServices from "@effect/platform-node/NodeServices"
import { describe, layer } from "@effect/vitest"
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
import { pactFile } from "../bin/pactFile.ts"
import { assertCommitted } from "./PactText.ts"

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
      Effect.map(Run, ({ pact }) => assertCommitted(pact, pactFile)))
  })
})
