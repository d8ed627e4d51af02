import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Account } from "../Account.ts"
import * as Answers from "../answers.ts"
import { byStatus, found, send } from "../asking.ts"
import { asked, type Fact, unasked } from "../Fact.ts"
import * as Json from "../json.ts"
import { Run } from "../Run.ts"

/** What a request for nobody is answered, with other credentials than those of the account. */
const withAuthorization = Effect.fnUntraced(function*(authorization: string) {
  const { appId, send } = yield* Account
  const { falseId } = yield* Run
  const { body, status } = yield* send({
    method: "GET",
    target: `/v2/apps/${appId}/users/${falseId()}`,
    body: new Uint8Array(),
    credentials: { header: Redacted.make(authorization) }
  })
  return { status, codes: Answers.codesIn(Json.ofBytes(body)), body: undefined }
})

export const access: ReadonlyArray<Fact> = [
  asked({
    name: "falseSecret",
    question: "Whoever comes with a false secret gets",
    answers: { unauthorized: "401", forbidden: "403" },
    assumed: "unauthorized",
    ask: Effect.gen(function*() {
      const { falseId } = yield* Run
      const authorization = `Basic ${btoa(`app_${falseId()}:${falseId()}`)}`
      return byStatus({ 401: "unauthorized", 403: "forbidden" })(yield* withAuthorization(authorization))
    })
  }),
  asked({
    name: "falseToken",
    question: "Whoever comes with what is no token gets",
    answers: { unauthorized: "401", forbidden: "403" },
    assumed: "unauthorized",
    ask: Effect.gen(function*() {
      const { falseId } = yield* Run
      return byStatus({ 401: "unauthorized", 403: "forbidden" })(yield* withAuthorization(`Bearer ${falseId()}`))
    })
  }),
  asked({
    name: "expiredToken",
    question: "Whoever comes with a token that has expired gets",
    answers: { unauthorized: "401", accepted: "what was asked for" },
    assumed: "unauthorized",
    ask: Effect.gen(function*() {
      const { expired } = yield* Account
      const { header } = yield* expired
      return byStatus({ 401: "unauthorized", 404: "accepted" })(yield* withAuthorization(Redacted.value(header)))
    })
  }),
  asked({
    name: "falseApp",
    question: "A request for an app that does not exist gets",
    answers: {
      appNotFound: "404 app_not_found",
      notFound: "404 of another code",
      forbidden: "403",
      unauthorized: "401"
    },
    assumed: "appNotFound",
    ask: Effect.gen(function*() {
      const { falseId } = yield* Run
      const answer = yield* send("GET", ["v2", "apps", falseId(), "users", falseId()])
      return answer.status === 404
        ? found(answer.codes.includes("app_not_found") ? "appNotFound" : "notFound", Answers.format(answer))
        : byStatus({ 401: "unauthorized", 403: "forbidden" })(answer)
    })
  }),
  unasked({
    name: "tooManyRequests",
    question: "A request that is refused with 429 was",
    answers: { unapplied: "not applied", applied: "applied perhaps" },
    assumed: "unapplied",
    unasked: "a run does not provoke it; what it met is said below"
  })
]
