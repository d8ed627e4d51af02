/** What `sunco conversations` does. */
import { Conversations } from "@sunco/client/Conversations"
import type { ConversationsOf } from "@sunco/client/ConversationsMethods"
import type { CreateConversation } from "@sunco/schemas/ConversationPayloads"
import type { From } from "@sunco/schemas/Page"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Account from "../Account.ts"
import * as Data from "../Data.ts"
import { Failure } from "../Failure.ts"
import { unchecked } from "../internal/payload.ts"
import * as Output from "../Output.ts"
import * as Pages from "../Pages.ts"
import type * as Tree from "../tree/conversations.ts"

type Input<Config extends Command.Command.Config> = Command.Command.Config.Infer<Config>

const useConversations = Account.use(Conversations.layerNoDeps)

const usage = (message: string) => new Failure({ kind: "usage", message, hint: "nothing was sent" })

/** Exactly one of two ids. */
const userOf = ({ externalId, user }: Pick<Input<typeof Tree.listInput>, "externalId" | "user">) => {
  if (Option.isSome(user) && Option.isSome(externalId)) {
    return Effect.fail(usage("--user and --external-id say the same thing"))
  }
  const of: ConversationsOf | undefined = Option.isSome(user)
    ? { userId: user.value }
    : Option.isSome(externalId)
    ? { userExternalId: externalId.value }
    : undefined
  return of === undefined ? Effect.fail(usage("--user or --external-id is missing")) : Effect.succeed(of)
}

export const list = ({ limit, ...of }: Input<typeof Tree.listInput>) =>
  useConversations(Effect.gen(function*() {
    const conversations = yield* Conversations
    const whose = yield* userOf(of)
    const page = (from: From | undefined) => conversations.list(whose, { ...from, size: Pages.sizeFor(limit) })
    yield* Output.list(yield* Pages.first(page, { limit }), [
      { name: "id", of: ({ id }) => id },
      { name: "type", of: ({ type }) => type },
      { name: "name", cut: true, of: ({ displayName }) => displayName },
      { name: "lastUpdatedAt", of: ({ lastUpdatedAt }) => lastUpdatedAt }
    ])
  }))

export const get = ({ conversation }: Input<typeof Tree.getInput>) =>
  useConversations(Effect.gen(function*() {
    const conversations = yield* Conversations
    yield* Output.thing(yield* conversations.get(conversation))
  }))

export const create = (input: Input<typeof Tree.createInput>) =>
  useConversations(Effect.gen(function*() {
    const conversations = yield* Conversations
    const data = yield* Data.object(input.data)
    const isNamed = Option.isSome(input.user) || Option.isSome(input.externalId)
    const metadata = yield* Data.pairs("--metadata", input.metadata)
    const payload = Data.merged({ type: "personal", ...data }, {
      // The payload may name whom it is with.
      participants: isNamed || data["participants"] === undefined ? [yield* userOf(input)] : undefined,
      displayName: Data.orClear(input.displayName),
      description: Data.orClear(input.description),
      iconUrl: Data.orClear(input.iconUrl),
      metadata: Data.group(metadata)
    })
    yield* Output.thing(yield* Account.write(conversations.create(unchecked<CreateConversation>(payload))))
  }))
