/**
 * What the writing operations of the Switchboard Integrations API send.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { codePoints } from "./internal/codePoints.ts"
import { atMostOne, exactlyOne } from "./internal/exactlyOne.ts"
import { omittable } from "./internal/omittable.ts"
import { wholeNumber } from "./internal/wholeNumber.ts"

/**
 * What is said of a switchboard integration beside its name and the integration behind it.
 *
 * @category models
 * @since 0.1.0
 */
export interface SwitchboardIntegrationSettings {
  /** Whether it gets the events of conversations that another one is in control of; so unless it is said. */
  readonly deliverStandbyEvents?: boolean | undefined
  /** Whom `next` means where this one is in control. */
  readonly nextSwitchboardIntegrationId?: string | null | undefined
  /** How many messages it gets of a conversation that it gets control of: 1 to 10. */
  readonly messageHistoryCount?: number | null | undefined
}

/**
 * An integration that is to take turns, by one of two: a custom one by its id, one of OAuth by its type.
 *
 * @see OpenAPI 17.12.1, `switchboardIntegrationCreateBody`
 * @category models
 * @since 0.1.0
 */
export type CreateSwitchboardIntegration =
  & (
    | { readonly integrationId: string; readonly integrationType?: undefined }
    | { readonly integrationType: string; readonly integrationId?: undefined }
  )
  & SwitchboardIntegrationSettings
  & {
    /** What control can be passed to, and so no other's: 1 to 128 letters, digits, dashes and underscores. */
    readonly name: string
  }

/**
 * Changes to a switchboard integration: a value sets a field, `null` clears it, absent (or `undefined`) keeps it.
 *
 * @see OpenAPI 17.12.1, `switchboardIntegrationUpdateBody`
 * @category models
 * @since 0.1.0
 */
export type UpdateSwitchboardIntegration =
  & (
    | { readonly integrationId?: string | undefined; readonly integrationType?: undefined }
    | { readonly integrationType?: string | undefined; readonly integrationId?: undefined }
  )
  & SwitchboardIntegrationSettings
  & {
    /** 1 to 128 letters, digits, dashes and underscores. */
    readonly name?: string | undefined
  }

const Name = Schema.String.check(
  codePoints(0, 128),
  Schema.isPattern(/^[A-Za-z0-9_-]+$/, { expected: "letters, digits, - and _, one at least" })
)

const integration = { integrationId: omittable(Schema.String), integrationType: omittable(Schema.String) }

const settings = {
  deliverStandbyEvents: omittable(Schema.Boolean),
  nextSwitchboardIntegrationId: omittable(Schema.NullOr(Schema.String)),
  messageHistoryCount: omittable(Schema.NullOr(Schema.Finite.check(wholeNumber(1, 10))))
}

/**
 * Schema of {@link CreateSwitchboardIntegration}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateSwitchboardIntegration: Schema.Codec<CreateSwitchboardIntegration> = exactlyOne<
  CreateSwitchboardIntegration
>(integration, { name: Name, ...settings }).annotate({
  identifier: "CreateSwitchboardIntegration"
})

/**
 * Schema of {@link UpdateSwitchboardIntegration}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const UpdateSwitchboardIntegration: Schema.Codec<UpdateSwitchboardIntegration> = atMostOne<
  UpdateSwitchboardIntegration
>(integration, { name: omittable(Name), ...settings }).annotate({
  identifier: "UpdateSwitchboardIntegration"
})
