/**
 * How the secrets of answers are hidden.
 *
 * @since 0.1.0
 */
import type { Wrap } from "@sunco/schemas/Reading"
import * as Context from "effect/Context"

/**
 * What a client puts the secrets of its answers into; `Redacted` of Effect 4 where nothing is provided when it is made. It is for
 * faces of this client that have a kind of their own, as `@sunco/effect3` has.
 *
 * @category services
 * @since 0.1.0
 */
export const SecretWrapper: Context.Reference<Wrap | undefined> = Context.Reference<Wrap | undefined>(
  "@sunco/client/SecretWrapper",
  { defaultValue: () => undefined }
)
