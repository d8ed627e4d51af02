/** Users on purpose: the emulator and the client against a model of one resource that has every kind of write. */
import { assert, it } from "@effect/vitest"
import type { SunshineError, UserAlreadyExists, UserNotFound, Users } from "@sunco/client"
import { Emulator } from "@sunco/emulator"
import { ExternalId, PathSegment } from "@sunco/schemas/Ids"
import type { User } from "@sunco/schemas/User"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { isDeepStrictEqual } from "node:util"
import * as EmulatedUsers from "../faults/EmulatedUsers.ts"
import { failures, maxResponseBytes } from "../faults/Failures.ts"
import * as NotingClock from "../faults/NotingClock.ts"
import * as UsersModel from "./UsersModel.ts"

// Silence is left to real sockets: in memory it goes by the caller's clock, and on this one no wait takes time.
const faults = failures.filter(({ outlastsAttempt }) => outlastsAttempt === undefined)

const Id = ExternalId.check(Schema.makeFilter(Schema.is(PathSegment)))

const Course = Schema.Struct({
  externalIds: Schema.Tuple([Id, Id, Id]),
  steps: Schema.Array(Schema.Struct({
    command: UsersModel.Command,
    /** What befalls its requests, one each. */
    faults: Schema.Array(Schema.Literals(faults.map(({ name }) => name))).check(Schema.isMaxLength(3))
  }))
})

type Course = typeof Course.Type

const call = (
  users: Users["Service"],
  command: UsersModel.Command,
  externalIds: ReadonlyArray<string>,
  stored: ReadonlyArray<User>
): Effect.Effect<unknown, UserNotFound | UserAlreadyExists | SunshineError> => {
  const brandId = "brand" in command ? command.brand : undefined
  switch (command._tag) {
    case "create": {
      const externalId = command.externalId === undefined ? undefined : externalIds[command.externalId]
      return users.create({ ...command.payload, externalId, brandId })
    }
    case "getOrCreate":
    case "upsert":
      return users[command._tag]({ ...command.payload, externalId: externalIds[command.externalId]!, brandId })
    case "listByEmail":
      return users.listByEmail(UsersModel.core.email, { brandId })
    case "sync":
      return users.sync(command.zendeskId)
  }
  const { who } = command
  const id = "nth" in who ? stored[who.nth]?.id ?? "nobody" : externalIds[who.externalId]!
  return command._tag === "update" ? users.update(id, command.patch, { brandId }) : users[command._tag](id, { brandId })
}

/** As it goes over the wire. */
const json = (value: unknown): unknown => value === undefined ? undefined : JSON.parse(JSON.stringify(value))

/** Whether these users are stored, but for what the model leaves to the vendor. */
const isStored = (stored: ReadonlyArray<User>) => (store: UsersModel.Store): boolean =>
  isDeepStrictEqual(
    json(stored.map((user, place) => ({
      ...user,
      id: undefined,
      hasPaymentInfo: undefined,
      signedUpAt: store[place]?.signedUpAt === undefined ? undefined : user.signedUpAt
    }))),
    json(store)
  )

/** What the client gives for an outcome of the model. */
const valueOf = (outcome: UsersModel.Outcome, command: UsersModel.Command, stored: ReadonlyArray<User>): unknown => {
  if (outcome._tag !== "Users") return undefined
  const users = outcome.places.map((place) => stored[place])
  if (command._tag === "listByEmail") return users
  return outcome.created === undefined ? users[0] : { user: users[0], created: outcome.created }
}

const follow = Effect.fnUntraced(function*({ externalIds, steps }: Course) {
  const emulator = yield* Emulator
  const users = yield* EmulatedUsers.make({ maxResponseBytes, retry: { budget: "unlimited" } })
  yield* emulator.seed({ users: UsersModel.seed, zendeskUsers: [UsersModel.core] })
  let store = UsersModel.seed
  for (const { command, faults: names } of steps) {
    const outcome = UsersModel.run(store, externalIds, command)
    const after = "after" in outcome ? outcome.after : store
    yield* emulator.faults.clear
    yield* emulator.faults.next(...names.map((name) => faults.find((fault) => fault.name === name)!.fault))
    const result = yield* Effect.result(call(users, command, externalIds, yield* emulator.stored("Users")))
    const stored = yield* emulator.stored("Users")

    let possible: ReadonlyArray<UsersModel.Store>
    if (result._tag === "Success") {
      if ("after" in outcome) {
        assert.deepStrictEqual(json(result.success), json(valueOf(outcome, command, stored)))
      } else {
        // After an answer that was lost, nobody can tell a user who was never there from one who was deleted, nor an equal
        // user of somebody else's from one's own.
        assert.isNotEmpty(names)
        assert.include(["delete UserNotFound", "create UserAlreadyExists"], `${command._tag} ${outcome._tag}`)
        if (command._tag === "create") assert.deepInclude<unknown>(stored, result.success)
      }
      possible = [after]
    } else if (result.failure._tag !== "SunshineError") {
      assert.strictEqual(result.failure._tag, outcome._tag)
      possible = [store]
    } else {
      const { applied, reason } = result.failure
      if (names.length === 0) assert.strictEqual(reason._tag, outcome._tag)
      possible = { no: [store], yes: [after], unknown: [after, store] }[applied]
    }
    const actual = possible.find(isStored(stored))
    if (actual === undefined) {
      assert.fail(
        `after ${command._tag} (${result._tag}), ${JSON.stringify(stored)} is stored, not ${JSON.stringify(possible)}`
      )
    }
    store = actual
  }
})

it.effect.prop(
  "whatever befalls a course of calls, each does what it says and no more, as the model of the API has it",
  { course: Course },
  ({ course }) =>
    follow(course).pipe(
      EmulatedUsers.drawing(0.5),
      Effect.provideService(Clock.Clock, NotingClock.make().clock),
      Effect.provide(Emulator.layerMemory())
    ),
  { arbitrary: { runs: 200 } }
)
