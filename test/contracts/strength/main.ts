/**
 * `pnpm contracts:strength`: breaks the emulator in every way that matters to the client, and tells which of these breakages the
 * committed pact does not notice.
 */
import * as Command from "effect/cli/Command"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { committedPact, survivors } from "./judge.ts"
import { controls, mutants } from "./mutants.ts"

class Weak extends Schema.TaggedError<Weak>()("Weak", {}) {
  override readonly [Runtime.errorReported] = false
}

const program = Effect.gen(function*() {
  const left = yield* survivors(yield* committedPact, [...controls, ...mutants])
  const broken = controls.filter((control) => !left.includes(control))
  const survived = mutants.filter((mutant) => left.includes(mutant))

  yield* Effect.forEach(broken, ({ name, operation }) => Console.log(`NOT EVEN TRUE UNBROKEN: ${operation} ${name}`))
  yield* Effect.forEach(survived, ({ name, operation }) => Console.log(`SURVIVED: ${operation} ${name}`))
  yield* Console.log(`${mutants.length} mutants of the emulator, ${mutants.length - survived.length} caught`)
  if (broken.length + survived.length > 0) return yield* new Weak()
})

CommandLine.run(
  Command.make("contracts:strength", {}, () => program).pipe(
    Command.withDescription("Breaks the emulator in every way that matters, and counts what the pacts catch.")
  )
)
