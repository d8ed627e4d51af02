/** Which broken senders of deliveries break a contract, by the verdict of Pact's verifier. */
import { messages, states } from "@sunco/contracts/EmulatedProvider"
import { EventContracts } from "@sunco/contracts/EventContracts"
import { webhooksConsumer, webhooksProvider as provider } from "@sunco/contracts/Names"
import { Emulator } from "@sunco/emulator/Emulator"
import type { Message } from "effect-pact/Pact"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Record from "effect/Record"
import * as Schema from "effect/Schema"
import type { EventMutant } from "./EventMutant.ts"
import { untouched } from "./eventMutants.ts"

const open = Schema.Record(Schema.String, Schema.Json)

/** As much of a pact file as matters here. */
const Pact = Schema.StructWithRest(
  Schema.Struct({
    interactions: Schema.Array(Schema.StructWithRest(Schema.Struct({ description: Schema.String }), [open]))
  }),
  [open]
)

export type EventPact = typeof Pact.Type

const file = new URL(`../../../contracts/pacts/${webhooksConsumer}-${provider}.json`, import.meta.url).pathname

export const committedEventPact = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  return yield* Schema.decodeUnknownEffect(Schema.fromJsonString(Pact))(yield* files.readFileString(file))
})

/** What the emulator sends of each event of the committed pact, by its description. */
const sent = Effect.gen(function*() {
  const all = new Map<string, Message>()
  yield* Verifier.verify({
    provider,
    pacts: [file],
    states,
    messages: Record.map(
      messages,
      (message, description) => (values) =>
        Effect.tap(message(values), (message) => Effect.sync(() => all.set(description, message)))
    )
  })
  return all
}).pipe(Effect.provide(Emulator.layer()))

const types = new Map(EventContracts.map(({ interaction, type }) => [interaction.description, type]))

/**
 * The mutants that no interaction of the pact tells from the emulator itself. Of what it has sent, each changes the events of its type.
 *
 * All of them are in one run of the verifier, which takes its time to start: each has a pact of its own, whose messages name it.
 */
export const eventSurvivors = Effect.fnUntraced(function*(pact: EventPact, mutants: ReadonlyArray<EventMutant>) {
  const files = yield* FileSystem.FileSystem
  const directory = yield* files.makeTempDirectoryScoped()
  const given: Record<string, Effect.Effect<Message>> = {}
  const originals = yield* sent
  yield* Effect.forEach(mutants, ({ message, name, type }, index) => {
    const interactions = pact.interactions.flatMap((interaction) => {
      const original = originals.get(interaction.description)
      if (original === undefined || types.get(interaction.description) !== type) return []
      const changed = message(original)
      const isTouched = JSON.stringify(changed) !== JSON.stringify(original)
      const description = `${index}: ${interaction.description}`
      // What is as it is has to be taken as it is.
      if (!isTouched && name !== untouched) return []
      given[description] = Effect.succeed(changed)
      return [{ ...interaction, description, providerStates: [] }]
    })
    return interactions.length === 0
      ? Effect.void
      : files.writeFileString(
        `${directory}/${index}.json`,
        JSON.stringify({ ...pact, consumer: { name: `${index}` }, interactions })
      )
  })
  const failures = yield* Verifier.verify({ provider, pacts: [directory], messages: given }).pipe(
    Effect.as<ReadonlyArray<Verifier.Failure>>([]),
    Effect.catchTag("VerificationFailed", ({ failures }) => Effect.succeed(failures))
  )
  const caught = new Set(failures.map(({ consumer }) => Number(consumer)))
  return mutants.filter((_, index) => !caught.has(index))
}, Effect.scoped)
