/** What the states of one interaction come to, where they are arranged by calls of the API. */
import type { Authorization } from "@sunco/client/Credentials"
import * as Context from "effect/Context"
import * as Schema from "effect/Schema"

/** No call brings it about. */
export class Unarranged extends Schema.TaggedError<Unarranged>()("Unarranged", { why: Schema.String }) {
  override get message(): string {
    return this.why
  }
}

export class Scene extends Context.Service<Scene, {
  /** Something that the state names and no call sets: an answer without it says nothing. */
  readonly without: (what: string) => void
  /** The ids that stand for those that states before this one have named. */
  readonly standIn: Map<string, string>
  /** The names by which control can be passed on in the switchboard that a state before this one has made. */
  readonly takesTurns: Set<string>
  /** Others than the account's own are to send the request. */
  readonly callAs: (authorization: Authorization) => void
}>()("@sunco/contracts/live/Scene") {}
