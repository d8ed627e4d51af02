import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { DurableStore, Entry, Failed, Options, Taken } from "../DurableStore.ts"
import type { Checks } from "./settingChecks.ts"
import { timesOf } from "./times.ts"

type Service = DurableStore["Service"]

/** @internal */
export const storeTimes = (options?: Options, checks?: Checks) =>
  timesOf(options, { lease: "30 seconds", remember: "7 days" }, checks)

interface Kept extends Entry {
  attempts: number
  /** Not to be taken before. */
  dueAt: number
  /** Whose it is as long as it is not due. */
  owner: object | undefined
}

/** @internal */
export const storeInMemory = (options?: Options): Service => {
  const { leaseMillis, rememberMillis } = storeTimes(options)
  /** When an id may be forgotten; never as long as it is kept. */
  const known = new Map<string, number>()
  /** What is to be handled, in order, by what orders it. */
  const waiting = new Map<string, Array<Kept>>()
  const failed = new Map<string, Failed>()

  const enqueue = (entry: Entry, now: number): void => {
    const kept: Kept = { ...entry, attempts: 0, dueAt: now, owner: undefined }
    const line = waiting.get(entry.order)
    if (line === undefined) waiting.set(entry.order, [kept])
    else line.push(kept)
  }

  const dequeue = ({ order }: Entry): void => {
    const line = waiting.get(order)
    line?.shift()
    if (line?.length === 0) waiting.delete(order)
  }

  const taken = (kept: Kept, now: number): Taken => {
    const owner = {}
    kept.owner = owner
    kept.attempts++
    kept.dueAt = now + leaseMillis
    const whileOurs = <A>(otherwise: A, run: (now: number) => A) =>
      Effect.map(Clock.currentTimeMillis, (now) => kept.owner === owner ? run(now) : otherwise)
    const letGo = (run: (now: number) => void) =>
      whileOurs<void>(undefined, (now) => {
        kept.owner = undefined
        run(now)
      })
    const { attempts, body, id, order } = kept
    return {
      id,
      order,
      body,
      attempts,
      renew: whileOurs(false, (now) => {
        kept.dueAt = now + leaseMillis
        return true
      }),
      done: letGo((now) => {
        dequeue(kept)
        known.set(id, now + rememberMillis)
      }),
      retry: (millis) => letGo((now) => void (kept.dueAt = now + millis)),
      fail: (error) =>
        letGo(() => {
          dequeue(kept)
          failed.set(id, { id, order, body, attempts, error })
        })
    }
  }

  return {
    leaseMillis,
    offer: (entries) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        for (const [id, until] of known) if (until <= now) known.delete(id)
        const unknown = entries.filter(({ id }) => {
          const isKnown = known.has(id)
          known.set(id, known.get(id) ?? Number.POSITIVE_INFINITY)
          return !isKnown
        })
        for (const entry of unknown) enqueue(entry, now)
        return unknown.length
      }),
    take: Effect.map(Clock.currentTimeMillis, (now) => {
      for (const [kept] of waiting.values()) if (kept !== undefined && kept.dueAt <= now) return taken(kept, now)
      return undefined
    }),
    failed: Effect.sync(() => [...failed.values()]),
    putBack: (id) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const entry = failed.get(id)
        if (entry === undefined) return false
        failed.delete(id)
        enqueue({ id, order: entry.order, body: entry.body }, now)
        return true
      })
  }
}
