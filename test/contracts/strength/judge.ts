/** Which mutants break a contract, by the verdict of Pact's verifier. */
import * as Contract from "@sunco/contracts/Contract"
import { credentials, states } from "@sunco/contracts/EmulatedProvider"
import * as Names from "@sunco/contracts/Names"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import type { Emulator } from "@sunco/emulator/Emulator"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Schema from "effect/Schema"
import { strangersCredentials } from "../strangersCredentials.ts"
import type { Mutant } from "./Mutant.ts"
import { mutantHeader, MutatedEmulator } from "./MutatedEmulator.ts"

const open = Schema.Record(Schema.String, Schema.Json)

const Interaction = Schema.StructWithRest(
  Schema.Struct({
    description: Schema.String,
    request: Schema.StructWithRest(Schema.Struct({ headers: open }), [open]),
    response: Schema.StructWithRest(
      Schema.Struct({
        status: Schema.Int,
        body: Schema.optionalKey(Schema.StructWithRest(Schema.Struct({ content: Schema.Json }), [open]))
      }),
      [open]
    )
  }),
  [open]
)

/** As much of a pact file as matters here. */
const Pact = Schema.StructWithRest(Schema.Struct({ interactions: Schema.Array(Interaction) }), [open])

export type Pact = typeof Pact.Type

export const committedPact = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const file = new URL(`../../../contracts/pacts/${Names.consumer}-${Names.provider}.json`, import.meta.url)
  return yield* Schema.decodeUnknownEffect(Schema.fromJsonString(Pact))(yield* files.readFileString(file.pathname))
})

/**
 * Everything that is wrong with mutants, which `consumer` tells by their index. A mutant is up against the contracts of its
 * operation.
 *
 * All of them are in one run of the verifier, which takes its time to start: each has a pact of its own, whose requests name it.
 */
const failuresOf = Effect.fnUntraced(
  function*(
    pact: Pact,
    mutants: ReadonlyArray<Mutant>,
    headers: (request: Verifier.ProviderRequest) => Effect.Effect<Verifier.HeaderValues, never, Emulator>
  ) {
    const contracts = mutants.map((mutant) => contractsOf(pact, mutant))
    if (contracts.flat().length === 0) return []
    const files = yield* FileSystem.FileSystem
    const directory = yield* files.makeTempDirectoryScoped()
    yield* Effect.forEach(contracts, (ofMutant, index) => {
      if (ofMutant.length === 0) return Effect.void
      const interactions = ofMutant.map(({ request, ...interaction }) => ({
        ...interaction,
        request: { ...request, headers: { ...request.headers, [mutantHeader]: [`${index}`] } }
      }))
      return files.writeFileString(
        `${directory}/${index}.json`,
        JSON.stringify({ ...pact, consumer: { name: `${index}` }, interactions })
      )
    })
    const { url } = yield* MutatedEmulator
    return yield* Verifier.verify({ provider: Names.provider, url, pacts: [directory], states, headers }).pipe(
      Effect.as<ReadonlyArray<Verifier.Failure>>([]),
      Effect.catchTag("VerificationFailed", ({ failures }) => Effect.succeed(failures))
    )
  },
  Effect.scoped,
  (effect, _, mutants) => Effect.provide(effect, MutatedEmulator.layer(mutants))
)

/** The descriptions of an operation's contracts, by its name. */
const descriptions = Map.groupBy(SunshineContracts.map((contract) => contract.interaction.description), (_, index) => {
  const { name, resource } = Contract.operationOf(SunshineContracts[index]!)!
  return `${resource}.${name}`
})

/** Those of a mutant's operation, but for those whose answer is the same for all that it does. */
const contractsOf = ({ interactions }: Pact, mutant: Mutant) =>
  interactions.filter(({ description, response }) =>
    descriptions.get(mutant.operation)?.includes(description) && isTouched(mutant, response)
  )

const isTouched = (mutant: Mutant, { body, status }: Pact["interactions"][number]["response"]): boolean => {
  if (mutant.response === undefined) return true
  const answer = { status, body: body?.content }
  return JSON.stringify(mutant.response(answer)) !== JSON.stringify(answer)
}

/** The mutants that no interaction of the pact tells from the emulator itself. */
export const survivors = Effect.fnUntraced(function*(pact: Pact, mutants: ReadonlyArray<Mutant>) {
  const forUsers = mutants.filter(({ isForStrangers = false }) => !isForStrangers)
  const failed = byMutant(yield* failuresOf(pact, forUsers, credentials))

  const forStrangers = mutants.filter(({ isForStrangers = false }) => isForStrangers)
  const failures = yield* failuresOf(pact, forStrangers, strangersCredentials)
  const refused = byMutant(failures.filter(({ actual, part }) => part === "status" && actual === "401"))

  const caught = new Set([
    ...forUsers.filter((_, index) => failed.has(index)),
    ...forStrangers.filter((mutant, index) => refused.get(index)?.length !== contractsOf(pact, mutant).length)
  ])
  return mutants.filter((mutant) => !caught.has(mutant))
})

const byMutant = (failures: ReadonlyArray<Verifier.Failure>) =>
  Map.groupBy(failures, ({ consumer }) => Number(consumer))
