/** Each receiver of the README, listening on a port of this machine. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { getRequestListener } from "@hono/node-server"
import type { APIGatewayProxyEventV2 } from "aws-lambda"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { createInterface } from "node:readline"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"

export interface Listening {
  readonly port: number
  readonly stop: () => unknown
}

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === "string") throw new Error("it does not listen")
  return address.port
}

/** Connections that are open for the next request would keep it. */
const stopped = (server: Server, close: () => unknown) => {
  server.closeAllConnections()
  return close()
}

export const listening = async (listener: RequestListener): Promise<Listening> => {
  const server = createServer(listener).listen(0, "127.0.0.1")
  await once(server, "listening")
  return { port: portOf(server.address()), stop: () => stopped(server, () => server.close()) }
}

/** A server of Effect's. */
export const routed = async <E>(server: Layer.Layer<never, E, HttpServer.HttpServer>): Promise<Listening> => {
  const scope = Scope.makeUnsafe()
  const context = await Effect.runPromise(
    Layer.buildWithScope(
      Layer.provideMerge(server, NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 })),
      scope
    )
  )
  const { address } = Context.get(context, HttpServer.HttpServer)
  if (!("port" in address)) throw new Error("it does not listen")
  return { port: address.port, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) }
}

/** As Next.js and others do that run on Node: a `Request` whose body is still to come. */
export const asRequests =
  (respond: (request: Request) => Response | Promise<Response>): RequestListener => async (incoming, outgoing) => {
    const response = await respond(
      new Request(`http://127.0.0.1${incoming.url}`, {
        method: incoming.method ?? "GET",
        headers: Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value])
        ),
        ...(incoming.method === "POST" && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" })
      })
    )
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text())
  }

/** What a function URL makes of a request, and API Gateway of one whose content it takes for binary. */
const eventOf = async (incoming: IncomingMessage): Promise<APIGatewayProxyEventV2> => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: incoming.url ?? "/",
  rawQueryString: "",
  headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])),
  requestContext: {
    accountId: "123456789012",
    apiId: "abcdefghij",
    domainName: "abcdefghij.lambda-url.eu-west-1.on.aws",
    domainPrefix: "abcdefghij",
    http: {
      method: incoming.method ?? "GET",
      path: incoming.url ?? "/",
      protocol: "HTTP/1.1",
      sourceIp: "127.0.0.1",
      userAgent: "agent"
    },
    requestId: "1",
    routeKey: "$default",
    stage: "$default",
    time: "15/Jan/2026:09:30:00 +0000",
    timeEpoch: 1768469400000
  },
  body: (await buffer(incoming)).toString("base64"),
  isBase64Encoded: true
})

export const servers: { readonly [name: string]: () => Promise<Listening> } = {
  express: async () => listening((await import("./express.ts")).app),

  fastify: async () => {
    const { app } = await import("./fastify.ts")
    await app.listen({ host: "127.0.0.1", port: 0 })
    return { port: portOf(app.server.address()), stop: () => stopped(app.server, () => app.close()) }
  },

  hono: async () => {
    const { app } = await import("./hono.ts")
    return listening(getRequestListener(app.fetch))
  },

  next: async () => {
    const { HEAD, POST } = await import("./next.ts")
    return listening(asRequests((request) => request.method === "HEAD" ? HEAD(request) : POST(request)))
  },

  lambda: async () => {
    const { handler } = await import("./lambda.ts")
    return listening(async (incoming, outgoing) => {
      // Of a body that is cut there is no event.
      const event = await eventOf(incoming).catch(() => undefined)
      if (event === undefined) return
      const { body, headers, statusCode } = await handler(event)
      outgoing.writeHead(statusCode, headers).end(body)
    })
  },

  router: async () => routed((await import("./router.ts")).ServerLayer),

  worker: async () => {
    // The path of its binary: the command around that hands on no descriptor, by which it tells its port.
    const workerd: { readonly default: string } = createRequire(import.meta.url)("workerd")
    const child = spawn(workerd.default, ["serve", "worker.capnp", "--control-fd=3"], {
      stdio: ["ignore", "inherit", "inherit", "pipe"]
    })
    const [line] = await once(createInterface(child.stdio[3] as Readable), "line")
    const { port }: { readonly port: number } = JSON.parse(line)
    return { port, stop: () => child.kill() }
  }
}
