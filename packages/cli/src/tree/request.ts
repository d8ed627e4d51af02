/** `sunco request`: what it takes, and what its help says. */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Schema from "effect/Schema"
import { lazily } from "./lazily.ts"
import { data, secretFile, showSecret, text } from "./parameters.ts"

export const requestInput = {
  method: Argument.Literals("method", ["GET", "POST", "PUT", "PATCH", "DELETE"]).pipe(
    Argument.withDescription("How")
  ),
  path: Argument.String("path").pipe(
    Argument.withSchema(Schema.NonEmptyString),
    Argument.withDescription("What, as the API has it; {appId} is filled in")
  ),
  query: text("query", "name=value", "A parameter of the query; repeatable").pipe(
    Flag.withAlias("q"),
    Flag.atLeast(0)
  ),
  data,
  file: text("file", "path", "The file of an upload, in the place of a payload").pipe(Flag.optional),
  secretFile: secretFile("the answer"),
  showSecret
} as const

export const request = Command.make(
  "request",
  requestInput,
  lazily(() => import("../commands/request.ts"), (m) => m.request)
).pipe(
  Command.withDescription("Send any request of the API, and print its answer as JSON"),
  Command.withExamples([
    { command: "sunco request GET '/v2/apps/{appId}/users/ada/clients'" },
    { command: "sunco request PATCH '/v2/apps/{appId}' -d '{\"displayName\":\"Mine\"}'" },
    { command: "sunco request POST '/v2/apps/{appId}/attachments' --file tea.png" }
  ])
)
