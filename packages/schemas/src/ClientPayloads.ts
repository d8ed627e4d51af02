/**
 * What the writing operation of the Clients API sends.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { AuthorInput } from "./Author.ts"
import { Destination } from "./Destination.ts"
import { omittable } from "./internal/omittable.ts"
import { ConfirmationContentInput } from "./MessageContent.ts"
import type { PostMessage } from "./MessagePayloads.ts"
import { Metadata } from "./Metadata.ts"
import { Override } from "./Override.ts"

/**
 * A person on a channel for e-mail.
 *
 * @see OpenAPI 17.12.1, `matchCriteriaMailgun`
 * @category models
 * @since 0.1.0
 */
export interface MailgunMatchCriteria {
  readonly type: "mailgun"
  /** Of an integration of this type. */
  readonly integrationId: string
  /** The person's e-mail address. */
  readonly address: string
  /** Of the e-mail that is sent. */
  readonly subject?: string | undefined
  /** Whether it becomes the conversation's first client once it is linked; so unless it is said. */
  readonly primary?: boolean | undefined
}

/**
 * A person on a channel for telephones.
 *
 * @see OpenAPI 17.12.1, `matchCriteriaMessagebird`, `matchCriteriaTwilio` and `matchCriteriaWhatsapp`
 * @category models
 * @since 0.1.0
 */
export interface PhoneMatchCriteria {
  readonly type: "messagebird" | "twilio" | "whatsapp"
  /** Of an integration of this type. */
  readonly integrationId: string
  /** With `+` and the code of the country; spaces and dashes do no harm. */
  readonly phoneNumber: string
  /** Whether it becomes the conversation's first client once it is linked; so unless it is said. */
  readonly primary?: boolean | undefined
}

/**
 * Who the user is on a channel. No other channels can be linked in this way.
 *
 * @see OpenAPI 17.12.1, `matchCriteria`
 * @category models
 * @since 0.1.0
 */
export type MatchCriteria = MailgunMatchCriteria | PhoneMatchCriteria

/**
 * What the person is asked with: text or an image, with buttons that open a URI. It is no part of the conversation.
 *
 * @see OpenAPI 17.12.1, `clientCreate.confirmation.message`
 * @category models
 * @since 0.1.0
 */
export interface ConfirmationMessage extends Omit<PostMessage, "content"> {
  readonly content: ConfirmationContentInput
}

/**
 * A client to link to a user. It is pending until the channel has answered, which events tell.
 *
 * @see OpenAPI 17.12.1, `clientCreate`
 * @category models
 * @since 0.1.0
 */
export interface CreateClient {
  readonly matchCriteria: MatchCriteria
  readonly confirmation: {
    /** At once, when the person next writes, or when the person agrees. */
    readonly type: "immediate" | "userActivity" | "prompt"
    readonly message?: ConfirmationMessage | undefined
  }
  /** The conversation that the client joins. */
  readonly target: { readonly conversationId: string }
}

const base = { integrationId: Schema.String, primary: omittable(Schema.Boolean) }

const isPhoneNumber = Schema.isPattern(/^\+\d/u, {
  expected: "a telephone number with + and the code of the country",
  arbitraryConstraint: { patterns: [{ source: "^\\+1[0-9]{10}$", flags: "" }] }
})

const phone = <const Type extends string>(type: Type) =>
  Schema.Struct({ type: Schema.Literal(type), ...base, phoneNumber: Schema.String.check(isPhoneNumber) })

const MatchCriteria: Schema.Codec<MatchCriteria> = Schema.Union([
  Schema.Struct({
    type: Schema.Literal("mailgun"),
    ...base,
    address: Schema.String,
    subject: omittable(Schema.String)
  }),
  phone("messagebird"),
  phone("twilio"),
  phone("whatsapp")
]).annotate({
  identifier: "MatchCriteria",
  expected: "criteria of type mailgun, messagebird, twilio or whatsapp"
})

const ConfirmationMessage: Schema.Codec<ConfirmationMessage> = Schema.Struct({
  author: AuthorInput,
  content: ConfirmationContentInput,
  destination: omittable(Destination),
  metadata: omittable(Schema.NullOr(Metadata)),
  override: omittable(Override),
  schema: omittable(Schema.String)
}).annotate({ identifier: "ConfirmationMessage" })

/**
 * Schema of {@link CreateClient}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateClient: Schema.Codec<CreateClient> = Schema.Struct({
  matchCriteria: MatchCriteria,
  confirmation: Schema.Struct({
    type: Schema.Literals(["immediate", "userActivity", "prompt"]),
    message: omittable(ConfirmationMessage)
  }),
  target: Schema.Struct({ conversationId: Schema.String })
}).annotate({ identifier: "CreateClient" })
