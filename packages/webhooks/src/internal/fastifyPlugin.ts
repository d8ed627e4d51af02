import type * as Layer from "effect/Layer"
import type { FastifyLike } from "../FastifyPlugin.ts"
import type { WebhookReceiver } from "../WebhookReceiver.ts"
import { nodeHandler } from "./nodeHandler.ts"
import { runner } from "./runner.ts"

/** @internal */
export const makeFastifyPlugin = <R, E>(url: string, receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>) =>
  fastifyPlugin(url, () => nodeHandler(runner(receiver, layer)))

/** Of a handler that is made when the plugin is, since an application may be made more than once. @internal */
export const fastifyPlugin =
  (url: string, make: () => ReturnType<typeof nodeHandler>) => async (fastify: FastifyLike): Promise<void> => {
    const handler = make()
    // In this plugin alone.
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser("*", (_request, _payload, done) => done(null))
    fastify.addHook("onReady", () => handler.ready)
    fastify.addHook("onClose", () => handler.dispose())
    fastify.all(url, ({ raw }, reply) => {
      reply.hijack()
      void handler(raw, reply.raw)
    })
  }
