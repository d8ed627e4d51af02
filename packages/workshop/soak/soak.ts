/**
 * Mixed operations of users on purpose, for a while, against an emulator that fails a fifth of the time, and what came of it.
 */
import { Credentials, Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import { setImmediate as nextTurn } from "node:timers/promises"
import { Agent } from "undici"
import { type Caller, linked, randomCall } from "./calls.ts"
import * as EmulatorProcess from "./EmulatorProcess.ts"
import { inflict } from "./faults.ts"
import { Ledger } from "./Ledger.ts"

export const inFlight = 64

export interface Figures {
  readonly seconds: number
  readonly requests: number
  readonly faults: number
  /** How many calls ended in which way. */
  readonly ends: ReadonlyMap<string, number>
  readonly users: number
  readonly unknown: number
  readonly violations: ReadonlyArray<string>
  /** Bytes in use after a collection, once it was warm and at the end. */
  readonly heap: readonly [warm: number, end: number]
  /** What keeps the process alive when everything is closed, and did not before. */
  readonly handles: ReadonlyArray<string>
}

/** The `HttpClient` is for the emulator's own endpoints. */
export const soak = (duration: Duration.Duration, seed: string): Effect.Effect<Figures, never, HttpClient.HttpClient> =>
  Effect.gen(function*() {
    const before = process.getActiveResourcesInfo()
    const figures = yield* Effect.scoped(run(Duration.toMillis(duration), seed))
    return { ...figures, handles: yield* left(before) }
  })

const run = Effect.fnUntraced(function*(millis: number, seed: string) {
  const { access: { appId, keyId, keySecret, url }, control } = yield* EmulatorProcess.start
  const names = Array.from({ length: inFlight }, (_, i) => `caller-${i}`)
  yield* control.seed({
    query: {},
    payload: {
      users: names.map((name) => ({
        zendeskId: linked(name).zendeskId,
        identities: [{ type: "email", value: linked(name).email }]
      })),
      zendeskUsers: names.map((name) => ({ id: linked(name).zendeskId, email: linked(name).email, givenName: name }))
    }
  })

  const random = yield* Random.withSeed(Random.Random, `${seed} faults`)
  const { counts, interceptor } = inflict(() => random.nextDoubleUnsafe())
  const agent = yield* Effect.acquireRelease(
    Effect.sync(() => new Agent()),
    (agent) => Effect.promise(() => agent.destroy())
  )
  const users = yield* Users.make({
    appId,
    baseUrl: url,
    // Longer than any answer takes that comes at all: a request that was given up must not arrive after a later one.
    attemptTimeout: "5 seconds",
    retry: { baseDelay: "20 millis" }
  }).pipe(
    Effect.provideService(HttpClient.HttpClient, UndiciTransport.make(agent.compose(interceptor))),
    Effect.provideService(
      Credentials.Credentials,
      Credentials.makeBasic({ keyId, secret: Redacted.make(keySecret) })
    )
  )

  const ledger = new Ledger()
  const ends = new Map<string, number>()
  const ended: Caller["ended"] = (failure) => {
    const end = failure === undefined
      ? "success"
      : failure._tag === "SunshineError"
      ? `failed, applied: ${failure.applied}`
      : failure._tag
    ends.set(end, (ends.get(end) ?? 0) + 1)
  }
  let version = 0
  const clock = yield* Clock.Clock
  const begin = clock.currentTimeMillisUnsafe()
  const callUntil = (end: number) =>
    Effect.forEach(names, (name) => {
      const caller: Caller = { name, users, ledger, ended }
      const calls = Effect.whileLoop({
        while: () => clock.currentTimeMillisUnsafe() < end,
        body: () => randomCall(caller, version++),
        step: () => {}
      })
      return Random.withSeed(calls, `${seed} ${name} ${end - begin}`)
    }, { concurrency: "unbounded", discard: true })

  yield* callUntil(begin + millis / 10)
  const warm = yield* heapInUse
  yield* callUntil(begin + millis)
  const heap = [warm, yield* heapInUse] as const
  const seconds = (clock.currentTimeMillisUnsafe() - begin) / 1000

  const { Users: stored } = yield* control.stored({ query: {} })
  ledger.check(stored)
  const { unknown, violations } = ledger
  return { seconds, ...counts, ends, users: stored.length, unknown, violations, heap }
}, Effect.orDie)

/** A timer counts as long as its callback runs, so this ends outside of one. */
const aWhile = Effect.andThen(Effect.sleep("100 millis"), Effect.promise(() => nextTurn()))

/** Twice, because what the first collection finalises only the second one frees. */
const heapInUse = Effect.gen(function*() {
  for (let i = 0; i < 2; i++) {
    if (globalThis.gc === undefined) return yield* Effect.die(new Error("run this with node --expose-gc"))
    globalThis.gc()
    yield* aWhile
  }
  return process.memoryUsage().heapUsed
})

/** Sockets and timers may take a moment to go. */
const left = Effect.fnUntraced(function*(before: ReadonlyArray<string>) {
  let extra: Array<string> = []
  for (let i = 0; i < 100; i++) {
    extra = process.getActiveResourcesInfo()
    for (const resource of before) {
      const place = extra.indexOf(resource)
      if (place !== -1) extra.splice(place, 1)
    }
    if (extra.length === 0) break
    yield* aWhile
  }
  return extra
})
