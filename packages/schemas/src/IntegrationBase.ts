/**
 * What integrations of every kind have in common.
 *
 * @since 0.1.0
 */
import type { OpenText } from "./Unrecognized.ts"

/**
 * What an integration of any kind but `custom` can be made with.
 *
 * @see OpenAPI 17.12.1, `integration`, `defaultResponderId` and `showAIDisclaimer`
 * @category models
 * @since 0.1.0
 */
export interface CreateIntegrationBase {
  /** For people, at most 100 characters. */
  readonly displayName?: string | null | undefined
  /** Who answers on this channel first, where it is not whom the switchboard names. It is not given back: see `defaultResponder`. */
  readonly defaultResponderId?: string | null | undefined
  /** Whether users are told when an AI writes to them, as they are unless it is `false`: whether they may not be is yours to know. */
  readonly showAIDisclaimer?: boolean | undefined
}

/**
 * What can be changed of an integration of any kind but `custom`: a value sets a field, `null` clears it, absent (or `undefined`)
 * keeps it. Of the kinds `line`, `messagebird`, `telegram`, `twilio`, `twitter` and `viber` nothing else can.
 *
 * @see OpenAPI 17.12.1, `integrationUpdateBase`
 * @category models
 * @since 0.1.0
 */
export interface UpdateIntegrationBase extends CreateIntegrationBase {
  /** For people, 1 to 100 characters. */
  readonly displayName?: string | null | undefined
}

/**
 * What is sure to be there of an integration of any kind, and what may be.
 *
 * @see OpenAPI 17.12.1, `integration`
 * @category models
 * @since 0.1.0
 */
export interface IntegrationBase {
  readonly id: string
  readonly status?: OpenText<"active" | "error" | "inactive">
  readonly displayName?: string | null
}

/**
 * Who answers first on a channel: an integration of the switchboard.
 *
 * @see OpenAPI 17.12.1, `defaultResponder`
 * @category models
 * @since 0.1.0
 */
export interface DefaultResponder {
  /** Its name on the switchboard. */
  readonly name?: string
  readonly integrationId?: string
  readonly integrationType?: string
  /** Whether it hears of conversations in which another has control. */
  readonly deliverStandbyEvents?: boolean
  /** To whom it passes control by `next`. */
  readonly nextSwitchboardIntegrationId?: string | null
  /** How many messages it gets with the control that is passed to it. */
  readonly messageHistoryCount?: number
  /** Whether it is whom the switchboard names for all; `false` where this channel has one of its own. */
  readonly inherited?: boolean
}

/**
 * {@link IntegrationBase}, with what any kind but `custom` has.
 *
 * @see OpenAPI 17.12.1, `defaultResponder` and `showAIDisclaimer`
 * @category models
 * @since 0.1.0
 */
export interface ChannelBase extends IntegrationBase {
  readonly defaultResponder?: DefaultResponder | null
  readonly showAIDisclaimer?: boolean
}
