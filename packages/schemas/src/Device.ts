/**
 * The devices on which a user has the SDK.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"
import { openText } from "./internal/openText.ts"
import { text } from "./internal/optionalFields.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * A browser or a telephone on which a user has the SDK.
 *
 * **Gotchas**
 *
 * Personal data: whoever has the token can push to the person, and the addresses in `info` may carry somebody's credentials.
 *
 * @see OpenAPI 17.12.1, `device`
 * @category models
 * @since 0.1.0
 */
export interface Device {
  readonly id: string
  readonly type?: OpenText<"android" | "ios" | "web">
  /** Made by the SDK. */
  readonly guid?: string
  readonly clientId?: string
  /** Whether it gets push notifications. */
  readonly status?: OpenText<"active" | "inactive">
  readonly integrationId?: string
  readonly lastSeen?: string
  readonly pushNotificationToken?: string | null
  /** What the SDK tells, such as `currentUrl`, `userAgent` and `browserLanguage` of a browser. */
  readonly info?: { readonly [name: string]: unknown } | null
  /** Of the app that has the SDK; none in a browser. */
  readonly appVersion?: string | null
}

/**
 * Schema of {@link Device}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Device: Schema.Codec<Device> = openStruct({
  id: Schema.String,
  type: Schema.optionalKey(openText<"android" | "ios" | "web">()),
  guid: text,
  clientId: text,
  status: Schema.optionalKey(openText<"active" | "inactive">()),
  integrationId: text,
  lastSeen: text,
  pushNotificationToken: Schema.optionalKey(Schema.NullOr(Schema.String)),
  info: Schema.optionalKey(Schema.NullOr(Schema.Record(Schema.String, Schema.Unknown))),
  appVersion: Schema.optionalKey(Schema.NullOr(Schema.String))
}).annotate({ identifier: "Device" })
