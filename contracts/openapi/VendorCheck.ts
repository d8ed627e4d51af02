/** The vendor's OpenAPI document as a judge of `SunshineApi` and of a pact. */
import * as Effect from "effect/Effect"
import * as AuthorizeUrl from "./authorizeUrl.ts"
import * as Comparator from "./Comparator.ts"
import { declaredOperations } from "./declaredOperations.ts"
import { discriminated } from "./discriminated.ts"
import * as Deviation from "./Deviation.ts"
import { OpenApiDocument } from "./OpenApiDocument.ts"
import * as Operations from "./Operations.ts"
import * as PactInteractions from "./PactInteractions.ts"
import { parseFile } from "./parseFile.ts"

/** Every deviation of the declared operations and of the pact from the document, both given as text. */
export const deviations = Effect.fnUntraced(function*(
  { document, ours = declaredOperations, pact }: {
    readonly document: string
    readonly pact: string
    readonly ours?: ReadonlyArray<Operations.Operation>
  }
) {
  const vendor = yield* parseFile("OpenAPI document", OpenApiDocument, document)
  const written = yield* parseFile("pact", PactInteractions.Pact, pact)
  const operations = Operations.fromDocument(vendor.decoded)
  return [
    ...Deviation.ofOperations(operations.filter((operation) => !AuthorizeUrl.isAuthorize(operation)), ours),
    ...(ours === declaredOperations ? yield* AuthorizeUrl.deviations(operations, document) : []),
    ...PactInteractions.deviations(operations, ours, written.decoded.interactions),
    ...(yield* Comparator.deviations(discriminated(vendor.raw), written.raw))
  ]
})
