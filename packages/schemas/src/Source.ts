/**
 * Where a message comes from.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { Client } from "./Client.ts"
import { Device } from "./Device.ts"
import { openStruct } from "./internal/openStruct.ts"
import { nullableText } from "./internal/optionalFields.ts"

/**
 * The channel that a message came through.
 *
 * @see OpenAPI 17.12.1, `source`
 * @category models
 * @since 0.1.0
 */
export interface Source {
  /** Such as `web`, `whatsapp`, and `api:conversations` for what was posted through this API. */
  readonly type: string
  readonly integrationId?: string | null
  /** The id that the channel itself gave the message. */
  readonly originalMessageId?: string | null
  readonly originalMessageTimestamp?: string | null
  /** Only in deliveries to webhooks that ask for the full source. */
  readonly client?: Client | null
  /** Only in deliveries to webhooks that ask for the full source. */
  readonly device?: Device | null
}

/**
 * Schema of {@link Source}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Source: Schema.Codec<Source> = openStruct({
  type: Schema.String,
  integrationId: nullableText,
  originalMessageId: nullableText,
  originalMessageTimestamp: nullableText,
  client: Schema.optionalKey(Schema.NullOr(Client)),
  device: Schema.optionalKey(Schema.NullOr(Device))
}).annotate({ identifier: "Source" })
