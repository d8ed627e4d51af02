import * as HttpClient from "@effect/platform/HttpClient"
import * as Circuit from "@sunco/effect3/Circuit"
import * as Credentials from "@sunco/effect3/Credentials"
import * as Limiter from "@sunco/effect3/Limiter"
import { Users } from "@sunco/effect3/Users"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/TestClock"
import * as TestContext from "effect/TestContext"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

const run = <A, E>(
  effect: Effect.Effect<A, E, Users>,
  limit: Layer.Layer<Limiter.Limiter> | Layer.Layer<Circuit.Circuit>,
  httpClient: HttpClient.HttpClient
) =>
  Effect.runPromise(
    effect.pipe(
      Effect.provide(
        Users.layer({ appId: "app", subdomain: "example", retry: "never" }).pipe(
          Layer.provide([limit, Credentials.layerBasic(ScriptedTransport.key)]),
          Layer.provide(Layer.succeed(HttpClient.HttpClient, httpClient))
        )
      ),
      Effect.provide(TestContext.TestContext)
    )
  )

describe("Limiter", () => {
  it("makes calls wait for their turn, by the application's TestClock", async () => {
    const { httpClient, sent } = ScriptedTransport.make([ScriptedTransport.found])
    const program = Effect.gen(function*() {
      const users = yield* Users
      const calls = Effect.all([users.get("ada"), users.get("ada"), users.get("ada")], { concurrency: "unbounded" })
      const fiber = yield* Effect.fork(calls)
      yield* TestClock.adjust("30 seconds")
      yield* TestClock.adjust("30 seconds")
      yield* Fiber.join(fiber)
    })
    await run(program, Limiter.layerMemory({ limit: 2, window: "1 minute" }), httpClient)
    assert.deepStrictEqual(sent.map(({ at }) => at), [0, 0, 30_000])
  })
})

describe("Circuit", () => {
  it("opens after failures in a row, and lets a call try when the application's TestClock says so", async () => {
    const down = ScriptedTransport.errors(503, "service_unavailable")
    const { httpClient, sent } = ScriptedTransport.make([down, down, ScriptedTransport.found])
    const program = Effect.gen(function*() {
      const users = yield* Users
      yield* Effect.flip(users.get("ada"))
      yield* Effect.flip(users.get("ada"))
      const refused = yield* Effect.flip(users.get("ada"))
      assert(refused._tag === "SunshineError" && refused.reason._tag === "CircuitOpen")
      assert.isTrue(Duration.equals(refused.reason.retryAfter, "30 seconds"))
      assert.lengthOf(sent, 2)
      yield* TestClock.adjust("30 seconds")
      return yield* users.get("ada")
    })
    const circuit = Circuit.layer({ failures: 2, openDuration: "30 seconds" })
    assert.deepStrictEqual(await run(program, circuit, httpClient), ScriptedTransport.ada)
  })
})
