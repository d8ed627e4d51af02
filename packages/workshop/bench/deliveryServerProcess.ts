/**
 * A server that takes deliveries, in a process of its own, which tells its port, and for each message how much processor time it has
 * used so far, in microseconds: `bare` does what a receiver must do at least, `node` is the handler of `@sunco/webhooks`, `web` is the
 * other one behind the bridge that Node needs for it.
 */
import * as Deduplication from "@sunco/webhooks/Deduplication"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as WebHandler from "@sunco/webhooks/WebHandler"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { createHash, timingSafeEqual } from "node:crypto"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { secret } from "./deliveries.ts"

const digest = (text: string) => createHash("sha256").update(text).digest()

const known = digest(secret)

let handled = 0

const bare: RequestListener = (request, response) => {
  if (!timingSafeEqual(digest(String(request.headers["x-api-key"])), known)) return void response.writeHead(401).end()
  const chunks: Array<Buffer> = []
  request.on("data", (chunk) => chunks.push(chunk))
  request.on("end", () => {
    handled += JSON.parse(Buffer.concat(chunks).toString()).events.length
    response.writeHead(200, { "content-type": "text/plain" }).end("handled")
  })
}

const receiver = WebhookReceiver.make({ "conversation:message": () => Effect.sync(() => handled++) })

const layer = Layer.merge(Secrets.layer(Redacted.make(secret)), Deduplication.layerMemory())

const web = WebHandler.make(receiver, layer)

const listeners: { readonly [name: string]: RequestListener } = {
  bare,
  node: NodeHandler.make(receiver, layer),
  web: (request, response) => {
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
}

const server = createServer(listeners[process.argv[2]!]!).listen(0, "127.0.0.1", () => {
  process.send!((server.address() as AddressInfo).port)
})

process.on("message", () => {
  const { system, user } = process.cpuUsage()
  process.send!({ cpu: system + user, handled })
})

process.once("disconnect", () => process.exit())
