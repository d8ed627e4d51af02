import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import type * as Types from "effect/Types"
import { type Tag, toClient } from "./toClient.ts"

/**
 * The class of a reason: an error of Effect 3 that says what the client's reason of the same tag and fields says.
 *
 * The type of the fields comes with each class, as in `Data.TaggedError`, whose signature this is, its `any` included.
 *
 * @internal
 */
export const Reason = <T extends Tag>(
  tag: T
): new<A extends Record<string, any> = {}>(
  args: Types.VoidIfEmpty<{ readonly [P in keyof A as P extends "_tag" ? never : P]: A[P] }>
) => Cause.YieldableError & { readonly _tag: T; readonly isRetryable: boolean } & Readonly<A> => {
  class ReasonError extends Data.TaggedError(tag)<{}> {
    override get message(): string {
      return toClient(this).message
    }
    get isRetryable(): boolean {
      const reason = toClient(this)
      return "isRetryable" in reason && reason.isRetryable
    }
  }
  // The class has whatever fields it is given; no type of it can say so for all of them.
  return ReasonError as any
}
