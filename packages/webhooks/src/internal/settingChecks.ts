import * as Duration from "effect/Duration"
import { SettingsError } from "../SettingsError.ts"

/** @internal */
export type Problem = SettingsError["problems"][number]

/**
 * What is wrong with a setting, whatever it is: not every caller has a compiler that looks.
 *
 * @internal
 */
export type Check = (value: unknown, setting: string) => ReadonlyArray<Problem>

/** @internal */
export interface Checks {
  readonly [name: string]: Check
}

/** @internal */
export const must = (expected: string, holds: (value: unknown) => boolean): Check => (value, setting) =>
  holds(value) ? [] : [{ setting, problem: `must be ${expected}` }]

/**
 * An object of these and no others. Those that are `undefined` count as absent.
 *
 * @internal
 */
export const object = (checks: Checks, what = "option"): Check => (value, setting) => {
  // A module may have the handlers.
  if (!/^\[object (Object|Module)\]$/.test(Object.prototype.toString.call(value))) {
    return [{ setting: setting || "options", problem: "must be an object" }]
  }
  const read = (name: string): unknown => Reflect.get(value as object, name)
  const path = (name: string) => setting === "" ? name : `${setting}.${name}`
  const unknown = Object.keys(value as object).filter((name) =>
    !Object.hasOwn(checks, name) && read(name) !== undefined
  )
  return [
    ...Object.entries(checks).flatMap(([name, check]) =>
      read(name) === undefined ? [] : problemsOf(check, read(name), path(name))
    ),
    // Nobody reads more than these.
    ...unknown.slice(0, 20).map((name) =>
      // What cannot be a name of a setting may be anything, a secret too, and is not repeated.
      /^[a-z][\w:]{0,39}$/i.test(name)
        ? { setting: path(name), problem: `is no such ${what}${meant(name, Object.keys(checks))}` }
        : { setting: setting || "options", problem: `must be an object of known ${what}s only` }
    )
  ]
}

const meant = (name: string, known: ReadonlyArray<string>): string => {
  const other = known.find((other) => isNearly(name.toLowerCase(), other.toLowerCase()))
  return other === undefined ? "" : `: did you mean ${other}?`
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
 * A check that does not break, whatever the value does when it is looked at: a getter that throws, a secret that was wiped.
 *
 * @internal
 */
export const problemsOf: (check: Check, value: unknown, setting?: string) => ReadonlyArray<Problem> = (
  check,
  value,
  setting = ""
) => {
  try {
    return check(value, setting)
  } catch {
    return [{ setting: setting || "options", problem: "must be readable" }]
  }
}

/** @internal */
export const refuse = (problems: ReadonlyArray<Problem>): void => {
  if (problems.length > 0) throw new SettingsError({ problems })
}

/** @internal */
export const millisOf = (input: Duration.Input): number => Duration.toMillis(Duration.fromInputUnsafe(input))

/** @internal */
export const time = (bounds: string, holds: (millis: number) => boolean): Check =>
  must(`a length of time ${bounds}, such as "5 seconds"`, (value) => {
    const time = value === value ? Duration.fromInput(value as Duration.Input) : undefined
    return time?._tag === "Some" && holds(Duration.toMillis(time.value))
  })

/** @internal */
export const aboveZero = /* @__PURE__ */ time("above zero", (millis) => millis > 0)

/** @internal */
export const zeroOrAbove = /* @__PURE__ */ time("of zero or above", (millis) => millis >= 0)

/** @internal */
export const wholeAboveZero = must(
  "a whole number above zero",
  (value) => Number.isSafeInteger(value) && Number(value) > 0
)

/** @internal */
export const someText = /* @__PURE__ */ must("text", (value) => typeof value === "string" && value !== "")

/** @internal */
export const aFunction = must("a function", (value) => typeof value === "function")
