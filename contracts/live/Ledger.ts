/**
 * What a run has made, so that all of it is deleted again and nothing else is touched. A thing is deleted by the id that the vendor gave
 * it when it was made, when the scope closes in which it was made: also where something fails, and where the run is interrupted.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"

/** As errors of the client are. */
interface Told {
  readonly _tag: string
  readonly message: string
  readonly applied?: "no" | "yes" | "unknown" | undefined
}

export interface Left {
  /** Such as `user`. */
  readonly kind: string
  /** `unknown` where it was perhaps made, and no answer said its id. */
  readonly id: string
  readonly why: string
}

export interface CleanUp {
  readonly made: number
  readonly deleted: number
  readonly left: ReadonlyArray<Left>
}

export class Ledger extends Context.Service<Ledger, {
  /** Makes a thing, and deletes it when the scope closes. What is gone already is deleted. */
  readonly make: <A, E extends Told, R, E2 extends Told, R2>(thing: {
    readonly kind: string
    readonly create: Effect.Effect<A, E, R>
    readonly idOf: (made: A) => string
    readonly remove: (made: A) => Effect.Effect<unknown, E2, R2>
  }) => Effect.Effect<A, E, R | R2 | Scope.Scope>
  /** Something was made perhaps, and no answer said its id. */
  readonly lost: (kind: string, why: string) => void
  /** An id, or another name, that only this run knows: of what it has made, or of nothing at all. */
  readonly own: (name: string) => void
  readonly isOwn: (name: string) => boolean
  readonly cleanUp: Effect.Effect<CleanUp>
}>()("@sunco/contracts/live/Ledger") {
  static readonly layer = Layer.sync(Ledger, () => {
    const names = new Set<string>()
    const left: Array<Left> = []
    let [made, deleted] = [0, 0]
    const lost = (kind: string, why: string) => void left.push({ kind, id: "unknown", why })
    return Ledger.of({
      make: ({ create, idOf, kind, remove }) =>
        Effect.acquireRelease(
          create.pipe(
            Effect.tap((thing) =>
              Effect.sync(() => {
                made++
                names.add(idOf(thing))
              })
            ),
            Effect.tapError(({ applied, message }) =>
              Effect.sync(() => {
                if (applied !== undefined && applied !== "no") lost(kind, message)
              })
            )
          ),
          (thing) =>
            Effect.match(remove(thing), {
              onSuccess: () => {
                deleted++
              },
              onFailure: ({ _tag, message }) => {
                if (_tag.endsWith("NotFound")) deleted++
                else left.push({ kind, id: idOf(thing), why: message })
              }
            })
        ),
      lost,
      own: (name) => void names.add(name),
      isOwn: (name) => names.has(name),
      cleanUp: Effect.sync(() => ({ made, deleted, left: [...left] }))
    })
  })
}
