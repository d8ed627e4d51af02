import * as ProviderStates from "effect-pact/ProviderStates"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { describe, expect, it } from "tstyche"

class Database
  extends Context.Service<Database, { readonly insert: (name: string) => Effect.Effect<string> }>()("Database")
{}

const States = ProviderStates.make({
  "a user exists": {
    parameters: { name: Schema.String, age: Schema.optionalKey(Schema.Int) },
    values: { userId: Schema.String }
  },
  "there are no users": {}
})

const empty = () => Effect.void
const insert = () => Effect.succeed({ userId: "42" })

describe("given", () => {
  it("knows the names of the states", () => {
    expect(States.given).type.toBeCallableWith("there are no users")
    expect(States.given).type.not.toBeCallableWith("there are users")
  })

  it("checks the parameters of a state", () => {
    expect(States.given).type.toBeCallableWith("a user exists", { name: "Ada" })
    expect(States.given).type.toBeCallableWith("a user exists", { name: "Ada", age: 36 })
    expect(States.given).type.not.toBeCallableWith("a user exists")
    expect(States.given).type.not.toBeCallableWith("a user exists", { name: 7 })
    expect(States.given).type.not.toBeCallableWith("a user exists", { name: "Ada", height: 1 })
    expect(States.given).type.not.toBeCallableWith("there are no users", { name: "Ada" })
  })
})

describe("handlers", () => {
  it("has one for each state", () => {
    expect(States.handlers).type.toBeCallableWith({ "a user exists": insert, "there are no users": empty })
    expect(States.handlers).type.not.toBeCallableWith({ "a user exists": insert })
  })

  it("has none for another state", () => {
    expect(States.handlers).type.not.toBeCallableWith({
      "a user exists": insert,
      "there are no users": empty,
      "it rains": empty
    })
  })

  it("gives the parameters their types", () => {
    States.handlers({
      "a user exists": (parameters) => {
        expect(parameters).type.toBe<{ readonly name: string; readonly age?: number }>()
        return insert()
      },
      "there are no users": empty
    })
  })

  it("asks for the values that the state promises", () => {
    expect(States.handlers).type.not.toBeCallableWith({ "a user exists": empty, "there are no users": empty })
    expect(States.handlers).type.not.toBeCallableWith({
      "a user exists": () => Effect.succeed({ userId: 42 }),
      "there are no users": empty
    })
  })

  it("needs what the handlers need, but for their scope", () => {
    const handlers = States.handlers({
      "a user exists": ({ name }) =>
        Effect.gen(function*() {
          const userId = yield* (yield* Database).insert(name)
          yield* Effect.addFinalizer(() => Effect.void)
          return { userId }
        }),
      "there are no users": empty
    })
    expect(handlers).type.toBe<ProviderStates.StateHandlers<Database>>()
    expect(States.handlers({ "a user exists": insert, "there are no users": empty })).type.toBe<
      ProviderStates.StateHandlers
    >()
  })
})
