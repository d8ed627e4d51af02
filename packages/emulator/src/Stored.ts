/**
 * What the emulator keeps, for assertions.
 *
 * @since 0.1.0
 */
import { Conversation } from "@sunco/schemas/Conversation"
import { Message } from "@sunco/schemas/Message"
import { partial } from "@sunco/schemas/Partial"
import { Participant } from "@sunco/schemas/Participant"
import { User } from "@sunco/schemas/User"
import * as Schema from "effect/Schema"

/**
 * A participant, and the conversation that it takes part in.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredParticipant extends Participant {
  readonly conversationId: string
}

/**
 * A message, and the conversation that it is of.
 *
 * @category models
 * @since 0.1.0
 */
export interface StoredMessage extends Message {
  readonly conversationId: string
}

/**
 * What an app keeps, by resource and in the order of arrival; participants and messages conversation by conversation. An
 * activity is not kept: it leaves its mark on a conversation or a participant.
 *
 * @category models
 * @since 0.1.0
 */
export interface Stored {
  readonly Users: ReadonlyArray<User>
  readonly Conversations: ReadonlyArray<Conversation>
  readonly Participants: ReadonlyArray<StoredParticipant>
  readonly Messages: ReadonlyArray<StoredMessage>
}

/** Those of any record that belongs to a conversation. */
const kept = { id: Schema.String, conversationId: Schema.String }

const rest = [Schema.Record(Schema.String, Schema.Unknown)] as const

/**
 * Schema of {@link StoredParticipant}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredParticipant: Schema.Codec<StoredParticipant> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Participant).fields, ...kept }),
  rest
).annotate({
  identifier: "StoredParticipant",
  description: "A participant, and the conversation that it takes part in."
})

/**
 * Schema of {@link StoredMessage}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const StoredMessage: Schema.Codec<StoredMessage> = Schema.StructWithRest(
  Schema.Struct({ ...partial(Message).fields, ...kept }),
  rest
).annotate({ identifier: "StoredMessage", description: "A message, and the conversation that it is of." })

/**
 * Schema of {@link Stored}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Stored: Schema.Codec<Stored> = Schema.Struct({
  Users: Schema.Array(User),
  Conversations: Schema.Array(Conversation),
  Participants: Schema.Array(StoredParticipant),
  Messages: Schema.Array(StoredMessage)
}).annotate({
  identifier: "Stored",
  description: "What an app keeps, by resource and in the order of arrival."
})
