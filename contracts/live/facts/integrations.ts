import { Integrations } from "@sunco/client/Integrations"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { ask, at, byStatus, found, orderOf } from "../asking.ts"
import { asked, assumed, type Fact } from "../Fact.ts"
import { makeIntegration } from "../things.ts"

export const integrations: ReadonlyArray<Fact> = [
  assumed({
    name: "unknownIntegrationType",
    assumption: "unknownIntegrationType",
    question: "A list of integrations of a type that there is not",
    answers: { notFound: "is empty", refused: "is refused with 400" },
    assumed: "notFound",
    ask: Effect.gen(function*() {
      const answer = yield* ask("GET", ["integrations"], { query: { "filter[types]": "no-such-type" } })
      if (answer.status !== 200) return byStatus({ 400: "refused" })(answer)
      const listed = at(answer.body, "integrations")
      return found(Array.isArray(listed) && listed.length === 0 ? "notFound" : undefined, "200")
    })
  }),
  assumed({
    name: "orderOfIntegrations",
    assumption: "listOrder",
    question: "Of the integrations of an app there comes first",
    answers: { oldestFirst: "the oldest", newestFirst: "the newest" },
    assumed: "oldestFirst",
    ask: Effect.gen(function*() {
      const [{ id: first, type }, { id: second }] = [yield* makeIntegration(), yield* makeIntegration()]
      const listed = (yield* Integrations).stream({ types: [type] })
      return orderOf([first, second], yield* Stream.runCollect(listed))
    })
  }),
  asked({
    name: "fieldOfAnotherType",
    question: "A change to an integration that has a field of another type is",
    answers: { refused: "refused with 400", ignored: "200" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { id } = yield* makeIntegration()
      return byStatus({ 400: "refused", 200: "ignored" })(
        yield* ask("PATCH", ["integrations", id], { body: { fromAddress: "tea@example.com" } })
      )
    })
  })
]
