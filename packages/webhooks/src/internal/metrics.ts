import type * as Context from "effect/Context"
import * as Metric from "effect/Metric"

/** A counter for each of its labels, which are few: names of reasons and of types. */
const labelled = (name: string, description: string) => {
  const counters = new Map<string, Metric.Counter<number>>()
  return (context: Context.Context<never>, attributes: { readonly [label: string]: string }): void => {
    const key = Object.values(attributes).join(" ")
    let counter = counters.get(key)
    if (counter === undefined) {
      counter = Metric.counter(`sunco.webhooks.${name}`, { description, attributes, incremental: true })
      counters.set(key, counter)
    }
    counter.updateUnsafe(1, context)
  }
}

/** @internal */
export const countDelivery = labelled("deliveries", "Deliveries of the vendor, by what came of them.")

/** @internal */
export const countEvent = labelled("events", "Events of the vendor, by type and what came of them.")
