/** What the vendor's document has, as far as it is asked for here. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { parse } from "yaml"
import type { Document } from "./faults.ts"

const Content = Schema.Record(
  Schema.String,
  Schema.Struct({ examples: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)) })
)

const Operation = Schema.Struct({
  operationId: Schema.String,
  responses: Schema.Record(Schema.String, Schema.Struct({ content: Schema.optionalKey(Content) }))
})

const Paths = Schema.Struct({
  paths: Schema.Record(
    Schema.String,
    Schema.Struct({
      get: Schema.optionalKey(Operation),
      put: Schema.optionalKey(Operation),
      post: Schema.optionalKey(Operation),
      patch: Schema.optionalKey(Operation),
      delete: Schema.optionalKey(Operation)
    })
  )
})

/** What an operation answers with one of its statuses. */
export interface Answer {
  readonly operationId: string
  readonly status: number
  /** The names of its examples; none where the schema is all that there is. */
  readonly examples: ReadonlyArray<string>
}

export interface Documented {
  readonly document: Document
  readonly answers: ReadonlyArray<Answer>
}

export class NotOpenApi extends Schema.TaggedError<NotOpenApi>()("NotOpenApi", {
  path: Schema.String,
  problem: Schema.String
}) {
  override get message(): string {
    return `${this.path} is no OpenAPI document: ${this.problem.split("\n", 1).join()}`
  }
}

/** Reads YAML, and so JSON as well. */
export const read = (path: string): Effect.Effect<Documented, NotOpenApi> =>
  Effect.try({
    try: (): Documented => {
      const document: Document = parse(readFileSync(path, "utf8"))
      const operations = Object.values(Schema.decodeUnknownSync(Paths)(document).paths).flatMap((item) =>
        Object.values(item)
      )
      const answers = operations.flatMap(({ operationId, responses }) =>
        Object.entries(responses).map(([status, { content = {} }]): Answer => ({
          operationId,
          status: Number(status),
          examples: Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples))
        }))
      )
      return { document, answers }
    },
    catch: (error) => new NotOpenApi({ path, problem: error instanceof Error ? error.message : `${error}` })
  })
