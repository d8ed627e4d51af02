import { assert, describe, it, layer } from "@effect/vitest"
import type { Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as EmulatedUsers from "./EmulatedUsers.ts"
import { failures } from "./Failures.ts"
import * as NotingClock from "./NotingClock.ts"
import { ada, grace, seed } from "./RetryKinds.ts"
import { transports } from "./Transports.ts"

const payload = { externalId: grace.externalId, profile: { givenName: grace.givenName } }

/** How a call ends, what it sent, and who is there then. */
const outcome = Effect.fnUntraced(function*<A, E>(call: (users: Users["Service"]) => Effect.Effect<A, E>) {
  const emulator = yield* Emulator
  const users = yield* EmulatedUsers.make()
  const result = yield* call(users).pipe(
    Effect.provideService(Clock.Clock, NotingClock.make().clock),
    Effect.result
  )
  return {
    value: Result.getOrUndefined(result),
    error: Result.isFailure(result) ? result.failure : undefined,
    sent: (yield* emulator.requests).map(({ operation }) => operation),
    users: yield* emulator.stored("Users")
  }
})

describe("create with an externalId", () => {
  const create = outcome((users) => users.create(payload))

  it.effect("that is taken fails at once: no attempt before it can have made that user", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed({ users: [payload] })
      const { sent, error } = yield* create
      assert.strictEqual(error?._tag, "UserAlreadyExists")
      assert.deepStrictEqual(sent, ["Users.create"])
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("gives the user of the attempt whose answer was lost", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.faults.next(Fault.cutAfterApplied)
      const { sent, users, value } = yield* create
      assert.deepStrictEqual<unknown>(users, [value])
      assert.deepStrictEqual(sent, ["Users.create", "Users.create", "Users.get"])
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("does not take a user for its own who differs from what was sent", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.faults.next(Fault.cutBeforeApplied)
      const another = emulator.seed({ users: [{ ...payload, profile: { givenName: "Gracie" } }] })
      const { users, error } = yield* EmulatedUsers.before({ 2: another })(create)
      assert.strictEqual(error?._tag, "UserAlreadyExists")
      assert.deepStrictEqual(users.map(({ profile }) => profile), [{ givenName: "Gracie" }])
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("does not take the user for its own whose id the externalId looks like", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed(seed)
      yield* emulator.faults.next(Fault.cutAfterApplied)
      const { users, error } = yield* outcome((users) => users.create({ externalId: ada.id }))
      assert.strictEqual(error?._tag, "UserAlreadyExists")
      assert.lengthOf(users, 2)
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("cannot tell an identical payload of another creator from its own", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.faults.next(Fault.cutBeforeApplied)
      const { users, value } = yield* EmulatedUsers.before({ 2: emulator.seed({ users: [payload] }) })(create)
      assert.deepStrictEqual<unknown>(users, [value])
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("makes the user anew who is deleted before the look-up", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const users = yield* EmulatedUsers.make()
      yield* emulator.faults.next(Fault.cutAfterApplied)
      const deletion = Effect.ignore(users.delete(grace.externalId))
      const { sent, users: stored, value } = yield* EmulatedUsers.before({ 3: deletion })(create)
      assert.deepStrictEqual<unknown>(stored, [value])
      assert.deepStrictEqual(sent, ["Users.create", "Users.create", "Users.delete", "Users.get", "Users.create"])
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("looks up in the brand of the payload", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.seed({ users: [payload] })
      yield* emulator.faults.next(Fault.cutAfterApplied)
      const { users, value } = yield* outcome((users) => users.create({ ...payload, brandId: "9477922990333" }))
      assert.deepStrictEqual(users[1], value)
      assert.strictEqual(users[1]?.brandId, "9477922990333")
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect.prop(
    "makes exactly one user, or says that it does not know, whatever befalls its first three requests",
    {
      faults: Schema.Array(
        Schema.Literals(failures.filter((failure) => !failure.outlastsAttempt).map(({ name }) => name))
      )
        .check(Schema.isMaxLength(3))
    },
    ({ faults }) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        yield* emulator.faults.next(...faults.map((name) => failures.find((failure) => failure.name === name)!.fault))
        const { error, users, value } = yield* create
        assert.isAtMost(users.length, 1)
        if (error === undefined) {
          assert.deepStrictEqual<unknown>(users, [value])
        } else {
          assert(error._tag === "SunshineError")
          assert.include(users.length === 1 ? ["yes", "unknown"] : ["no", "unknown"], error.applied)
        }
      }).pipe(Effect.provide(Emulator.layerMemory()))
  )
})

describe("delete", () => {
  it.effect("fails at once when the user is not there: no attempt before it can have deleted anybody", () =>
    Effect.gen(function*() {
      const { sent, error } = yield* outcome((users) => users.delete(ada.id))
      assert.strictEqual(error?._tag, "UserNotFound")
      assert.deepStrictEqual(sent, ["Users.delete"])
    }).pipe(Effect.provide(Emulator.layerMemory())))
})

describe.each(["getOrCreate", "upsert"] as const)("%s", (method) => {
  const callers = 50

  describe.each(transports)("over $name", ({ layer: transport }) => {
    layer(Layer.merge(Emulator.layer(), transport), { excludeTestServices: true })((it) => {
      it.effect("survives 50 callers at once: one of them makes the user, and all have it", () =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const users = yield* EmulatedUsers.make()
          const results = yield* Effect.replicateEffect(users[method](payload), callers, { concurrency: "unbounded" })
          assert.deepStrictEqual((yield* emulator.stored("Users")).map(({ externalId }) => externalId), [
            grace.externalId
          ])
          assert.lengthOf(results.filter(({ created }) => created), 1)
          assert.lengthOf(new Set(results.map(({ user }) => user.id)), 1)
        }))

      it.effect("survives 50 callers at once of whom every third loses an answer", () =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const lost = [Fault.cutAfterApplied, Fault.status(504, { applied: true }), Fault.truncatedBody()]
          yield* emulator.faults.next(...Array.from({ length: callers / 3 }, (_, i) => lost[i % 3]!))
          const users = yield* EmulatedUsers.make({ retry: { attempts: 8, budget: "unlimited" } })
          const results = yield* users[method](payload).pipe(
            EmulatedUsers.drawing(0),
            Effect.replicateEffect(callers, { concurrency: "unbounded" })
          )
          assert.lengthOf(yield* emulator.stored("Users"), 1)
          assert.lengthOf(new Set(results.map(({ user }) => user.id)), 1)
        }))
    })
  })

  it.effect.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    "survives that the user is deleted before request %i of 10 callers",
    (nth) =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const others = yield* EmulatedUsers.make()
        const goes = Effect.ignore(others.delete(grace.externalId))
        const users = yield* EmulatedUsers.make().pipe(EmulatedUsers.before({ [nth]: goes }))
        const results = yield* Effect.replicateEffect(users[method](payload), 10, { concurrency: "unbounded" })
        assert.isAtMost((yield* emulator.stored("Users")).length, 1)
        assert.isAtMost(results.filter(({ created }) => created).length, 2)
      }).pipe(Effect.provide(Emulator.layerMemory()))
  )

  it.effect("makes the user anew who is deleted after it was found or refused", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const others = yield* EmulatedUsers.make()
      const comes = emulator.seed({ users: [payload] })
      const goes = Effect.ignore(others.delete(grace.externalId))
      // Nobody is found, somebody makes the user before we do, and it is gone again before we look.
      const { users, value } = yield* outcome((users) => users[method](payload)).pipe(
        EmulatedUsers.before({ 2: comes, 3: goes })
      )
      assert.deepStrictEqual(value, { user: users[0]!, created: true })
      assert.lengthOf(users, 1)
    }).pipe(Effect.provide(Emulator.layerMemory())))

  it.effect("gives up on a user who comes and goes under its hands again and again", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const others = yield* EmulatedUsers.make()
      const comes = emulator.seed({ users: [payload] })
      const goes = Effect.ignore(others.delete(grace.externalId))
      const { error } = yield* outcome((users) => users[method](payload)).pipe(
        EmulatedUsers.before({ 2: comes, 3: goes, 4: comes, 5: goes, 6: comes })
      )
      assert.strictEqual(error?._tag, "UserAlreadyExists")
    }).pipe(Effect.provide(Emulator.layerMemory())))
})

it.effect("upsert makes the user anew who is deleted before its update", () =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    yield* emulator.seed({ users: [payload] })
    const others = yield* EmulatedUsers.make()
    const { users, value } = yield* outcome((users) => users.upsert({ ...payload, metadata: { plan: "pro" } })).pipe(
      EmulatedUsers.before({ 2: Effect.ignore(others.delete(grace.externalId)) })
    )
    assert.deepStrictEqual(value, { user: users[0]!, created: true })
    assert.deepStrictEqual(users.map(({ metadata }) => metadata), [{ plan: "pro" }])
  }).pipe(Effect.provide(Emulator.layerMemory())))
