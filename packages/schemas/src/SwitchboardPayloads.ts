/**
 * What the writing operation of the Switchboards API sends.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { omittable } from "./internal/omittable.ts"

/**
 * Changes to a switchboard: what is absent (or `undefined`) stays as it is.
 *
 * @see OpenAPI 17.12.1, `switchboardUpdateBody`
 * @category models
 * @since 0.1.0
 */
export interface UpdateSwitchboard {
  /** A switchboard is made disabled, and needs a default to be enabled. */
  readonly enabled?: boolean | undefined
  /** The switchboard integration that gets control of conversations that nobody is in control of. */
  readonly defaultSwitchboardIntegrationId?: string | undefined
}

/**
 * Schema of {@link UpdateSwitchboard}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UpdateSwitchboard: Schema.Codec<UpdateSwitchboard> = Schema.Struct({
  enabled: omittable(Schema.Boolean),
  defaultSwitchboardIntegrationId: omittable(Schema.String)
}).annotate({
  identifier: "UpdateSwitchboard"
})
