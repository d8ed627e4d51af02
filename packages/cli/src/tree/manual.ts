/** `sunco doctor`, `completion` and `help`: what they take, and what their help says. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import { lazily } from "./lazily.ts"
import { text } from "./parameters.ts"

export const doctorInput = {
  webhooks: text("webhooks", "url", "Ask this receiver of webhooks, too").pipe(Flag.optional),
  secretFile: text("secret-file", "file", "A file with the secret of its webhook").pipe(Flag.optional)
} as const

export const doctor = Command.make(
  "doctor",
  doctorInput,
  lazily(() => import("../commands/doctor.ts"), (m) => m.doctor)
).pipe(
  Command.withDescription("Find what keeps you from a first call, and what to do about it"),
  Command.withExamples([
    { command: "sunco doctor" },
    { command: "sunco doctor --webhooks $RECEIVER", description: "Also whether webhooks would arrive" }
  ])
)

export const completionInput = {
  shell: Argument.Literals("shell", ["bash", "zsh", "fish"]).pipe(Argument.withDescription("For which shell"))
} as const

export const completion = Command.make(
  "completion",
  completionInput,
  lazily(() => import("../commands/completion.ts"), (m) => m.completion)
).pipe(
  Command.withDescription("Print what makes the shell complete commands, flags and paths"),
  Command.withExamples([
    { command: "source <(sunco completion bash)", description: "In ~/.bashrc, or in ~/.zshrc with zsh" },
    { command: "sunco completion fish > sunco.fish", description: "In ~/.config/fish/completions" }
  ])
)

export const helpInput = {
  topic: Argument.String("topic").pipe(
    Argument.withDescription("A command, environment, exit-codes, formatting"),
    Argument.variadic({ min: 0 })
  )
} as const

export const help = Command.make("help", helpInput, lazily(() => import("../commands/help.ts"), (m) => m.help)).pipe(
  Command.withDescription("Of a command, or about environment, exit-codes or formatting"),
  Command.withExamples([
    { command: "sunco help environment" },
    { command: "sunco help messages tail" }
  ])
)
