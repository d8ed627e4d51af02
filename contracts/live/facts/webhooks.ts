import { Integrations } from "@sunco/client/Integrations"
import { Webhooks } from "@sunco/client/Webhooks"
import * as Effect from "effect/Effect"
import { Account } from "../Account.ts"
import { ask, byStatus, found, send, Unsettled } from "../asking.ts"
import { asked, assumed, type Fact } from "../Fact.ts"
import { Run } from "../Run.ts"
import { makeCustomIntegration, nowhere } from "../things.ts"

const elsewhere = { ...nowhere, target: `${nowhere.target}/another` }

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
    ask: Effect.gen(function*() {
      const { appId, scope } = yield* Account
      const { falseId } = yield* Run
      if (scope !== "account") return yield* new Unsettled({ why: "the credentials are not those of an account" })
      const answer = yield* send("GET", ["v2", "apps", appId, "integrations", falseId(), "webhooks"])
      return byStatus({ 403: "listed", 404: "everything" })(answer)
    })
  }),
  assumed({
    name: "secondWebhook",
    question: "A custom integration that has a webhook is to have another:",
    answers: { refused: "400", another: "it gets it" },
    assumed: "refused",
    assumption: "secondWebhook",
    ask: Effect.gen(function*() {
      const { id } = yield* makeCustomIntegration
      // Whatever it makes goes with its integration.
      const answer = yield* ask("POST", ["integrations", id, "webhooks"], { body: elsewhere })
      return byStatus({ 400: "refused", 201: "another" })(answer)
    })
  }),
  asked({
    name: "secretOfWebhook",
    question: "After it was made a webhook is listed",
    answers: { always: "with its secret", onceOnly: "without its secret" },
    assumed: "always",
    ask: Effect.gen(function*() {
      const { id } = yield* makeCustomIntegration
      const [webhook] = yield* (yield* Webhooks).list(id)
      return found(
        webhook === undefined ? undefined : webhook.secret === undefined ? "onceOnly" : "always",
        webhook === undefined ? "it is not listed" : "200"
      )
    })
  }),
  asked({
    name: "webhookOfDeletedIntegration",
    question: "The webhooks of an integration that was deleted a moment ago are",
    answers: { gone: "gone with it (404)", there: "still there" },
    assumed: "gone",
    ask: Effect.gen(function*() {
      const { id } = yield* makeCustomIntegration
      yield* (yield* Integrations).delete(id)
      return byStatus({ 404: "gone", 200: "there" })(yield* ask("GET", ["integrations", id, "webhooks"]))
    })
  }),
  assumed({
    name: "outsideSwitchboard",
    question: "The webhooks of an integration that takes no turn in an enabled switchboard hear of conversations",
    answers: { everything: "everything", nothing: "nothing" },
    assumed: "everything",
    assumption: "outsideSwitchboard",
    unasked: "a run receives nothing that is sent to webhooks"
  }),
  assumed({
    name: "sameTarget",
    question: "An integration is to have another webhook of the same target:",
    answers: { another: "it gets it", refused: "400" },
    assumed: "another",
    assumption: "sameTarget",
    ask: Effect.gen(function*() {
      const { id } = yield* makeCustomIntegration
      const second = yield* ask("POST", ["integrations", id, "webhooks"], { body: elsewhere })
      if (second.status !== 201) {
        return yield* new Unsettled({ why: "no call makes an integration that may have several webhooks" })
      }
      const answer = yield* ask("POST", ["integrations", id, "webhooks"], { body: nowhere })
      return byStatus({ 201: "another", 400: "refused" })(answer)
    })
  })
]
