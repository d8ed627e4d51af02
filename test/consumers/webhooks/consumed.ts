/** What a receiver answers where something before it has read the body. */
import { getRequestListener } from "@hono/node-server"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import { WebhookReceiver } from "@sunco/webhooks/promise"
import * as Route from "@sunco/webhooks/Route"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as Effectful from "@sunco/webhooks/WebhookReceiver"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import express from "express"
import fastify from "fastify"
import { Hono } from "hono"
import { delivery, secret, send } from "./send.ts"
import { asRequests, listening, routed } from "./servers.ts"

const receiver = WebhookReceiver.make({
  "user:remove": ({ payload: { user } }) => console.log(`${user.id} is gone`)
}, { secrets: secret })

const parsed = fastify()
parsed.post("/webhooks", ({ raw }, reply) => {
  reply.hijack()
  void receiver.node(raw, reply.raw)
})
await parsed.ready()

const ReceiverLayer = Layer.merge(Secrets.layer(Redacted.make(secret)), Deduplication.layerMemory())

/** A route behind something that reads each request. */
const routeBehind = (
  read: (request: HttpServerRequest.HttpServerRequest) => Effect.Effect<unknown, unknown>
) =>
  HttpRouter.serve(
    Route.layer(
      "/webhooks",
      Effectful.make({ "user:remove": ({ payload: { user } }) => Console.log(`${user.id} is gone`) })
    ).pipe(
      Layer.provide([
        ReceiverLayer,
        HttpRouter.middleware(
          (next) =>
            Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) =>
              Effect.andThen(Effect.orDie(read(request)), next)),
          { global: true }
        )
      ])
    )
  )

const servers = {
  "express.json": express().use(express.json()).use("/webhooks", receiver.node),
  "express.text": express().use(express.text({ type: "*/*" })).use("/webhooks", receiver.node),
  "express.raw": express().use(express.raw({ type: "*/*" })).use("/webhooks", receiver.node),
  "a reader in Express": express().use((request, _, next) => void request.resume().on("end", next)).use(
    "/webhooks",
    receiver.node
  ),
  "the parser of Fastify": parsed.routing,
  "a reader in Hono": getRequestListener(
    new Hono().use(async ({ req }, next) => {
      await req.json()
      await next()
    }).all("/webhooks", ({ req }) => receiver.web(req.raw)).fetch
  ),
  "a reader of the Request": asRequests(async (request) => {
    await request.json()
    return receiver.web(request)
  })
}

for (const [name, listener] of Object.entries(servers)) {
  const { port, stop } = await listening(listener)
  console.log(`${name}: ${await send(port, { body: delivery(name) })}`)
  await stop()
}

const routes = {
  "HttpServerRequest.json": routeBehind(({ json }) => json),
  "HttpServerRequest.stream": routeBehind(({ stream }) => Stream.runDrain(stream))
}

for (const [name, route] of Object.entries(routes)) {
  const { port, stop } = await routed(route)
  console.log(`${name}: ${await send(port, { body: delivery(name) })}`)
  await stop()
}
