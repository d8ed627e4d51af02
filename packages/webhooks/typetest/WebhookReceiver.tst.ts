import type { EventOf } from "@sunco/schemas/Event"
import { type Deduplication, type Secrets, WebhookReceiver } from "@sunco/webhooks"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import { Durable, WebhookReceiver as Promised } from "@sunco/webhooks/promise"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { describe, expect, it } from "tstyche"

class Crm extends Context.Service<Crm, { readonly forget: (id: string) => Effect.Effect<void> }>()("Crm") {}

describe("a receiver", () => {
  it("gives each handler the event of its type, and needs what the handlers need", () => {
    const receiver = WebhookReceiver.make({
      "user:remove": (event) => {
        expect(event).type.toBe<EventOf<"user:remove">>()
        return Effect.flatMap(Crm, ({ forget }) => forget(event.payload.user.id))
      },
      unknown: () => Effect.void
    })
    expect(receiver).type.toBe<
      WebhookReceiver.WebhookReceiver<Crm | Secrets.Secrets | Deduplication.Deduplication>
    >()
  })

  it("without handlers needs no more than every receiver", () => {
    expect(WebhookReceiver.make({})).type.toBe<
      WebhookReceiver.WebhookReceiver<Secrets.Secrets | Deduplication.Deduplication>
    >()
  })

  it("takes no handler of a mistyped name", () => {
    expect(WebhookReceiver.make).type.not.toBeCallableWith({ "user:delete": () => Effect.void })
    expect(Promised.make).type.not.toBeCallableWith({ "user:delete": () => {} }, { secrets: "s3cret" })
    const store = DurableStore.layerMemory()
    expect(Durable.make).type.toBeCallableWith({ "user:remove": () => {} }, { secrets: "s3cret", store })
    expect(Durable.make).type.not.toBeCallableWith({ "user:delete": () => {} }, { secrets: "s3cret", store })
  })

  it("takes no handler that gives no effect, and without Effect whatever a function gives", () => {
    expect(WebhookReceiver.make).type.not.toBeCallableWith({ "user:remove": () => undefined })
    expect(Promised.make).type.toBeCallableWith({ "user:remove": async () => 1 }, { secrets: "s3cret" })
  })
})
