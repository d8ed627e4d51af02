import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { parse } from "yaml"

/** A file that is not what it should be. */
export class InvalidFile extends Schema.TaggedError<InvalidFile>()("InvalidFile", {
  kind: Schema.Literals(["OpenAPI document", "pact"]),
  problem: Schema.String
}) {
  override get message(): string {
    return `This is no ${this.kind}: ${this.problem}`
  }
}

/** Reads YAML, and so JSON as well; `raw` has what the schema passes over. */
export const parseFile = <A>(
  kind: InvalidFile["kind"],
  schema: Schema.Codec<A, unknown>,
  text: string
): Effect.Effect<{ readonly raw: unknown; readonly decoded: A }, InvalidFile> =>
  Effect.try({ try: (): unknown => parse(text), catch: String }).pipe(
    Effect.bindTo("raw"),
    Effect.bind("decoded", ({ raw }) => Effect.mapError(Schema.decodeUnknownEffect(schema)(raw), (_) => _.message)),
    Effect.mapError((problem) => new InvalidFile({ kind, problem }))
  )
