/** A receiver of messages behind `node:http`, with the emulator that sends them and a way between the two that can break. */
import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import type { Options } from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as CuttingProxy from "./CuttingProxy.ts"
import type { Listener } from "./Receiving.ts"
import * as Receiving from "./Receiving.ts"
import { outcomesOf, secret, type Sender, sendingTo } from "./Sending.ts"

export const type = "conversation:message"

/** A message event in the emulator: what is written is what the handler is to do with it. */
export const say = (sender: Sender, text: string, id = text) =>
  sender.trigger(type, { conversation: { id: "c1" }, message: { id, content: { type: "text", text } } })

export const outcomes = ({ deliveries }: Sender) => Effect.map(deliveries.all, (all) => all.map(outcomesOf))

interface Setup extends Options {
  readonly memory?: Layer.Layer<Deduplication.Deduplication>
  readonly webhooks?: number
  /** What is between the server and the handler. */
  readonly around?: (handler: NodeHandler.NodeHandler) => Listener
}

/** `handle` is told the id of a message, and how often it was called for its event. */
export const make = (
  handle: (text: string, attempt: number) => Effect.Effect<unknown, unknown>,
  { around = (handler) => (request, response) => void handler(request, response), memory, webhooks, ...options }:
    Setup = {}
) =>
  Effect.gen(function*() {
    const handled: Array<string> = []
    const attempts = new Map<string, number>()
    const receiver = WebhookReceiver.make({
      [type]: ({ id, payload: { message } }) =>
        Effect.suspend(() => {
          const attempt = (attempts.get(id) ?? 0) + 1
          attempts.set(id, attempt)
          return Effect.tap(handle(message.id, attempt), () => Effect.sync(() => handled.push(id)))
        })
    }, options)
    const handler = NodeHandler.make(
      receiver,
      Layer.merge(Secrets.layer(Redacted.make(secret)), memory ?? Deduplication.layerMemory())
    )
    yield* Effect.addFinalizer(() => Effect.promise(handler.dispose))
    const receiving = yield* Receiving.on(around(handler))
    const proxy = yield* CuttingProxy.make(receiving.port)
    const sender = yield* sendingTo(proxy.port, [type], { webhooks: webhooks ?? 1 })
    return { sender, receiving, proxy, handled, attempts }
  })
