import * as Record from "effect/Record"
import * as Schema from "effect/Schema"
import type { Event, EventOf, EventType } from "../Event.ts"
import { openStruct } from "./openStruct.ts"
import { openUnion } from "./openUnion.ts"

const common = { id: Schema.String, createdAt: Schema.optionalKey(Schema.String) }

/**
 * An event of any type, by the schemas of their payloads.
 *
 * @internal
 */
export const eventUnion = (payloads: { readonly [Type in EventType]: Schema.Codec<unknown> }): Schema.Codec<Event> =>
  openUnion(
    Record.map(
      payloads,
      (payload, type) =>
        // Each has the type and the payload of its name, which a mapping over all of them cannot say.
        openStruct({ ...common, type: Schema.Literal(type), payload }) as unknown as Schema.Codec<EventOf<EventType>>
    ),
    (type) => openStruct({ ...common, type, payload: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)) })
  )
