import type * as Fiber from "effect/Fiber"
import * as Metric from "effect/Metric"

const requests = Metric.counter("sunco.client.requests", {
  description: "Requests sent to Sunshine Conversations, by operation and how they ended.",
  incremental: true
})

const retries = Metric.counter("sunco.client.retries", {
  description: "Requests that were sent again, by operation and what the attempt before ended with.",
  incremental: true
})

const waits = Metric.counter("sunco.client.waits", {
  description: "Milliseconds that calls waited before an attempt, by operation and for what.",
  incremental: true
})

const putAside = Metric.counter("sunco.client.put_aside", {
  description: "Fields of answers that were not as documented and were read as absent, by operation and field.",
  incremental: true
})

/**
 * Counters by their labels. The labels are names of operations, endings and fields, never ids, so they are few.
 */
const labelled = (counter: Metric.Counter<number>, second: string) => {
  const byOperation = new Map<string, Map<string, Metric.Counter<number>>>()
  return (fiber: Fiber.Fiber<unknown, unknown>, operation: string, value: string, amount: number): void => {
    let byValue = byOperation.get(operation)
    if (byValue === undefined) {
      byValue = new Map()
      byOperation.set(operation, byValue)
    }
    let metric = byValue.get(value)
    if (metric === undefined) {
      metric = Metric.withAttributes(counter, { operation, [second]: value })
      byValue.set(value, metric)
    }
    metric.updateUnsafe(amount, fiber.context)
  }
}

/** @internal */
export const countRequest = labelled(requests, "ending")

/** @internal */
export const countRetry = labelled(retries, "after")

/** @internal */
export const countWait = labelled(waits, "for")

/** @internal */
export const countPutAside = labelled(putAside, "field")
