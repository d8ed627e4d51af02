import { assert, describe, it } from "@effect/vitest"
import { Circuit, type Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import { ada, grace, seed } from "./RetryKinds.ts"
import { turn } from "./Waiting.ts"

const otherApp = "5d8cff3cd55b040010928b5c"

const emulator = Emulator.layerMemory({ ...seed, apps: [{ appId: otherApp }] })

const afterThree = Circuit.layer({ failures: 3, openDuration: "10 seconds" })

const sent = Effect.flatMap(Emulator, (emulator) => Effect.map(emulator.requests, (requests) => requests.length))

/** So many attempts that meet the fault, one a call. */
const outage = Effect.fnUntraced(function*(users: Users["Service"], fault = Fault.status(503), attempts = 3) {
  const { faults } = yield* Emulator
  yield* faults.add(fault, { times: attempts })
  yield* Effect.replicateEffect(Effect.exit(users.get(ada.id, { retry: "never" })), attempts)
})

/** The call is sent, and succeeds. */
const goesThrough = Effect.fnUntraced(function*(users: Users["Service"]) {
  const before = yield* sent
  yield* users.get(ada.id)
  assert.strictEqual(yield* sent, before + 1)
})

/** The call fails at once, and nothing is sent. */
const failsFast = Effect.fnUntraced(function*(users: Users["Service"], retryAfter: number) {
  const before = yield* sent
  const error = yield* Effect.flip(users.get(ada.id))
  assert(error._tag === "SunshineError" && error.reason._tag === "CircuitOpen")
  assert.deepInclude(error, { attempts: 0, retryStopped: "circuit", applied: "no" })
  assert.strictEqual(Duration.toMillis(error.reason.retryAfter), retryAfter)
  assert.strictEqual(yield* sent, before)
})

it.effect("without a circuit breaker every call is sent", () =>
  Effect.gen(function*() {
    const users = yield* EmulatedUsers.make()
    yield* outage(users, Fault.status(503), 20)
    yield* goesThrough(users)
  }).pipe(Effect.provide(emulator)))

describe("a circuit breaker", () => {
  it.effect("opens after so many failures in a row, for every client of the app and for no other app", () =>
    Effect.gen(function*() {
      const users = yield* EmulatedUsers.make()
      yield* outage(users, Fault.status(503), 2)
      yield* goesThrough(users)
      yield* outage(users)
      yield* failsFast(users, 10_000)
      yield* TestClock.adjust("4 seconds")
      yield* failsFast(yield* EmulatedUsers.make(), 6_000)
      const other = yield* EmulatedUsers.make({ appId: otherApp })
      const error = yield* Effect.flip(other.get(ada.id))
      assert(error._tag === "SunshineError" && error.reason._tag === "Forbidden")
    }).pipe(Effect.provide([emulator, afterThree])))

  it.effect.each([
    { name: "cuts", fault: Fault.cutBeforeApplied },
    { name: "cut bodies", fault: Fault.truncatedBody() },
    { name: "pages of a proxy", fault: Fault.htmlBody() },
    { name: "408s", fault: Fault.status(408) }
  ])("counts $name", ({ fault }) =>
    Effect.gen(function*() {
      const users = yield* EmulatedUsers.make()
      yield* outage(users, fault)
      yield* failsFast(users, 10_000)
    }).pipe(Effect.provide([emulator, afterThree])))

  it.effect.each([400, 401, 403, 404, 409, 429])(
    "does not count a %i: the vendor is up",
    (status) =>
      Effect.gen(function*() {
        const users = yield* EmulatedUsers.make()
        yield* outage(users, Fault.status(status), 10)
        yield* goesThrough(users)
      }).pipe(Effect.provide([emulator, afterThree]))
  )

  it.effect("lets one call try after its time, and closes when that one is answered", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      const users = yield* EmulatedUsers.make()
      yield* outage(users)
      yield* TestClock.adjust("10 seconds")
      yield* faults.next(Fault.slowHeaders("1 second"))
      const probe = yield* Effect.forkChild(users.get(ada.id))
      yield* turn
      yield* failsFast(users, 0)
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(probe)
      yield* goesThrough(users)
    }).pipe(Effect.provide([emulator, afterThree])))

  it.effect("opens again when the call that tries fails", () =>
    Effect.gen(function*() {
      const users = yield* EmulatedUsers.make()
      yield* outage(users)
      yield* TestClock.adjust("10 seconds")
      yield* outage(users, Fault.status(503), 1)
      yield* failsFast(users, 10_000)
    }).pipe(Effect.provide([emulator, afterThree])))

  it.effect("lets another call try when the one that tries is interrupted", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      const users = yield* EmulatedUsers.make()
      yield* outage(users)
      yield* TestClock.adjust("10 seconds")
      yield* faults.next(Fault.slowHeaders(Infinity))
      const probe = yield* Effect.forkChild(users.get(ada.id))
      yield* turn
      yield* Fiber.interrupt(probe)
      yield* goesThrough(users)
    }).pipe(Effect.provide([emulator, afterThree])))

  it.effect("stays open for as long as the vendor asks to be left alone", () =>
    Effect.gen(function*() {
      const users = yield* EmulatedUsers.make()
      yield* outage(users, Fault.status(503, { headers: { "retry-after": "60" } }))
      yield* failsFast(users, 60_000)
    }).pipe(Effect.provide([emulator, afterThree])))

  it.effect("ends a call that is being retried, which then says what it does not know", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      const users = yield* EmulatedUsers.make()
      yield* faults.add(Fault.cutAfterApplied)
      const error = yield* users.create({ externalId: grace.externalId }, { retry: { attempts: 10 } }).pipe(
        EmulatedUsers.drawing(0),
        Effect.flip
      )
      assert(error._tag === "SunshineError" && error.reason._tag === "CircuitOpen")
      assert.deepInclude(error, { attempts: 3, retryStopped: "circuit", applied: "unknown" })
    }).pipe(Effect.provide([emulator, afterThree])))
})
