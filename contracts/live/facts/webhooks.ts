import * as Effect from "effect/Effect"
import { Account } from "../Account.ts"
import { ask, byStatus, send, Unsettled } from "../asking.ts"
import { assumed, type Fact } from "../Fact.ts"
import { Run } from "../Run.ts"

export const webhooks: ReadonlyArray<Fact> = [
  assumed({
    name: "meOfNone",
    question: "Credentials that are of no integration say me, and get",
    answers: { notFound: "404 integration_not_found", forbidden: "403" },
    assumed: "notFound",
    assumption: "meOfNone",
    ask: Effect.gen(function*() {
      const { appId } = yield* Account
      const { falseId } = yield* Run
      // A key of another kind may not ask for any.
      yield* ask("GET", ["integrations", falseId(), "webhooks"])
      const answer = yield* send("GET", ["v2", "apps", appId, "integrations", "me", "webhooks"])
      if (answer.status === 200) return yield* new Unsettled({ why: "the credentials are those of an integration" })
      return byStatus({ 404: "notFound", 403: "forbidden" })(answer)
    })
  }),
  assumed({
    name: "accountScope",
    question:
      "The key of an account calls what does not list its scope, as the operations of webhooks do not, and gets",
    answers: { listed: "403", everything: "what it asks for" },
    assumed: "listed",
    assumption: "accountScope",
    unasked: "a run has the credentials of one app"
  }),
  assumed({
    name: "secondWebhook",
    question: "A custom integration that has a webhook is to have another:",
    answers: { refused: "400", another: "it gets it" },
    assumed: "refused",
    assumption: "secondWebhook",
    unasked: "a run makes no custom integration"
  }),
  assumed({
    name: "sameTarget",
    question: "An integration is to have another webhook of the same target:",
    answers: { another: "it gets it", refused: "400" },
    assumed: "another",
    assumption: "sameTarget",
    unasked: "no call makes an integration that may have several"
  }),
  assumed({
    name: "meOfKey",
    question: "The key of an integration says me, and means",
    answers: { itself: "its integration", notFound: "nothing: 404" },
    assumed: "itself",
    assumption: "meOfKey",
    unasked: "a run makes no custom integration"
  })
]
