import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import type { Headers } from "effect/http/Headers"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import type { BodyProblem, WebhookReceiver } from "../WebhookReceiver.ts"
import { answerOf, withoutDelivery } from "./answer.ts"

/** @internal */
export const routeLayer = <R>(
  path: HttpRouter.PathInput,
  receiver: WebhookReceiver<R>
): Layer.Layer<never, never, HttpRouter.HttpRouter | R> =>
  Layer.unwrap(
    Effect.map(Effect.context<R>(), (context) =>
      // Of every method, because the router has no `HEAD`. What a handler needs would be asked of each request otherwise.
      HttpRouter.add(
        "*",
        path,
        // The context is that of `R`, which leaves the request alone: the compiler cannot subtract a type that it does not know.
        Effect.provideContext(routeHandler(receiver), context) as Effect.Effect<
          HttpServerResponse.HttpServerResponse,
          never,
          HttpServerRequest.HttpServerRequest
        >
      ))
  ) as Layer.Layer<never, never, HttpRouter.HttpRouter | R>

const routeHandler = <R>(
  { maxBodyBytes, receive }: WebhookReceiver<R>
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, R | HttpServerRequest.HttpServerRequest> =>
  Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    const body = request.arrayBuffer.pipe(
      Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(maxBodyBytes)),
      Effect.mapError(({ reason }): BodyProblem =>
        "reason" in reason && reason.reason === "BodyTooLarge" ? "too large" : "cut"
      ),
      Effect.flatMap((bytes) =>
        bytes.byteLength === 0 && hasBody(request.headers)
          ? Effect.fail<BodyProblem>("consumed")
          : Effect.succeed(new Uint8Array(bytes))
      )
    )
    const answer = withoutDelivery(request.method) ??
      answerOf(yield* receive({ apiKey: request.headers["x-api-key"], body }))
    return HttpServerResponse.text(answer.body, { status: answer.status, headers: answer.headers })
  })

/** Of a stream that something has read to its end there is nothing left, and that is no error. */
const hasBody = ({ "content-length": length = "0", "transfer-encoding": encoding }: Headers): boolean =>
  length !== "0" || encoding !== undefined
