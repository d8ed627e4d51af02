import * as Effect from "effect/Effect"
import { Attachments } from "@sunco/client/Attachments"
import { Account } from "../Account.ts"
import * as Answers from "../answers.ts"
import { at, byStatus, Unsettled } from "../asking.ts"
import { asked, type Fact, unasked } from "../Fact.ts"
import * as Json from "../json.ts"
import { Ledger } from "../Ledger.ts"

const boundary = "sunco-live"

const formOf = (disposition: string) =>
  new TextEncoder().encode(
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: text/plain\r\n\r\nHello!\r\n--${boundary}--\r\n`
  )

/** Uploads a form of which nobody knows whether the vendor takes it; the file is deleted where it does. */
const attempt = Effect.fnUntraced(function*(form: Uint8Array) {
  const { appId, send } = yield* Account
  const attachments = yield* Attachments
  const ledger = yield* Ledger
  const { asked } = yield* Effect.uninterruptible(Effect.gen(function*() {
    const { body, status } = yield* send({
      method: "POST",
      target: `/v2/apps/${appId}/attachments?access=public`,
      contentType: `multipart/form-data; boundary=${boundary}`,
      body: form,
      credentials: "basic"
    })
    const asked = { status, codes: Answers.codesIn(Json.ofBytes(body)), body: Json.ofBytes(body) }
    const mediaUrl = at(asked.body, "attachment", "mediaUrl")
    if (typeof mediaUrl !== "string") return { asked }
    yield* ledger.make({
      kind: "file",
      create: Effect.succeed(mediaUrl),
      idOf: (url) => url,
      remove: (url) => attachments.delete(url)
    })
    return { asked }
  }))
  const why = Answers.whyUntold(asked)
  return why === undefined ? asked : yield* new Unsettled({ why })
})

export const files: ReadonlyArray<Fact> = [
  asked({
    name: "fileWithoutName",
    question: "A file is uploaded without a name:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.map(attempt(formOf("name=\"source\"")), byStatus({ 400: "refused", 201: "taken" }))
  }),
  asked({
    name: "fileUnderAnotherName",
    question: "A form without the part that is documented is uploaded:",
    answers: { refused: "400", taken: "201" },
    assumed: "refused",
    ask: Effect.map(
      attempt(formOf("name=\"file\"; filename=\"a.txt\"")),
      byStatus({ 400: "refused", 201: "taken" })
    )
  }),
  unasked({
    name: "fileTooLarge",
    question: "A file of more than 50 MB is refused with",
    answers: { tooLarge: "413", refused: "400" },
    assumed: "tooLarge",
    unasked: "a run sends no 50 MB"
  }),
  unasked({
    name: "unusedFile",
    question: "A file for a message that no message has is there",
    answers: { conversation: "until its conversation is deleted", deleted: "until it is deleted itself" },
    assumed: "conversation",
    unasked: "nobody knows how long a run would have to wait"
  })
]
