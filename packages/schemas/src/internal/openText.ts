import * as Schema from "effect/Schema"
import type { OpenText } from "../Unrecognized.ts"

/**
 * Any text, of which the type knows some.
 *
 * @internal
 */
export const openText = <Known extends string>(): Schema.Codec<OpenText<Known>> =>
  // What distinguishes a value that is not known from text is there for the compiler alone.
  Schema.String as Schema.Codec<string> as Schema.Codec<OpenText<Known>>
