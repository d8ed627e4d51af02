import * as Result from "effect/Result"

/**
 * Parses JSON, which only throwing can refuse; a byte order mark in front of it is tolerated, as by browsers.
 *
 * @internal
 */
export const parse = (text: string): Result.Result<unknown, undefined> => {
  try {
    return Result.succeed(JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text))
  } catch {
    return Result.fail(undefined)
  }
}
