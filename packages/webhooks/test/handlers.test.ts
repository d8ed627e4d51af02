import { assert, describe, it, vi } from "@effect/vitest"
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Deduplication from "@sunco/webhooks/Deduplication"
import type { FastifyLike } from "@sunco/webhooks/FastifyPlugin"
import * as FastifyPlugin from "@sunco/webhooks/FastifyPlugin"
import * as LambdaHandler from "@sunco/webhooks/LambdaHandler"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import * as Route from "@sunco/webhooks/Route"
import * as Secrets from "@sunco/webhooks/Secrets"
import * as Testing from "@sunco/webhooks/Testing"
import * as WebHandler from "@sunco/webhooks/WebHandler"
import * as WebhookReceiver from "@sunco/webhooks/WebhookReceiver"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { createServer } from "node:http"
import { connect } from "node:net"
import { type Answered, send, serving } from "./Deliver.ts"

const secret = "s3cret"

const ReceiverLayer = Layer.merge(Secrets.layer(Redacted.make(secret)), Deduplication.layerMemory())

const noting = () => {
  const seen: Array<string> = []
  const receiver = WebhookReceiver.make({
    "conversation:message": ({ payload }) => Effect.sync(() => seen.push(payload.message.id))
  }, { maxBodyBytes: 1_000_000 })
  return { seen, receiver }
}

const body = JSON.stringify(
  Testing.delivery(
    Testing.event("conversation:message", { message: { id: "m1", content: { type: "text", text: "Zoë 👋" } } })
  )
)

interface Sent {
  readonly method?: string
  readonly key?: string | undefined
  readonly body?: string
  /** Sends no length, so that nobody can see from the head how long it is. */
  readonly chunked?: boolean
}

type Deliver = (sent: Sent) => Promise<Answered>

const overSocket = (port: number): Deliver => ({ body, chunked, key, method = "POST" }) =>
  send(port, {
    method,
    path: "/webhooks",
    headers: {
      "content-type": "application/json",
      ...(key !== undefined && { "x-api-key": key }),
      ...(chunked === true
        ? { "transfer-encoding": "chunked" }
        : body !== undefined && { "content-length": String(Buffer.byteLength(body)) })
    },
    body
  })

type Receiver = WebhookReceiver.WebhookReceiver<Secrets.Secrets | Deduplication.Deduplication>

const routed = <E>(
  routes: Layer.Layer<never, E, HttpRouter.HttpRouter | Secrets.Secrets | Deduplication.Deduplication>,
  use: (deliver: Deliver) => Promise<void>
): Promise<void> =>
  Effect.gen(function*() {
    const { address } = yield* HttpServer.HttpServer
    yield* Effect.promise(() => use(overSocket("port" in address ? address.port : 0)))
  }).pipe(
    Effect.provide(
      HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true }).pipe(
        Layer.provide(ReceiverLayer),
        Layer.provideMerge(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
      )
    ),
    Effect.scoped,
    Effect.runPromise
  )

/** Each way to be reached, by what reaches it. */
const servers: {
  readonly [name: string]: (receiver: Receiver, use: (deliver: Deliver) => Promise<void>) => Promise<void>
} = {
  "node:http": async (receiver, use) => {
    const handler = NodeHandler.make(receiver, ReceiverLayer)
    await handler.ready
    await serving((request, response) => void handler(request, response), (port) => use(overSocket(port)))
    await handler.dispose()
  },

  "a Request": async (receiver, use) => {
    const handler = WebHandler.make(receiver, ReceiverLayer)
    await use(async ({ body, chunked, key, method = "POST" }) => {
      const stream = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(body))
          controller.close()
        }
      })
      const response = await handler(
        new Request("http://localhost/webhooks", {
          method,
          headers: key === undefined ? {} : { "x-api-key": key },
          ...(method === "POST" &&
            (chunked === true ? { body: stream, duplex: "half" } as object : { body: body ?? "" }))
        })
      )
      return { status: response.status, body: await response.text() }
    })
    await handler.dispose()
  },

  "an event of Lambda": async (receiver, use) => {
    const handler = LambdaHandler.make(receiver, ReceiverLayer)
    await use(async ({ body, chunked, key, method = "POST" }) => {
      const isBase64Encoded = chunked === true
      const { body: text, statusCode } = await handler({
        headers: { "X-Api-Key": key },
        body: isBase64Encoded ? Buffer.from(body ?? "").toString("base64") : body,
        isBase64Encoded,
        requestContext: { http: { method } }
      })
      return { status: statusCode, body: text }
    })
    await handler.dispose()
  },

  "a route of HttpRouter": (receiver, use) => routed(Route.layer("/webhooks", receiver), use)
}

describe.each(Object.entries(servers))("a receiver behind %s", (_, served) => {
  it("answers each request as the vendor has to be answered, and handles an event once", async () => {
    const { receiver, seen } = noting()
    await served(receiver, async (deliver) => {
      const statuses = async (...sent: ReadonlyArray<Sent>) => {
        const answered: Array<number> = []
        for (const each of sent) answered.push((await deliver(each)).status)
        return answered
      }
      assert.deepStrictEqual(
        await statuses(
          { key: secret, body },
          { key: secret, body },
          { key: secret, body, chunked: true },
          { key: "forged", body },
          { key: undefined, body },
          { key: secret, body: "{" },
          { key: secret, body: JSON.stringify({ ...JSON.parse(body), padding: "x".repeat(1_200_000) }) },
          { key: secret, body: JSON.stringify({ ...JSON.parse(body), padding: "x".repeat(1_200_000) }), chunked: true },
          { method: "HEAD" },
          { method: "GET" },
          { key: secret, body }
        ),
        [200, 200, 200, 401, 401, 422, 413, 413, 200, 405, 200]
      )
    })
    assert.deepStrictEqual(seen, ["m1"])
  })
})

describe("a handler of Node", () => {
  it.each<readonly [name: string, parsed: unknown]>([
    ["parsed", JSON.parse(body)],
    ["as text", body],
    ["as bytes", Buffer.from(body)]
  ])("takes a body that something before it has read: %s", async (_, parsed) => {
    const { receiver, seen } = noting()
    const handler = NodeHandler.make(receiver, ReceiverLayer)
    const { status } = await serving(
      (request, response) => {
        request.resume().on("end", () => void handler(Object.assign(request, { body: parsed }), response))
      },
      (port) => overSocket(port)({ key: secret, body })
    )
    assert.deepStrictEqual([status, seen], [200, ["m1"]])
  })

  it("reads a body that the parsers of Express 4 have left, with an empty object for it", async () => {
    const { receiver, seen } = noting()
    const handler = NodeHandler.make(receiver, ReceiverLayer)
    const { status } = await serving(
      (request, response) => void handler(Object.assign(request, { body: {} }), response),
      (port) => overSocket(port)({ key: secret, body })
    )
    assert.deepStrictEqual([status, seen], [200, ["m1"]])
  })

  it("says 500 where a body was read and is not handed on, so that it comes again", async () => {
    const { receiver } = noting()
    const handler = NodeHandler.make(receiver, ReceiverLayer)
    const answered = await serving(
      (request, response) => {
        request.resume().on("end", () => void handler(request, response))
      },
      (port) => overSocket(port)({ key: secret, body })
    )
    assert.deepStrictEqual(answered, { status: 500, body: "consumed" })
  })

  it("handles nothing of a body that is cut", async () => {
    const { receiver, seen } = noting()
    const handler = NodeHandler.make(receiver, ReceiverLayer)
    const { promise, resolve } = Promise.withResolvers<void>()
    await serving((request, response) => void handler(request, response).then(resolve), async (port) => {
      const socket = connect(port, "127.0.0.1")
      socket.write(
        `POST / HTTP/1.1\r\nhost: a\r\nx-api-key: ${secret}\r\ncontent-length: ${body.length + 10}\r\n\r\n${body}`
      )
      await new Promise((resolve) => setTimeout(resolve, 50))
      socket.destroy()
      await promise
    })
    assert.deepStrictEqual(seen, [])
  })

  it("does not wait for a body of whose sender it does not know the key", async () => {
    const { receiver } = noting()
    const handler = NodeHandler.make(receiver, ReceiverLayer)
    await serving((request, response) => void handler(request, response), async (port) => {
      const socket = connect(port, "127.0.0.1")
      socket.write("POST / HTTP/1.1\r\nhost: a\r\nx-api-key: forged\r\ncontent-length: 1000\r\n\r\n")
      const head = await new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))))
      assert.match(head, /^HTTP\/1\.1 401 /)
      assert.match(head, /connection: close/i)
      socket.destroy()
    })
  })

  it("says 503 while its settings are wrong, and `ready` says which", async () => {
    const { receiver } = noting()
    const handler = NodeHandler.make(receiver, Layer.merge(Secrets.layer(), Deduplication.layerMemory()))
    const { status } = await serving(
      (request, response) => void handler(request, response),
      (port) => overSocket(port)({ key: secret, body })
    )
    assert.strictEqual(status, 503)
    await handler.ready.then(
      () => assert.fail("is ready"),
      (error) => assert.match(error.message, /one secret at least/)
    )
  })
})

describe("a handler of requests", () => {
  it("says 500 where something else has read the body", async () => {
    const { receiver } = noting()
    const handler = WebHandler.make(receiver, ReceiverLayer)
    const request = Testing.request(secret, JSON.parse(body))
    await request.text()
    const response = await handler(request)
    assert.deepStrictEqual([response.status, await response.text()], [500, "consumed"])
  })
})

describe("a route of HttpRouter", () => {
  it("says 500 where something else has read the body", async () => {
    const { receiver, seen } = noting()
    const drain = HttpRouter.middleware(
      (next) =>
        Effect.flatMap(
          HttpServerRequest.HttpServerRequest,
          ({ stream }) => Effect.andThen(Effect.orDie(Stream.runDrain(stream)), next)
        ),
      { global: true }
    )
    await routed(Route.layer("/webhooks", receiver).pipe(Layer.provide(drain)), async (deliver) => {
      assert.deepStrictEqual(await deliver({ key: secret, body }), { status: 500, body: "consumed" })
      assert.deepStrictEqual(await deliver({ key: secret, body, chunked: true }), { status: 500, body: "consumed" })
      assert.deepStrictEqual(await deliver({ key: secret }), { status: 422, body: "no delivery" })
    })
    assert.deepStrictEqual(seen, [])
  })
})

describe("a handler of Lambda", () => {
  it("decodes nothing of strangers", async () => {
    const decode = vi.spyOn(globalThis, "atob")
    const { receiver } = noting()
    const handler = LambdaHandler.make(receiver, ReceiverLayer)
    const sent = (key: string) =>
      handler({ headers: { "x-api-key": key }, httpMethod: "POST", body: btoa("{}"), isBase64Encoded: true })
    assert.strictEqual((await sent("forged")).statusCode, 401)
    assert.strictEqual(decode.mock.calls.length, 0)
    assert.strictEqual((await sent(secret)).statusCode, 422)
    assert.strictEqual(decode.mock.calls.length, 1)
    decode.mockRestore()
  })

  it.each<readonly [name: string, event: LambdaHandler.LambdaEvent]>([
    ["version 1", { httpMethod: "POST", headers: { "X-API-Key": secret }, body }],
    ["version 2", { requestContext: { http: { method: "POST" } }, headers: { "x-api-key": secret }, body }],
    ["a load balancer", { httpMethod: "POST", multiValueHeaders: { "x-api-key": [secret] }, body }]
  ])("takes an event of %s", async (_, event) => {
    const { receiver, seen } = noting()
    const { statusCode } = await LambdaHandler.make(receiver, ReceiverLayer)(event)
    assert.deepStrictEqual([statusCode, seen], [200, ["m1"]])
  })

  it("refuses two keys at once", async () => {
    const { receiver } = noting()
    const { statusCode } = await LambdaHandler.make(receiver, ReceiverLayer)({
      httpMethod: "POST",
      multiValueHeaders: { "x-api-key": [secret, "forged"] },
      body
    })
    assert.strictEqual(statusCode, 401)
  })
})

describe("a plugin of Fastify", () => {
  it("reads no body by a parser of the application, waits for its settings, and closes what it has built", async () => {
    const { receiver, seen } = noting()
    const calls: Array<string> = []
    const hooks: Record<string, () => Promise<void>> = {}
    let handle: Parameters<FastifyLike["all"]>[1] | undefined
    const fastify: FastifyLike = {
      removeAllContentTypeParsers: () => calls.push("removeAllContentTypeParsers"),
      addContentTypeParser: (_type, parser) =>
        parser({} as never, {} as never, (_error, parsed) => calls.push(`parsed ${parsed}`)),
      addHook: (name: string, hook: () => Promise<void>) => hooks[name] = hook,
      all: (url, handler) => {
        calls.push(url)
        handle = handler
      }
    }
    await FastifyPlugin.make("/webhooks", receiver, ReceiverLayer)(fastify)
    await hooks["onReady"]!()
    const { status } = await serving(
      (request, response) => handle!({ raw: request }, { raw: response, hijack: () => calls.push("hijack") }),
      (port) => overSocket(port)({ key: secret, body })
    )
    await hooks["onClose"]!()
    assert.deepStrictEqual([status, seen], [200, ["m1"]])
    assert.deepStrictEqual(calls, ["removeAllContentTypeParsers", "parsed undefined", "/webhooks", "hijack"])
  })
})
