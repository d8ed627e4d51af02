import { assert, describe, it } from "@effect/vitest"
import * as ProviderStates from "effect-pact/ProviderStates"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const States = ProviderStates.make({
  "a user exists": {
    parameters: { name: Schema.String, signedUpAt: Schema.optionalKey(Schema.DateTimeUtcFromString) },
    values: { userId: Schema.String, visits: Schema.Int }
  },
  "a short name is taken": { parameters: { name: Schema.String.check(Schema.isMaxLength(3)) } },
  "there are no users": {}
})

const handlers = (userId: string, visits: number) =>
  States.handlers({
    "a user exists": () => Effect.succeed({ userId, visits }),
    "a short name is taken": ({ name }) => Effect.fail(new Error(`${name} is everywhere`)),
    "there are no users": () => Effect.void
  })

const problemOf = (name: string, parameters: unknown, visits = 1) =>
  handlers("42", visits).setUp(name, parameters).pipe(
    Effect.flip,
    Effect.map(({ problem, state }) => [state, problem]),
    Effect.scoped
  )

describe("ProviderStates", () => {
  it("gives a state with its parameters as JSON", () => {
    const signedUpAt = Schema.decodeUnknownSync(Schema.DateTimeUtcFromString)("2026-11-23T00:00:00Z")
    assert.deepStrictEqual(States.given("a user exists", { name: "Ada", signedUpAt }), {
      name: "a user exists",
      parameters: { name: "Ada", signedUpAt: "2026-11-23T00:00:00.000Z" }
    })
    assert.deepStrictEqual(States.given("there are no users"), { name: "there are no users", parameters: {} })
  })

  it("throws for parameters that break a check", () => {
    assert.throws(() => States.given("a short name is taken", { name: "Lovelace" }), ProviderStates.ProviderStateError)
  })

  it.effect("hands decoded parameters to the handler and gives back its values", () =>
    Effect.gen(function*() {
      const values = yield* handlers("42", 7).setUp("a user exists", { name: "Ada" }).pipe(Effect.scoped)
      assert.deepStrictEqual(values, { userId: "42", visits: 7 })
    }))

  it.effect("gives back nothing for a state without values", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* handlers("42", 7).setUp("there are no users", {}).pipe(Effect.scoped), {})
    }))

  it.effect("fails for a state that nobody handles, also one that objects have by nature", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* problemOf("a user is missing", {}), ["a user is missing", "state"])
      assert.deepStrictEqual(yield* problemOf("toString", {}), ["toString", "state"])
    }))

  it.effect("fails for parameters that do not fit their schema", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* problemOf("a user exists", { name: 7 }), ["a user exists", "parameters"])
      assert.deepStrictEqual(yield* problemOf("a user exists", {}), ["a user exists", "parameters"])
    }))

  it.effect("fails for a handler that fails, and says how", () =>
    Effect.gen(function*() {
      const error = yield* handlers("42", 1).setUp("a short name is taken", { name: "Ada" }).pipe(
        Effect.flip,
        Effect.scoped
      )
      assert.strictEqual(error.problem, "handler")
      assert.include(error.message, "Ada is everywhere")
    }))

  it.effect("fails for values that do not fit their schema", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* problemOf("a user exists", { name: "Ada" }, 1.5), ["a user exists", "values"])
    }))
})
