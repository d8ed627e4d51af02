import { IntegrationKeys } from "@sunco/client/IntegrationKeys"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Redacted from "effect/Redacted"
import { Account } from "../Account.ts"
import * as Answers from "../answers.ts"
import { ask, byStatus, found } from "../asking.ts"
import { asked, assumed, type Fact } from "../Fact.ts"
import * as Json from "../json.ts"
import { Run } from "../Run.ts"
import { makeCustomIntegration, makeIntegrationKey } from "../things.ts"

export const integrationKeys: ReadonlyArray<Fact> = [
  assumed({
    name: "secretsOfIntegrationKeys",
    assumption: "keySecrets",
    question: "After it was made a key of an integration is listed",
    answers: { always: "with its secret", onceOnly: "without its secret" },
    assumed: "always",
    ask: Effect.gen(function*() {
      const { id: integrationId } = yield* makeCustomIntegration
      const { id } = yield* makeIntegrationKey(integrationId)
      const listed = (yield* (yield* IntegrationKeys).list(integrationId)).find((key) => key.id === id)
      return found(
        listed === undefined ? undefined : listed.secret === undefined ? "onceOnly" : "always",
        listed === undefined ? "it is not listed" : "200"
      )
    })
  }),
  assumed({
    name: "missingIntegrationKey",
    assumption: "missingIntegrationKey",
    question: "A key of an integration that is not there is",
    answers: { notFound: "404 not_found", keyNotFound: "404 key_not_found" },
    assumed: "notFound",
    ask: Effect.gen(function*() {
      const { falseId } = yield* Run
      const { id } = yield* makeCustomIntegration
      const answer = yield* ask("GET", ["integrations", id, "keys", `int_${falseId()}`])
      const [code] = answer.status === 404 ? answer.codes : []
      return found(
        code === "not_found" ? "notFound" : code === "key_not_found" ? "keyNotFound" : undefined,
        Answers.format(answer)
      )
    })
  }),
  asked({
    name: "eleventhIntegrationKey",
    question: "An eleventh key of an integration is",
    answers: { refused: "refused with 400", made: "made" },
    assumed: "refused",
    ask: Effect.gen(function*() {
      const { id } = yield* makeCustomIntegration
      yield* Effect.replicateEffect(makeIntegrationKey(id), 10, { discard: true })
      // Whatever it makes goes with its integration.
      const answer = yield* ask("POST", ["integrations", id, "keys"], { body: { displayName: "One more" } })
      return byStatus({ 400: "refused", 201: "made" })(answer)
    })
  }),
  assumed({
    name: "meOfKey",
    assumption: "meOfKey",
    question: "The key of an integration says me, and means",
    answers: { itself: "its integration", notFound: "nothing: 404" },
    assumed: "itself",
    ask: Effect.gen(function*() {
      const { appId, send } = yield* Account
      const { id } = yield* makeCustomIntegration
      const key = yield* makeIntegrationKey(id)
      const header = Redacted.make(`Basic ${Base64.encode(`${key.id}:${Redacted.value(key.secret)}`)}`)
      const { body, status } = yield* send({
        method: "GET",
        target: `/v2/apps/${appId}/integrations/me/webhooks`,
        body: new Uint8Array(),
        credentials: { header }
      })
      const answer = { status, codes: Answers.codesIn(Json.ofBytes(body)), body: undefined }
      return byStatus({ 200: "itself", 404: "notFound" })(answer)
    })
  })
]
