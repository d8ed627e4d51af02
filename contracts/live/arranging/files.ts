import { Attachments } from "@sunco/client/Attachments"
import * as Effect from "effect/Effect"
import { Account } from "../Account.ts"
import { Run } from "../Run.ts"
import { makeFile } from "../things.ts"

export const file = Effect.gen(function*() {
  const { appId } = yield* Account
  const { prefix } = yield* Run
  const data = new TextEncoder().encode("Hello!")
  const { mediaUrl } = yield* makeFile({ name: `${prefix}.txt`, contentType: "text/plain", data })
  return { appId, mediaUrl }
})

/** It was there. */
export const noFile = Effect.tap(
  file,
  ({ mediaUrl }) => Effect.flatMap(Attachments, (attachments) => attachments.delete(mediaUrl))
)
