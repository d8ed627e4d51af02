import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { WebHandler } from "../WebHandler.ts"
import type { BodyProblem, WebhookReceiver } from "../WebhookReceiver.ts"
import { type Answer, answerOf, withoutDelivery } from "./answer.ts"
import { type Runner, runner, withClosing } from "./runner.ts"
import { joined } from "./wholeBody.ts"

/** @internal */
export const makeWebHandler = <R, E>(receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>): WebHandler =>
  webHandler(runner(receiver, layer))

/** @internal */
export const webHandler = (runner: Runner): WebHandler =>
  withClosing(async (request: Request) => {
    const { body, headers, status } = withoutDelivery(request.method) ?? await answer(runner, request)
    return new Response(body === "" ? null : body, { status, headers: { ...headers } })
  }, runner)

const answer = async (runner: Runner, request: Request): Promise<Answer> =>
  answerOf(
    await runner.receive({
      apiKey: request.headers.get("x-api-key") ?? undefined,
      body: wholeBody(request, runner.maxBodyBytes)
    })
  )

/** `Request.text` has no limit, and a length that is told in a header is no limit either. */
const wholeBody = (request: Request, maxBytes: number): Effect.Effect<Uint8Array, BodyProblem> =>
  Effect.suspend(() => {
    if (request.bodyUsed || request.body?.locked === true) return Effect.fail<BodyProblem>("consumed")
    const reader = request.body?.getReader()
    if (reader === undefined) return Effect.succeed(new Uint8Array())
    const read = async (): Promise<Uint8Array | BodyProblem> => {
      const chunks: Array<Uint8Array> = []
      let size = 0
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return joined(chunks, size)
        size += value.length
        if (size > maxBytes) return "too large"
        chunks.push(value)
      }
    }
    return Effect.tryPromise({ try: read, catch: (): BodyProblem => "cut" }).pipe(
      Effect.flatMap((body) => typeof body === "string" ? Effect.fail(body) : Effect.succeed(body)),
      // Of what is not read to its end; that it cannot be cancelled is nobody's concern.
      Effect.onError(() => Effect.sync(() => void reader.cancel().catch(() => {})))
    )
  })
