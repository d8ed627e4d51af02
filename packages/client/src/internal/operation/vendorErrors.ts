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
 * The codes alone, of as many entries: most failures are known by them, and nothing else is kept of them.
 *
 * @internal
 */
export const vendorCodes = (body: string): ReadonlyArray<string | undefined> => entries(body)?.map(codeOf) ?? []

/**
 * The entries of a body that is an error envelope, of v2 (`errors`) or of v1.1 (`error`).
 *
 * @internal
 */
export const envelope = (body: string): ReadonlyArray<Entry> | undefined => entries(body)?.map(entry)

const entries = (body: string): ReadonlyArray<object> | undefined => {
  const json = Json.parse(body)
  if (Result.isFailure(json) || !Predicate.isObject(json.success)) return undefined
  // Either may be odd or empty where the other is not.
  return objectsIn(own(json.success, "errors")) ?? objectsIn(own(json.success, "error"))
}

const objectsIn = (entries: unknown): ReadonlyArray<object> | undefined => {
  const objects = [entries].flat(2).filter(Predicate.isObject)
  return objects.length === 0 ? undefined : objects.slice(0, maximumEntries)
}

const own = (self: object, name: string): unknown => Object.hasOwn(self, name) ? Reflect.get(self, name) : undefined

const entry = (self: object): Entry => {
  const code = codeOf(self)
  const rawCode = code === undefined ? rawCodeOf(self) : undefined
  const title = own(self, "title") ?? own(self, "description")
  return {
    ...(code === undefined ? undefined : { code }),
    ...(rawCode === undefined ? undefined : { rawCode: Redacted.make(rawCode) }),
    ...(typeof title === "string" ? { title: Redacted.make(title) } : undefined)
  }
}

const rawCodeOf = (self: object): string | undefined => {
  const code = own(self, "code")
  return typeof code === "string" || Number.isSafeInteger(code) ? String(code) : undefined
}

/**
 * A code is one of a few words of the vendor, or a short number. What does not look like one may say anything, and of anybody: a
 * long number may be somebody's.
 */
const codeOf = (self: object): string | undefined => {
  const code = rawCodeOf(self)
  return code !== undefined && /^(?=.*[A-Za-z])[\w.-]{1,64}$|^\d{1,6}$/.test(code) ? code : undefined
}
