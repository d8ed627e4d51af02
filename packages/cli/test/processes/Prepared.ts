/** An app in which there is something of everything, for whoever runs commands. */
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { accountOf } from "./Sunco.ts"

/** The ids of what has to be named. */
const named = {
  INTEGRATION: "5e4af71a81966cfff3ef6550",
  WEBHOOK: "5e55f0a5be3eaf0011c0ffee",
  /** A custom integration has one webhook, and this one has none. */
  FREE: "5e4af71a81966cfff3ef6551"
}

/** Starts over with a user `ada`, a conversation with messages, two integrations, and a webhook of one of them. */
export const prepared = Effect.gen(function*() {
  const emulator = yield* Emulator
  yield* emulator.reset
  const seeded = yield* emulator.seed({
    users: [Object.assign({
      externalId: "ada",
      zendeskId: "35436",
      profile: { givenName: "Ada", surname: "Lovelace", email: "ada@example.com" },
      identities: [{ type: "email", value: "ada@example.com" }],
      metadata: { plan: "free" }
    }, /* What no schema names. */ { ofTomorrow: { a: null } })],
    zendeskUsers: [{ id: "35436", givenName: "Ada", surname: "King" }],
    integrations: [
      {
        id: named.INTEGRATION,
        type: "custom",
        displayName: "Ours",
        webhooks: [{
          id: named.WEBHOOK,
          target: "http://127.0.0.1:9/hooks",
          triggers: ["user:remove"],
          secret: "secret_of_the_webhook"
        }]
      },
      { id: named.FREE, type: "custom", displayName: "Free", webhooks: [] }
    ],
    conversations: [{
      type: "personal",
      displayName: "Tea",
      participants: [{ userExternalId: "ada" }],
      messages: [
        { author: { type: "user", displayName: "Ada" }, content: { type: "text", text: "Hello" } },
        { author: { type: "business" }, content: { type: "text", text: "Good\nmorning" } }
      ]
    }]
  })
  return {
    user: seeded.users[0]!,
    env: {
      ...accountOf(emulator),
      ...named,
      CONVERSATION: seeded.conversations[0]!.conversation.id,
      TO: "http://127.0.0.1:9/other"
    }
  }
})
