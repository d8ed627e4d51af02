/** `sunco conversations` and `sunco messages`: what their commands take, and what their help says. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { lazily } from "./lazily.ts"
import { clearable, conversationId, data, limit, metadata, text } from "./parameters.ts"

const load = () => import("../commands/conversations.ts")

const loadMessages = () => import("../commands/messages.ts")

const ofUser = {
  user: text("user", "id", "The id of the user").pipe(Flag.optional),
  externalId: text("external-id", "id", "In its place, your own id of the user").pipe(Flag.optional)
}

export const listInput = { ...ofUser, limit } as const

const list = Command.make("list", listInput, lazily(load, (m) => m.list)).pipe(
  Command.withDescription("The conversations of a user: id, type, name, last update"),
  Command.withExamples([{ command: "sunco conversations list --external-id ada" }])
)

export const getInput = { conversation: conversationId } as const

const get = Command.make("get", getInput, lazily(load, (m) => m.get)).pipe(
  Command.withDescription("Read a conversation"),
  Command.withExamples([{ command: "sunco conversations get $CONVERSATION" }])
)

export const createInput = {
  ...ofUser,
  displayName: clearable("display-name", "How it is called"),
  description: clearable("description", "What it is about"),
  iconUrl: clearable("icon-url", "The address of a picture"),
  metadata,
  data
} as const

const create = Command.make("create", createInput, lazily(load, (m) => m.create)).pipe(
  Command.withDescription("Make a conversation with a user, and print it"),
  Command.withExamples([{ command: "sunco conversations create --external-id ada --display-name Tea" }])
)

export const conversations = Command.make("conversations").pipe(
  Command.withDescription("The conversations of users"),
  Command.withExamples([{ command: "sunco conversations list --external-id ada" }]),
  Command.withSubcommands([list, get, create])
)

const end = (name: string, description: string) => text(name, "message", description).pipe(Flag.optional)

export const listMessagesInput = {
  conversation: conversationId,
  limit,
  after: end("after", "Those that came after the message of this id"),
  before: end("before", "Those that came before the message of this id")
} as const

const listMessages = Command.make("list", listMessagesInput, lazily(loadMessages, (m) => m.list)).pipe(
  Command.withDescription("The newest messages, the oldest of them first"),
  Command.withExamples([{ command: "sunco messages list $CONVERSATION -n 100" }])
)

export const postInput = {
  conversation: conversationId,
  text: Argument.String("text").pipe(
    Argument.withDescription("What is said; - for the standard input"),
    Argument.optional
  ),
  asUser: text("as-user", "id", "In the name of the user of this id").pipe(Flag.optional),
  displayName: text("display-name", "name", "Who is shown to have written it").pipe(Flag.optional),
  metadata,
  data
} as const

const post = Command.make("post", postInput, lazily(loadMessages, (m) => m.post)).pipe(
  Command.withDescription("Send a message as the business, and print it"),
  Command.withExamples([
    { command: "sunco messages post $CONVERSATION 'We are on it'" },
    {
      command: "sunco messages post $CONVERSATION -d @card.json",
      description: "With whatever the API takes, such as buttons"
    }
  ])
)

export const tailInput = {
  conversation: conversationId,
  last: Flag.Int("last").pipe(
    Flag.withAlias("n"),
    Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 }))),
    Flag.withMetavar("number"),
    Flag.withDescription("How many older ones are printed first; 10 without it"),
    Flag.withDefault(10)
  ),
  interval: Flag.Finite("interval").pipe(
    Flag.withSchema(Schema.Finite.check(Schema.isBetween({ minimum: 0.2, maximum: 3600 }))),
    Flag.withMetavar("seconds"),
    Flag.withDescription("How long it waits before it asks again; 2 without it"),
    Flag.withDefault(2)
  )
} as const

const tail = Command.make("tail", tailInput, lazily(loadMessages, (m) => m.tail)).pipe(
  Command.withDescription("Print messages as they come, until Ctrl-C"),
  Command.withExamples([{ command: "sunco messages tail $CONVERSATION" }])
)

export const messages = Command.make("messages").pipe(
  Command.withDescription("The messages of a conversation"),
  Command.withExamples([{ command: "sunco messages list $CONVERSATION" }]),
  Command.withSubcommands([listMessages, post, tail])
)
