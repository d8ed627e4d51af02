import { assert, layer } from "@effect/vitest"
import { Users } from "@sunco/client"
import { Emulator, Fault } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Ref from "effect/Ref"
import * as TestClock from "effect/testing/TestClock"
import { Greetings } from "./Greetings.ts"
import { Outbox } from "./Outbox.ts"

const UsersTest = Users.layerFromConfig().pipe(
  Layer.provideMerge(Emulator.layerTest({ users: [{ externalId: "ada", profile: { givenName: "Ada" } }] }))
)

const greeted = Effect.fnUntraced(function*(externalId: string) {
  const posted = yield* Ref.make<ReadonlyArray<string>>([])
  const outbox = Layer.succeed(Outbox, { post: (text) => Ref.update(posted, (all) => [...all, text]) })
  yield* Effect.andThen(Greetings, (greetings) => greetings.greet(externalId)).pipe(
    Effect.provide(Layer.provide(Greetings.layer, outbox))
  )
  return yield* Ref.get(posted)
})

layer(UsersTest)("Greetings", (it) => {
  it.effect("know who was seeded, and nobody else", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* greeted("ada"), ["Good morning, Ada"])
      assert.deepStrictEqual(yield* greeted("grace"), ["Have we met?"])
    }))

  it.effect("are late, but not lost, when the vendor fails twice", () =>
    Effect.gen(function*() {
      const { faults, requests, reset } = yield* Emulator
      yield* reset
      yield* faults.next(Fault.status(503), Fault.rateLimited({ retryAfter: 5 }))
      const fiber = yield* Effect.forkChild(greeted("ada"))
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* Fiber.join(fiber), ["Good morning, Ada"])
      assert.deepStrictEqual((yield* requests).map(({ operation, status }) => [operation, status]), [
        ["Users.get", 503],
        ["Users.get", 429],
        ["Users.get", 200]
      ])
    }))
})
