/** Where our side says something else than the vendor's document, and why that is meant. */
import * as Operations from "./Operations.ts"

export interface Deviation {
  /** Such as `query brandId: maxLength is none at the vendor, 24 here`. */
  readonly text: string
  /** The operation, or the description of the interaction, of which it is said. */
  readonly subject: string
}

/** A deviation that is meant. */
export interface Recorded {
  /** The text of the deviation, with `*` for anything. */
  readonly deviation: string
  /** The operation that alone may have it; without one, any. */
  readonly subject?: string
  readonly reason: string
}

/**
 * What one document says and the other does not, operation by operation. Operations of the vendor count when they have a tag
 * that one of ours has there.
 */
export const ofOperations = (
  vendor: ReadonlyArray<Operations.Operation>,
  ours: ReadonlyArray<Operations.Operation>
): ReadonlyArray<Deviation> => {
  const byKey = new Map(vendor.map((operation) => [Operations.key(operation), operation]))
  const declared = new Set(ours.map(Operations.key))
  const tags = Operations.tagsOf(vendor, ours)
  return [
    ...ours.flatMap((operation) => {
      const subject = operation.operationId
      const documented = byKey.get(Operations.key(operation))
      return documented === undefined
        ? [{ subject, text: `operation: ${absentAtTheVendor}` }]
        : ofFacts(documented.facts, operation.facts).map((text) => ({ subject, text }))
    }),
    ...vendor.filter((operation) =>
      operation.tags.some((tag) => tags.has(tag)) && !declared.has(Operations.key(operation))
    ).map((operation) => ({ subject: operation.operationId, text: `operation: ${absentHere}` }))
  ]
}

const absentAtTheVendor = "not documented by the vendor"
const absentHere = "documented by the vendor, absent here"

type AllFacts = Operations.Operation["facts"]

const ofFacts = (vendor: AllFacts, ours: AllFacts): ReadonlyArray<string> =>
  Array.from(new Set([...vendor.keys(), ...ours.keys()])).flatMap((about) => {
    const theirFacts = vendor.get(about)
    const ourFacts = ours.get(about)
    if (theirFacts === undefined) return [`${about}: ${absentAtTheVendor}`]
    if (ourFacts === undefined) return goesTheOtherWay(about, theirFacts) ? [] : [`${about}: ${absentHere}`]
    return Array.from(new Set([...Object.keys(theirFacts), ...Object.keys(ourFacts)]))
      .filter((fact) => theirFacts[fact] !== ourFacts[fact])
      .map((fact) =>
        `${about}: ${fact} is ${theirFacts[fact] ?? "none"} at the vendor, ${ourFacts[fact] ?? "none"} here`
      )
  })

/** What only answers have is no field of a request, and what only requests have none of an answer. */
const goesTheOtherWay = (about: string, facts: Operations.Facts): boolean =>
  (about.startsWith("request ") && facts["readOnly"] === "true") ||
  (about.startsWith("response ") && facts["writeOnly"] === "true")

export interface Review {
  readonly explained: ReadonlyArray<Recorded & { readonly deviations: ReadonlyArray<Deviation> }>
  readonly unexplained: ReadonlyArray<Deviation>
  /** Recorded, and not there any more. */
  readonly outdated: ReadonlyArray<Recorded>
}

export const review = (deviations: ReadonlyArray<Deviation>, recorded: ReadonlyArray<Recorded>): Review => {
  const reasons = recorded.map((one) => {
    const pattern = toRegExp(one.deviation)
    return {
      ...one,
      deviations: deviations.filter(({ subject, text }) => subject === (one.subject ?? subject) && pattern.test(text))
    }
  })
  const explained = new Set(reasons.flatMap((one) => one.deviations))
  return {
    explained: reasons.filter((one) => one.deviations.length > 0),
    unexplained: deviations.filter((deviation) => !explained.has(deviation)),
    outdated: reasons.filter((one) => one.deviations.length === 0)
  }
}

const toRegExp = (pattern: string): RegExp =>
  new RegExp(`^${pattern.split("*").map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, "\\$&")).join(".*")}$`, "s")

/** Whether every deviation is meant, and every reason is for one. */
export const isFine = ({ outdated, unexplained }: Review): boolean => outdated.length + unexplained.length === 0

export const format = (review: Review): string =>
  [
    ...review.explained.map(({ deviation, deviations, reason }) =>
      `meant (${deviations.length}): ${deviation}\n  ${reason}`
    ),
    ...review.outdated.map(({ deviation }) =>
      `OUTDATED: ${deviation}\n  There is no such deviation: remove its reason from contracts/openapi/recordedDeviations.ts.`
    ),
    ...Array.from(
      Map.groupBy(review.unexplained, ({ text }) => text),
      ([text, same]) => `UNEXPLAINED: ${text}\n  ${same.map(({ subject }) => subject).join(", ")}`
    ),
    isFine(review)
      ? "Everything else is as the vendor's document has it."
      : `${review.outdated.length} outdated, ${review.unexplained.length} unexplained`
  ].join("\n")
