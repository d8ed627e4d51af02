import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** Where and what, of every issue; nothing when it is taken. */
export const issuesOf = (schema: Schema.Codec<unknown>, payload: unknown): ReadonlyArray<string> => {
  const encoded = Schema.encodeUnknownResult(schema)(payload, { errors: "all", onExcessProperty: "error" })
  if (Result.isSuccess(encoded)) return []
  return encoded.failure.message.split(/\n(?=\S)/).map((issue) => {
    const [what = "", where = ""] = issue.split("\n  at ")
    return `${Array.from(where.matchAll(/\["?(.*?)"?\]/g), ([, name]) => name).join(".")}: ${
      what.replace("Expected ", "")
    }`
  })
}
