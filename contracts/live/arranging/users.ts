import { Clients } from "@sunco/client/Clients"
import { Participants } from "@sunco/client/Participants"
import { CreateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Account } from "../Account.ts"
import { Scene, Unarranged } from "../Scene.ts"
import { makeGroup, makeUser } from "../things.ts"
import { type Given, settable } from "./settable.ts"

const userFields = ["externalId", "brandId", "signedUpAt", "toBeRetained", "profile", "metadata"]

const make = Effect.fnUntraced(function*(given: Given<"a user exists">) {
  const payload = yield* settable(given, userFields)
  return yield* makeUser(yield* Effect.orDie(Schema.decodeUnknownEffect(CreateUser)(payload)))
})

export const user = Effect.fnUntraced(function*(given: Given<"a user exists">) {
  const { appId } = yield* Account
  const { id } = yield* make(given)
  return { appId, userId: id }
})

/** The SDK alone becomes a client without anybody's doing: where a user is subscribed with it. */
export const clients = Effect.fnUntraced(function*({ clients, user: owner }: Given<"clients exist">) {
  const [only, ...others] = clients
  if (only?.type !== "sdk" || others.length > 0) {
    return yield* new Unarranged({ why: "a client needs a channel, and somebody who answers there" })
  }
  const { appId } = yield* Account
  const { without } = yield* Scene
  for (const name of Object.keys(only)) if (name !== "type") without(`clients[].${name}`)
  const { id: userId } = yield* make(owner)
  yield* (yield* Participants).join((yield* makeGroup).id, { userId, subscribeSDKClient: true })
  const [client] = (yield* (yield* Clients).list(userId)).items
  if (client === undefined) return yield* new Unarranged({ why: "no client of the SDK came of a subscription" })
  return { appId, userId, clientId: client.id, lastClientId: client.id }
})
