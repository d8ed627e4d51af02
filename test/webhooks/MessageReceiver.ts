/** A receiver of messages behind a server of Node, with the emulator that sends them and a way between the two that can break. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import * as Route from "@sunco/webhooks/Route"
import type { Options } from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
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
  /** How requests come to it; `node:http` when absent. */
  readonly behind?: "HttpRouter" | "node:http"
  /** What is between `node:http` and the handler. */
  readonly around?: (handler: NodeHandler.NodeHandler) => Listener
}

type Receiver = WebhookReceiver.WebhookReceiver<Secrets.Secrets | Deduplication.Deduplication>

type Needed = Layer.Layer<Secrets.Secrets | Deduplication.Deduplication, unknown>

const passed = (handler: NodeHandler.NodeHandler): Listener => (request, response) => void handler(request, response)

const ofNode = (receiver: Receiver, needed: Needed, around: (handler: NodeHandler.NodeHandler) => Listener) =>
  Effect.gen(function*() {
    const handler = NodeHandler.make(receiver, needed)
    yield* Effect.addFinalizer(() => Effect.promise(handler.dispose))
    return yield* Receiving.on(around(handler))
  })

const ofRouter = (receiver: Receiver, needed: Needed) =>
  Effect.gen(function*() {
    const { answers, server } = Receiving.counting()
    yield* Layer.build(
      HttpRouter.serve(Route.layer("/webhooks", receiver), { disableLogger: true, disableListenLog: true }).pipe(
        Layer.provide(needed),
        Layer.provide(NodeHttpServer.layer(() => server, { host: "127.0.0.1", port: 0 }))
      )
    )
    return { answers, port: Receiving.portOf(server) }
  })

/** `handle` is told the id of a message, and how often it was called for its event. */
export const make = (
  handle: (text: string, attempt: number) => Effect.Effect<unknown, unknown>,
  { around = passed, behind = "node:http", memory, webhooks, ...options }: Setup = {}
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
    const needed = Layer.merge(Secrets.layer(Redacted.make(secret)), memory ?? Deduplication.layerMemory())
    const receiving = yield* behind === "node:http" ? ofNode(receiver, needed, around) : ofRouter(receiver, needed)
    const proxy = yield* CuttingProxy.make(receiving.port)
    const sender = yield* sendingTo(proxy.port, [type], { webhooks: webhooks ?? 1 })
    return { sender, receiving, proxy, handled, attempts }
  })
