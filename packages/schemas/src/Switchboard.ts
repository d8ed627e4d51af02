/**
 * The switchboard of an app.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"

/**
 * The switchboard of an app, of which there is one at most: it says which integration is in control of a conversation.
 *
 * @see OpenAPI 17.12.1, `switchboard`
 * @category models
 * @since 0.1.0
 */
export interface Switchboard {
  readonly id: string
  /** While it is not, all integrations get all events. */
  readonly enabled?: boolean
  /** The switchboard integration that gets control of conversations that nobody is in control of. */
  readonly defaultSwitchboardIntegrationId?: string
}

/**
 * Schema of {@link Switchboard}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Switchboard: Schema.Codec<Switchboard> = openStruct({
  id: Schema.String,
  enabled: Schema.optionalKey(Schema.Boolean),
  defaultSwitchboardIntegrationId: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Switchboard" })
