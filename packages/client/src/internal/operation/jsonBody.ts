import { isPlain } from "@sunco/schemas/Writing"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { InvalidInput } from "../../SunshineError.ts"

/**
 * A value as JSON, or where it is none. `JSON.stringify` says nothing of what it leaves out: a `FormData` or a `Map` becomes
 * `{}`, a function nothing at all, `NaN` and what is undefined in a list `null`.
 *
 * Dates, and what else has a `toJSON`, are what that says; what is undefined in an object is absent.
 *
 * @internal
 */
export const jsonBody = (body: unknown): Result.Result<string | undefined, InvalidInput> => {
  if (body === undefined) return Result.succeed(undefined)
  let expected: string | undefined
  // A function, because JSON.stringify says as `this` what the value stands in.
  const replacer = function(this: unknown, key: string, value: unknown): unknown {
    expected ??= key.isWellFormed()
      ? whatItMustBe(Reflect.get(Object(this), key), value, Array.isArray(this))
      : wellFormed
    return expected === undefined ? value : undefined
  }
  try {
    const json = JSON.stringify(body, replacer)
    return expected === undefined ? Result.succeed(json) : refuse(expected)
  } catch {
    // A circle, a depth beyond the stack, or a getter or toJSON that throws.
    return refuse(anything)
  }
}

/** No path inside: the names of fields are the caller's, and errors are printed. */
const refuse = (expected: string) => Result.fail(new InvalidInput({ issues: [{ path: ["body"], expected }] }))

const anything = "nothing that JSON cannot carry"

const plainOnly = "plain objects and lists, no Map, FormData, Blob or the like"

const wellFormed = "text without lone surrogates"

const whatItMustBe = (original: unknown, value: unknown, isInList: boolean): string | undefined => {
  if (Redacted.isRedacted(original)) return "values that are not Redacted"
  // A Buffer says of itself in JSON what nobody wants.
  if (ArrayBuffer.isView(original)) return plainOnly
  switch (typeof value) {
    case "undefined":
      return isInList || original !== undefined ? anything : undefined
    case "function":
    case "symbol":
    case "bigint":
      return anything
    case "number":
      return Number.isFinite(value) ? undefined : "numbers that are finite"
    case "string":
      return value.isWellFormed() ? undefined : wellFormed
    case "object":
      if (value === null) return original instanceof Date ? "dates that are valid" : undefined
      if (isBoxed(value)) return whatItMustBe(original, value.valueOf(), isInList)
      return isPlain(value) ? undefined : plainOnly
  }
  return undefined
}

/** `new Number(1)` and the like, which JSON has as what is in them. */
const isBoxed = (value: object): boolean =>
  /^\[object (String|Number|Boolean)\]$/.test(Object.prototype.toString.call(value))
