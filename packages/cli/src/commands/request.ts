/** What `sunco request` does. */
import { Attachments } from "@sunco/client/Attachments"
import { Sunshine } from "@sunco/client/Sunshine"
import type { SunshineError } from "@sunco/client/SunshineError"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Account from "../Account.ts"
import * as Data from "../Data.ts"
import { Failure } from "../Failure.ts"
import * as Output from "../Output.ts"
import { repeated } from "../RepeatedRequest.ts"
import * as Rows from "../Rows.ts"
import * as SecretFile from "../SecretFile.ts"
import { hidden, revealed } from "../Secrets.ts"
import type { requestInput } from "../tree/request.ts"

type Input = Command.Command.Config.Infer<typeof requestInput>

const usage = (message: string) => Effect.fail(new Failure({ kind: "usage", message, hint: "nothing was sent" }))

/** What a path says: its segments, as they are before they are encoded, and its query. */
const parsed = (text: string, appId: string) =>
  Effect.gen(function*() {
    if (/^[a-z]+:\/\//i.test(text)) {
      return yield* usage("PATH is one below the server of the settings, such as /v2/apps/{appId}/users/ada")
    }
    const [path = "", query = ""] = text.replace(/^\//, "").split(/\?(.*)/s)
    const segments = path.split("/").map((segment) => /^(\{appId\}|:appId)$/.test(segment) ? appId : segment)
    const open = segments.find((segment) => /^(\{.*\}|:.+)$/.test(segment))
    if (open !== undefined) return yield* usage(`PATH: ${open} is to be filled in; only {appId} is known`)
    const decoded = yield* Effect.try({
      try: () => segments.map(decodeURIComponent),
      catch: () =>
        new Failure({ kind: "usage", message: "PATH has a % that encodes nothing", hint: "nothing was sent" })
    })
    return { segments: decoded, query: Array.from(new URLSearchParams(query)) }
  })

/** An answer with its secrets wrapped: those that its operation has; where that is not known, whatever has the name of one. */
const sealed = (row: Rows.Row | undefined, body: object): object => {
  const read = row === undefined ? undefined : Reading.reader(row.operation.success.schema)(body)
  if (read !== undefined && Result.isSuccess(read)) {
    const { value } = read.success
    if (typeof value === "object" && value !== null) return UnknownFields.toJson(value)
  }
  return hidden(body)
}

export const request = (input: Input) =>
  Account.use(Attachments.layerNoDeps)(Effect.gen(function*() {
    const sunshine = yield* Sunshine
    const { query, segments } = yield* parsed(input.path, sunshine.appId)
    const given = [...query, ...(yield* Data.entries("--query", input.query))]
    const twice = given.find(([name], n) => given.findIndex(([other]) => other === name) !== n)
    if (twice !== undefined) return yield* usage(`the parameter ${twice[0]} is there twice: the API takes each once`)
    const parameters = Object.fromEntries(given)
    const row = Rows.find(input.method, segments)
    const body = yield* Data.json(input.data)
    if (Option.isSome(input.file)) {
      if (row?.operation.body !== "multipart") return yield* usage("--file is for the upload of an attachment")
      if (body !== undefined) return yield* usage("--file and --data are each for themselves")
      return yield* upload(input.file.value, parameters)
    }
    if (row?.operation.body === "multipart") return yield* usage("this uploads a file: --file names it")
    const how = row && repeated(row, { ...parameters, ...(typeof body === "object" ? body : undefined) })
    const sent = sunshine.request({
      operation: row?.name ?? "Sunshine.request",
      method: input.method,
      path: segments,
      query: parameters,
      // The API wants an object where an operation has a payload of which nothing is said.
      body: body ?? (row?.operation.payload === undefined ? undefined : {}),
      ...(how !== undefined && { repeatable: how.isSafe })
    }, { deadline: how?.millis })
    const file = Option.isNone(input.secretFile) ? undefined : yield* SecretFile.make(input.secretFile.value)
    const answer = yield* (input.method === "GET" ? sent : Account.write(sent)).pipe(
      Effect.catchIf((error) => how?.isDone(error) === true, () => Effect.succeed({ body: {} })),
      Effect.mapError(refusal),
      Effect.onError(() => file?.remove ?? Effect.void)
    )
    if (file !== undefined) {
      const message = "the answer could not be written to the file"
      yield* Effect.mapError(file.write(`${JSON.stringify(answer.body ?? {}, undefined, 2)}\n`), () =>
        input.method === "GET"
          ? new Failure({ kind: "failed", message })
          : new Failure({ kind: "maybe-applied", message, hint: "it was done: do not repeat it" }))
    }
    if (typeof answer.body !== "object" || answer.body === null) {
      return yield* answer.body === undefined ? Output.onlyJson({}) : Output.json(answer.body)
    }
    yield* Output.json(input.showSecret ? revealed(answer.body) : sealed(row, answer.body))
  }))

/** A refusal is an answer too: here nobody has said which are documented. */
const refusal = (error: SunshineError): SunshineError | Failure => {
  const { applied, operation, reason } = error
  if (reason._tag !== "UnexpectedResponse" || reason.problem !== "status" || applied !== "no") return error
  const said = reason.errors.map(({ code, title }) =>
    [code, title && Redacted.value(title)].filter((text) => text).join(": ")
  )
  return new Failure({
    kind: reason.status === 404 ? "not-found" : "failed",
    message: `${operation}: ${reason.status} ${said.join("; ") || Redacted.value(reason.snippet)}`
  })
}

const upload = (path: string, query: { readonly [name: string]: string }) =>
  Effect.gen(function*() {
    const attachments = yield* Attachments
    const { access = "public", conversationId, for: of, ...others } = query
    const [other] = Object.keys(others)
    if (other !== undefined) return yield* usage(`an upload has no parameter ${other}`)
    if (access !== "public") return yield* usage("access is public, as the API has no other")
    if (of !== undefined && of !== "message") return yield* usage("for is message, as the API has no other")
    const attachment = yield* Account.write(attachments.upload({ path }, { access, for: of, conversationId }))
    yield* Output.json({ attachment: UnknownFields.toJson(attachment) })
  })
