import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { committedPact, survivors } from "./judge.ts"
import { controls, mutants } from "./mutants.ts"

const named = (...names: ReadonlyArray<string>) =>
  mutants.filter(({ name, operation }) => names.includes(`${operation} ${name}`))

layer(NodeServices.layer, { excludeTestServices: true })("the contracts", (it) => {
  it.effect("pass an emulator that is not broken", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* survivors(yield* committedPact, controls), controls)
    }))

  it.effect("catch a field that is dropped, another code, ignored credentials", () =>
    Effect.gen(function*() {
      const some = named(
        "Users.get drops user.id",
        "Users.update says that the app is missing",
        "Attachments.delete lets everybody in"
      )
      assert.lengthOf(some, 3)
      assert.deepStrictEqual(yield* survivors(yield* committedPact, some), [])
    }))

  it.effect("let live what no interaction shows", () =>
    Effect.gen(function*() {
      const pact = yield* committedPact
      const weakened = {
        ...pact,
        interactions: pact.interactions.filter(({ description }) =>
          description === "a request to get a user about whom nothing is known"
        )
      }
      const some = named(
        "Users.get drops user.id",
        "Users.get drops user.zendeskId",
        "Users.get ignores the query parameter brandId"
      )
      assert.lengthOf(some, 3)
      assert.deepStrictEqual(
        (yield* survivors(weakened, some)).map(({ name }) => name),
        ["drops user.zendeskId", "ignores the query parameter brandId"]
      )
    }))
})
