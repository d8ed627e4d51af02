import * as Duration from "effect/Duration"
import type { InvalidOptions } from "../BulkError.ts"
import { nearestName } from "./input/nearestName.ts"

/** @internal */
export type Problem = InvalidOptions["problems"][number]

/**
 * What is wrong with a value, whatever it is: not every caller has a compiler that looks.
 *
 * @internal
 */
export type Check = (value: unknown, option: string) => ReadonlyArray<Problem>

/** @internal */
export interface Checks {
  readonly [name: string]: Check
}

/** @internal */
export const must = (expected: string, holds: (value: unknown) => boolean): Check => (value, option) =>
  holds(value) ? [] : [{ option, problem: `must be ${expected}` }]

/**
 * An object of these and no others. Those that are `undefined` count as absent, and are looked at where they are required.
 *
 * @internal
 */
export const object = (checks: Checks, required: ReadonlyArray<string> = []): Check => (value, option) => {
  if (Object.prototype.toString.call(value) !== "[object Object]") {
    return [{ option: option || "options", problem: "must be an object" }]
  }
  const read = (name: string): unknown => Reflect.get(value as object, name)
  const path = (name: string) => option === "" ? name : `${option}.${name}`
  const unknown = Object.keys(value as object).filter((name) =>
    !Object.hasOwn(checks, name) && read(name) !== undefined
  )
  return [
    ...Object.entries(checks).flatMap(([name, check]) =>
      read(name) === undefined && !required.includes(name) ? [] : check(read(name), path(name))
    ),
    // Nobody reads more than these.
    ...unknown.slice(0, 20).map((name) => {
      // What cannot be a name of an option may be anything, personal data too, and is not repeated.
      if (!/^[a-z]\w{0,39}$/i.test(name)) {
        return { option: option || "options", problem: "must be an object of known options only" }
      }
      const meant = nearestName(name, Object.keys(checks))
      return {
        option: path(name),
        problem: `is no such option${meant === undefined ? "" : `: did you mean ${meant}?`}`
      }
    })
  ]
}

/**
 * Also where it breaks when it is looked at, as a getter that throws.
 *
 * @internal
 */
export const problemsOf = (check: Check, value: unknown, option = ""): ReadonlyArray<Problem> => {
  try {
    return check(value, option)
  } catch {
    return [{ option: option || "options", problem: "must be readable" }]
  }
}

/**
 * `NaN` where it is no length of time; Effect reads some as zero that say nothing of a time: `NaN`, `{}`, `{ second: 1 }`.
 *
 * @internal
 */
export const millisOf = (value: unknown): number => {
  const duration = saysATime(value) ? Duration.fromInput(value as Duration.Input) : undefined
  return duration?._tag === "Some" ? Duration.toMillis(duration.value) : NaN
}

const saysATime = (value: unknown): boolean => {
  if (typeof value !== "object" || value === null) return value === value
  if (Duration.isDuration(value)) return true
  const units = Object.keys(value)
  return units.length > 0 &&
    units.every((unit) =>
      /^(\d|weeks|days|hours|minutes|(milli|micro|nano)?seconds)$/.test(unit) && Reflect.get(value, unit) >= 0
    )
}

/** @internal */
export const finiteTime = (bounds: string, holds: (millis: number) => boolean): Check =>
  must(`a finite length of time${bounds}, such as "5 seconds"`, (value) => {
    const millis = millisOf(value)
    return millis < Infinity && holds(millis)
  })

/** @internal */
export const wholeAboveZero: Check = must(
  "a whole number above zero",
  (value) => Number.isSafeInteger(value) && Number(value) > 0
)

/** @internal */
export const flag: Check = must("true or false", (value) => typeof value === "boolean")

/** @internal */
export const text: Check = must("text", (value) => typeof value === "string" && value !== "")

/** @internal */
export const oneOf = (...words: ReadonlyArray<string>): Check =>
  must(`one of ${words.join(", ")}`, (value) => words.some((word) => word === value))
