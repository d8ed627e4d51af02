/** What tells the things of one run from all others. */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import { randomBytes } from "node:crypto"

/** What whoever has the account says of it. */
export interface Options {
  /** The id of a brand of the account. */
  readonly brand: string | undefined
  /** Whether the app may have a switchboard while the run goes on. */
  readonly switchboard: boolean
}

export class Run extends Context.Service<
  Run,
  Options & {
    /** What every externalId begins with that the run makes up. */
    readonly prefix: string
    /** An id that nothing has, in the form of the vendor's. */
    readonly falseId: () => string
  }
>()("@sunco/contracts/live/Run") {
  static readonly layer = (options: Options) =>
    Layer.sync(Run, () =>
      Run.of({
        ...options,
        prefix: `sunco-live-${randomBytes(4).toString("hex")}`,
        falseId: () => randomBytes(12).toString("hex")
      }))
}
