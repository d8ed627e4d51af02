/**
 * The integrations of an app, as answers carry them: the channels that its users are on, and the programs that are told of them.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Record from "effect/Record"
import type * as Schema from "effect/Schema"
import type {
  AppleIntegration,
  InstagramIntegration,
  LineIntegration,
  MailgunIntegration,
  MessagebirdIntegration,
  MessengerIntegration,
  TelegramIntegration,
  TwilioIntegration,
  TwitterIntegration,
  ViberIntegration,
  WhatsappIntegration
} from "./ChannelIntegration.ts"
import type { CustomIntegration } from "./CustomIntegration.ts"
import type { IntegrationBase } from "./IntegrationBase.ts"
import { integrationBase } from "./internal/integrationKind.ts"
import { integrationKinds } from "./internal/integrationKinds.ts"
import { openUnion } from "./internal/openUnion.ts"
import { sealedStruct } from "./internal/sealedStruct.ts"
import type { AndroidIntegration, IosIntegration, UnityIntegration, WebIntegration } from "./SdkIntegration.ts"
import type { Unrecognized } from "./Unrecognized.ts"

/**
 * An integration of a kind that this release does not know. All its other fields are `Redacted`: `UnknownFields.get` reads them.
 *
 * @category models
 * @since 0.1.0
 */
export interface UnrecognizedIntegration extends IntegrationBase, Unrecognized {}

/**
 * An integration; it narrows by its `type`.
 *
 * **Details**
 *
 * Only `id` and `type` are sure to be there. Most secrets that an integration was made with are in no answer. Those that are, are
 * `Redacted`, and so is whatever this release does not know of an integration: nothing prints them.
 *
 * **Example** (Several kinds, and whatever comes later)
 *
 * ```ts
 * import type { Integration } from "@sunco/schemas/Integration"
 *
 * const addressOf = (integration: Integration): string | undefined => {
 *   switch (integration.type) {
 *     case "custom":
 *       return integration.webhooks?.[0]?.target
 *     case "mailgun":
 *       return integration.incomingAddress
 *     default:
 *       return undefined
 *   }
 * }
 *
 * console.log(addressOf({ id: "5e4af71a81966cfff3ef6550", type: "mailgun", incomingAddress: "ada@example.com" }))
 * // ada@example.com
 * ```
 *
 * @see OpenAPI 17.12.1, `integration`
 * @category models
 * @since 0.1.0
 */
export type Integration<Secret = Redacted.Redacted> =
  | AndroidIntegration<Secret>
  | AppleIntegration<Secret>
  | CustomIntegration<Secret>
  | InstagramIntegration
  | IosIntegration
  | LineIntegration<Secret>
  | MailgunIntegration<Secret>
  | MessagebirdIntegration<Secret>
  | MessengerIntegration<Secret>
  | TelegramIntegration
  | TwilioIntegration
  | TwitterIntegration
  | UnityIntegration
  | ViberIntegration
  | WebIntegration
  | WhatsappIntegration<Secret>
  | UnrecognizedIntegration

/**
 * Schema of {@link Integration}; unknown fields and kinds are kept, and nothing prints them.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Integration: Schema.Codec<Integration, unknown> = openUnion(
  Record.map(integrationKinds, ({ answer }) => answer),
  (type): Schema.Codec<IntegrationBase & { readonly type: string }, unknown> =>
    sealedStruct({ type, ...integrationBase })
).annotate({ identifier: "Integration" })
