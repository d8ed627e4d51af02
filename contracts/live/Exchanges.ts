/** What went over the wire for each interaction of the pact. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import type { Told } from "./answers.ts"

export interface Exchange {
  /** What no call sets of its states. */
  readonly without: Set<string>
  /** Why its states could not be arranged. */
  unarranged?: string
  /** Why its request was not sent. */
  refused?: string
  /** What the vendor answered. */
  answered?: Told
}

export class Exchanges extends Context.Service<Exchanges, {
  readonly of: (index: number) => Exchange
}>()("@sunco/contracts/live/Exchanges") {
  static readonly layer = Layer.sync(Exchanges, () => {
    const exchanges = new Map<number, Exchange>()
    return Exchanges.of({
      of: (index) => {
        const known = exchanges.get(index)
        if (known !== undefined) return known
        const exchange: Exchange = { without: new Set() }
        exchanges.set(index, exchange)
        return exchange
      }
    })
  })
}
