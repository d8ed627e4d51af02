import { SunshineApi } from "@sunco/schemas/SunshineApi"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { OpenApiDocument } from "./OpenApiDocument.ts"
import * as Operations from "./Operations.ts"

/** What `SunshineApi` declares, in the same words as the vendor's document. */
export const declaredOperations: ReadonlyArray<Operations.Operation> = Operations.fromDocument(
  Schema.decodeUnknownSync(OpenApiDocument)(OpenApi.fromApi(SunshineApi))
)
