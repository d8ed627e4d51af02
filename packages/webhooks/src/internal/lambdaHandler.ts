import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { LambdaEvent, LambdaHandler } from "../LambdaHandler.ts"
import type { WebhookReceiver } from "../WebhookReceiver.ts"
import { type Answer, answerOf, withoutDelivery } from "./answer.ts"
import { type Runner, runner, withClosing } from "./runner.ts"

/** @internal */
export const makeLambdaHandler = <R, E>(receiver: WebhookReceiver<R>, layer: Layer.Layer<R, E>): LambdaHandler =>
  lambdaHandler(runner(receiver, layer))

/** @internal */
export const lambdaHandler = (runner: Runner): LambdaHandler =>
  withClosing(async (event: LambdaEvent) => {
    const method = event.requestContext?.http?.method ?? event.httpMethod
    const { body, headers, status } = withoutDelivery(method) ?? await answer(runner, event)
    return { statusCode: status, headers, body }
  }, runner)

const answer = async (runner: Runner, { body, isBase64Encoded, ...event }: LambdaEvent): Promise<Answer> => {
  const text = body ?? ""
  return answerOf(
    await runner.receive({
      apiKey: keyOf(event),
      // Of strangers nothing is decoded.
      body: isBase64Encoded === true ? Effect.sync(() => bytesOf(text)) : text
    })
  )
}

/** The names of headers come as the sender wrote them, or in lower case. */
const keyOf = ({ headers, multiValueHeaders }: LambdaEvent): string | undefined => {
  const all = { ...multiValueHeaders, ...headers }
  const [key, ...more] = Object.keys(all).filter((name) => name.toLowerCase() === "x-api-key").flatMap((name) =>
    all[name] ?? []
  )
  return more.length === 0 ? key : undefined
}

const bytesOf = (base64: string): Uint8Array | string => {
  // What is no base64 is no delivery either.
  try {
    return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0))
  } catch {
    return ""
  }
}
