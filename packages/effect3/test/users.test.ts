/**
 * What is of this package when an application calls: classes of errors, options, headers. With users on purpose; that every operation
 * is there, everyOperation.test.ts says.
 */
import { Sunshine } from "@sunco/effect3/Sunshine"
import * as UnknownFields from "@sunco/effect3/UnknownFields"
import { Users } from "@sunco/effect3/Users"
import * as Fault from "@sunco/emulator/Fault"
import * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { afterEach, assert, beforeEach, describe, it } from "vitest"
import * as Vendor from "./Vendor.ts"

let vendor: Vendor.Vendor

beforeEach(async () => {
  vendor = await Vendor.start()
})

afterEach(() => vendor[Symbol.asyncDispose]())

const run = <A, E>(effect: Effect.Effect<A, E, Users | Sunshine>, options?: Parameters<Vendor.Vendor["users"]>[0]) =>
  Effect.runPromise(Effect.provide(effect, vendor.users(options)))

describe("Users", () => {
  it("gives what the vendor has, with the fields that no type names, and the calls that are made of others", async () => {
    const results = await run(Effect.gen(function*() {
      const users = yield* Users
      const { created } = yield* users.getOrCreate({ externalId: "ada" })
      const changed = yield* users.upsert({ externalId: "ada", metadata: { plan: "free" } })
      const read = yield* users.get("ada")
      return [created, changed.created, read.metadata, UnknownFields.get(read, "hasPaymentInfo")]
    }))
    assert.deepStrictEqual(results, [true, false, { plan: "free" }, false])
  })

  it("fails with the outcomes of the domain, which catchTag narrows", async () => {
    const outcome = await run(Effect.gen(function*() {
      const users = yield* Users
      const missing = yield* users.get("nobody").pipe(
        Effect.map(() => "found"),
        Effect.catchTag("UserNotFound", ({ operation }) => Effect.succeed(operation))
      )
      yield* users.create({ externalId: "ada" })
      const taken = yield* users.create({ externalId: "ada" }).pipe(
        Effect.map(() => "made"),
        Effect.catchTags({
          UserAlreadyExists: ({ attempts, operation }) => Effect.succeed(`${operation} ${attempts}`),
          SunshineError: Effect.die
        })
      )
      return [missing, taken]
    }))
    assert.deepStrictEqual(outcome, ["Users.get", "Users.create 1"])
  })

  it("repeats what may be repeated, and looks up whose user a lost create made", async () => {
    await vendor.failNext(Fault.cutAfterApplied)
    const { externalId } = await run(Effect.flatMap(Users, (users) => users.create({ externalId: "ada" })))
    assert.strictEqual(externalId, "ada")
    assert.deepStrictEqual((await vendor.requests()).map(({ operation }) => operation), [
      "Users.create",
      "Users.create",
      "Users.get"
    ])
  })

  it("takes the options of a client and of a call, in every form that a duration of Effect 3 has", async () => {
    await vendor.failNext(Fault.slowHeaders(Infinity), Fault.slowHeaders(Infinity), Fault.slowHeaders(Infinity))
    const [first, second] = await run(
      Effect.gen(function*() {
        const users = yield* Users
        return [
          yield* Effect.flip(users.get("ada")),
          yield* Effect.flip(users.get("ada", { retry: "never", attemptTimeout: "60 millis", deadline: 60_000 }))
        ]
      }),
      {
        attemptTimeout: Duration.millis(50),
        deadline: Duration.infinity,
        retry: { attempts: 2, baseDelay: [0, 1_000_000], maxDelay: 2_000_000n }
      }
    )
    assert.strictEqual(first?.message, "Users.get: no answer within 50ms (attempt); 2 attempts, stopped: attempts")
    assert.strictEqual(second?.message, "Users.get: no answer within 60ms (attempt); 1 attempt, stopped: attempts")
  })

  it("is a defect, and no failure, when an option is none", async () => {
    const exit = await run(Effect.gen(function*() {
      const users = yield* Users
      return yield* Effect.exit(users.get("ada", { deadline: "soon" as "1 second" }))
    }))
    assert.isTrue(Exit.isFailure(exit) && Cause.isDie(exit.cause) && !Cause.isFailure(exit.cause))
  })

  it("gives status and headers beside the value of any call", async () => {
    const { response, value } = await run(Effect.gen(function*() {
      const users = yield* Users
      return yield* Sunshine.withResponse(users.create({ externalId: "ada" }))
    }))
    assert.deepStrictEqual([value.externalId, response?.status], ["ada", 201])
    assert.isString(response?.headers["date"])
  })
})

describe("Sunshine", () => {
  it("sends what no method covers", async () => {
    const { body, status } = await run(Effect.gen(function*() {
      const sunshine = yield* Sunshine
      return yield* sunshine.request({
        operation: "Users.listByEmail",
        method: "GET",
        path: ["v2", "apps", sunshine.appId, "users"],
        query: { "filter[identities.email]": "ada@example.com" }
      })
    }))
    assert.deepStrictEqual([status, body], [200, { users: [] }])
  })
})
