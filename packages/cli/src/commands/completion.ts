/** What `sunco completion` does. */
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import type * as Command from "effect/cli/Command"
import * as Completions from "effect/cli/Completions"
import type * as Effect from "effect/Effect"
import type { Failure } from "../Failure.ts"
import { writeOut } from "../internal/streams.ts"
import { rows } from "../Rows.ts"
import type { completionInput } from "../tree/manual.ts"
import { sunco } from "../tree/sunco.ts"

type Input = Command.Command.Config.Infer<typeof completionInput>

/** Flags that the tree has for all of its commands, which a descriptor of the tree leaves out. */
const globalFlags: ReadonlyArray<Completions.FlagDescriptor> = [
  {
    name: "json",
    aliases: [],
    description: "Print JSON, as the API gave it",
    type: { _tag: "Boolean" },
    negation: false
  },
  { name: "profile", aliases: ["p"], description: "Use the settings of this profile", type: { _tag: "String" } },
  { name: "help", aliases: ["h"], description: "Show help information", type: { _tag: "Boolean" }, negation: false }
]

/** The paths of the operations as `sunco request` takes them: what is known is filled in, and the rest is to be. */
const paths = Array.from(
  new Set(rows.map(({ operation }) => operation.path.replaceAll(/:(\w+)/g, "{$1}")))
).sort()

/** What else there is to choose from, where the command takes others too. */
const choices: { readonly [argument: string]: ReadonlyArray<string> } = {
  "request path": paths,
  "trigger type": Object.keys(EventPayloads).sort()
}

const completed = (command: Completions.CommandDescriptor): Completions.CommandDescriptor => ({
  ...command,
  flags: [...command.flags, ...globalFlags],
  arguments: command.arguments.map((argument) => {
    const values = choices[`${command.name} ${argument.name}`]
    return values === undefined ? argument : { ...argument, type: { _tag: "Choice", values } }
  }),
  subcommands: command.subcommands.map(completed)
})

/** What it says of its own installation is of a flag that this command does not have. */
const script = (shell: Completions.Shell): string =>
  Completions.generate("sunco", shell, completed(Completions.fromCommand(sunco)))
    .replaceAll(/^#(.*)sunco --completions \w+ .*$/gm, `#$1sunco completion ${shell} --help`)

// Annotated: the tree has this command, and the compiler would go round.
export const completion = ({ shell }: Input): Effect.Effect<void, Failure> => writeOut(`${script(shell).trimEnd()}\n`)
