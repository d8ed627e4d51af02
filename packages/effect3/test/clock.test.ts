import * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import { Users } from "@sunco/effect3/Users"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import * as TestContext from "effect/TestContext"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"

/** Runs an effect to its end while the test clock goes on; every wait still takes exactly its time. */
const throughTime = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* turn
    while (fiber.unsafePoll() === null) {
      yield* TestClock.adjust("100 millis")
      yield* turn
    }
    return yield* Fiber.join(fiber)
  })

/** Lets everything happen that needs no clock: streams of the platform are none of the test clock's. */
const turn = Effect.async<void>((resume) => {
  setImmediate(() => resume(Effect.void))
})

const get = Effect.flatMap(Users, (users) => users.get("ada"))

describe("the application's TestClock", () => {
  it("drives the waits between attempts, which the application's Random draws", async () => {
    const unavailable = ScriptedTransport.errors(503, "service_unavailable")
    const transport = ScriptedTransport.make([unavailable, unavailable, ScriptedTransport.found])
    const user = await Effect.runPromise(
      throughTime(get).pipe(
        Effect.withRandom(Random.fixed([1])),
        Effect.provide(ScriptedTransport.users(transport.httpClient)),
        Effect.provide(TestContext.TestContext)
      )
    )
    assert.deepStrictEqual(user, ScriptedTransport.ada)
    assert.deepStrictEqual(transport.sent.map(({ at }) => at), [0, 200, 600])
  })

  it("drives the time limit of an attempt and the deadline", async () => {
    const transport = ScriptedTransport.make([ScriptedTransport.silence])
    const [error, at] = await Effect.runPromise(
      throughTime(Effect.zip(Effect.flip(get), Clock.currentTimeMillis)).pipe(
        Effect.withRandom(Random.fixed([0])),
        Effect.provide(ScriptedTransport.users(transport.httpClient, { deadline: "25 seconds" })),
        Effect.provide(TestContext.TestContext)
      )
    )
    assert.include(error.message, "no answer within 25s (deadline)")
    assert.deepStrictEqual(transport.sent.map(({ at }) => at), [0, 10_000, 20_000])
    assert.strictEqual(at, 25_000)
  })

  it("drives how long a token is good", async () => {
    const transport = ScriptedTransport.make([ScriptedTransport.found])
    let minted = 0
    await Effect.runPromise(
      Effect.gen(function*() {
        const users = yield* Users
        yield* users.get("ada")
        yield* TestClock.adjust("59 seconds")
        yield* users.get("ada")
        yield* TestClock.adjust("2 seconds")
        yield* users.get("ada")
      }).pipe(
        Effect.provide(Users.layer({ appId: "app", subdomain: "example" })),
        Effect.provide(Credentials.layerBearerEffect(Effect.sync(() => Redacted.make(`token ${++minted}`)))),
        Effect.provideService(HttpClient.HttpClient, transport.httpClient),
        Effect.provide(TestContext.TestContext)
      )
    )
    assert.deepStrictEqual(transport.sent.map(({ request }) => request.headers["authorization"]), [
      "Bearer token 1",
      "Bearer token 1",
      "Bearer token 2"
    ])
  })
})
