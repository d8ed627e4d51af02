/** The vendor's OpenAPI document as a judge of `SunshineApi` and of a pact. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { parse } from "yaml"
import * as Comparator from "./Comparator.ts"
import { declaredOperations } from "./declaredOperations.ts"
import * as Deviation from "./Deviation.ts"
import { OpenApiDocument } from "./OpenApiDocument.ts"
import * as Operations from "./Operations.ts"
import * as PactInteractions from "./PactInteractions.ts"

/** A file that is not what it should be. */
export class InvalidFile extends Schema.TaggedError<InvalidFile>()("InvalidFile", {
  kind: Schema.Literals(["OpenAPI document", "pact"]),
  problem: Schema.String
}) {
  override get message(): string {
    return `This is no ${this.kind}: ${this.problem}`
  }
}

/** Every deviation of the declared operations and of the pact from the document, both given as text. */
export const deviations = Effect.fnUntraced(function*(
  { document, ours = declaredOperations, pact }: {
    readonly document: string
    readonly pact: string
    readonly ours?: ReadonlyArray<Operations.Operation>
  }
) {
  // YAML, and so JSON as well.
  const read = <A>(kind: InvalidFile["kind"], schema: Schema.Codec<A, unknown>, text: string) =>
    Effect.try({ try: (): unknown => parse(text), catch: String }).pipe(
      Effect.bindTo("raw"),
      Effect.bind("decoded", ({ raw }) => Effect.mapError(Schema.decodeUnknownEffect(schema)(raw), (_) => _.message)),
      Effect.mapError((problem) => new InvalidFile({ kind, problem }))
    )
  const vendor = yield* read("OpenAPI document", OpenApiDocument, document)
  const written = yield* read("pact", PactInteractions.Pact, pact)
  const operations = Operations.fromDocument(vendor.decoded)
  return [
    ...Deviation.ofOperations(operations, ours),
    ...PactInteractions.deviations(operations, ours, written.decoded.interactions),
    ...(yield* Comparator.deviations(vendor.raw, written.raw))
  ]
})
