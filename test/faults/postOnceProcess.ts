/** A worker that posts one message for the work that it is given, and says what came of it: it may be killed at any time. */
import { Messages, Sunshine } from "@sunco/client/promise"

const { appId, baseUrl, conversationId, keyId, secret }: Readonly<Record<string, string>> = JSON.parse(process.argv[2]!)

await using sunshine = Sunshine.make(
  { appId: appId!, baseUrl: baseUrl!, credentials: { keyId: keyId!, secret: secret! }, attemptTimeout: "20 seconds" },
  { messages: Messages }
)

const { posted } = await sunshine.messages.postOnce(conversationId!, "order-1", {
  author: { type: "business" },
  content: { type: "text", text: "Your order is on its way." }
})
console.log(posted ? "posted" : "found")
