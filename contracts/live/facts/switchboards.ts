import * as Effect from "effect/Effect"
import { ask, byStatus } from "../asking.ts"
import { assumed, type Fact } from "../Fact.ts"
import { Run } from "../Run.ts"
import { makeGroup } from "../things.ts"

export const switchboards: ReadonlyArray<Fact> = [
  assumed({
    name: "failedControl",
    assumption: "failedControl",
    question: "Control of a conversation that is passed to nobody who is known gets",
    answers: { event: "200, and an event tells", badRequest: "400" },
    assumed: "event",
    ask: Effect.gen(function*() {
      const { falseId } = yield* Run
      const { id } = yield* makeGroup
      const body = { switchboardIntegration: falseId() }
      return byStatus({ 200: "event", 400: "badRequest" })(
        yield* ask("POST", ["conversations", id, "passControl"], { body })
      )
    })
  }),
  assumed({
    name: "sameControlName",
    assumption: "sameControlName",
    question: "A switchboard integration that is to have the name of another one",
    answers: { refused: "gets 400", shared: "has it, too" },
    assumed: "refused",
    unasked: "a run adds nobody to a switchboard, which decides who answers in every conversation of the app"
  })
]
