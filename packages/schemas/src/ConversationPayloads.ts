/**
 * What the writing operations of the Conversations API send.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { codePoints } from "./internal/codePoints.ts"
import { entries } from "./internal/entries.ts"
import { exactlyOne } from "./internal/exactlyOne.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"
import { Metadata } from "./Metadata.ts"
import { JoinConversation } from "./ParticipantPayloads.ts"

/**
 * How a conversation is shown, to set: a value sets a field, `null` clears it, absent (or `undefined`) keeps it.
 *
 * @see OpenAPI 17.12.1, `conversationUpdateBody`
 * @category models
 * @since 0.1.0
 */
export interface UpdateConversation {
  /** 1 to 100 characters. */
  readonly displayName?: string | null | undefined
  /** 1 to 100 characters. */
  readonly description?: string | null | undefined
  /** An absolute URI of 1 to 2048 characters: a JPG, PNG or GIF. */
  readonly iconUrl?: string | null | undefined
  /** At most 4096 bytes as compact UTF-8 JSON. It comes with every event of the conversation. */
  readonly metadata?: Metadata | null | undefined
}

/**
 * A conversation to make.
 *
 * @see OpenAPI 17.12.1, `conversationCreateBody`
 * @category models
 * @since 0.1.0
 */
export interface CreateConversation extends UpdateConversation {
  readonly type: "personal" | "sdkGroup"
  /** Exactly one where the type is `personal`; at most 10, who have to say `subscribeSDKClient`, where it is `sdkGroup`. */
  readonly participants?: ReadonlyArray<JoinConversation> | undefined
}

const line = omittable(Schema.NullOr(Schema.String.check(codePoints(1, 100))))

const shown = {
  displayName: line,
  description: line,
  iconUrl: omittable(Schema.NullOr(Schema.String.check(codePoints(1, 2048), isUri))),
  metadata: omittable(Schema.NullOr(Metadata))
}

const hasItsPerson = Schema.makeFilter<CreateConversation>(
  ({ participants, type }) => type !== "personal" || participants?.length === 1,
  { expected: "exactly one of participants where the type is personal", toJsonSchema: () => ({}) }
)

const said = "true or false where the type is sdkGroup"

const saysWhoIsSubscribed = Schema.makeFilter<CreateConversation>(
  ({ participants, type }) =>
    type !== "sdkGroup" ||
    (participants ?? []).flatMap(({ subscribeSDKClient }, index) =>
      subscribeSDKClient === undefined
        ? [{
          path: ["participants", index, "subscribeSDKClient"],
          issue: new SchemaIssue.InvalidValue({ expected: said })
        }]
        : []
    ),
  { expected: said, toJsonSchema: () => ({}) }
)

/**
 * Schema of {@link CreateConversation}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateConversation: Schema.Codec<CreateConversation> = Schema.Struct({
  type: Schema.Literals(["personal", "sdkGroup"]),
  participants: omittable(Schema.Array(JoinConversation).check(entries(0, 10))),
  ...shown
}).check(hasItsPerson, saysWhoIsSubscribed).annotate({ identifier: "CreateConversation" })

/**
 * Schema of {@link UpdateConversation}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UpdateConversation: Schema.Codec<UpdateConversation> = Schema.Struct(shown).annotate({
  identifier: "UpdateConversation"
})

/**
 * What a channel has kept of a message, to fetch through the vendor. Only Apple Messages does so.
 *
 * @see OpenAPI 17.12.1, `downloadMessageRefBody`
 * @category models
 * @since 0.1.0
 */
export interface DownloadMessageRef {
  readonly userId: string
  readonly apple?: {
    /** As the passthrough webhook brings it. */
    readonly interactiveDataRef: {
      readonly url: string
      readonly bid: string
      readonly key: string
      readonly signature: string
      readonly owner: string
    }
  } | undefined
}

/**
 * Schema of {@link DownloadMessageRef}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const DownloadMessageRef: Schema.Codec<DownloadMessageRef> = Schema.Struct({
  userId: Schema.String,
  apple: omittable(
    Schema.Struct({
      interactiveDataRef: Schema.Struct({
        url: Schema.String,
        bid: Schema.String,
        key: Schema.String,
        signature: Schema.String,
        owner: Schema.String
      })
    })
  )
}).annotate({ identifier: "DownloadMessageRef" })

/**
 * Events for the Conversions API of Meta, in the shape of that API without what Zendesk adds: `user_data` and `messaging_channel`.
 *
 * @see OpenAPI 17.12.1, `metaConversionEvent`
 * @category models
 * @since 0.1.0
 */
export interface MetaConversionEvents {
  readonly payload: {
    readonly data: ReadonlyArray<{ readonly [name: string]: unknown }>
    readonly [name: string]: unknown
  }
}

/**
 * Events of one of the channels of Meta.
 *
 * @see OpenAPI 17.12.1, `conversionEventsBody`
 * @category models
 * @since 0.1.0
 */
export type PostConversionEvents =
  | {
    readonly messenger: MetaConversionEvents
    readonly instagram?: undefined
    readonly whatsapp?: undefined
  }
  | {
    readonly instagram: MetaConversionEvents
    readonly messenger?: undefined
    readonly whatsapp?: undefined
  }
  | {
    readonly whatsapp: MetaConversionEvents
    readonly messenger?: undefined
    readonly instagram?: undefined
  }

const metaConversionEvents = omittable(
  Schema.Struct({
    payload: Schema.StructWithRest(
      Schema.Struct({ data: Schema.Array(Schema.Record(Schema.String, Schema.Unknown)) }),
      [Schema.Record(Schema.String, Schema.Unknown)]
    )
  })
)

/**
 * Schema of {@link PostConversionEvents}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const PostConversionEvents: Schema.Codec<PostConversionEvents> = exactlyOne<PostConversionEvents>({
  messenger: metaConversionEvents,
  instagram: metaConversionEvents,
  whatsapp: metaConversionEvents
}).annotate({ identifier: "PostConversionEvents" })
