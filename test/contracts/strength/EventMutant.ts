/** A sender of deliveries that is broken in one way. */
import type { EventType } from "@sunco/schemas/Event"
import type { Message } from "effect-pact/Pact"

export interface EventMutant {
  readonly type: EventType
  /** What it does wrong. */
  readonly name: string
  readonly message: (message: Message) => Message
}
