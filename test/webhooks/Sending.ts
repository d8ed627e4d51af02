/** The emulator as the sender of webhooks, over sockets, and what it counts. */
import { Emulator, type ServerOptions } from "@sunco/emulator/Emulator"
import type { WebhookDelivery } from "@sunco/emulator/WebhookDelivery"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { patiently } from "../faults/Waiting.ts"

/** Of every webhook here. */
export const secret = "s3cret"

/** What the vendor never sends again. */
export const finalStatuses = [400, 401, 403, 404, 406]

/** An emulator that sends to a port of this machine, through so many webhooks. */
export const sendingTo = (
  port: number,
  triggers: ReadonlyArray<string>,
  { webhooks = 1, ...options }: Omit<ServerOptions, "webhooks"> & { readonly webhooks?: number } = {}
) =>
  Effect.map(
    Layer.build(Emulator.layer({
      ...options,
      integrations: Array.from({ length: webhooks }, () => ({
        type: "custom",
        webhooks: [{ target: `http://127.0.0.1:${port}/webhooks`, secret, triggers }]
      }))
    })),
    Context.get(Emulator)
  )

export type Sender = Emulator["Service"]

/** What each attempt of a delivery came to. */
export const outcomesOf = ({ attempts }: WebhookDelivery): ReadonlyArray<number | string | undefined> =>
  attempts.map(({ failure, status }) => status ?? failure)

/** Until each delivery was answered or given up for now. */
export const answered = ({ deliveries }: Sender): Effect.Effect<void> =>
  patiently(Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    // The vendor's waits are longer than any test.
    return (yield* deliveries.all).every(({ dueAt = 0, state }) => state !== "waiting" || dueAt > now + 10_000)
  }))

/** Sends again what waits, as the vendor does in 15 minutes, until nothing does. */
export const settled = (sender: Sender): Effect.Effect<void> =>
  Effect.gen(function*() {
    yield* answered(sender)
    const isSettled = (yield* sender.deliveries.all).every(({ state }) => state !== "waiting")
    if (!isSettled) yield* Effect.andThen(sender.deliveries.flush, settled(sender))
  })

/** What of an event is looked at here. */
interface SentEvent {
  readonly id: string
  readonly type: string
  readonly payload: {
    readonly conversation?: { readonly id: string }
    readonly message?: { readonly id: string; readonly author: { readonly type: string } }
  }
}

/** The deliveries of a type of event, each with its event. */
export const deliveriesOf = (sender: Sender, type: string) =>
  Effect.map(sender.deliveries.all, (all) =>
    all.flatMap((delivery) => {
      const [event] = delivery.body["events"] as unknown as readonly [SentEvent]
      return event.type === type ? [{ ...delivery, event }] : []
    }))
