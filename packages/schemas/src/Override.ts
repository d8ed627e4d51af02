/**
 * What single channels are sent in place of a message's content.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { omittable } from "./internal/omittable.ts"

/**
 * What a channel is sent as it is, in the channel's own shape.
 *
 * @see OpenAPI 17.12.1, `messageOverridePayload`
 * @category models
 * @since 0.1.0
 */
export interface ChannelOverride {
  readonly payload?: { readonly [name: string]: unknown } | undefined
}

/**
 * What Apple Messages is sent as it is.
 *
 * @see OpenAPI 17.12.1, `appleMessageOverridePayload`
 * @category models
 * @since 0.1.0
 */
export interface AppleOverride extends ChannelOverride {
  /** What the user's device has to be able to do to get it. */
  readonly withCapabilities?: ReadonlyArray<"LIST" | "TIME" | "FORM" | "QUICK" | "AUTH2"> | undefined
}

/**
 * What single channels are sent in place of the content, which has to be there all the same.
 *
 * @see OpenAPI 17.12.1, `messageOverride`
 * @category models
 * @since 0.1.0
 */
export interface Override {
  readonly apple?: AppleOverride | undefined
  readonly line?: ChannelOverride | undefined
  readonly messenger?: ChannelOverride | undefined
  readonly whatsapp?: ChannelOverride | undefined
}

const payload = omittable(Schema.Record(Schema.String, Schema.Unknown))

const channel = omittable(Schema.Struct({ payload }))

/**
 * Schema of {@link Override}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Override: Schema.Codec<Override> = Schema.Struct({
  apple: omittable(
    Schema.Struct({
      payload,
      withCapabilities: omittable(Schema.Array(Schema.Literals(["LIST", "TIME", "FORM", "QUICK", "AUTH2"])))
    })
  ),
  line: channel,
  messenger: channel,
  whatsapp: channel
}).annotate({ identifier: "Override" })
