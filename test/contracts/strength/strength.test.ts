import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { committedPact, survivors } from "./judge.ts"
import { committedEventPact, eventSurvivors } from "./eventJudge.ts"
import { eventControls, eventMutants } from "./eventMutants.ts"
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

const namedEvents = (...names: ReadonlyArray<string>) =>
  eventMutants.filter(({ name, type }) => names.includes(`${type} ${name}`))

layer(NodeServices.layer, { excludeTestServices: true })("the contracts of events", (it) => {
  it.effect("pass an emulator that sends what it should", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* eventSurvivors(yield* committedEventPact, eventControls), eventControls)
    }))

  it.effect("catch a field of another type, one that is dropped, another event, no secret", () =>
    Effect.gen(function*() {
      const some = namedEvents(
        "user:remove has a number for user.id",
        "conversation:message drops message.content.text",
        "conversation:message:delivery:failure has a number for isFinalEvent",
        "client:update sends an event of another type",
        "user:merge sends no secret"
      )
      assert.lengthOf(some, 5)
      assert.deepStrictEqual(yield* eventSurvivors(yield* committedEventPact, some), [])
    }))

  it.effect("let live what a contract does not pin", () =>
    Effect.gen(function*() {
      const pact = yield* committedEventPact
      const some = namedEvents("user:remove has a number for user.externalId", "user:remove drops user.id")
      assert.lengthOf(some, 2)
      const weakened = {
        ...pact,
        interactions: pact.interactions.filter(({ description }) =>
          description === "a user about whom nothing was known was removed"
        )
      }
      assert.lengthOf(weakened.interactions, 1)
      assert.deepStrictEqual((yield* eventSurvivors(weakened, some)).map(({ name }) => name), [
        "has a number for user.externalId"
      ])
    }))
})
