/**
 * What the writing operations of the Webhooks API send.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { EventType } from "./Event.ts"
import { isUri } from "./internal/isUri.ts"
import { omittable } from "./internal/omittable.ts"

/**
 * Changes to a webhook: a value sets a field, absent (or `undefined`) keeps it.
 *
 * @see OpenAPI 17.12.1, `webhookBody`
 * @category models
 * @since 0.1.0
 */
export interface UpdateWebhook {
  /** The URL to call, an absolute one. */
  readonly target?: string | undefined
  /** The events to call it for, such as `conversation:message`, all of them; upper and lower case are not the same.
   * Any text is taken, since the vendor may have new ones: one that is misspelt brings no event, and nobody says so. */
  readonly triggers?: ReadonlyArray<EventType | (string & {})> | undefined
  /** Whether events that concern one user bring all that there is of the user; not unless it is said. */
  readonly includeFullUser?: boolean | undefined
  /** Whether messages of users bring the client and the device that they were sent from; not unless it is said. */
  readonly includeFullSource?: boolean | undefined
}

/**
 * A webhook to make. The vendor gives it its secret.
 *
 * @see OpenAPI 17.12.1, `webhookCreateBody`
 * @category models
 * @since 0.1.0
 */
export interface CreateWebhook extends UpdateWebhook {
  readonly target: string
  readonly triggers: ReadonlyArray<EventType | (string & {})>
}

const target = Schema.String.check(isUri)

const triggers = Schema.Array(Schema.String)

const flags = { includeFullUser: omittable(Schema.Boolean), includeFullSource: omittable(Schema.Boolean) }

/**
 * Schema of {@link CreateWebhook}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateWebhook: Schema.Codec<CreateWebhook> = Schema.Struct({ target, triggers, ...flags }).annotate({
  identifier: "CreateWebhook"
})

/**
 * Schema of {@link UpdateWebhook}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UpdateWebhook: Schema.Codec<UpdateWebhook> = Schema.Struct({
  target: omittable(target),
  triggers: omittable(triggers),
  ...flags
}).annotate({
  identifier: "UpdateWebhook"
})
