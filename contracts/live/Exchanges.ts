/** What went over the wire for each interaction of the pact. */
import type { Authorization } from "@sunco/client/Credentials"
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import type { Told } from "./answers.ts"

export interface Exchange {
  /** What no call sets of its states. */
  readonly without: Set<string>
  /** The ids that stand for those that its states name. */
  readonly standIn: Map<string, string>
  /** Whoever control can be passed to. */
  readonly takesTurns: Set<string>
  /** Whose request it is, if it is not the account's own. */
  authorization?: Authorization
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
        const exchange: Exchange = { without: new Set(), standIn: new Map(), takesTurns: new Set() }
        exchanges.set(index, exchange)
        return exchange
      }
    })
  })
}
