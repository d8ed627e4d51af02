import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Claim, Deduplication, Options } from "../Deduplication.ts"
import { type Checks, wholeAboveZero } from "./settingChecks.ts"
import { timesOf } from "./times.ts"

type Service = Deduplication["Service"]

/** @internal */
export const claimTimes = (options?: Options, checks?: Checks) =>
  timesOf(options, { lease: "1 minute", remember: "1 day" }, checks)

interface Entry {
  /** Of whose claim it is; of nobody's when it is done. */
  readonly owner: object | undefined
  readonly until: number
}

/** A memory of this process, of at most so many entries: the oldest are forgotten first. */
class Entries {
  private readonly entries = new Map<string, Entry>()
  private readonly capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  find(key: string, now: number): Entry | undefined {
    const entry = this.entries.get(key)
    return entry !== undefined && entry.until > now ? entry : undefined
  }

  put(key: string, entry: Entry, now: number): void {
    // Behind all others, so that those in front are the oldest.
    this.entries.delete(key)
    this.entries.set(key, entry)
    for (const [key, { owner, until }] of this.entries) {
      const isForgotten = until <= now || this.entries.size > this.capacity && owner === undefined
      if (!isForgotten) break
      this.entries.delete(key)
    }
  }

  remove(key: string): void {
    this.entries.delete(key)
  }
}

/** @internal */
export const inMemory = (options?: Options & { readonly capacity?: number | undefined }): Service => {
  const { leaseMillis, rememberMillis } = claimTimes(options, { capacity: wholeAboveZero })
  const entries = new Entries(options?.capacity ?? 100_000)
  const claim = (key: string, now: number): Claim | "busy" | "done" => {
    const found = entries.find(key, now)
    if (found !== undefined) return found.owner === undefined ? "done" : "busy"
    const owner = {}
    entries.put(key, { owner, until: now + leaseMillis }, now)
    const whileOurs = (run: (now: number) => void) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        // Another may have it, if it was not renewed in time.
        const entry = entries.find(key, now)
        if (entry === undefined || entry.owner === owner) run(now)
      })
    return {
      renew: whileOurs((now) => entries.put(key, { owner, until: now + leaseMillis }, now)),
      done: Effect.map(
        Clock.currentTimeMillis,
        (now) => entries.put(key, { owner: undefined, until: now + rememberMillis }, now)
      ),
      release: whileOurs(() => entries.remove(key))
    }
  }
  return { leaseMillis, claim: (key) => Effect.map(Clock.currentTimeMillis, (now) => claim(key, now)) }
}

/** @internal */
export const none: Service = {
  leaseMillis: Number.POSITIVE_INFINITY,
  claim: () => Effect.succeed({ renew: Effect.void, done: Effect.void, release: Effect.void })
}
