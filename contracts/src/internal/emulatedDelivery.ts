/** Has the emulator bring an event about and send it, and gives what has come. */
import * as AllResources from "@sunco/client/AllResources"
import * as Credentials from "@sunco/client/Credentials"
import * as FetchTransport from "@sunco/client/FetchTransport"
import { Webhooks } from "@sunco/client/Webhooks"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Testing from "@sunco/webhooks/Testing"
import type { Message } from "effect-pact/Pact"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Channels, type EventContract } from "../EventContract.ts"
import * as Inbox from "./inbox.ts"
import { type Ids, ids } from "./wire.ts"

const Ids = Schema.Record(Schema.String, Schema.String)

const Json = Schema.fromJsonString(Schema.Json)

const client = Layer.unwrap(
  Effect.map(
    Emulator,
    ({ appId, keyId, keySecret, url }) =>
      AllResources.layer({ appId, baseUrl: url, retry: "never" }).pipe(
        Layer.provide(Credentials.layerBasic({ keyId, secret: keySecret })),
        Layer.provide(FetchTransport.layer)
      )
  )
)

/** What happens on the channels of the emulator, which has none. */
const channels = Layer.effect(
  Channels,
  Effect.map(Emulator, ({ answerLink, trigger }) => ({
    answerLink: (clientId, answer) => Effect.asVoid(answerLink(clientId, answer)),
    happens: (type, about) =>
      Schema.decodeUnknownEffect(Schema.JsonObject)(Testing.event(type, about).payload).pipe(
        Effect.orDie,
        Effect.flatMap((payload) => trigger(type, payload)),
        Effect.asVoid
      )
  }))
)

/** What the emulator sends of the event of a contract once it has come into its states, of which these are the values. */
export const delivered = (
  { cause, type }: EventContract,
  values: Schema.JsonObject
): Effect.Effect<Message, unknown, Emulator> =>
  Effect.gen(function*() {
    const { deliveries } = yield* Emulator
    const given: Ids = { ...ids, ...yield* Schema.decodeUnknownEffect(Ids)(values) }
    const { take, url } = yield* Inbox.open
    yield* Webhooks.use((webhooks) => webhooks.update(given.integrationId, given.webhookId, { target: url }))
    yield* cause(given)
    // It is on its way before the call that brings it about is answered, or never.
    const sent = (yield* deliveries.all).some(({ target }) => target === url)
    if (!sent) return yield* Effect.fail(`no ${type} was sent to the webhook`)
    const { body, headers } = yield* Effect.timeout(take, "10 seconds")
    return {
      contents: yield* Schema.decodeEffect(Json)(body),
      metadata: {
        "x-api-key": String(headers["x-api-key"]),
        contentType: String(headers["content-type"])
      }
    }
  }).pipe(Effect.scoped, Effect.provide(Layer.merge(client, channels)))
