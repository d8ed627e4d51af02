/** What `@pactflow/openapi-pact-comparator` has to say against a pact. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { createRequire } from "node:module"
import type { Deviation } from "./Deviation.ts"

interface Comparator {
  readonly compare: (pact: unknown) => AsyncIterable<unknown>
}

// Its declarations import packages that it does not bring, which the compiler would refuse.
const { Comparator }: { readonly Comparator: new(options: { readonly oas: unknown }) => Comparator } = createRequire(
  import.meta.url
)("@pactflow/openapi-pact-comparator")

const Result = Schema.Struct({
  type: Schema.Literals(["error", "warning", "info"]),
  message: Schema.String,
  mockDetails: Schema.optionalKey(Schema.Struct({
    interactionDescription: Schema.optionalKey(Schema.NullOr(Schema.String)),
    location: Schema.String
  }))
})

/** The comparator gave up: the document is not what it takes for OpenAPI. */
export class ComparatorFailed extends Schema.TaggedError<ComparatorFailed>()("ComparatorFailed", {
  cause: Schema.Defect()
}) {
  override get message(): string {
    return `openapi-pact-comparator cannot read this: ${String(this.cause)}`
  }
}

/** The document and the pact as they were parsed. */
export const deviations = Effect.fnUntraced(function*(document: unknown, pact: unknown) {
  const failed = (cause: unknown) => new ComparatorFailed({ cause })
  const results = yield* Effect.try({
    try: () => new Comparator({ oas: withOpenObjects(withoutQueryParameters(document)) }).compare(withoutQueries(pact)),
    catch: failed
  }).pipe(
    Effect.flatMap((results) => Stream.runCollect(Stream.fromAsyncIterable(results, failed)))
  )
  return decode(results).filter(({ type }) => type !== "info").map(({ message, mockDetails }): Deviation => ({
    subject: mockDetails?.interactionDescription ?? "the pact",
    text: `pact, ${place(mockDetails?.location ?? "")}: ${message.replace(/^.* in the spec file: /, "")}`
  }))
})

const decode = Schema.decodeUnknownSync(Schema.Array(Result))

const place = (location: string): string => location.replace(/^\[root\]\.interactions\[\d+\]\./, "")

// It takes the dot in `filter[identities.email]` for one more level, reads `+` and `&` in a value as if they were encoded, and gives
// up at the `required: true` of the vendor's parameter. So `PactInteractions` looks after queries.

const withoutQueryParameters = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document, (_, value: unknown) =>
      Predicate.hasProperty(value, "in") && value.in === "query" ? { ...value, required: false, schema: {} } : value)
  )

/** It takes an object without properties for one that has none; the vendor means any object. */
const withOpenObjects = (document: unknown): unknown =>
  JSON.parse(
    JSON.stringify(document, (_, value: unknown) =>
      Predicate.hasProperty(value, "type") && value.type === "object" &&
        !["properties", "allOf", "anyOf", "oneOf", "additionalProperties"].some((name) =>
          Predicate.hasProperty(value, name)
        )
        ? { ...value, additionalProperties: {} }
        : value)
  )

const withoutQueries = (pact: unknown): unknown =>
  JSON.parse(JSON.stringify(pact, (name, value: unknown) => name === "query" ? undefined : value))
