import { assert, it } from "@effect/vitest"
import * as Arrivals from "@sunco/webhooks/Arrivals"
import * as Testing from "@sunco/webhooks/Testing"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"

const removed = (id: string) => Testing.event("user:remove", { user: { id } })

it.effect("an event that arrives before it is waited for is not missed", () =>
  Effect.gen(function*() {
    const gone = yield* Arrivals.expect("user:remove", ({ payload }) => payload.user.id === "ada")
    yield* Arrivals.publish(removed("grace"))
    yield* Arrivals.publish(Testing.event("user:update", { user: { id: "ada" } }))
    yield* Arrivals.publish(removed("ada"))
    assert.strictEqual((yield* gone).payload.user.id, "ada")
  }).pipe(Effect.provide(Arrivals.layer)))

it.effect("all who look out for an event are told", () =>
  Effect.gen(function*() {
    const waiting = yield* Effect.forEach([1, 2], () => Arrivals.expect("user:remove"))
    const both = yield* Effect.forkChild(Effect.all(waiting))
    yield* Arrivals.publish(removed("ada"))
    assert.deepStrictEqual((yield* Fiber.join(both)).map(({ payload }) => payload.user.id), ["ada", "ada"])
  }).pipe(Effect.provide(Arrivals.layer)))

it.effect("nobody looks out any more whose scope is over", () =>
  Effect.gen(function*() {
    let asked = 0
    const scope = yield* Scope.make()
    yield* Arrivals.expect("user:remove", () => asked++ < 0).pipe(Scope.provide(scope))
    yield* Arrivals.publish(removed("ada"))
    yield* Scope.close(scope, Exit.void)
    yield* Arrivals.publish(removed("ada"))
    assert.strictEqual(asked, 1)
  }).pipe(Effect.provide(Arrivals.layer)))
