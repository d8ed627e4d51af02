import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { KeyValueStore } from "effect/persistence/KeyValueStore"
import * as Redacted from "effect/Redacted"
import { type Deduplication, DeduplicationUnavailable, type Options } from "../Deduplication.ts"
import { claimTimes, inMemory } from "./inMemory.ts"

type Service = Deduplication["Service"]

const unavailable = (cause: unknown) => new DeduplicationUnavailable({ cause: Redacted.make(cause) })

/** @internal */
export const inKeyValueStore = (store: KeyValueStore, options?: Options): Service => {
  const { leaseMillis, rememberMillis } = claimTimes(options)
  const here = inMemory({ ...options, remember: Duration.zero })
  const run = <A>(effect: Effect.Effect<A, unknown>) => Effect.mapError(effect, unavailable)

  const claim: Service["claim"] = (key) =>
    Effect.gen(function*() {
      const claimed = yield* here.claim(key)
      if (typeof claimed === "string") return claimed
      // After the claim: what is found here was done before it.
      const until = yield* Effect.onError(run(store.get(key)), () => Effect.ignore(claimed.release))
      if (Number(until ?? 0) > (yield* Clock.currentTimeMillis)) {
        yield* claimed.release
        return "done"
      }
      const remember = Effect.flatMap(
        Clock.currentTimeMillis,
        (now) => run(store.set(key, String(now + rememberMillis)))
      )
      return { ...claimed, done: Effect.andThen(remember, claimed.release) }
    })

  return { leaseMillis, claim }
}
