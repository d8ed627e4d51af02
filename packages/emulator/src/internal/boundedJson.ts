import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"

/** Deeper JSON can be parsed, and then exhausts the stack of what walks it (`JSON.stringify` at some 5,000 levels). */
const maximumDepth = 100

/** 16 MiB of `{}` would be millions of users. */
const maximumValues = 250_000

const utf8 = new TextDecoder("utf-8", { fatal: true })

/**
 * Parses JSON that everything behind can carry; the failure says what was expected.
 *
 * @internal
 */
export const parseJson = (bytes: Uint8Array): Result.Result<Schema.Json, string> => {
  const { depth, values } = sizeOf(bytes)
  if (depth > maximumDepth) return Result.fail(`Expected JSON of at most ${maximumDepth} levels`)
  if (values > maximumValues) return Result.fail(`Expected JSON of at most ${maximumValues} values`)
  // Both throw by design: one on bytes that are no UTF-8, the other on text that is no JSON.
  try {
    return Result.succeed(JSON.parse(utf8.decode(bytes)))
  } catch {
    return Result.fail("Expected JSON")
  }
}

const [quote, backslash, comma, space] = [0x22, 0x5c, 0x2c, 0x20]

/** Counted before anything is made of it, and right for whatever turns out to be JSON. */
const sizeOf = (bytes: Uint8Array): { readonly depth: number; readonly values: number } => {
  let depth = 0
  let open = 0
  let values = 1
  let inString = false
  let isEmpty = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (inString) {
      if (byte === backslash) i++
      else if (byte === quote) inString = false
    } else if (byte > space) {
      const closes = byte === 0x7d || byte === 0x5d
      if (byte === comma || (isEmpty && !closes)) values++
      isEmpty = byte === 0x7b || byte === 0x5b
      inString = byte === quote
      if (closes) open--
      else if (isEmpty && ++open > depth) depth = open
    }
  }
  return { depth, values }
}
