/**
 * What the events of the vendor's webhooks carry, type by type.
 *
 * Required is what an event is about: the conversation, the message, the client or the user whose it is. All else may be absent,
 * because the vendor's document requires nothing.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Struct from "effect/Struct"
import { Author } from "./Author.ts"
import { Client } from "./Client.ts"
import { Conversation } from "./Conversation.ts"
import { openStruct } from "./internal/openStruct.ts"
import { openText } from "./internal/openText.ts"
import { text } from "./internal/optionalFields.ts"
import { Message } from "./Message.ts"
import { Metadata } from "./Metadata.ts"
import { partial } from "./Partial.ts"
import { Source } from "./Source.ts"
import type { OpenText } from "./Unrecognized.ts"
import { User } from "./User.ts"

/**
 * A campaign that the user has met.
 *
 * @see OpenAPI 17.12.1, `campaign`
 * @category models
 * @since 0.1.0
 */
export interface Campaign {
  readonly id?: string
}

/**
 * Where something comes from, with the campaign that led to it.
 *
 * @see OpenAPI 17.12.1, `sourceWithCampaignWebhook`
 * @category models
 * @since 0.1.0
 */
export interface EventSource extends Source {
  readonly campaign?: Campaign | null
}

/**
 * Who wrote a message or did something. The user is whole where the webhook asks for that (`includeFullUser`).
 *
 * **Gotchas**
 *
 * A business is an author, too: what was posted through this API comes back as an event. Whoever answers messages looks for
 * authors of type `user`.
 *
 * @see OpenAPI 17.12.1, `authorWebhook`
 * @category models
 * @since 0.1.0
 */
export interface EventAuthor extends Author {
  readonly user?: User
}

/**
 * A message, as events have it.
 *
 * @see OpenAPI 17.12.1, `messageWebhook`
 * @category models
 * @since 0.1.0
 */
export interface EventMessage extends Omit<Message, "author" | "source"> {
  readonly author?: EventAuthor
  readonly source?: EventSource
}

/**
 * What was done in a conversation without a word.
 *
 * @see OpenAPI 17.12.1, `activity`
 * @category models
 * @since 0.1.0
 */
export interface EventActivity {
  readonly type: OpenText<"conversation:read" | "typing:start" | "typing:stop">
  readonly author?: EventAuthor
  readonly source?: EventSource
}

/**
 * How a user was referred to a conversation.
 *
 * @see OpenAPI 17.12.1, `referral`
 * @category models
 * @since 0.1.0
 */
export interface Referral {
  readonly code?: string
  readonly details?: {
    /** Such as `MESSENGER_CODE` or `ADS`. */
    readonly source?: string
    /** Such as `OPEN-THREAD`. */
    readonly type?: string
    /** Of the ad that the user came from. */
    readonly adId?: string | null
  } | null
}

/**
 * What went wrong: an object of which the document says nothing; `code` and `message` have been seen.
 *
 * @see OpenAPI 17.12.1, `clientRemoveEvent`, `switchboardPassControlFailure`
 * @category models
 * @since 0.1.0
 */
export interface EventError {
  readonly code?: string
  readonly message?: string
}

/**
 * Of `client:add`.
 *
 * @see OpenAPI 17.12.1, `clientAddEvent`
 * @category models
 * @since 0.1.0
 */
export interface ClientAdd {
  readonly client: Client
  readonly user?: User
  /** Where a channel is linked to a certain conversation. */
  readonly conversation?: Conversation | null
  readonly reason?: OpenText<"authCode" | "channelLinking" | "sdkLogin">
  readonly source?: EventSource
}

/**
 * Of `client:update`.
 *
 * @see OpenAPI 17.12.1, `clientUpdateEvent`
 * @category models
 * @since 0.1.0
 */
export interface ClientUpdate {
  readonly client: Client
  readonly user?: User
  readonly conversation?: Conversation | null
  /** `confirmed` when it can be used, `blocked` and `unblocked` when the user has left and come back. */
  readonly reason?: OpenText<"blocked" | "confirmed" | "matched" | "unblocked">
}

/**
 * Of `client:remove`.
 *
 * @see OpenAPI 17.12.1, `clientRemoveEvent`
 * @category models
 * @since 0.1.0
 */
export interface ClientRemove {
  readonly client: Client
  readonly user?: User
  /** Of the reasons `linkCancelled`, `linkFailed` and `theft`, unless the conversation is gone. */
  readonly conversation?: Conversation | null
  /** `theft` when it went over to another user. */
  readonly reason?: OpenText<"api" | "linkCancelled" | "linkFailed" | "sdk" | "theft">
  /** Of the reasons `linkCancelled` and `linkFailed`. */
  readonly error?: EventError | null
  readonly source?: EventSource
}

/**
 * Of `conversation:create`.
 *
 * @see OpenAPI 17.12.1, `conversationCreateEvent`
 * @category models
 * @since 0.1.0
 */
export interface ConversationCreate {
  readonly conversation: Conversation
  /** `none` where it was made through the API. */
  readonly creationReason?: OpenText<
    | "linkRequest"
    | "message"
    | "none"
    | "notification"
    | "prechatCapture"
    | "proactiveMessaging"
    | "startConversation"
  >
  readonly source?: EventSource
  /** Of personal conversations. */
  readonly user?: User | null
  readonly referral?: Referral | null
}

/**
 * Of `conversation:join` and `conversation:leave`, which are of groups.
 *
 * @see OpenAPI 17.12.1, `conversationJoinEvent`, `conversationLeaveEvent`
 * @category models
 * @since 0.1.0
 */
export interface ConversationMembership {
  readonly conversation: Conversation
  readonly user?: User
}

/**
 * Of `conversation:remove`.
 *
 * @see OpenAPI 17.12.1, `conversationRemoveEvent`
 * @category models
 * @since 0.1.0
 */
export interface ConversationRemove {
  readonly conversation: Conversation
}

/**
 * Of `conversation:message`.
 *
 * @see OpenAPI 17.12.1, `conversationMessageEvent`
 * @category models
 * @since 0.1.0
 */
export interface ConversationMessage {
  readonly conversation: Conversation
  readonly message: EventMessage
  /** What the Notification API has sent since the user wrote last. */
  readonly recentNotifications?: ReadonlyArray<EventMessage>
}

/**
 * Of `conversation:message:delivery:channel` and `conversation:message:delivery:user`.
 *
 * @see OpenAPI 17.12.1, `conversationMessageDeliveryPayload`
 * @category models
 * @since 0.1.0
 */
export interface MessageDelivery {
  readonly conversation: Conversation
  /** Of the message only the id is told. */
  readonly message: { readonly id: string }
  readonly user?: User
  readonly destination?: {
    /** The channel, such as `web` or `whatsapp`. */
    readonly type?: string
    readonly integrationId?: string
  }
  /** What became of the message on the channel, in no certain order. */
  readonly externalMessages?: ReadonlyArray<{ readonly id?: string }> | null
  /** Whether no other event comes for this message and this type of destination. */
  readonly isFinalEvent?: boolean
}

/**
 * Of `conversation:message:delivery:failure`.
 *
 * @see OpenAPI 17.12.1, `conversationMessageDeliveryFailureEvent`
 * @category models
 * @since 0.1.0
 */
export interface MessageDeliveryFailure extends MessageDelivery {
  readonly error?: EventError
}

/**
 * Of `conversation:postback`: a button of that kind was pressed. A pressed button of the kind `reply` is a message instead.
 *
 * @see OpenAPI 17.12.1, `conversationPostbackEvent`
 * @category models
 * @since 0.1.0
 */
export interface ConversationPostback {
  readonly conversation: Conversation
  readonly postback: {
    readonly payload?: string
    readonly metadata?: Metadata | null
  }
  readonly user?: User
  readonly source?: EventSource
}

/**
 * Of `conversation:read` and `conversation:typing`.
 *
 * @see OpenAPI 17.12.1, `conversationReadEvent`, `conversationTypingEvent`
 * @category models
 * @since 0.1.0
 */
export interface ConversationActivity {
  readonly conversation: Conversation
  readonly activity: EventActivity
}

/**
 * Of `conversation:referral`: a user was referred to a conversation that there was.
 *
 * @see OpenAPI 17.12.1, `conversationReferralEvent`
 * @category models
 * @since 0.1.0
 */
export interface ConversationReferral {
  readonly conversation: Conversation
  readonly user?: User
  readonly source?: EventSource
  readonly referral?: Referral
}

/**
 * Of `switchboard:acceptControl` and `switchboard:offerControl`. Who has control, and whom it is offered, is in the conversation.
 *
 * @see OpenAPI 17.12.1, `switchboardAcceptControl`, `switchboardOfferControl`
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardControl {
  readonly conversation: Conversation
  /** What the caller sent with it. */
  readonly metadata?: Metadata | null
}

/**
 * Of `switchboard:passControl` and `switchboard:releaseControl`.
 *
 * @see OpenAPI 17.12.1, `switchboardPassControl`, `switchboardReleaseControl`
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardPass extends SwitchboardControl {
  readonly reason?: OpenText<"ticketClosed" | "transferToEmail">
}

/**
 * Of `switchboard:acceptControl:failure`, `switchboard:offerControl:failure` and `switchboard:passControl:failure`.
 *
 * @see OpenAPI 17.12.1, `switchboardPassControlFailure`
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardFailure extends SwitchboardControl {
  readonly error?: EventError
}

/**
 * What was left of two things, and what went into it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Merged<A> {
  readonly surviving: A
  readonly discarded: A
}

/**
 * Of `user:merge`.
 *
 * @see OpenAPI 17.12.1, `userMergeEvent`
 * @category models
 * @since 0.1.0
 */
export interface UserMerge {
  readonly mergedUsers: Merged<User>
  readonly mergedConversations?: Merged<Conversation> | null
  /** The client that there was, and the pending one. */
  readonly mergedClients?: Merged<Client> | null
  /** Metadata for which there was no room. */
  readonly discardedMetadata?: Metadata | null
  readonly reason?: OpenText<"api" | "channelLinking" | "sdkLogin">
}

/**
 * Of `user:update`, which comes when somebody has logged in or a language was found out, and not after every update of a user.
 *
 * @see OpenAPI 17.12.1, `userUpdateEvent`
 * @category models
 * @since 0.1.0
 */
export interface UserUpdate {
  readonly user: User
  readonly reason?: OpenText<"authentication" | "localeDetection">
  readonly source?: EventSource
}

/**
 * Of `user:remove`: the user is gone.
 *
 * @see OpenAPI 17.12.1, `userRemoveEvent`
 * @category models
 * @since 0.1.0
 */
export interface UserRemove {
  readonly user: User
}

/**
 * Of `passthrough:messaging`, of which the vendor documents nothing but the name.
 *
 * @category models
 * @since 0.1.0
 */
export interface PassthroughMessaging {
  readonly [name: string]: unknown
}

/**
 * The payload of each type of event.
 *
 * @see OpenAPI 17.12.1, the triggers of a webhook
 * @category models
 * @since 0.1.0
 */
export interface EventPayloads {
  readonly "client:add": ClientAdd
  readonly "client:remove": ClientRemove
  readonly "client:update": ClientUpdate
  readonly "conversation:create": ConversationCreate
  readonly "conversation:join": ConversationMembership
  readonly "conversation:leave": ConversationMembership
  readonly "conversation:message": ConversationMessage
  readonly "conversation:message:delivery:channel": MessageDelivery
  readonly "conversation:message:delivery:failure": MessageDeliveryFailure
  readonly "conversation:message:delivery:user": MessageDelivery
  readonly "conversation:postback": ConversationPostback
  readonly "conversation:read": ConversationActivity
  readonly "conversation:referral": ConversationReferral
  readonly "conversation:remove": ConversationRemove
  readonly "conversation:typing": ConversationActivity
  readonly "passthrough:messaging": PassthroughMessaging
  readonly "switchboard:acceptControl": SwitchboardControl
  readonly "switchboard:acceptControl:failure": SwitchboardFailure
  readonly "switchboard:offerControl": SwitchboardControl
  readonly "switchboard:offerControl:failure": SwitchboardFailure
  readonly "switchboard:passControl": SwitchboardPass
  readonly "switchboard:passControl:failure": SwitchboardFailure
  readonly "switchboard:releaseControl": SwitchboardPass
  readonly "user:merge": UserMerge
  readonly "user:remove": UserRemove
  readonly "user:update": UserUpdate
}

const optional = Schema.optionalKey

const nullable = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

const EventSource: Schema.Codec<EventSource> = openStruct({
  ...partial(Source).fields,
  type: Schema.String,
  campaign: nullable(openStruct({ id: text }))
}).annotate({ identifier: "EventSource" })

const EventAuthor: Schema.Codec<EventAuthor> = openStruct({
  ...partial(Author).fields,
  type: openText<"business" | "user">(),
  user: optional(User)
}).annotate({ identifier: "EventAuthor" })

/**
 * Schema of {@link EventMessage}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const EventMessage: Schema.Codec<EventMessage> = openStruct({
  ...Struct.omit(partial(Message).fields, ["author", "source"]),
  id: Schema.String,
  author: optional(EventAuthor),
  source: optional(EventSource)
}).annotate({ identifier: "EventMessage" })

const EventActivity: Schema.Codec<EventActivity> = openStruct({
  type: openText<"conversation:read" | "typing:start" | "typing:stop">(),
  author: optional(EventAuthor),
  source: optional(EventSource)
}).annotate({ identifier: "EventActivity" })

const Referral: Schema.Codec<Referral> = openStruct({
  code: text,
  details: nullable(openStruct({ source: text, type: text, adId: nullable(Schema.String) }))
}).annotate({ identifier: "Referral" })

const EventError: Schema.Codec<EventError> = openStruct({ code: text, message: text }).annotate({
  identifier: "EventError"
})

const inConversation = { conversation: Conversation }

const reason = <Known extends string>() => optional(openText<Known>())

const ofClient = { client: Client, user: optional(User), conversation: nullable(Conversation) }

const membership: Schema.Codec<ConversationMembership> = openStruct({ ...inConversation, user: optional(User) })

const activity: Schema.Codec<ConversationActivity> = openStruct({ ...inConversation, activity: EventActivity })

const delivered = {
  ...inConversation,
  message: openStruct({ id: Schema.String }),
  user: optional(User),
  destination: optional(openStruct({ type: text, integrationId: text })),
  externalMessages: nullable(Schema.Array(openStruct({ id: text }))),
  isFinalEvent: optional(Schema.Boolean)
}

const delivery: Schema.Codec<MessageDelivery> = openStruct(delivered)

const controlled = { ...inConversation, metadata: nullable(Metadata) }

const control: Schema.Codec<SwitchboardControl> = openStruct(controlled)

const pass: Schema.Codec<SwitchboardPass> = openStruct({
  ...controlled,
  reason: reason<"ticketClosed" | "transferToEmail">()
})

const controlFailure: Schema.Codec<SwitchboardFailure> = openStruct({ ...controlled, error: optional(EventError) })

const merged = <A>(schema: Schema.Codec<A>): Schema.Codec<Merged<A>> =>
  openStruct({ surviving: schema, discarded: schema })

/**
 * The schemas of the payloads, type by type; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const EventPayloads: { readonly [Type in keyof EventPayloads]: Schema.Codec<EventPayloads[Type]> } = {
  "client:add": openStruct({
    ...ofClient,
    reason: reason<"authCode" | "channelLinking" | "sdkLogin">(),
    source: optional(EventSource)
  }),
  "client:remove": openStruct({
    ...ofClient,
    reason: reason<"api" | "linkCancelled" | "linkFailed" | "sdk" | "theft">(),
    error: nullable(EventError),
    source: optional(EventSource)
  }),
  "client:update": openStruct({
    ...ofClient,
    reason: reason<"blocked" | "confirmed" | "matched" | "unblocked">()
  }),
  "conversation:create": openStruct({
    ...inConversation,
    creationReason: reason<
      | "linkRequest"
      | "message"
      | "none"
      | "notification"
      | "prechatCapture"
      | "proactiveMessaging"
      | "startConversation"
    >(),
    source: optional(EventSource),
    user: nullable(User),
    referral: nullable(Referral)
  }),
  "conversation:join": membership,
  "conversation:leave": membership,
  "conversation:message": openStruct({
    ...inConversation,
    message: EventMessage,
    recentNotifications: optional(Schema.Array(EventMessage))
  }),
  "conversation:message:delivery:channel": delivery,
  "conversation:message:delivery:failure": openStruct({ ...delivered, error: optional(EventError) }),
  "conversation:message:delivery:user": delivery,
  "conversation:postback": openStruct({
    ...inConversation,
    postback: openStruct({ payload: text, metadata: nullable(Metadata) }),
    user: optional(User),
    source: optional(EventSource)
  }),
  "conversation:read": activity,
  "conversation:referral": openStruct({
    ...inConversation,
    user: optional(User),
    source: optional(EventSource),
    referral: optional(Referral)
  }),
  "conversation:remove": openStruct(inConversation),
  "conversation:typing": activity,
  "passthrough:messaging": Schema.Record(Schema.String, Schema.Unknown),
  "switchboard:acceptControl": control,
  "switchboard:acceptControl:failure": controlFailure,
  "switchboard:offerControl": control,
  "switchboard:offerControl:failure": controlFailure,
  "switchboard:passControl": pass,
  "switchboard:passControl:failure": controlFailure,
  "switchboard:releaseControl": pass,
  "user:merge": openStruct({
    mergedUsers: merged(User),
    mergedConversations: nullable(merged(Conversation)),
    mergedClients: nullable(merged(Client)),
    discardedMetadata: nullable(Metadata),
    reason: reason<"api" | "channelLinking" | "sdkLogin">()
  }),
  "user:remove": openStruct({ user: User }),
  "user:update": openStruct({
    user: User,
    reason: reason<"authentication" | "localeDetection">(),
    source: optional(EventSource)
  })
}
