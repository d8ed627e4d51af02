import { Event, type EventOf, type EventType, type UnrecognizedEvent } from "@sunco/schemas/Event"
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as Reading from "@sunco/schemas/Reading"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Arrival, Undecodable } from "../WebhookReceiver.ts"

/** Of what comes, what every delivery is sure to have: its events are read one by one, so that one that is odd costs no other. */
const Envelope = Schema.Struct({
  app: Schema.Struct({ id: Schema.String }),
  webhook: Schema.Struct({ id: Schema.String }),
  events: Schema.Array(Schema.Unknown)
})

const readEnvelope = Reading.reader(Envelope)

const readEvent = Reading.reader(Event)

/** @internal */
export interface ReadDelivery extends Arrival {
  readonly events: ReadonlyArray<unknown>
}

const utf8 = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true })

/** What a body says, whether or not somebody has parsed it before. @internal */
export const jsonOf = (body: unknown): Result.Result<unknown, "no JSON"> => {
  if (typeof body !== "string" && !(body instanceof Uint8Array)) return Result.succeed(body)
  // What is no text, or no JSON.
  try {
    const text = typeof body === "string" ? body : utf8.decode(body)
    // A mark of the byte order, which the decoder takes away.
    return Result.succeed(JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text))
  } catch {
    return Result.fail("no JSON")
  }
}

/** @internal */
export const deliveryOf = (
  body: unknown
): Result.Result<ReadDelivery, "no JSON" | "no delivery" | "a delivery of v1"> => {
  const json = jsonOf(body)
  if (Result.isFailure(json)) return Result.fail(json.failure)
  const read = readEnvelope(json.success)
  if (Result.isSuccess(read)) {
    const { app, events, webhook } = read.success.value
    return Result.succeed({ appId: app.id, webhookId: webhook.id, events })
  }
  // As the first version of the API delivers, whose webhooks the list of the second shows too.
  const isOfV1 = typeof json.success === "object" && json.success !== null && "trigger" in json.success
  return Result.fail(isOfV1 ? "a delivery of v1" : "no delivery")
}

/** @internal */
export type ReadEvent =
  | { readonly _tag: "Event"; readonly event: EventOf<EventType> | UnrecognizedEvent }
  | { readonly _tag: "Undecodable"; readonly undecodable: Undecodable }

/** @internal */
export const eventOf = (raw: unknown): ReadEvent => {
  const read = readEvent(raw)
  if (Result.isFailure(read)) {
    return { _tag: "Undecodable", undecodable: { event: raw, path: read.failure.path } }
  }
  const { putAside, value } = read.success
  // Without what a type is about an event is of no type, and what that is was put aside first.
  const isOfItsType = value.type !== "" || typeOf(raw) === ""
  return isOfItsType
    ? { _tag: "Event", event: value }
    : { _tag: "Undecodable", undecodable: { event: raw, path: putAside[0]?.path ?? [] } }
}

const fieldOf = (raw: unknown, name: string): unknown =>
  typeof raw === "object" && raw !== null ? Reflect.get(raw, name) : undefined

/** What its sender says that it is. @internal */
export const typeOf = (raw: unknown): string => {
  const type = fieldOf(raw, "type")
  return typeof type === "string" ? type : ""
}

/** @internal */
export const idOf = (raw: unknown): string | undefined => {
  const id = fieldOf(raw, "id")
  return typeof id === "string" || Number.isSafeInteger(id) ? String(id) : undefined
}

/** @internal */
export const isKnown = (type: string): type is EventType => Object.hasOwn(EventPayloads, type)

/** Of a label, whose values are few: any type of tomorrow is `other`. @internal */
export const labelOf = (raw: unknown): string => {
  const type = typeOf(raw)
  return isKnown(type) ? type : "other"
}

/**
 * What an event is ordered by: its conversation, else its user.
 *
 * @internal
 */
export const orderOf = (raw: unknown): string => {
  const payload = fieldOf(raw, "payload")
  for (const name of ["conversation", "user", "mergedUsers"]) {
    const about = fieldOf(payload, name)
    const id = idOf(about) ?? idOf(fieldOf(about, "surviving"))
    if (id !== undefined) return `${name === "conversation" ? name : "user"}:${id}`
  }
  return "none"
}
