import * as Effect from "effect/Effect"

/** Each has been handled in the moment in which a store went away, so more are not to be expected. */
const capacity = 10_000

const attemptsInLease = 30

/**
 * What was handled and could not be noted, because the store was away: it is known here, in this process, until it is.
 *
 * @internal
 */
export class Unnoted<E> {
  private readonly notes = new Map<string, Effect.Effect<boolean, E>>()

  /** Notes it now, and gives whether it is noted. */
  find(key: string): Effect.Effect<boolean, E> | undefined {
    return this.notes.get(key)
  }

  add(key: string, note: Effect.Effect<boolean, E>): void {
    this.notes.set(
      key,
      Effect.tap(note, (isNoted) =>
        Effect.sync(() => {
          if (isNoted) this.remove(key)
        }))
    )
    for (const oldest of this.notes.keys()) {
      if (this.notes.size <= capacity) break
      this.notes.delete(oldest)
    }
  }

  remove(key: string): void {
    this.notes.delete(key)
  }

  /** Tries for a lease: as long as nobody else can have it, unless the store has lost what it knew. */
  noteLater(key: string, leaseMillis: number): Effect.Effect<void> {
    const wait = Effect.sleep(Math.min(leaseMillis, 60_000) / attemptsInLease)
    const attempt = (left: number): Effect.Effect<unknown> =>
      Effect.andThen(
        wait,
        Effect.suspend(() => {
          const note = this.notes.get(key)
          return note === undefined || left === 0 ? Effect.void : Effect.catch(note, () => attempt(left - 1))
        })
      )
    return Effect.asVoid(attempt(attemptsInLease))
  }
}
