/**
 * Every contract of an event that there is.
 *
 * @since 0.1.0
 */
import * as ClientEventContracts from "./ClientEventContracts.ts"
import * as ConversationEventContracts from "./ConversationEventContracts.ts"
import type { EventContract } from "./EventContract.ts"
import * as MessageEventContracts from "./MessageEventContracts.ts"
import * as SwitchboardEventContracts from "./SwitchboardEventContracts.ts"
import * as UserEventContracts from "./UserEventContracts.ts"

/**
 * The contracts of the events of every type: what `@sunco/webhooks` itself publishes.
 *
 * @category contracts
 * @since 0.1.0
 */
export const EventContracts: ReadonlyArray<EventContract> = [
  UserEventContracts,
  ClientEventContracts,
  ConversationEventContracts,
  MessageEventContracts,
  SwitchboardEventContracts
].flatMap((events) => Object.values(events).flat())
