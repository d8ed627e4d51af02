import type { OperationPlan, Plan } from "../call/plan.ts"

/**
 * A deletion whose 404 does not say of what: after an attempt whose answer was lost a list tells whether the thing is gone. Where it is
 * still in it, the deletion is sent again.
 *
 * @internal
 */
export const goneFromList = <E, ListFailure>(
  deleting: OperationPlan<void, E>,
  listing: OperationPlan<ReadonlyArray<{ readonly id: string }>, ListFailure>,
  id: string
): Plan<void, E | ListFailure> => {
  const lookUp: Plan<void, E | ListFailure> = {
    ...listing,
    settle: (answer, ambiguous) => {
      const listed = listing.settle(answer, ambiguous)
      if (listed._tag !== "Value") return listed
      return listed.value.some((one) => one.id === id)
        ? { _tag: "Continue", plan: deleteAgain, when: "later", unfinished: "not-repeated" }
        : { ...listed, value: undefined }
    }
  }
  const deleteAgain: Plan<void, E | ListFailure> = {
    ...deleting,
    settle: (answer, ambiguous) =>
      ambiguous && answer.status === 404
        ? { _tag: "Continue", plan: lookUp, when: "now", unfinished: "not-looked-up" }
        : deleting.settle(answer, ambiguous)
  }
  return deleteAgain
}
