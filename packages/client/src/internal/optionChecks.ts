import { PathSegment } from "@sunco/schemas/Ids"
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import type { AfterAmbiguous } from "../RetryPolicy.ts"
import type { Options } from "../Users.ts"
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
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [{ path, expected: "an object" }]
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

/** Nobody reads more than these. */
const mostFindings = 20

/** A name that cannot be one of an option may be anything, personal data too, and is not repeated. */
const unknownOption = (name: string, known: ReadonlyArray<string>, path: ReadonlyArray<string>): Finding => {
  if (!/^[A-Za-z]\w{0,39}$/.test(name)) return { path, expected: "an object of known options only", unknown: true }
  const nearest = known
    .map((other) => ({ other, distance: editDistance(name.toLowerCase(), other.toLowerCase()) }))
    .reduce((a, b) => (b.distance < a.distance ? b : a), { other: "", distance: Infinity })
  const hint = nearest.distance <= Math.max(2, nearest.other.length / 3) ? `: did you mean ${nearest.other}?` : ""
  return { path: [...path, name], expected: `no such option${hint}`, unknown: true }
}

/** Levenshtein's; both are short. */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
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
  const duration = isDurationLike(value) ? Duration.fromInput(value as Duration.Input) : undefined
  const millis: unknown = duration?._tag === "Some" ? Duration.toMillis(duration.value) : undefined
  return typeof millis === "number" ? millis : Number.NaN
}

/** What Effect would read as zero although it says nothing of a time: `NaN`, `{}`, `{ second: 1 }`. */
const isDurationLike = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return !Number.isNaN(value)
  if (Duration.isDuration(value)) return true
  if (Array.isArray(value)) return value.every((part) => typeof part === "number" && !Number.isNaN(part))
  const units = Object.entries(value)
  return units.length > 0 &&
    units.every(([unit, amount]) => timeUnits.has(unit) && typeof amount === "number" && !Number.isNaN(amount))
}

const timeUnits = new Set([
  "weeks",
  "days",
  "hours",
  "minutes",
  "seconds",
  "milliseconds",
  "microseconds",
  "nanoseconds"
])

const time = (what: string, holds: (millis: number) => boolean): Check =>
  must(`${what}, such as "5 seconds" or 5000 (milliseconds)`, (value) => holds(milliseconds(value)))

/**
 * Without end (`Infinity`) it is no limit.
 *
 * @internal
 */
export const timeLimit = time("a length of time above zero", (millis) => millis > 0)

/** @internal */
export const finiteTime = time("a finite length of time above zero", (millis) => millis > 0 && millis < Infinity)

/** @internal */
export const wait = time("a length of time", (millis) => millis >= 0)

const finiteWait = time("a finite length of time", (millis) => millis >= 0 && millis < Infinity)

/**
 * Shorter than the second that `exp` counts in, a token would be expired when it is made.
 *
 * @internal
 */
export const tokenLifetime = must(
  "a finite length of time of 1 second or more, such as \"15 minutes\"",
  (value) => {
    const millis = milliseconds(value)
    return millis >= 1000 && millis < Infinity
  }
)

const isWholeAboveZero = (value: unknown): boolean =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0

/** @internal */
export const wholeAboveZero = must("a whole number above zero", isWholeAboveZero)

const whole = must(
  "a whole number, zero or above",
  (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0
)

/** @internal */
export const aboveZero = must(
  "a finite number above zero",
  (value) => typeof value === "number" && Number.isFinite(value) && value > 0
)

/** @internal */
export const flag = must("true or false", (value) => typeof value === "boolean")

/** @internal */
export const oneOf = <A extends string>(...values: ReadonlyArray<A>): Check =>
  must(
    values.map((value) => `"${value}"`).join(" or "),
    (value) => values.some((one) => one === value)
  )

/**
 * Text as it was meant: what `.env` files and copying put around it is not part of it, and would be a 401 or 404.
 *
 * @internal
 */
export const text: Check = (value, path) => {
  const refuse = (expected: string) => [{ path, expected }]
  if (value === undefined || value === "") return refuse("set")
  if (typeof value !== "string") return refuse("text")
  if (/^[\s\p{Cc}\p{Cf}]|[\s\p{Cc}\p{Cf}]$/u.test(value)) {
    return refuse(
      "given without the blanks or line breaks around it (from copying, or from a .env file)"
    )
  }
  if (/^(["'`]).*\1$/s.test(value)) {
    return refuse("given without the quotes around it (some readers of .env files keep them)")
  }
  return /[\u0000-\u001f\u007f]/.test(value) || !value.isWellFormed()
    ? refuse("text without line breaks, control characters and halves of characters")
    : fine
}

/**
 * The first check that finds something.
 *
 * @internal
 */
export const first = (...checks: ReadonlyArray<Check>): Check => (value, path) => {
  for (const check of checks) {
    const findings = check(value, path)
    if (findings.length > 0) return findings
  }
  return fine
}

/** @internal */
export const textThat = (expected: string, holds: (text: string) => boolean): Check =>
  first(text, must(expected, (value) => typeof value === "string" && holds(value)))

const isPathSegment = Schema.is(PathSegment)

const appId = textThat("the id of an app", (value) => isPathSegment(value) && !/\s/.test(value))

const budget: Check = (value, path) =>
  value === "unlimited"
    ? fine
    : typeof value === "object" && value !== null
    ? object({ retries: whole, callsPerRetry: wholeAboveZero }, ["retries", "callsPerRetry"])(value, path)
    : [{ path, expected: "\"unlimited\", or an object of retries and callsPerRetry" }]

const retryParts = object({
  attempts: wholeAboveZero,
  baseDelay: finiteWait,
  maxDelay: wait,
  maxRetryAfter: wait,
  afterAmbiguous: oneOf<AfterAmbiguous>("by-operation", "never", "always"),
  budget
})

const retry: Check = (value, path) =>
  value === "never" || value === "unapplied-only"
    ? fine
    : typeof value === "object" && value !== null
    ? retryParts(value, path)
    : [{ path, expected: "\"never\" or \"unapplied-only\", or an object of the parts that differ" }]

/** The address is checked where it is made of `subdomain` or `baseUrl`. */
const elsewhere: Check = () => fine

const clientChecks: { readonly [K in keyof Required<Options>]: Check } = {
  appId,
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
export const clientOptions: Check = object(clientChecks, ["appId"])

const optionsOfCalls = {
  attemptTimeout: timeLimit,
  deadline: timeLimit,
  retry,
  // What the promise face takes is not handed on.
  signal: must("an AbortSignal, at a client of @sunco/client/promise", () => false)
}

/** @internal */
export const callChecks: Check = object(optionsOfCalls)

/**
 * A brand is checked with the query that it is part of.
 *
 * @internal
 */
export const brandCallChecks: Check = object({ ...optionsOfCalls, brandId: elsewhere })
