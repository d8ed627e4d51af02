/** `sunco emulator`, `trigger` and `listen`: what they take, and what their help says. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { lazily } from "./lazily.ts"
import { data, text, toggle } from "./parameters.ts"

const port = Flag.Int("port").pipe(
  Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65_535 }))),
  Flag.withMetavar("number"),
  Flag.withDescription("The port to listen on; any free one without it"),
  Flag.withDefault(0)
)

const Id = Schema.String.check(
  Schema.isPattern(/^[\w.~-]+$/u, { expected: "letters, digits and any of . _ ~ -" })
)

export const emulatorInput = {
  port,
  host: text("host", "address", "In place of 127.0.0.1: then the network can drive it").pipe(
    Flag.withDefault("127.0.0.1")
  ),
  app: text("app", "id", "The id of the app").pipe(Flag.withSchema(Id), Flag.optional),
  key: text("key", "id", "The id of the key: app_, int_ or act_ says its scope").pipe(
    Flag.withSchema(Id),
    Flag.optional
  ),
  seed: text("seed", "file", "JSON with users, conversations and more to start with").pipe(Flag.optional),
  quiet: toggle("quiet", "Print no line for each request")
} as const

export const emulator = Command.make(
  "emulator",
  emulatorInput,
  lazily(() => import("../commands/emulator.ts"), (m) => m.emulator)
).pipe(
  Command.withDescription("The API on this machine, in memory, until Ctrl-C"),
  Command.withExamples([
    { command: "sunco emulator" },
    { command: "sunco emulator --json --quiet --port 0", description: "For a script: one line with what to use" }
  ])
)

const secretFile = text("secret-file", "file", "A file with the secret of the webhook").pipe(Flag.optional)

export const triggerInput = {
  type: Argument.String("type").pipe(
    Argument.withSchema(Schema.NonEmptyString),
    Argument.withDescription("What happens, such as conversation:message")
  ),
  to: text("to", "url", "Whom to tell: a receiver of webhooks; needed"),
  data,
  secretFile
} as const

export const trigger = Command.make(
  "trigger",
  triggerInput,
  lazily(() => import("../commands/trigger.ts"), (m) => m.trigger)
).pipe(
  Command.withDescription("Send an event as a webhook does, and say what comes of it"),
  Command.withExamples([
    { command: "sunco trigger user:remove --to $RECEIVER" },
    {
      command: "sunco trigger user:remove --to $RECEIVER -d '{\"user\":{\"id\":\"ada\"}}'",
      description: "With parts of your own; the others are made up"
    }
  ])
)

export const listenInput = {
  port,
  forwardTo: text("forward-to", "url", "Hand each delivery on, and answer as this answers").pipe(Flag.optional),
  secretFile
} as const

export const listen = Command.make(
  "listen",
  listenInput,
  lazily(() => import("../commands/listen.ts"), (m) => m.listen)
).pipe(
  Command.withDescription("Print the events that webhooks bring, until Ctrl-C"),
  Command.withExamples([
    { command: "sunco listen --port 0" },
    {
      command: "sunco listen --port 0 --forward-to $RECEIVER",
      description: "Between the vendor and a program of yours"
    }
  ])
)
