import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { VendorError } from "../../SunshineError.ts"
import * as Json from "./json.ts"

type Entry = typeof VendorError.Type

/** More than one comes only with a 400, and never many. */
const maximumEntries = 20

/**
 * Every entry of an error envelope, each read for what it has; none when the body is anything else (HTML of a proxy, plain
 * text, nothing).
 *
 * @internal
 */
export const vendorErrors = (body: string): ReadonlyArray<Entry> => envelope(body) ?? []

/**
 * The entries of a body that is an error envelope, of v2 (`errors`) or of v1.1 (`error`).
 *
 * @internal
 */
export const envelope = (body: string): ReadonlyArray<Entry> | undefined => {
  const json = Json.parse(body)
  if (Result.isFailure(json) || !Predicate.isObject(json.success)) return undefined
  const { errors, error } = { errors: own(json.success, "errors"), error: own(json.success, "error") }
  // Either may be odd or empty where the other is not.
  const objects = [errors, error].map((entries) => [entries].flat(2).filter(Predicate.isObject))
  return objects.find((found) => found.length > 0)?.slice(0, maximumEntries).map(entry)
}

const own = (self: object, name: string): unknown => Object.hasOwn(self, name) ? Reflect.get(self, name) : undefined

const entry = (self: object): Entry => {
  const code = own(self, "code")
  const title = own(self, "title") ?? own(self, "description")
  return {
    ...(typeof code === "string" || Number.isSafeInteger(code) ? codeFields(String(code)) : undefined),
    ...(typeof title === "string" ? { title: Redacted.make(title) } : undefined)
  }
}

/**
 * A code is one of a few words of the vendor, or a short number. What does not look like one may say anything, and of anybody: a
 * long number may be somebody's.
 */
const codeFields = (code: string): Entry =>
  /^(?=.*[A-Za-z])[\w.-]{1,64}$|^\d{1,6}$/.test(code) ? { code } : { rawCode: Redacted.make(code) }
