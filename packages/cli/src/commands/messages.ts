/** What `sunco messages` does. */
import { Messages } from "@sunco/client/Messages"
import type { Message } from "@sunco/schemas/Message"
import type { PostMessage } from "@sunco/schemas/MessagePayloads"
import type { From } from "@sunco/schemas/Page"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import type * as Command from "effect/cli/Command"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Account from "../Account.ts"
import * as Data from "../Data.ts"
import { Failure } from "../Failure.ts"
import { unchecked } from "../internal/payload.ts"
import { readInput } from "../internal/streams.ts"
import * as Output from "../Output.ts"
import * as Pages from "../Pages.ts"
import type * as Tree from "../tree/conversations.ts"

type Input<Config extends Command.Command.Config> = Command.Command.Config.Infer<Config>

const useMessages = Account.use(Messages.layerNoDeps)

const usage = (message: string) => new Failure({ kind: "usage", message, hint: "nothing was sent" })

/** What a message says, or what it is where it says nothing. */
const textOf = ({ activity, content, deleted }: Message): string => {
  if (deleted === true) return "[deleted]"
  if (content === undefined) return activity == null ? "" : `[${activity.type}]`
  const text: unknown = UnknownFields.get(content, "text")
  const address: unknown = UnknownFields.get(content, "mediaUrl")
  return [
    ...(content.type === "text" ? [] : [`[${String(content.type)}]`]),
    ...[text, address].filter((one) => typeof one === "string" && one !== "")
  ].join(" ")
}

const authorOf = ({ author }: Message): string | undefined => author?.displayName ?? author?.userId ?? author?.type

const idColumn: Output.ColumnOf<Message> = { name: "id", of: ({ id }) => id }

const otherColumns: ReadonlyArray<Output.ColumnOf<Message>> = [
  { name: "received", of: ({ received }) => received },
  { name: "by", of: ({ author }) => author?.type, isForScripts: true },
  { name: "author", cut: true, of: authorOf },
  { name: "text", cut: true, of: textOf }
]

const columns = [idColumn, ...otherColumns]

/** Whoever follows a conversation reads what is said, and all of it. */
const followedColumns = [{ ...idColumn, isForScripts: true }, ...otherColumns]

export const list = ({ after, before, conversation, limit }: Input<typeof Tree.listMessagesInput>) =>
  useMessages(Effect.gen(function*() {
    const messages = yield* Messages
    if (Option.isSome(after) && Option.isSome(before)) {
      return yield* Effect.fail(usage("--after and --before are each for themselves"))
    }
    const page = (from: From | undefined) => messages.list(conversation, from)
    if (Option.isSome(after)) {
      return yield* Output.list(yield* Pages.first(page, { limit, from: { after: after.value } }), columns)
    }
    const from = Option.isSome(before) ? { before: before.value } : undefined
    yield* Output.list(yield* Pages.last(page, { limit, from }), columns)
  }))

export const post = (input: Input<typeof Tree.postInput>) =>
  useMessages(Effect.gen(function*() {
    const messages = yield* Messages
    const data = yield* Data.object(input.data)
    if (Option.isNone(input.text) && data["content"] === undefined) {
      return yield* Effect.fail(usage("TEXT is missing, or the content in --data"))
    }
    const text = Option.isNone(input.text)
      ? undefined
      : input.text.value === "-"
      ? (yield* readInput).replace(/\r?\n$/, "")
      : input.text.value
    const author = Data.group({
      ...(Option.isSome(input.asUser) ? { type: "user", userId: input.asUser.value } : undefined),
      displayName: Option.getOrUndefined(input.displayName)
    })
    const metadata = yield* Data.pairs("--metadata", input.metadata)
    const payload = Data.merged(Data.merged({ author: { type: "business" } }, data), {
      author,
      content: text === undefined ? undefined : { type: "text", text },
      metadata: Data.group(metadata)
    })
    const posted = yield* Account.write(messages.post(input.conversation, unchecked<PostMessage>(payload)))
    yield* Output.list(posted, columns)
  }))

export const tail = ({ conversation, interval, last }: Input<typeof Tree.tailInput>) =>
  useMessages(Effect.gen(function*() {
    const messages = yield* Messages
    const print = (message: Message) => Output.row(message, followedColumns)
    /** The newest that is known; those behind it are what is new. */
    let newest: string | undefined
    const newestFirst = Stream.runCollect(Stream.take(messages.stream(conversation), Math.max(1, last)))
    const there = (yield* newestFirst).toReversed()
    newest = there.at(-1)?.id
    yield* Effect.forEach(last === 0 ? [] : there, print, { discard: true })
    const look = Effect.suspend(() =>
      newest === undefined
        ? Effect.map(Stream.runCollect(messages.stream(conversation)), (all) => all.toReversed())
        : Stream.runCollect(messages.stream(conversation, { after: newest }))
    ).pipe(
      // The client has tried again already; a terminal that is left open outlives a network that is away.
      Effect.catchTag("SunshineError", (error) =>
        error.isRetryable
          ? Effect.as(Output.warn(`${error.message}; trying again`), [])
          : Effect.fail(error))
    )
    return yield* Effect.forever(Effect.gen(function*() {
      yield* Effect.sleep(Duration.seconds(interval))
      for (const message of yield* look) {
        yield* print(message)
        newest = message.id
      }
    }))
  }))
