/**
 * Who takes part in a conversation.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"
import { text } from "./internal/optionalFields.ts"

/**
 * A client through which a participant follows the conversation.
 *
 * @see OpenAPI 17.12.1, `clientAssociation`
 * @category models
 * @since 0.1.0
 */
export interface ClientAssociation {
  /** Of the client: `sdk`, `whatsapp`, … */
  readonly type?: string
  readonly clientId?: string
}

/**
 * A user who takes part in a conversation.
 *
 * @see OpenAPI 17.12.1, `participant`
 * @category models
 * @since 0.1.0
 */
export interface Participant {
  readonly id: string
  readonly userId?: string
  readonly userExternalId?: string | null
  /** How many messages the user has not read. */
  readonly unreadCount?: number
  /** The one that was active last comes first, and gets messages first. */
  readonly clientAssociations?: ReadonlyArray<ClientAssociation>
  /** Up to when the user has read. */
  readonly lastRead?: string | null
}

const ClientAssociation: Schema.Codec<ClientAssociation> = openStruct({ type: text, clientId: text }).annotate({
  identifier: "ClientAssociation"
})

/**
 * Schema of {@link Participant}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Participant: Schema.Codec<Participant> = openStruct({
  id: Schema.String,
  userId: text,
  userExternalId: Schema.optionalKey(Schema.NullOr(Schema.String)),
  unreadCount: Schema.optionalKey(Schema.Finite),
  clientAssociations: Schema.optionalKey(Schema.Array(ClientAssociation)),
  lastRead: Schema.optionalKey(Schema.NullOr(Schema.String))
}).annotate({ identifier: "Participant" })
