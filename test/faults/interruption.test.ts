import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Metric from "effect/Metric"
import * as Schema from "effect/Schema"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import { ada, kinds, seed } from "./RetryKinds.ts"
import * as ServerSide from "./ServerSide.ts"
import { transports } from "./Transports.ts"
import { eventually, turn } from "./Waiting.ts"

/** A call can be interrupted while it connects, sends, waits for headers, for a body or for its next attempt, and decodes. */
const faults: Readonly<Record<string, Fault.Fault>> = {
  "a success": Fault.slowHeaders(0),
  "a large body": Fault.hugeBody(500_000, { chunked: true }),
  "a body that does not end": Fault.slowBody(Infinity),
  "silence before it is carried out": Fault.slowHeaders(Infinity, { applied: "last" }),
  "silence after it is carried out": Fault.slowHeaders(Infinity),
  "a wait for the next attempt": Fault.rateLimited({ retryAfter: 30 })
}

const Interruption = Schema.Struct({
  operation: Schema.Literals(kinds.map(({ name }) => name)),
  during: Schema.Literals(Object.keys(faults)),
  turns: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 20 }))
})

/** How much of a kind keeps this thread alive. */
const alive = (kind: "TCPSocketWrap" | "TCPConnectWrap" | "Timeout") =>
  process.getActiveResourcesInfo().filter((resource) => resource === kind).length

/** The connections of this thread, which other files have used before. */
const connections = () => alive("TCPSocketWrap") + alive("TCPConnectWrap")

const interrupt = Effect.fnUntraced(function*({ during, operation: name, turns }: typeof Interruption.Type) {
  const emulator = yield* Emulator
  const serverSide = yield* ServerSide.observe
  yield* emulator.seed(seed)
  yield* emulator.faults.clear
  yield* emulator.faults.add(faults[during]!)
  const users = yield* EmulatedUsers.make()
  const operation = kinds.find((operation) => operation.name === name)!
  let fibers = 0
  const timers = alive("Timeout")
  const call = yield* operation.call(users).pipe(
    Effect.provideService(Metric.FiberRuntimeMetrics, {
      recordFiberStart: () => fibers++,
      recordFiberEnd: () => fibers--
    }),
    Effect.forkChild
  )
  for (let i = 0; i < turns; i++) yield* turn
  yield* Fiber.interrupt(call)
  assert.strictEqual(fibers, 0, "fibers")
  assert.isAtMost(alive("Timeout"), timers, "timers")
  // The server learns that its caller has left, whether it has answered or not.
  yield* eventually(Effect.sync(() => serverSide.pending() === 0))
})

const runs = 100

describe.each(transports)("over $name", ({ layer: transport }) => {
  it.live("a call that is interrupted leaves no socket, timer or fiber, and its request is aborted", () =>
    Effect.gen(function*() {
      const before = connections()
      const serverSide = yield* ServerSide.observe
      const { requests, result } = yield* Effect.all({
        result: Arbitrary.checkEffect(
          Arbitrary.schema(Interruption),
          (interruption) =>
            // A defect would end the check without telling the input.
            Effect.scoped(interrupt(interruption)).pipe(Effect.as(true), Effect.catchDefect(Effect.fail)),
          { runs }
        ),
        requests: Effect.flatMap(Emulator, ({ requests }) => requests)
      }).pipe(Effect.provide(Layer.merge(Emulator.layer(), transport)))
      assert.isUndefined(Arbitrary.formatCheckFailure(result))
      assert.isAtMost(requests.length, runs, "nothing is sent after an interruption")
      assert.isAbove(serverSide.abandoned(), 0)
      yield* eventually(Effect.sync(() => serverSide.connections() === 0))
      yield* eventually(Effect.sync(() => connections() <= before))
    }))

  it.live("an attempt whose time is up is aborted on the wire", () =>
    Effect.gen(function*() {
      const serverSide = yield* ServerSide.observe
      const emulator = yield* Emulator
      yield* emulator.faults.add(Fault.slowHeaders(Infinity))
      const users = yield* EmulatedUsers.make({ attemptTimeout: "50 millis", retry: { attempts: 2, baseDelay: 0 } })
      yield* Effect.flip(users.get(ada.id))
      yield* eventually(Effect.sync(() => serverSide.pending() === 0))
      assert.strictEqual(serverSide.abandoned(), (yield* emulator.requests).length)
    }).pipe(Effect.provide([Emulator.layer(seed), transport])))
})
