/** What tells the things of one run from all others. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import { randomBytes } from "node:crypto"

export class Run extends Context.Service<Run, {
  /** What every externalId begins with that the run makes up. */
  readonly prefix: string
  /** An id that nothing has, in the form of the vendor's. */
  readonly falseId: () => string
}>()("@sunco/contracts/live/Run") {
  static readonly layer = Layer.sync(Run, () =>
    Run.of({
      prefix: `sunco-live-${randomBytes(4).toString("hex")}`,
      falseId: () => randomBytes(12).toString("hex")
    }))
}
