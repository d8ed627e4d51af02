import type * as Fiber from "effect/Fiber"
import * as Metric from "effect/Metric"

/**
 * A counter by its labels. The labels are names of operations, endings and fields, never ids, so they are few.
 *
 * A metric for each, and not `Metric.withAttributes` of one, which would weigh on every bundle.
 */
const labelled = (name: string, second: string, description: string) => {
  const byOperation = new Map<string, Map<string, Metric.Counter<number>>>()
  return (fiber: Fiber.Fiber<unknown, unknown>, operation: string, value: string, amount: number): void => {
    let byValue = byOperation.get(operation)
    if (byValue === undefined) {
      byValue = new Map()
      byOperation.set(operation, byValue)
    }
    let metric = byValue.get(value)
    if (metric === undefined) {
      metric = Metric.counter(`sunco.client.${name}`, {
        description,
        attributes: { operation, [second]: value },
        incremental: true
      })
      byValue.set(value, metric)
    }
    metric.updateUnsafe(amount, fiber.context)
  }
}

/** @internal */
export const countRequest = labelled(
  "requests",
  "ending",
  "Requests sent to Sunshine Conversations, by operation and how they ended."
)

/** @internal */
export const countRetry = labelled(
  "retries",
  "after",
  "Requests that were sent again, by operation and what the attempt before ended with."
)

/** @internal */
export const countWait = labelled(
  "waits",
  "for",
  "Milliseconds that calls waited before an attempt, by operation and for what."
)

/** @internal */
export const countPutAside = labelled(
  "put_aside",
  "field",
  "Fields of answers that were not as documented and were read as absent, by operation and field."
)
