/** What the states of one interaction come to, where they are arranged by calls of the API. */
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
}>()("@sunco/contracts/live/Scene") {}
