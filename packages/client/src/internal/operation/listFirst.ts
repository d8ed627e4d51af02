import type { Path } from "@sunco/schemas/Reading"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { CallOptions } from "../../CallOptions.ts"
import * as RetryPolicy from "../../RetryPolicy.ts"
import type { InvalidInput, SunshineError } from "../../SunshineError.ts"
import { call } from "../call/call.ts"
import type { Core } from "../call/core.ts"
import { reasonOf, unexpected } from "../call/lift.ts"
import type { Method } from "../call/method.ts"
import type { Ambiguous, OperationPlan, Plan, Settled } from "../call/plan.ts"
import { sharedDeadline } from "../call/sharedDeadline.ts"
import type { WireRequest } from "../transport/wire.ts"
import { failing } from "./failing.ts"
import { refuse } from "./resource.ts"

/** A request of one operation, and the plan of it. */
interface Asked<A, E> {
  readonly encoded: Result.Result<WireRequest, InvalidInput>
  readonly plan: (request: WireRequest) => OperationPlan<A, E>
}

/**
 * A create of something that has no key of its own, and the list in which it is found.
 *
 * @internal
 */
export interface ListedCreate<A, Listed extends { readonly id: string }, E, ListFailure> {
  readonly create: Asked<A, E>
  /** `undefined` is a list of which this answer is not all. */
  readonly list: Asked<ReadonlyArray<Listed> | undefined, ListFailure>
  /** Whether a thing of the list is what this request makes; what it sends is in `sentIn` of it. `"perhaps"` cannot be told apart. */
  readonly isSame: (request: WireRequest, listed: Listed) => boolean | "perhaps"
  /** A thing of the list as what the create gives; or where in the answer something is missing that the create promises, such as a secret. */
  readonly found: (listed: Listed) => Result.Result<A, Path>
}

/**
 * A create that is settled by a list after an attempt whose answer was lost: the list is read before the first attempt, and again
 * then, and only a thing that was not there before is taken for this call's own.
 *
 * - One that is the same: it is the success.
 * - None: the create is sent again, at least once in all. Where a status of 2xx has said that it was made, the list is read again.
 * - Several, or one that may be another's: the call fails with `not-told-apart`, and so it does where the list has become too long for
 *   one page.
 *
 * A repetition that is refused (a limit that the first attempt may have reached) is looked up too; where nothing is found then, it fails
 * with the reason of the refusal and leaves open what was open. Nothing is ever deleted.
 *
 * A call that would not be repeated anyway, by its policy, does not read the list; and a list that is too long for one page cannot
 * tell, so that the call is not repeated.
 *
 * The two lists and the create are one method: one span, one deadline, and each request counts as an attempt. The policy has a count of its
 * own for the first list.
 *
 * @internal
 */
export const listFirst = <A, Listed extends { readonly id: string }, E, ListFailure>(
  core: Core,
  method: Method,
  options: CallOptions | undefined,
  { create, found, isSame, list }: ListedCreate<A, Listed, E, ListFailure>
): Effect.Effect<A, E | ListFailure | SunshineError> => {
  // Before the list: nothing is sent of a call that cannot end well.
  if (Result.isFailure(create.encoded)) return refuse(method, create.encoded.failure)
  if (Result.isFailure(list.encoded)) return refuse(method, list.encoded.failure)
  const { success: request } = create.encoded
  const { success: listRequest } = list.encoded
  const { afterAmbiguous, attempts } = RetryPolicy.override(core.policy, options?.retry ?? {})
  if (attempts === 1 || afterAmbiguous === "never") return call(core, method, create.plan(request), options)

  type Failure = E | ListFailure | SunshineError

  const planAfter = (before: ReadonlySet<string>): Plan<A, Failure> => {
    const creating = create.plan(request)
    const listing = list.plan(listRequest)

    const looking = (none: (ambiguous: Ambiguous) => Settled<A, Failure>): Plan<A, Failure> => ({
      ...listing,
      settle: (answer, ambiguous) => {
        const listed = listing.settle(answer, ambiguous)
        if (listed._tag !== "Value") return listed
        const own = listed.value?.filter((one) => !before.has(one.id) && isSame(request, one) !== false)
        if (own?.length === 0) return none(ambiguous)
        const [only] = own?.length === 1 ? own : []
        if (only === undefined || isSame(request, only) === "perhaps") {
          return failing(unexpected(answer, "not-told-apart", undefined), answer, ambiguous)
        }
        const made = found(only)
        return Result.isFailure(made)
          ? { _tag: "Unreadable", path: made.failure }
          : { ...listed, value: made.success }
      }
    })

    const lookUp = looking((ambiguous) =>
      ambiguous === "yes"
        ? { _tag: "Continue", plan: lookUp, when: "later", unfinished: "not-repeated" }
        : { _tag: "Continue", plan: createAgain, when: "now", unfinished: "not-repeated" }
    )

    const createAgain: Plan<A, Failure> = {
      ...creating,
      lookUp,
      settle: (answer, ambiguous) => {
        if (!ambiguous || answer.status < 400) return creating.settle(answer, ambiguous)
        const refusal = failing(reasonOf(answer, undefined, core.server), answer, ambiguous)
        return { _tag: "Continue", plan: looking(() => refusal), when: "now", unfinished: "not-looked-up" }
      }
    }
    return createAgain
  }

  return Effect.gen(function*() {
    const left = yield* sharedDeadline(options, core.deadlineMillis)
    const before = yield* call(core, method, list.plan(listRequest), left())
    const plan: Plan<A, Failure> = before === undefined
      ? { ...create.plan(request), repeatable: false }
      : planAfter(new Set(before.map(({ id }) => id)))
    return yield* call(core, method, plan, left())
  })
}
