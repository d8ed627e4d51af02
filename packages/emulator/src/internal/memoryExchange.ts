import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type Answer, filledUp, headersOf, piecesOf, withoutBody } from "./delivery.ts"
import { type Emulation } from "./emulation.ts"
import { type RequestHead } from "./incomingRequest.ts"

/** How the caller reads a body that does not come at once. */
type Readable = (stream: Stream.Stream<Uint8Array, unknown>) => ReadableStream<Uint8Array>

/**
 * One exchange without a socket: what a client gets for a request, or what Node says of a connection that was cut.
 *
 * @internal
 */
export const memoryExchange = (
  { bodyLimit, handle }: Pick<Emulation, "bodyLimit" | "handle">,
  head: RequestHead,
  whole: Uint8Array | undefined,
  now: number,
  readable: Readable
): Effect.Effect<Response, Error> => {
  const limit = bodyLimit(head)
  const body = limit === undefined
    ? undefined
    : whole === undefined || whole.length <= limit
    ? whole
    : whole.slice(0, limit + 1)
  return Effect.flatMap(
    handle({ ...head, body }, now),
    (delivery) =>
      delivery._tag === "Cut"
        ? Effect.fail(connectionReset())
        : Effect.succeed(responseOf(delivery, head.method, now, readable))
  )
}

const connectionReset = () => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" })

const responseOf = (
  answer: Answer,
  method: string,
  now: number,
  readable: Readable
): Response => {
  const { manner, status } = answer
  const bodyless = method === "HEAD" || withoutBody(status)
  const body = (stream: Stream.Stream<Uint8Array, unknown>): BodyInit | null => bodyless ? null : readable(stream)
  const response = (body: BodyInit | null) =>
    new Response(bodyless ? null : body, { status, headers: headersOf(answer, now) })

  switch (manner._tag) {
    case "Whole":
    case "ThenClosed":
      return response(answer.body as BodyInit)
    case "Truncated":
      return response(body(Stream.concat(
        Stream.make(answer.body.subarray(0, manner.bytes)),
        Stream.suspend(() => Stream.fail(connectionReset()))
      )))
    case "Slow": {
      const wait = manner.milliseconds / (manner.pieces - 1)
      return response(body(
        Stream.fromIterable(piecesOf(answer.body, manner.pieces)).pipe(
          Stream.mapEffect((piece, i) => i === 0 ? Effect.succeed(piece) : Effect.delay(Effect.succeed(piece), wait))
        )
      ))
    }
    case "Streamed":
      return response(body(manner.pieces))
    case "FilledUp":
      return response(body(Stream.fromIterable(filledUp(answer.body, manner.bytes))))
  }
}
