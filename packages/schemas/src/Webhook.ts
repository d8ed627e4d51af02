/**
 * The webhooks of an integration: where the vendor sends events, as answers carry them.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { openText } from "./internal/openText.ts"
import { sealedStruct } from "./internal/sealedStruct.ts"
import { Secret } from "./Secret.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * A webhook: an address that is called when something happens.
 *
 * **Details**
 *
 * Only `id` is sure to be there. What this release does not know of it is `Redacted`.
 *
 * **Gotchas**
 *
 * The query of a `target` may hold a token of whoever chose it, and is shown when it is printed.
 *
 * @see OpenAPI 17.12.1, `webhook`
 * @category models
 * @since 0.1.0
 */
export interface Webhook<Secret = Redacted.Redacted> {
  readonly id: string
  /** Of what is sent to it. */
  readonly version?: OpenText<"v1" | "v1.1" | "v2">
  /** The URL that is called. */
  readonly target?: string
  /** The events that it is called for, such as `conversation:message`. */
  readonly triggers?: ReadonlyArray<string>
  /** Comes with every call of the target, which knows the vendor by it. The vendor makes it. */
  readonly secret?: Secret
  /** Whether events that concern one user bring all that there is of the user. */
  readonly includeFullUser?: boolean
  /** Whether messages of users bring the client and the device that they were sent from. */
  readonly includeFullSource?: boolean
}

/**
 * Schema of {@link Webhook}; unknown fields are kept, and nothing prints them.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Webhook: Schema.Codec<Webhook, Webhook<string>> = sealedStruct({
  id: Schema.String,
  version: Schema.optionalKey(openText<"v1" | "v1.1" | "v2">()),
  target: Schema.optionalKey(Schema.String),
  triggers: Schema.optionalKey(Schema.Array(Schema.String)),
  secret: Schema.optionalKey(Secret),
  includeFullUser: Schema.optionalKey(Schema.Boolean),
  includeFullSource: Schema.optionalKey(Schema.Boolean)
}).annotate({ identifier: "Webhook" })
