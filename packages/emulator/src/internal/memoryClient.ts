import * as Clock from "effect/Clock"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Stream from "effect/Stream"
import { type Answer, filledUp, headersOf, piecesOf, withoutBody } from "./delivery.ts"
import { type Emulation } from "./emulation.ts"

/**
 * An `HttpClient` that hands its requests to the emulator in the calling fiber.
 *
 * @internal
 */
export const memoryClient = ({ bodyLimit, handle }: Pick<Emulation, "bodyLimit" | "handle">): HttpClient.HttpClient =>
  HttpClient.make((request, { pathname, search }, signal, fiber) =>
    Effect.flatMap(bodyOf(request), ({ bytes: whole, contentType }) => {
      const now = fiber.getRef(Clock.Clock).currentTimeMillisUnsafe()
      const url = pathname + search
      const headers = contentType === undefined ? request.headers : { "content-type": contentType, ...request.headers }
      const head = { method: request.method, url, headers }
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
            ? Effect.fail(transportError(request, connectionReset()))
            : Effect.succeed(
              HttpClientResponse.fromWeb(request, responseOf(delivery, request.method, now, fiber.context, signal))
            )
      )
    })
  )

const transportError = (request: HttpClientRequest.HttpClientRequest, cause: unknown) =>
  new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })

/** What Node says of a connection that the other side has reset. */
const connectionReset = () => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET", syscall: "read" })

interface SentBody {
  readonly bytes: Uint8Array | undefined
  /** As the platform names it, where nobody else does: of a form it holds what is between the parts. */
  readonly contentType?: string | undefined
}

const bodyOf = (
  request: HttpClientRequest.HttpClientRequest
): Effect.Effect<SentBody, HttpClientError.HttpClientError> => {
  const { body } = request
  switch (body._tag) {
    case "Empty":
      return Effect.succeed({ bytes: undefined })
    case "Uint8Array":
      return Effect.succeed({ bytes: body.body })
    case "Stream":
      return Stream.mkUint8Array(body.stream).pipe(
        Effect.mapBoth({ onSuccess: (bytes) => ({ bytes }), onFailure: (cause) => transportError(request, cause) })
      )
    // The platform knows how to send whatever else a body can be.
    case "Raw":
    case "FormData":
      return Effect.tryPromise({
        try: async () => {
          const sent = new Response(body._tag === "Raw" ? body.body as BodyInit : body.formData)
          return { bytes: await sent.bytes(), contentType: sent.headers.get("content-type") ?? undefined }
        },
        catch: (cause) => transportError(request, cause)
      })
  }
}

const responseOf = (
  answer: Answer,
  method: string,
  now: number,
  context: Context.Context<never>,
  signal: AbortSignal
): Response => {
  const { manner, status } = answer
  const bodyless = method === "HEAD" || withoutBody(status)
  const body = (stream: Stream.Stream<Uint8Array, unknown>): BodyInit | null =>
    bodyless ? null : Stream.toReadableStreamWith(stream, context, { signal })
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
