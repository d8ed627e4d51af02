import { ErrorEnvelope } from "@sunco/schemas/ErrorEnvelope"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { VendorError } from "../SunshineError.ts"
import * as Json from "./json.ts"

const decode = Schema.decodeUnknownResult(ErrorEnvelope)

/**
 * Every entry of an error envelope; none when the body is anything else (HTML of a proxy, plain text, nothing).
 *
 * @internal
 */
export const vendorErrors = (body: string): ReadonlyArray<typeof VendorError.Type> => {
  const envelope = Result.flatMap(Json.parse(body), decode)
  if (Result.isFailure(envelope)) return []
  return envelope.success.errors.map(({ code, title }) => ({
    ...(code === undefined ? undefined : { code }),
    ...(title === undefined ? undefined : { title: Redacted.make(title) })
  }))
}
