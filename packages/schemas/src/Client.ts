/**
 * The clients of a user: the channels on which the user can be reached.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"
import { openText } from "./internal/openText.ts"
import { nullableText } from "./internal/optionalFields.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * A channel on which a user can be reached, such as a telephone number on one integration with WhatsApp, or the SDK.
 *
 * **Gotchas**
 *
 * Personal data: the number or name that the channel has for the person, and whatever else it tells.
 *
 * @see OpenAPI 17.12.1, `client`
 * @category models
 * @since 0.1.0
 */
export interface Client {
  readonly id: string
  /** Of the integration: `sdk`, `whatsapp`, `messenger`, … */
  readonly type?: string
  readonly status?: OpenText<"active" | "blocked" | "inactive" | "pending">
  /** Absent for `sdk`. */
  readonly integrationId?: string | null
  /** The user's name on the channel, such as a telephone number; absent for `sdk`, and as long as it is pending. */
  readonly externalId?: string | null
  readonly lastSeen?: string | null
  readonly linkedAt?: string | null
  readonly displayName?: string | null
  /** It has been seen empty. */
  readonly avatarUrl?: string | null
  /** What the vendor has made of what the channel tells, flat as a rule. */
  readonly info?: { readonly [name: string]: unknown } | null
  /** What the channel tells, as it does. */
  readonly raw?: { readonly [name: string]: unknown } | null
}

const anything = Schema.optionalKey(Schema.NullOr(Schema.Record(Schema.String, Schema.Unknown)))

/**
 * Schema of {@link Client}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Client: Schema.Codec<Client> = openStruct({
  id: Schema.String,
  type: Schema.optionalKey(Schema.String),
  status: Schema.optionalKey(openText<"active" | "blocked" | "inactive" | "pending">()),
  integrationId: nullableText,
  externalId: nullableText,
  lastSeen: nullableText,
  linkedAt: nullableText,
  displayName: nullableText,
  avatarUrl: nullableText,
  info: anything,
  raw: anything
}).annotate({ identifier: "Client" })
