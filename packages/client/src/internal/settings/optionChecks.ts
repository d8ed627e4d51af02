import { PathSegment } from "@sunco/schemas/Ids"
import * as Reading from "@sunco/schemas/Reading"
import * as Duration from "effect/Duration"
import type { AfterAmbiguous } from "../../RetryPolicy.ts"
import type { ServerOptions } from "../../SunshineOptions.ts"
import { isHeaderValue } from "./headerValue.ts"

/**
 * An option that means nothing: which one, and what would mean something. The value is not repeated, it may be a secret.
 *
 * @internal
 */
export interface Finding {
  readonly path: ReadonlyArray<string>
  readonly expected: string
  /** There is no option of that name. */
  readonly unknown?: true
}

/**
 * What is wrong with a value, whatever it is: not every caller has a compiler that looks.
 *
 * @internal
 */
export type Check = (value: unknown, path: ReadonlyArray<string>) => ReadonlyArray<Finding>

/** @internal */
export const fine: ReadonlyArray<Finding> = []

/** @internal */
export const must = (expected: string, holds: (value: unknown) => boolean): Check => (value, path) =>
  holds(value) ? fine : [{ path, expected }]

/**
 * An object of these options and no others. Those that are `undefined` count as absent.
 *
 * @internal
 */
export const object =
  (checks: { readonly [name: string]: Check }, required: ReadonlyArray<string> = []): Check => (value, path) => {
    if (!isObject(value)) return [{ path, expected: "an object" }]
    const findings: Array<Finding> = []
    for (const [name, check] of Object.entries(checks)) {
      const option: Check = (_, path) => {
        const found: unknown = Reflect.get(value, name)
        return found !== undefined ? check(found, path) : required.includes(name) ? [{ path, expected: "set" }] : fine
      }
      findings.push(...findingsOf(option, value, [...path, name]))
    }
    for (const name of Object.keys(value)) {
      if (findings.length >= mostFindings) break
      if (!Object.hasOwn(checks, name) && Reflect.get(value, name) !== undefined) {
        findings.push(unknownOption(name, Object.keys(checks), path))
      }
    }
    return findings
  }

const isObject = (value: unknown): value is object => Object.prototype.toString.call(value) === "[object Object]"

/** Nobody reads more than these. */
const mostFindings = 20

/** A name that cannot be one of an option may be anything, personal data too, and is not repeated. */
const unknownOption = (name: string, known: ReadonlyArray<string>, path: ReadonlyArray<string>): Finding => {
  if (!/^[a-z]\w{0,39}$/i.test(name)) return { path, expected: "an object of known options only" }
  return { path: [...path, name], expected: `no such option${didYouMean(name, known)}`, unknown: true }
}

/**
 * Behind a name that is none of these, the one that it is nearly.
 *
 * @internal
 */
export const didYouMean = (name: string, known: ReadonlyArray<string>): string => {
  const meant = known.find((other) => isNearly(name.toLowerCase(), other.toLowerCase()))
  return meant === undefined ? "" : `: did you mean ${meant}?`
}

/** But for two letters in a row: one too many, one too few, another one, or two that changed places. */
const isNearly = (a: string, b: string): boolean => {
  const longer = Math.max(a.length, b.length)
  let same = 0
  while (same < longer && a[same] === b[same]) same++
  let left = longer - same
  for (let i = 1; left > 2 && a.at(-i) === b.at(-i); i++) left--
  return left <= 2
}

/**
 * A check that whatever the value does when it is looked at (a getter that throws, a wiped secret) does not break.
 *
 * @internal
 */
export const findingsOf = (
  check: Check,
  value: unknown,
  path: ReadonlyArray<string> = []
): ReadonlyArray<Finding> => {
  try {
    return check(value, path)
  } catch {
    return [{ path, expected: "readable" }]
  }
}

const milliseconds = (value: unknown): number => {
  const duration = saysATime(value) ? Duration.fromInput(value as Duration.Input) : undefined
  return duration?._tag === "Some" ? Duration.toMillis(duration.value) : NaN
}

/** What Effect would read as zero although it says nothing of a time does not: `NaN`, `{}`, `{ second: 1 }`. */
const saysATime = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return value === value
  if (Duration.isDuration(value)) return true
  const units = Object.keys(value)
  return units.length > 0 &&
    units.every((unit) =>
      /^(\d|weeks|days|hours|minutes|(milli|micro|nano)?seconds)$/.test(unit) && Reflect.get(value, unit) >= 0
    )
}

const time = (holds: (millis: number) => boolean, finite: string, least: string): Check =>
  must(`a${finite} length of time${least}, such as "5 seconds" or 5000 (milliseconds)`, (value) => {
    const millis = milliseconds(value)
    return holds(millis) && (finite === "" || millis < Infinity)
  })

/**
 * Without end (`Infinity`) it is no limit.
 *
 * @internal
 */
export const timeLimit = time((millis) => millis > 0, "", " above zero")

/** @internal */
export const finiteTime = () => time((millis) => millis > 0, " finite", " above zero")

/** @internal */
export const wait = time((millis) => millis >= 0, "", "")

const finiteWait = time((millis) => millis >= 0, " finite", "")

/**
 * Shorter than the second that `exp` counts in, a token would be expired when it is made.
 *
 * @internal
 */
export const tokenLifetime = time((millis) => millis >= 1000, " finite", " of a second or more")

const isWholeAboveZero = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0

/** @internal */
export const wholeAboveZero = must("a whole number above zero", isWholeAboveZero)

const whole = must("a whole number, zero or above", (value) => value === 0 || isWholeAboveZero(value))

const flag = must("true or false", (value) => typeof value === "boolean")

/**
 * Text as it was meant: what `.env` files and copying put around it is not part of it, and would be a 401 or 404.
 *
 * @internal
 */
export const text: Check = (value, path) => {
  const expected = value === undefined || value === ""
    ? "set"
    : typeof value !== "string"
    ? "text"
    : flaws.find(([flaw]) => flaw.test(value))?.[1]
  return expected === undefined ? fine : [{ path, expected }]
}

const flaws: ReadonlyArray<readonly [flaw: RegExp, expected: string]> = [
  [
    /^[\s\p{Cc}\p{Cf}]|[\s\p{Cc}\p{Cf}]$/u,
    "without blanks or line breaks around it (copied, or from a .env file?)"
  ],
  [/^(["'`]).*\1$/s, "without quotes around it"],
  // Half of a surrogate pair is no character either.
  [/[\p{Cc}\p{Cs}]/u, "text without control characters"]
]

/**
 * The first check that finds something.
 *
 * @internal
 */
export const first = (...checks: ReadonlyArray<Check>): Check => (value, path) =>
  checks.reduce((found, check) => found.length > 0 ? found : check(value, path), fine)

/** @internal */
export const textThat = (expected: string, holds: (text: string) => boolean): Check =>
  first(text, must(expected, (value) => holds(String(value))))

const isPathSegment = Reading.is(PathSegment)

const appId = textThat("the id of an app", (value) => isPathSegment(value) && !/\s/.test(value))

const anyOf = (words: ReadonlyArray<unknown>): string => words.map((word) => `"${String(word)}"`).join(" or ")

/** @internal */
export const oneOf = <A extends string>(...words: ReadonlyArray<A>): Check =>
  must(anyOf(words), (value) => words.some((word) => word === value))

const wordOrObject = (words: ReadonlyArray<unknown>, object: Check): Check => (value, path) =>
  words.includes(value)
    ? fine
    : typeof value === "object" && value !== null
    ? object(value, path)
    : [{ path, expected: `${anyOf(words)} or an object` }]

const retry = wordOrObject(
  ["never", "unapplied-only"],
  object({
    attempts: wholeAboveZero,
    baseDelay: finiteWait,
    maxDelay: wait,
    maxRetryAfter: wait,
    afterAmbiguous: oneOf<AfterAmbiguous>("by-operation", "never", "always"),
    budget: wordOrObject(
      ["unlimited"],
      object({ retries: whole, callsPerRetry: wholeAboveZero }, ["retries", "callsPerRetry"])
    )
  })
)

/** The address is checked where it is made of `subdomain` or `baseUrl`. */
const elsewhere: Check = () => fine

const serverChecks: { readonly [K in keyof Required<ServerOptions>]: Check } = {
  subdomain: elsewhere,
  baseUrl: elsewhere,
  attemptTimeout: timeLimit,
  deadline: timeLimit,
  retry,
  maxResponseBytes: must("a whole number of bytes above zero", isWholeAboveZero),
  userAgent: must("text that a header can carry", (value) => typeof value === "string" && isHeaderValue(value)),
  propagateTrace: flag,
  metadataLimit: flag,
  strictResponses: flag
}

/** @internal */
export const clientOptions: Check = object({ appId, ...serverChecks }, ["appId"])

/**
 * Of a client that has no app.
 *
 * @internal
 */
export const serverOptions: Check = object(serverChecks)

/** @internal */
export const optionsOfCalls = {
  attemptTimeout: timeLimit,
  deadline: timeLimit,
  retry,
  // What the promise face takes is not handed on.
  signal: must("an AbortSignal, of the promise face", () => false)
}

/** @internal */
export const callChecks: Check = object(optionsOfCalls)

/**
 * A brand is checked with the query that it is part of.
 *
 * @internal
 */
export const brandCallChecks: Check = object({ ...optionsOfCalls, brandId: elsewhere })

/**
 * A request that no declaration describes. Its path and its body have checks of their own.
 *
 * @internal
 */
export const requestChecks: Check = object({
  method: oneOf("GET", "POST", "PUT", "PATCH", "DELETE"),
  path: must("an array of texts", Array.isArray),
  query: (value, path) =>
    isObject(value) && Object.values(value).every((one) => one === undefined || typeof one === "string")
      ? fine
      : [{ path, expected: "an object of texts" }],
  body: elsewhere,
  operation: text,
  repeatable: flag
}, ["method", "path", "operation"])
