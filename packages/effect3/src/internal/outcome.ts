import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import { type Tag, toClient } from "./toClient.ts"

/**
 * The class of an outcome: an error of Effect 3 that says what the client's of the same tag says. The type of the fields comes
 * with each class.
 *
 * @internal
 */
export const Outcome = <T extends Tag>(
  tag: T
): new<Fields extends object>(fields: Fields) => Cause.YieldableError & { readonly _tag: T } & Readonly<Fields> => {
  class OutcomeError extends Data.TaggedError(tag)<{}> {
    override get message(): string {
      return toClient(this).message
    }
  }
  // The class has whatever fields it is given; no type of it can say so for all of them.
  return OutcomeError as any
}
