/** What `sunco help` does. */
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { Failure } from "../Failure.ts"
import { writeOut } from "../internal/streams.ts"
import { topics } from "../Topics.ts"
import type { helpInput } from "../tree/manual.ts"
import { sunco } from "../tree/sunco.ts"
import { Version } from "../Version.ts"

type Input = Command.Command.Config.Infer<typeof helpInput>

const isCommand = (words: ReadonlyArray<string>): boolean => {
  let command: Command.Command.Any = sunco
  for (const word of words) {
    const found = command.subcommands.flatMap(({ commands }) => commands).find(({ name }) => name === word)
    if (found === undefined) return false
    command = found
  }
  return true
}

// Annotated: the tree has this command, and the compiler would go round.
export const help = ({ topic }: Input): Effect.Effect<void, Failure, Command.Environment> =>
  Effect.gen(function*() {
    const name = topic.join(" ")
    if (topic.length === 1 && Object.hasOwn(topics, name)) return yield* writeOut(topics[name] ?? "")
    if (!isCommand(topic)) {
      return yield* new Failure({
        kind: "usage",
        message: `there is no command and no topic ${JSON.stringify(name)}`,
        hint: `the topics are ${Object.keys(topics).join(", ")}`
      })
    }
    const version = yield* Version
    yield* Effect.orDie(Command.runWith(sunco, { version })([...topic, "--help"]))
  })
