import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import { ada, seed } from "./RetryKinds.ts"
import * as ServerSide from "./ServerSide.ts"
import { transports } from "./Transports.ts"
import { eventually } from "./Waiting.ts"

const MiB = 1024 * 1024

/** How a get ends that meets the fault. */
const get = Effect.fnUntraced(function*(fault: Fault.Fault, maxResponseBytes?: number) {
  const emulator = yield* Emulator
  yield* emulator.faults.next(fault)
  const users = yield* EmulatedUsers.make({ maxResponseBytes, retry: "never" })
  return yield* users.get(ada.id).pipe(
    Effect.as("success"),
    Effect.catchReason(
      "SunshineError",
      "UnexpectedResponse",
      ({ problem, status }) => Effect.succeed(`${problem} ${status}`)
    ),
    Effect.catchTag("SunshineError", ({ reason }) => Effect.succeed(reason._tag))
  )
})

describe.each(transports)("over $name", ({ layer: transport, name }) => {
  layer(Layer.merge(Emulator.layer(seed), transport), { excludeTestServices: true })((it) => {
    it.effect.each([{ chunked: false }, { chunked: true }])(
      "an answer is read up to 1 MiB (%o)",
      (options) =>
        Effect.gen(function*() {
          assert.strictEqual(yield* get(Fault.hugeBody(MiB, options)), "success")
          assert.strictEqual(yield* get(Fault.hugeBody(MiB + 1, options)), "too-large 200")
        })
    )

    it.effect.each([{ chunked: false }, { chunked: true }])(
      "an answer is read up to the limit of the client (%o)",
      (options) =>
        Effect.gen(function*() {
          assert.strictEqual(yield* get(Fault.hugeBody(5000, options), 5000), "success")
          assert.strictEqual(yield* get(Fault.hugeBody(5001, options), 5000), "too-large 200")
        })
    )

    it.effect("an endless answer is refused, and the connection is closed", () =>
      Effect.gen(function*() {
        const serverSide = yield* ServerSide.observe
        assert.strictEqual(yield* get(Fault.hugeBody(Number.MAX_SAFE_INTEGER, { chunked: true })), "too-large 200")
        yield* eventually(Effect.sync(() => serverSide.pending() === 0))
        assert.strictEqual(serverSide.abandoned(), 1)
      }))

    it.effect("a compressed bomb is refused", () =>
      Effect.gen(function*() {
        const serverSide = yield* ServerSide.observe
        const end = yield* get(Fault.hugeBody(64 * MiB, { gzip: true }))
        // UndiciTransport asks for no compression and undoes none; fetch does both, and what comes out of it counts.
        assert.strictEqual(end, name.startsWith("Fetch") ? "too-large 200" : "body 200")
        yield* eventually(Effect.sync(() => serverSide.pending() === 0))
        assert.isBelow(serverSide.bytesWritten(), MiB)
      }))

    it.effect("an error page that is too large is the error that its status says", () =>
      Effect.gen(function*() {
        const body = "x".repeat(2 * MiB)
        assert.strictEqual(yield* get(Fault.status(403, { body })), "Forbidden")
        assert.strictEqual(yield* get(Fault.status(503, { body })), "ServerError")
      }))
  })
})
