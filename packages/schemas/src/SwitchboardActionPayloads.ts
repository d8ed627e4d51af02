/**
 * What the operations of the Switchboard Actions API send.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { metadata } from "./internal/omittableFields.ts"
import type { Metadata } from "./Metadata.ts"

interface WithMetadata {
  /**
   * For whoever gets the event of it, at most 4096 bytes as compact UTF-8 JSON. Zendesk's own integrations read some of it, such as
   * `dataCapture.ticketField.<id>`.
   */
  readonly metadata?: Metadata | null | undefined
}

/**
 * Who is to be in control of a conversation.
 *
 * @see OpenAPI 17.12.1, `passControlBody`
 * @category models
 * @since 0.1.0
 */
export interface PassControl extends WithMetadata {
  /**
   * A switchboard integration by its id, else by its name, else by its type where no other has that; or `next`, the one that the
   * switchboard has after the one in control.
   */
  readonly switchboardIntegration: string
}

/**
 * Who is offered control of a conversation.
 *
 * @see OpenAPI 17.12.1, `offerControlBody`
 * @category models
 * @since 0.1.0
 */
export interface OfferControl extends WithMetadata {
  /**
   * A switchboard integration by its id, else by its name, else by its type where no other has that; or `next`, the one that the
   * switchboard has after the one in control.
   */
  readonly switchboardIntegration: string
}

/**
 * What is said where an offer of control is accepted.
 *
 * @see OpenAPI 17.12.1, `acceptControlBody`
 * @category models
 * @since 0.1.0
 */
export interface AcceptControl extends WithMetadata {}

/**
 * What is said where control is let go of.
 *
 * @see OpenAPI 17.12.1, `releaseControlBody`
 * @category models
 * @since 0.1.0
 */
export interface ReleaseControl extends WithMetadata {}

const target = Schema.String.check(isNotEmpty("the id, name or type of a switchboard integration, or next"))

/**
 * Schema of {@link PassControl}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const PassControl: Schema.Codec<PassControl> = Schema.Struct({
  switchboardIntegration: target,
  metadata
}).annotate({ identifier: "PassControl" })

/**
 * Schema of {@link OfferControl}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const OfferControl: Schema.Codec<OfferControl> = Schema.Struct({
  switchboardIntegration: target,
  metadata
}).annotate({ identifier: "OfferControl" })

/**
 * Schema of {@link AcceptControl}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AcceptControl: Schema.Codec<AcceptControl> = Schema.Struct({ metadata }).annotate({
  identifier: "AcceptControl"
})

/**
 * Schema of {@link ReleaseControl}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const ReleaseControl: Schema.Codec<ReleaseControl> = Schema.Struct({ metadata }).annotate({
  identifier: "ReleaseControl"
})
