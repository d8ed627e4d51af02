import * as Effect from "effect/Effect"
import { type Fault, type MistypedBody, type RateLimited, type Status } from "../Fault.ts"
import { type Answer, cut, type Delivery, json, type Manner, text } from "./delivery.ts"
import { usualError } from "./refusal.ts"

/**
 * Lets an exchange go wrong: decides whether the request is carried out at all, and what becomes of its answer.
 *
 * @internal
 */
export const inflict = (fault: Fault, now: number, carryOut: () => Effect.Effect<Answer>): Effect.Effect<Delivery> => {
  const keep = (change: (answer: Answer) => Delivery) => Effect.map(carryOut(), change)
  const keepWith = (manner: (answer: Answer) => Manner) => keep((answer) => ({ ...answer, manner: manner(answer) }))
  const replace = (replacement: Answer, applied: boolean | undefined) =>
    applied === true ? Effect.as(carryOut(), replacement) : Effect.succeed(replacement)

  switch (fault._tag) {
    case "Status":
      return replace(statusAnswer(fault), fault.applied)
    case "RateLimited":
      return replace(rateLimitedAnswer(fault, now), false)
    case "Redirect":
      return replace({ ...noBody(fault.status ?? 302), headers: { location: fault.location } }, fault.applied)
    case "HtmlBody":
      return replace(htmlAnswer(fault.status ?? 502), fault.applied)
    case "EmptyBody":
      return keep((answer) => ({ ...answer, body: new Uint8Array() }))
    case "TruncatedBody":
      return keepWith(({ body }) => ({ _tag: "Truncated", bytes: fault.bytes ?? Math.floor(body.length / 2) }))
    case "MistypedBody":
      return keep((answer) => ({ ...answer, body: mistyped(fault, answer.body) }))
    case "HugeBody":
      return keepWith(() => ({
        _tag: "FilledUp",
        bytes: fault.bytes,
        gzip: fault.gzip ?? false,
        chunked: fault.chunked ?? false
      }))
    case "SlowHeaders":
      return fault.applied === "last"
        ? Effect.flatMap(Effect.sleep(fault.milliseconds), carryOut)
        : Effect.tap(carryOut(), () => Effect.sleep(fault.milliseconds))
    case "SlowBody":
      return keepWith(() => ({ _tag: "Slow", milliseconds: fault.milliseconds, pieces: fault.pieces ?? 2 }))
    case "CutBeforeApplied":
      return Effect.succeed(cut)
    case "CutAfterApplied":
      return keep(() => cut)
    case "CloseAfterAnswer":
      return keepWith(() => ({ _tag: "ThenClosed" }))
  }
}

const noBody = (status: number): Answer => ({ ...json(status, {}), headers: {}, body: new Uint8Array() })

const errorAnswer = (status: number, error: { readonly code?: string; readonly title?: string } = {}): Answer =>
  json(status, { errors: [{ ...usualError(status), ...error }] })

const statusAnswer = ({ body, code, headers, status, title }: Status): Answer => {
  const error = {
    ...(code === undefined ? undefined : { code }),
    ...(title === undefined ? undefined : { title })
  }
  const answer = body !== undefined
    ? text(status, "text/plain; charset=utf-8", body)
    : status >= 400
    ? errorAnswer(status, error)
    : json(status, {})
  return { ...answer, headers: { ...answer.headers, ...lowerCased(headers) } }
}

const lowerCased = (headers: Readonly<Record<string, string>> | undefined) =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))

const rateLimitedAnswer = ({ as, retryAfter }: RateLimited, now: number): Answer => {
  const answer = errorAnswer(429)
  if (retryAfter === undefined) return answer
  const value = as === "date" ? new Date(now + retryAfter * 1000).toUTCString() : String(retryAfter)
  return { ...answer, headers: { ...answer.headers, "retry-after": value } }
}

const htmlAnswer = (status: number): Answer => {
  const { title } = usualError(status)
  return text(
    status,
    "text/html; charset=utf-8",
    `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>\n`
  )
}

const mistyped = ({ path = [], value }: MistypedBody, body: Uint8Array): Uint8Array => {
  const whole = path.length === 0
  return json(200, whole && value === undefined ? [] : replaceAt(whole ? undefined : parse(body), path, value)).body
}

const parse = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body))

/**
 * A place that the answer does not have is made, except in the middle of something that is neither object nor array.
 */
const replaceAt = (target: unknown, path: ReadonlyArray<string | number>, value: unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(target)) {
    return target.flatMap((item, i) => {
      if (i !== Number(key)) return [item]
      const replaced = replaceAt(item, rest, value)
      return replaced === undefined ? [] : [replaced]
    })
  }
  const fields = new Map(Object.entries(typeof target === "object" && target !== null ? target : {}))
  const replaced = replaceAt(fields.get(String(key)), rest, value)
  if (replaced === undefined) fields.delete(String(key))
  else fields.set(String(key), replaced)
  return Object.fromEntries(fields)
}
