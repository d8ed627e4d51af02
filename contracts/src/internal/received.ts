import type { EventOf, EventType } from "@sunco/schemas/Event"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

export interface Received {
  /** What the handler of the type was given. */
  readonly arrived: ReadonlyArray<EventOf<EventType>>
  readonly receipt: WebhookReceiver.Receipt
}

/** Has a receiver with one handler, for events of that type, receive a delivery. */
export const received = (type: EventType, apiKey: string, body: unknown): Effect.Effect<Received> =>
  Effect.suspend(() => {
    const arrived: Array<EventOf<EventType>> = []
    // The name is one that handlers have, which the compiler does not see of a name that is computed.
    const handlers = { [type]: (event: EventOf<EventType>) => Effect.sync(() => arrived.push(event)) } as {
      readonly unknown?: (event: { readonly type: string }) => Effect.Effect<number>
    }
    return WebhookReceiver.make(handlers).receive({ apiKey, body }).pipe(
      Effect.map((receipt) => ({ arrived, receipt })),
      Effect.provide(Layer.merge(Layer.orDie(Secrets.layer(Redacted.make(apiKey))), Deduplication.layerMemory()))
    )
  })
