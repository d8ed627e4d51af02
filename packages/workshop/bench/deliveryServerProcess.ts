/**
 * A server that takes deliveries, in a process of its own, which tells its port, and for each message how much processor time it has
 * used so far, in microseconds. `bare` does what a receiver must do at least, on `node:http` or behind a framework; the others are the
 * handlers of `@sunco/webhooks`, `web` behind the bridge that Node needs for it.
 */
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as FastifyPlugin from "@sunco/webhooks/FastifyPlugin"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import { WebhookReceiver as Promised } from "@sunco/webhooks/promise"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as WebHandler from "@sunco/webhooks/WebHandler"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import express from "express"
import fastify, { type FastifyInstance } from "fastify"
import { createHash, timingSafeEqual } from "node:crypto"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { secret } from "./deliveries.ts"

const digest = (text: string) => createHash("sha256").update(text).digest()

const known = digest(secret)

const isKnown = (key: unknown) => timingSafeEqual(digest(String(key)), known)

let handled = 0

const bare: RequestListener = (request, response) => {
  if (!isKnown(request.headers["x-api-key"])) return void response.writeHead(401).end()
  const chunks: Array<Buffer> = []
  request.on("data", (chunk) => chunks.push(chunk))
  request.on("end", () => {
    handled += JSON.parse(Buffer.concat(chunks).toString()).events.length
    response.writeHead(200, { "content-type": "text/plain" }).end("handled")
  })
}

const receiver = WebhookReceiver.make({ "conversation:message": () => Effect.sync(() => handled++) })

const promised = Promised.make({ "conversation:message": async () => void handled++ }, { secrets: secret })

const layer = Layer.merge(Secrets.layer(Redacted.make(secret)), Deduplication.layerMemory())

const web = WebHandler.make(receiver, layer)

const bridged: RequestListener = (request, response) => {
  const chunks: Array<Buffer> = []
  request.on("data", (chunk) => chunks.push(chunk))
  request.on("end", async () => {
    const { headers, method } = request
    const answer = await web(
      new Request("http://localhost", {
        method: method!,
        headers: headers as HeadersInit,
        body: Buffer.concat(chunks)
      })
    )
    response.writeHead(answer.status).end(await answer.text())
  })
}

/** Longer than it takes until it is a server's turn again: a connection that ends just then fails. */
const keepAliveTimeout = 120_000

const onHttp = (listener: RequestListener) => async () =>
  createServer({ keepAliveTimeout }, listener).listen(0, "127.0.0.1")

const onFastify = (register: (app: FastifyInstance) => void) => async () => {
  const app = fastify({ keepAliveTimeout })
  register(app)
  await app.listen({ host: "127.0.0.1", port: 0 })
  return app.server
}

const servers: { readonly [name: string]: () => Promise<Server> } = {
  bare: onHttp(bare),
  node: onHttp(NodeHandler.make(receiver, layer)),
  promise: onHttp(promised.node),
  "bare express": onHttp(express().use("/", bare)),
  express: onHttp(express().use("/", NodeHandler.make(receiver, layer))),
  "bare fastify": onFastify((app) =>
    app.post("/", ({ body, headers }, reply) => {
      if (!isKnown(headers["x-api-key"])) return reply.status(401).send()
      handled += (body as { readonly events: ReadonlyArray<unknown> }).events.length
      return reply.type("text/plain").send("handled")
    })
  ),
  fastify: onFastify((app) => app.register(FastifyPlugin.make("/", receiver, layer))),
  web: onHttp(bridged)
}

const server = await servers[process.argv[2]!]!()

const told = () => process.send!((server.address() as AddressInfo).port)

if (server.listening) told()
else server.once("listening", told)

process.on("message", () => {
  const { system, user } = process.cpuUsage()
  process.send!({ cpu: system + user, handled })
})

process.once("disconnect", () => process.exit())
