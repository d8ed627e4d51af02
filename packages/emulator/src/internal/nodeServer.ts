import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { type AddressInfo } from "node:net"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"
import { ListenError } from "../ListenError.ts"
import { collectBody } from "./collectBody.ts"
import { type Answer, type Delivery, filledUp, headersOf, piecesOf, withoutBody } from "./delivery.ts"
import { type Emulation } from "./emulation.ts"
import { badRequest, failedOn } from "./refusal.ts"

/**
 * Serves the emulation on a port of the address and gives that port. When the scope closes, pending answers are given
 * up and every connection is closed.
 *
 * **Details**
 *
 * Written on `node:http` itself, because a benchmark of a client must not measure the server: an answer that nothing
 * holds up is written in the turn in which its request arrived, without a fiber.
 *
 * @internal
 */
export const listen = (
  { bodyLimit, handle }: Pick<Emulation, "bodyLimit" | "handle">,
  host: string,
  port: number
): Effect.Effect<number, ListenError, Scope.Scope> =>
  Effect.gen(function*() {
    const clock = yield* Clock.Clock
    const run = yield* FiberSet.makeRuntime()

    const respond = (message: IncomingMessage, response: ServerResponse, body: Uint8Array | undefined) => {
      const now = clock.currentTimeMillisUnsafe()
      const request = { method: message.method ?? "", url: message.url ?? "", headers: message.headers, body }
      const delivered = handle(request, now)
      const atOnce = valueOf(delivered)
      if (atOnce !== undefined && isWhole(atOnce)) {
        // `writeHead` throws by design when it is asked for what cannot be sent.
        try {
          writeWhole(response, atOnce, now)
        } catch (defect) {
          giveUp(response, defect, now)
        }
      } else {
        // Such as of a write to somebody who has left.
        response.on("error", () => {})
        const fiber = run(
          Effect.flatMap(delivered, (delivery) => deliver(response, delivery, now)).pipe(
            Effect.catchDefect((defect) => Effect.sync(() => giveUp(response, defect, now)))
          )
        )
        // The caller has left: nobody waits for the rest.
        response.once("close", () => fiber.interruptUnsafe())
      }
    }

    const server = createServer(
      // An externalId of 1024 characters can take 12 kB of a path. Clients keep connections longer than Node's 5
      // seconds.
      { noDelay: true, maxHeaderSize: 65_536, keepAliveTimeout: 60_000 },
      (message, response) => {
        if (hasSeveralHosts(message)) {
          message.resume()
          return writeWhole(response, badRequest("Host: Expected one").answer, clock.currentTimeMillisUnsafe())
        }
        const { headers, method = "", url = "" } = message
        const { "content-length": length, "transfer-encoding": encoding } = headers
        if ((length === undefined || length === "0") && encoding === undefined) {
          return respond(message, response, undefined)
        }
        const limit = bodyLimit({ method, url, headers })
        if (limit === undefined) {
          message.resume()
          respond(message, response, undefined)
        } else {
          collectBody(message, limit, (body) => respond(message, response, body))
        }
      }
    )

    return yield* Effect.acquireRelease(opened(server, host, port), () => closed(server))
  })

/** Two of them are 400 (RFC 9112, 3.2), where Node takes the first for the only one. */
const hasSeveralHosts = ({ rawHeaders }: IncomingMessage): boolean => {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === "host") hosts++
  }
  return hosts > 1
}

const opened = (server: Server, host: string, port: number): Effect.Effect<number, ListenError> =>
  Effect.callback((resume) => {
    // Also later, where it takes no more connections for a while (EMFILE): that ends by itself.
    server.on("error", (error: NodeJS.ErrnoException) => {
      resume(Effect.fail(new ListenError({ host, port, code: error.code ?? error.message })))
    })
    server.listen(port, host, () => {
      // A TCP server's address is never the path of a pipe.
      resume(Effect.succeed((server.address() as AddressInfo).port))
    })
  })

const closed = (server: Server): Effect.Effect<void> =>
  Effect.callback((resume) => {
    server.close(() => resume(Effect.void))
    server.closeAllConnections()
  })

/** The value of an effect that is over already. */
const valueOf = (effect: Effect.Effect<Delivery>): Delivery | undefined =>
  // A guard cannot recover the type of the value from `unknown`.
  Exit.isExit(effect) && Exit.isSuccess(effect) ? effect.value as Delivery : undefined

const isWhole = (delivery: Delivery): delivery is Answer =>
  delivery._tag === "Answer" && delivery.manner._tag === "Whole"

const writeHead = (response: ServerResponse, answer: Answer, now: number) =>
  response.writeHead(answer.status, headersOf(answer, now))

/** As text, because Node then sends head and body in one write, and the write is half of what an answer costs. */
const writeWhole = (response: ServerResponse, answer: Answer, now: number) =>
  writeHead(response, answer, now).end(
    Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength).toString("latin1"),
    "latin1"
  )

/** An answer that cannot be delivered is this request's trouble alone. */
const giveUp = (response: ServerResponse, defect: unknown, now: number) => {
  if (response.headersSent) response.destroy()
  else writeWhole(response, failedOn(defect).answer, now)
}

const deliver = (response: ServerResponse, delivery: Delivery, now: number): Effect.Effect<void> => {
  if (delivery._tag === "Cut") {
    return Effect.sync(() => {
      response.socket?.resetAndDestroy()
    })
  }
  const { body, manner } = delivery
  switch (manner._tag) {
    case "Whole":
      return Effect.sync(() => writeWhole(response, delivery, now))
    case "ThenClosed":
      return Effect.sync(() => {
        const { socket } = response
        writeHead(response, delivery, now)
        response.end(body, () => socket?.destroySoon())
      })
    case "Truncated":
      return Effect.sync(() => {
        writeHead(response, delivery, now)
        response.flushHeaders()
        response.write(body.subarray(0, manner.bytes))
        response.socket?.destroySoon()
      })
    case "Slow": {
      const wait = manner.milliseconds / (manner.pieces - 1)
      return Effect.gen(function*() {
        writeHead(response, delivery, now)
        response.flushHeaders()
        let isFirst = true
        for (const piece of piecesOf(body, manner.pieces)) {
          if (!isFirst) yield* Effect.sleep(wait)
          isFirst = false
          response.write(piece)
        }
        response.end()
      })
    }
    case "Streamed":
      return Effect.gen(function*() {
        writeHead(response, delivery, now)
        response.flushHeaders()
        yield* Stream.runForEach(manner.pieces, (piece) => written(response, piece))
        response.end()
      })
    case "FilledUp":
      return Effect.promise(async () => {
        writeHead(response, delivery, now)
        // Node takes for written at once what it does not send, and would go on to the last byte without a pause.
        if (response.req.method === "HEAD" || withoutBody(delivery.status)) return void response.end()
        const source = Readable.from(filledUp(body, manner.bytes))
        // It ends early when the caller has read enough, which is the caller's good right.
        await (manner.gzip ? pipeline(source, createGzip(), response) : pipeline(source, response)).catch(() => {})
      })
  }
}

/** Over when there is room for more. */
const written = (response: ServerResponse, piece: Uint8Array): Effect.Effect<void> =>
  Effect.callback((resume) => {
    if (response.write(piece)) return resume(Effect.void)
    const drained = () => resume(Effect.void)
    response.once("drain", drained)
    return Effect.sync(() => response.off("drain", drained))
  })
