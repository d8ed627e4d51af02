/**
 * `pnpm contracts:generate`: runs every contract against Pact's mock server, hands every event to the receiver, and writes
 * `contracts/pacts` anew.
 */
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Contract from "@sunco/contracts/Contract"
import * as EventContract from "@sunco/contracts/EventContract"
import { EventContracts } from "@sunco/contracts/EventContracts"
import * as Names from "@sunco/contracts/Names"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { Pact } from "effect-pact/Pact"
import * as Command from "effect/cli/Command"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { Failed } from "./Failed.ts"
import { pactDirectory } from "./pactFile.ts"

const generate = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const directory = yield* files.makeTempDirectoryScoped()
  const { consumer, provider, webhooksConsumer, webhooksProvider } = Names
  yield* Effect.forEach(SunshineContracts, Contract.verify).pipe(
    Effect.provide([Pact.layer({ consumer, provider, directory }), UndiciTransport.layer])
  )
  yield* Effect.forEach(EventContracts, EventContract.verify).pipe(
    Effect.provide(Pact.layer({ consumer: webhooksConsumer, provider: webhooksProvider, directory }))
  )
  // Only now, so that a contract that fails leaves everything as it was.
  yield* files.remove(pactDirectory, { recursive: true, force: true })
  yield* files.makeDirectory(pactDirectory)
  yield* Effect.forEach(
    yield* files.readDirectory(directory),
    (file) => files.copyFile(`${directory}/${file}`, `${pactDirectory}/${file}`)
  )
  yield* Console.log(
    `${SunshineContracts.length} interactions and ${EventContracts.length} messages in ${pactDirectory}`
  )
}).pipe(
  Effect.scoped,
  Effect.tapError((error) => Console.error(error.message)),
  Effect.mapError(() => new Failed())
)

CommandLine.run(
  Command.make("contracts:generate", {}, () => generate).pipe(
    Command.withDescription(
      "Runs every contract against Pact's mock server or the receiver, and writes contracts/pacts anew."
    )
  )
)
