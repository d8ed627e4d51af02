/** The tree of commands: what there is, what each takes, and what help says of it. What they do is loaded when they are run. */
import * as Command from "effect/cli/Command"
import * as GlobalFlags from "../GlobalFlags.ts"
import { loginCommands } from "./login.ts"

export const sunco = Command.make("sunco").pipe(
  Command.withDescription("Sunshine Conversations from a terminal and from scripts"),
  Command.withExamples([{ command: "sunco profiles list" }]),
  Command.withSubcommands([
    { group: "SETTINGS", commands: loginCommands }
  ]),
  Command.withGlobalFlags([GlobalFlags.Json, GlobalFlags.Profile])
)
