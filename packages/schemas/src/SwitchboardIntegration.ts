/**
 * An integration as the switchboard of its app knows it.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"
import { text } from "./internal/optionalFields.ts"

/**
 * An integration as the switchboard of its app knows it.
 *
 * @see OpenAPI 17.12.1, `switchboardIntegration`
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardIntegration {
  /** What control is passed to; not the id of the integration behind it. */
  readonly id: string
  /** What control can be passed to, too. */
  readonly name?: string
  readonly integrationId?: string
  /** `custom`, `zd:agentWorkspace`, …; of an OAuth integration, the id of its client. */
  readonly integrationType?: string
  /** Whether it gets the events of conversations that another one is in control of. */
  readonly deliverStandbyEvents?: boolean
  /** Whom `next` means where this one is in control. */
  readonly nextSwitchboardIntegrationId?: string | null
  /** How many messages it gets of a conversation that it gets control of. */
  readonly messageHistoryCount?: number | null
}

/**
 * Schema of {@link SwitchboardIntegration}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const SwitchboardIntegration: Schema.Codec<SwitchboardIntegration> = openStruct({
  id: Schema.String,
  name: text,
  integrationId: text,
  integrationType: text,
  deliverStandbyEvents: Schema.optionalKey(Schema.Boolean),
  nextSwitchboardIntegrationId: Schema.optionalKey(Schema.NullOr(Schema.String)),
  messageHistoryCount: Schema.optionalKey(Schema.NullOr(Schema.Finite))
}).annotate({ identifier: "SwitchboardIntegration" })
