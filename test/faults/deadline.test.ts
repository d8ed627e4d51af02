import { assert, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import * as NotingClock from "./NotingClock.ts"
import { ada, seed } from "./RetryKinds.ts"

const requests = Effect.flatMap(Emulator, (emulator) => Effect.map(emulator.requests, (requests) => requests.length))

it.effect("a call without any time sends nothing", () =>
  Effect.gen(function*() {
    const users = yield* EmulatedUsers.make()
    const error = yield* Effect.flip(users.delete(ada.id, { deadline: 0 }))
    assert(error._tag === "SunshineError" && error.reason._tag === "InvalidInput")
    assert.deepInclude(error, { attempts: 0, applied: "no" })
    assert.strictEqual(yield* requests, 0)
  }).pipe(Effect.provide(Emulator.layerMemory(seed))))

it.effect("a wait that a busy machine stretches beyond the deadline is not followed by another attempt", () =>
  Effect.gen(function*() {
    const { faults } = yield* Emulator
    yield* faults.next(Fault.rateLimited({ retryAfter: 30 }))
    const { clock } = NotingClock.make()
    const busy: Clock.Clock = { ...clock, sleep: (duration) => clock.sleep(Duration.times(duration, 100)) }
    const users = yield* EmulatedUsers.make()
    const error = yield* users.delete(ada.id, { deadline: "45 minutes" }).pipe(
      EmulatedUsers.drawing(1),
      Effect.provideService(Clock.Clock, busy),
      Effect.flip
    )
    assert(error._tag === "SunshineError" && error.reason._tag === "Timeout")
    assert.deepInclude(error, { attempts: 1, retryStopped: "deadline", applied: "no" })
    assert.strictEqual(yield* requests, 1)
  }).pipe(Effect.provide(Emulator.layerMemory(seed))))
