import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import * as NotingClock from "./NotingClock.ts"
import { ada, seed } from "./RetryKinds.ts"

const calls = 300

/** Requests for so many calls, of which the first so many of each hundred find the vendor dead. */
const requests = Effect.fnUntraced(function*(dead: number) {
  const emulator = yield* Emulator
  const users = yield* EmulatedUsers.make()
  const call = users.get(ada.id).pipe(
    EmulatedUsers.drawing(0),
    Effect.provideService(Clock.Clock, NotingClock.make().clock)
  )
  for (let i = 0; i < calls; i++) {
    if (i % 100 === 0) yield* emulator.faults.add(Fault.status(503))
    if (i % 100 === dead) yield* emulator.faults.clear
    yield* Effect.exit(call)
  }
  return (yield* emulator.requests).length
})

describe("a client whose vendor is dead", () => {
  it.effect("sends ten requests more than calls", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* requests(100), calls + 10)
    }).pipe(Effect.provide(Emulator.layerMemory(seed))))

  it.effect.each([10, 50, 90])(
    "for %i calls in a hundred sends a tenth more for those that succeed",
    (dead) =>
      Effect.gen(function*() {
        assert.isAtMost(yield* requests(dead), calls + 10 + (calls * (100 - dead)) / 1000)
      }).pipe(Effect.provide(Emulator.layerMemory(seed)))
  )
})
