/** How facts are asked for: requests as they are, and what is read of their answers. */
import { Sunshine, type SunshineRequest } from "@sunco/client/Sunshine"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Answers from "./answers.ts"
import type { Found } from "./Fact.ts"
import * as Json from "./json.ts"

/** It was asked, and the answer settles nothing. */
export class Unsettled extends Schema.TaggedError<Unsettled>()("Unsettled", { why: Schema.String }) {
  override get message(): string {
    return this.why
  }
}

export interface Asked extends Answers.Told {
  readonly body: Json.Json | undefined
}

/** Segments of a path, not encoded. */
type Path = ReadonlyArray<string>

const isJson = Schema.is(Schema.Json)

/** Sends what no method of the client would, with its credentials, its pace and its patience; any answer is a success. */
export const send = Effect.fnUntraced(function*(
  method: SunshineRequest["method"],
  path: Path,
  { body, query }: Pick<SunshineRequest, "body" | "query"> = {}
) {
  const sunshine = yield* Sunshine
  return yield* sunshine.request({ operation: "contracts:live", method, path, body, query }).pipe(
    Effect.map(({ body, status }): Asked => ({ status, codes: [], body: isJson(body) ? body : undefined })),
    Effect.catch((error) => {
      const told = Answers.toldBy(error)
      return told === undefined
        ? Effect.fail(new Unsettled({ why: error.message }))
        : Effect.succeed<Asked>({ ...told, body: undefined })
    })
  )
})

/** The same below the app, and only where what is asked for settles something. */
export const ask = Effect.fnUntraced(function*(
  method: SunshineRequest["method"],
  path: Path,
  options?: Pick<SunshineRequest, "body" | "query">
) {
  const { appId } = yield* Sunshine
  const asked = yield* send(method, ["v2", "apps", appId, ...path], options)
  const why = Answers.whyUntold(asked)
  return why === undefined ? asked : yield* new Unsettled({ why })
})

/** An answer by its status. */
export const byStatus =
  <const Answer extends string>(answers: { readonly [status: number]: Answer }) => (asked: Asked) =>
    found(answers[asked.status], Answers.format(asked))

/** An answer, as far as one was recognized, and what it was seen by. */
export const found = <Answer extends string>(answer: Answer | undefined, said: string): Found<Answer> => ({
  answer: answer ?? "another",
  said
})

/** Where in a list of things the first is that were made in this order. */
export const orderOf = (
  [first = "", second = ""]: ReadonlyArray<string>,
  listed: ReadonlyArray<{ readonly id: string }>
): Found<"oldestFirst" | "newestFirst"> => {
  const [at, then] = [first, second].map((id) => listed.findIndex((one) => one.id === id))
  const areThere = at !== undefined && then !== undefined && at !== -1 && then !== -1
  return areThere
    ? { answer: at < then ? "oldestFirst" : "newestFirst", said: "two that were made one after the other" }
    : { answer: "another", said: "not both are listed" }
}

/** What is in the way of JSON, as far as there is one. */
export const at = (json: Json.Json | undefined, ...path: ReadonlyArray<string>): Json.Json | undefined =>
  path.reduce<Json.Json | undefined>((inside, name) => Json.isObject(inside) ? inside[name] : undefined, json)
