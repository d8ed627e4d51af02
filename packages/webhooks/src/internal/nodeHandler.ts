import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { NodeHandler, NodeRequest, NodeResponse } from "../NodeHandler.ts"
import type { BodyProblem, WebhookReceiver } from "../WebhookReceiver.ts"
import { type Answer, answerOf, withoutDelivery } from "./answer.ts"
import { type Runner, runner, withClosing } from "./runner.ts"
import { joined } from "./wholeBody.ts"

/** @internal */
export const makeNodeHandler = <R, E>(receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>): NodeHandler =>
  nodeHandler(runner(receiver, layer))

/** @internal */
export const nodeHandler = (runner: Runner): NodeHandler =>
  withClosing(async (request: NodeRequest, response: NodeResponse) => {
    const { body, headers, status } = withoutDelivery(request.method) ?? await answer(runner, request)
    response.writeHead(status, { ...headers })
    response.end(body)
  }, runner)

const answer = async (runner: Runner, request: NodeRequest): Promise<Answer> => {
  const { body, headers } = request
  // Node joins a header that came twice, and gives a list of none but cookies.
  const apiKey = headers["x-api-key"]
  return answerOf(
    await runner.receive({
      apiKey: typeof apiKey === "string" ? apiKey : undefined,
      body: body === undefined || isUnread(request) ? wholeBody(request, runner.maxBodyBytes) : body
    })
  )
}

/** The parsers of Express 4 leave an empty object where they have read nothing, because the body is of no type of theirs. */
const isUnread = ({ body, readableEnded }: NodeRequest): boolean =>
  !readableEnded && typeof body === "object" && body !== null && Object.keys(body).length === 0

/** What Node's overloads of these say is more than a type of our own could. */
interface Emitter extends NodeRequest {
  on(event: string, listener: (value: any) => void): unknown
  off(event: string, listener: (value: any) => void): unknown
}

const wholeBody = (incoming: NodeRequest, maxBytes: number): Effect.Effect<Uint8Array, BodyProblem> =>
  Effect.callback<Uint8Array, BodyProblem>((resume) => {
    const request = incoming as Emitter
    if (request.readableEnded) return resume(Effect.fail("consumed"))
    if (request.destroyed) return resume(Effect.fail("cut"))
    const chunks: Array<Uint8Array> = []
    let size = 0
    const listeners = {
      data: (chunk: Uint8Array) => {
        size += chunk.length
        if (size > maxBytes) return end(Effect.fail("too large"))
        chunks.push(chunk)
      },
      end: () => end(Effect.succeed(joined(chunks, size))),
      error: () => end(Effect.fail("cut")),
      close: () => end(Effect.fail("cut"))
    }
    const stop = () => {
      for (const [event, listener] of Object.entries(listeners)) request.off(event, listener)
      // What is still to come, or goes wrong, is nobody's any more.
      request.on("error", ignored)
    }
    const end = (result: Effect.Effect<Uint8Array, BodyProblem>) => {
      stop()
      resume(result)
    }
    for (const [event, listener] of Object.entries(listeners)) request.on(event, listener)
    return Effect.sync(stop)
  })

const ignored = () => {}
