/**
 * `pnpm contracts:strength`: breaks the emulator in every way that matters to the client, and tells which of these breakages the
 * committed pacts do not notice.
 */
import * as Command from "effect/cli/Command"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { committedPact, survivors } from "./judge.ts"
import { committedEventPact, eventSurvivors } from "./eventJudge.ts"
import type { EventMutant } from "./EventMutant.ts"
import { eventControls, eventMutants } from "./eventMutants.ts"
import type { Mutant } from "./Mutant.ts"
import { controls, mutants } from "./mutants.ts"

class Weak extends Schema.TaggedError<Weak>()("Weak", {}) {
  override readonly [Runtime.errorReported] = false
}

const program = Effect.gen(function*() {
  const ofCalls = yield* survivors(yield* committedPact, [...controls, ...mutants])
  const ofEvents = yield* eventSurvivors(yield* committedEventPact, [...eventControls, ...eventMutants])
  const nameOf = ({ name, operation }: Mutant) => `${operation} ${name}`
  const nameOfEvent = ({ name, type }: EventMutant) => `${type} ${name}`

  const broken = [
    ...controls.filter((control) => !ofCalls.includes(control)).map(nameOf),
    ...eventControls.filter((control) => !ofEvents.includes(control)).map(nameOfEvent)
  ]
  const survived = [
    ...mutants.filter((mutant) => ofCalls.includes(mutant)).map(nameOf),
    ...eventMutants.filter((mutant) => ofEvents.includes(mutant)).map(nameOfEvent)
  ]
  const all = mutants.length + eventMutants.length

  yield* Effect.forEach(broken, (name) => Console.log(`NOT EVEN TRUE UNBROKEN: ${name}`))
  yield* Effect.forEach(survived, (name) => Console.log(`SURVIVED: ${name}`))
  yield* Console.log(
    `${all} mutants of the emulator, ${eventMutants.length} of what it sends; ${all - survived.length} caught`
  )
  if (broken.length + survived.length > 0) return yield* new Weak()
})

CommandLine.run(
  Command.make("contracts:strength", {}, () => program).pipe(
    Command.withDescription("Breaks the emulator in every way that matters, and counts what the pacts catch.")
  )
)
