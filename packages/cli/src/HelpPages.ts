/** What the help of each command says, as data: derived from the tree, as the help itself is. */
import * as CliConfig from "effect/cli/CliConfig"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import type { HelpDoc } from "effect/cli/HelpDoc"
import * as Effect from "effect/Effect"
import { sunco } from "./tree/sunco.ts"

/** A page, and the words that it is the page of. */
export interface HelpPage {
  readonly path: ReadonlyArray<string>
  readonly doc: HelpDoc
}

const pathsOf = (
  command: Command.Command.Any,
  path: ReadonlyArray<string>
): ReadonlyArray<ReadonlyArray<string>> => [
  path,
  ...command.subcommands.flatMap(({ commands }) => commands).flatMap((inner) => pathsOf(inner, [...path, inner.name]))
]

/** All pages, that of `sunco` first. */
export const all = Effect.forEach(pathsOf(sunco, []), (path) =>
  Effect.gen(function*() {
    const shown: Array<HelpDoc> = []
    const presenter: CliOutput.Presenter = {
      present: (event) => Effect.sync(() => event._tag === "Help" ? shown.push(event.helpDoc) : undefined)
    }
    yield* Effect.provide(Command.runWith(sunco, { version: "" })([...path, "--help"]), [
      CliOutput.layerPresenter(presenter),
      CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version] })
    ])
    return shown.map((doc): HelpPage => ({ path: ["sunco", ...path], doc }))
  })).pipe(Effect.map((pages) => pages.flat()))
