/** The tree of commands: what there is, what each takes, and what help says of it. What they do is loaded when they are run. */
import * as Command from "effect/cli/Command"
import * as GlobalFlags from "../GlobalFlags.ts"
import { bulk } from "./bulk.ts"
import { conversations, messages } from "./conversations.ts"
import { emulator, listen, trigger } from "./development.ts"
import { integrations, webhooks } from "./integrations.ts"
import { loginCommands } from "./login.ts"
import { completion, doctor, help } from "./manual.ts"
import { request } from "./request.ts"
import { users } from "./users.ts"

export const sunco = Command.make("sunco").pipe(
  Command.withDescription("Sunshine Conversations from a terminal and from scripts"),
  Command.withExamples([{ command: "sunco users get ada" }]),
  Command.withSubcommands([
    { group: "THE API", commands: [users, conversations, messages, integrations, webhooks, request, bulk] },
    { group: "WITHOUT AN ACCOUNT", commands: [emulator, trigger, listen] },
    { group: "SETTINGS", commands: [...loginCommands, doctor, completion] },
    { group: "HELP", commands: [help] }
  ]),
  Command.withGlobalFlags([GlobalFlags.Json, GlobalFlags.Profile])
)
