/**
 * The App of the Sunshine Conversations API, as answers carry it, and its settings.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { omittable } from "./internal/omittable.ts"
import { flag } from "./internal/omittableFields.ts"
import { openStruct } from "./internal/openStruct.ts"
import { relaxed } from "./internal/relaxed.ts"
import { wholeNumber } from "./internal/wholeNumber.ts"
import { Metadata } from "./Metadata.ts"
import type { Received } from "./Received.ts"

/**
 * What can be chosen for an app; the vendor has its own choice for each.
 *
 * **Gotchas**
 *
 * `multiConvoEnabled` cannot be taken back. `endSessionEnabled` and `disableConversationReopen` need it.
 *
 * @see OpenAPI 17.12.1, `appSettings`
 * @category models
 * @since 0.1.0
 */
export interface AppSettings {
  /** The messages of a conversation in which nothing has happened for so many seconds are deleted; a whole number. */
  readonly conversationRetentionSeconds?: number | undefined
  /** Whether what looks like the number of a credit card is hidden in messages. */
  readonly maskCreditCardNumbers?: boolean | undefined
  /** Whether users of whom no name is known are called after animals. */
  readonly useAnimalNames?: boolean | undefined
  /** Whether a press on a postback button becomes a message of its conversation. */
  readonly echoPostback?: boolean | undefined
  /** Whether what comes from a channel and is no message leaves the conversation unstarted: no event, no active user to pay for. */
  readonly ignoreAutoConversationStart?: boolean | undefined
  /** Whether a user can be in several conversations; once true it stays so. */
  readonly multiConvoEnabled?: boolean | undefined
  /** Whether what the platform itself says is translated. */
  readonly appLocalizationEnabled?: boolean | undefined
  /** Whether the SDK lets users end their conversation. Needs `multiConvoEnabled`. */
  readonly endSessionEnabled?: boolean | undefined
  /** Whether a conversation that was ended stays so. Needs `multiConvoEnabled`. */
  readonly disableConversationReopen?: boolean | undefined
}

/**
 * An app.
 *
 * **Details**
 *
 * Only `id` is sure to be there. `subdomain` comes with a read of one app alone.
 *
 * @see OpenAPI 17.12.1, `app` and `appSubdomain`
 * @category models
 * @since 0.1.0
 */
export interface App {
  readonly id: string
  readonly displayName?: string | null
  readonly settings?: Received<AppSettings>
  readonly metadata?: Metadata | null
  /** That of the Zendesk account, in the addresses of its API. */
  readonly subdomain?: string
}

/**
 * Schema of {@link AppSettings}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppSettings: Schema.Codec<AppSettings> = Schema.Struct({
  conversationRetentionSeconds: omittable(Schema.Finite.check(wholeNumber(0))),
  maskCreditCardNumbers: flag,
  useAnimalNames: flag,
  echoPostback: flag,
  ignoreAutoConversationStart: flag,
  multiConvoEnabled: flag,
  appLocalizationEnabled: flag,
  endSessionEnabled: flag,
  disableConversationReopen: flag
}).annotate({ identifier: "AppSettings" })

/**
 * Schema of {@link App}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const App: Schema.Codec<App> = openStruct({
  id: Schema.String,
  displayName: Schema.optionalKey(Schema.NullOr(Schema.String)),
  settings: Schema.optionalKey(relaxed(AppSettings)),
  metadata: Schema.optionalKey(Schema.NullOr(Metadata)),
  subdomain: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "App" })
