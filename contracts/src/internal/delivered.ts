/** What a delivery to a webhook asks for in a contract, as the vendor's document 17.12.1 has it. */
import type { EventType } from "@sunco/schemas/Event"
import { EventPayloads } from "@sunco/schemas/EventPayloads"
import * as Matcher from "effect-pact/Matcher"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Schema from "effect/Schema"
import { appId } from "../Contract.ts"
import { webhookId } from "./wire.ts"

/** The fields by which handlers tell what has happened, wherever they stand. */
const telling: ReadonlySet<string> = new Set(["type", "reason", "creationReason", "status", "code"])

const pattern = (value: unknown, name = ""): Matcher.Pattern => {
  if (Array.isArray(value)) {
    const [first, ...others] = value.map((item) => pattern(item))
    // Items of several kinds are found one by one.
    return first === undefined || others.length === 0
      ? value.map((item) => pattern(item))
      : Matcher.arrayContaining(first, ...others)
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, pattern(field, name)]))
  }
  // A payload is JSON, whatever its type says of fields that it does not name.
  const scalar = value as null | boolean | number | string
  return telling.has(name) ? Matcher.equal(scalar) : scalar
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u

/** A delivery with events of one type, as the receiver reads it; which of the types it is costs time to find out. */
const Delivery = (type: EventType) =>
  Schema.Struct({
    app: Schema.Struct({ id: Schema.String }),
    webhook: Schema.Struct({ id: Schema.String, version: Schema.String }),
    events: Schema.Array(
      Schema.Struct({
        id: Schema.String,
        type: Schema.Literal(type),
        createdAt: Schema.String,
        payload: EventPayloads[type]
      })
    )
  })

/** A delivery with events of the type, of which a handler reads what the payload has. */
export const contentsOf = (type: EventType, payload: unknown): Matcher.Pattern =>
  SchemaMatchers.fromExample(Delivery(type), {
    app: { id: appId },
    webhook: { id: webhookId, version: "v2" },
    events: [{
      id: "0ca7d56ba7b2e081e479fe9e",
      type,
      createdAt: Matcher.regex(isoTime, "2025-02-03T18:33:47.466Z"),
      payload: pattern(payload)
    }]
  })

/** The headers of a delivery, of which the first is the secret of the webhook. */
export const metadata = {
  "x-api-key": Matcher.string("8564b3e6a8b20a4bdb68b05ce9bc5936"),
  contentType: Matcher.regex(/^application\/json(;.*)?$/u, "application/json")
}
