/**
 * Where a message goes, when not everywhere.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { exactlyOne } from "./internal/exactlyOne.ts"
import { omittable } from "./internal/omittable.ts"

/**
 * One of the user's channels. It takes a message of the business in a `personal` conversation, and a client of the user there.
 *
 * `{ integrationType: "none" }` delivers the message to no channel at all.
 *
 * @see OpenAPI 17.12.1, `destination`
 * @category models
 * @since 0.1.0
 */
export type Destination =
  | { readonly integrationId: string; readonly integrationType?: undefined }
  | { readonly integrationType: string; readonly integrationId?: undefined }

/**
 * Schema of {@link Destination}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Destination: Schema.Codec<Destination> = exactlyOne<Destination>({
  integrationId: omittable(Schema.String),
  integrationType: omittable(Schema.String)
}).annotate({ identifier: "Destination" })
