import { AppKeys } from "@sunco/client/AppKeys"
import * as Effect from "effect/Effect"
import { Account } from "../Account.ts"
import * as Answers from "../answers.ts"
import { ask, found } from "../asking.ts"
import { assumed, type Fact, unasked } from "../Fact.ts"
import { Run } from "../Run.ts"
import { makeAppKey } from "../things.ts"

export const apps: ReadonlyArray<Fact> = [
  assumed({
    name: "secretsOfKeys",
    assumption: "keySecrets",
    question: "After it was made a key is listed",
    answers: { always: "with its secret", onceOnly: "without its secret" },
    assumed: "always",
    ask: Effect.gen(function*() {
      const { appId } = yield* Account
      const { prefix } = yield* Run
      const { id } = yield* makeAppKey(prefix)
      const listed = (yield* (yield* AppKeys).list(appId)).find((key) => key.id === id)
      return found(
        listed === undefined ? undefined : listed.secret === undefined ? "onceOnly" : "always",
        listed === undefined ? "it is not listed" : "200"
      )
    })
  }),
  assumed({
    name: "missingAppKey",
    assumption: "missingAppKey",
    question: "The deletion of a key of an app that does not exist gets",
    answers: { appNotFound: "404 app_not_found", notFound: "404 of another code" },
    assumed: "appNotFound",
    ask: Effect.gen(function*() {
      const { falseId } = yield* Run
      const answer = yield* ask("DELETE", ["keys", `app_${falseId()}`])
      return found(
        answer.status !== 404 ? undefined : answer.codes.includes("app_not_found") ? "appNotFound" : "notFound",
        Answers.format(answer)
      )
    })
  }),
  assumed({
    name: "keysOfDeletedApp",
    assumption: "keysOfDeletedApp",
    question: "Whoever comes with the key of an app that was deleted gets",
    answers: { revoked: "401", kept: "404 app_not_found" },
    assumed: "revoked",
    unasked: "an account has few apps, and pays for them"
  }),
  unasked({
    name: "eleventhKey",
    question: "An eleventh key of an app is",
    answers: { refused: "refused with 400", taken: "made" },
    assumed: "refused",
    unasked: "a run does not fill up what the programs of the account may need"
  })
]
