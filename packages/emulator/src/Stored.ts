/**
 * What the emulator keeps, for assertions.
 *
 * @since 0.1.0
 */
import { User } from "@sunco/schemas/User"
import * as Schema from "effect/Schema"

/**
 * What an app keeps, by resource and in the order of arrival.
 *
 * @category models
 * @since 0.1.0
 */
export interface Stored {
  readonly Users: ReadonlyArray<User>
}

/**
 * Schema of {@link Stored}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Stored: Schema.Codec<Stored> = Schema.Struct({ Users: Schema.Array(User) }).annotate({
  identifier: "Stored",
  description: "What an app keeps, by resource and in the order of arrival."
})
