import { assert, describe, it } from "@effect/vitest"
import type { EventType } from "@sunco/schemas/Event"
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as Testing from "@sunco/webhooks/Testing"
import * as WebHandler from "@sunco/webhooks/WebHandler"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

const types = Object.keys(EventPayloads) as ReadonlyArray<EventType>

const ReceiverLayer = Layer.merge(Secrets.layer(Redacted.make("s3cret")), Deduplication.layerMemory())

describe("an event for tests", () => {
  it.effect.each(types)("of type %s comes whole to the handler of its type", (type) =>
    Effect.gen(function*() {
      const seen: Array<unknown> = []
      const handlers: { readonly [Type in EventType]?: (event: object) => Effect.Effect<unknown> } = {
        [type]: (event: object) => Effect.sync(() => seen.push(event))
      }
      const receiver = WebhookReceiver.make({
        ...handlers,
        unknown: () => Effect.die("unknown"),
        undecodable: () => Effect.die("undecodable")
      })
      const event = Testing.event(type)
      const { handled } = yield* receiver.receive({
        apiKey: "s3cret",
        body: JSON.stringify(Testing.delivery(event))
      })
      assert.deepStrictEqual<unknown>([handled, seen], [1, [event]])
    }).pipe(Effect.provide(ReceiverLayer)))

  it("has an id of its own, and what is given in the place of what is there", () => {
    const one = Testing.event("conversation:message", {
      conversation: { metadata: { plan: "pro" } },
      message: { content: { type: "image", mediaUrl: "https://example.com/a.png" } }
    })
    const other = Testing.event("conversation:message")
    assert.notStrictEqual(one.id, other.id)
    const { conversation, message } = one.payload
    assert.deepStrictEqual([conversation.metadata, message.content, message.author], [
      { plan: "pro" },
      // A content as a whole: the text of the example is none of an image.
      { type: "image", mediaUrl: "https://example.com/a.png" },
      other.payload.message.author
    ])
    assert.deepInclude(Testing.event("user:remove", {}, { id: "e1", createdAt: "2026-02-01T00:00:00.000Z" }), {
      id: "e1",
      createdAt: "2026-02-01T00:00:00.000Z"
    })
  })

  it("comes in a request with the secret, of the app and the webhook that are named", async () => {
    const handler = WebHandler.make(
      WebhookReceiver.make({ "user:remove": () => Effect.void }),
      Layer.merge(
        Secrets.layer({ secret: Redacted.make("s3cret"), appId: "app", webhookId: "hook" }),
        Deduplication.layerMemory()
      )
    )
    const sent = (sender: Testing.Sender, secret = "s3cret") =>
      handler(Testing.request(secret, Testing.deliveryOf(sender, Testing.event("user:remove"))))
    assert.strictEqual((await sent({ appId: "app", webhookId: "hook" })).status, 200)
    assert.strictEqual((await sent({ appId: "app" })).status, 401)
    assert.strictEqual((await sent({ appId: "app", webhookId: "hook" }, "another")).status, 401)
    await handler.dispose()
  })
})
