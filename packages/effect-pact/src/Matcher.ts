/**
 * Matchers: how loosely a value of a contract is compared.
 *
 * A `Pattern` is JSON in which any part may be a matcher. A part without one must be equal. A matcher is plain data, in
 * Pact's own [integration JSON](https://docs.pact.io/implementation_guides/rust/pact_ffi/integrationjson), and always
 * carries an example: what the mock provider sends, and what a reader of the contract sees.
 *
 * @since 0.1.0
 */
import { pipe } from "effect/Function"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as PactRegex from "./internal/pactRegex.ts"
import { formatPath, type Path } from "./internal/jsonPath.ts"
import { readable } from "./internal/readableError.ts"

/**
 * JSON in which any part may be a matcher.
 *
 * @category models
 * @since 0.1.0
 */
export type Pattern =
  | null
  | boolean
  | number
  | string
  | RuleMatcher
  | ProviderStateMatcher
  | ReadonlyArray<Pattern>
  | PatternObject

/**
 * An object of patterns.
 *
 * @category models
 * @since 0.1.0
 */
export interface PatternObject {
  readonly [key: string]: Pattern
}

/**
 * How a value is compared, with an example of it.
 *
 * @category models
 * @since 0.1.0
 */
export type Matcher<Example extends Pattern> = RuleMatcher<Example> | ProviderStateMatcher<Example>

/**
 * One rule of a matcher that has several, all of which must hold.
 *
 * @category models
 * @since 0.1.0
 */
export interface Rule {
  readonly "pact:matcher:type": "type" | "number" | "integer" | "regex"
  readonly regex?: string
}

/**
 * A matcher that compares by one or more rules.
 *
 * @category models
 * @since 0.1.0
 */
export interface RuleMatcher<out Example extends Pattern = Pattern> {
  readonly "pact:matcher:type": "type" | "equality" | "number" | "arrayContains" | ReadonlyArray<Rule>
  readonly value: Example
  readonly min?: number
  readonly max?: number
  readonly variants?: ReadonlyArray<Pattern>
}

/**
 * A matcher whose value the provider's state replaces when the provider is verified.
 *
 * @category models
 * @since 0.1.0
 */
export interface ProviderStateMatcher<out Example extends Pattern = Pattern> {
  readonly "pact:generator:type": "ProviderState"
  readonly "pact:matcher:type"?: RuleMatcher["pact:matcher:type"]
  readonly expression: string
  readonly value: Example
}

/**
 * A matcher that cannot be: its example does not satisfy it, or Pact cannot express it. Thrown where the matcher is
 * written.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidMatcher extends readable(
  Schema.TaggedError<InvalidMatcher>()("InvalidMatcher", {
    matcher: Schema.String,
    problem: Schema.String
  })
) {
  override get message(): string {
    return `Matcher.${this.matcher}: ${this.problem}`
  }
}

const invalid = (matcher: string, problem: string): never => {
  throw new InvalidMatcher({ matcher, problem })
}

const withRules = <Example extends Pattern>(rules: ReadonlyArray<Rule>, value: Example): RuleMatcher<Example> => ({
  "pact:matcher:type": rules,
  value
})

/**
 * Anything of the example's type; of an object or array, so is everything inside that has no matcher of its own.
 *
 * **Gotchas**
 *
 * - `like({})` accepts every object, `like([])` every array of anything.
 * - An object must have the keys of the example. In a request it must have no other; in a response it may.
 *
 * @category constructors
 * @since 0.1.0
 */
export const like = <Example extends Pattern>(example: Example): RuleMatcher<Example> => ({
  "pact:matcher:type": "type",
  value: example
})

/**
 * Any string.
 *
 * @category constructors
 * @since 0.1.0
 */
export const string = (example: string): RuleMatcher<string> => like(example)

/**
 * `true` or `false`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const boolean = (example: boolean): RuleMatcher<boolean> => like(example)

/**
 * Any number, with or without a fraction.
 *
 * @category constructors
 * @since 0.1.0
 */
export const number = (example: number): RuleMatcher<number> =>
  Number.isFinite(example)
    ? { "pact:matcher:type": "number", value: example }
    : invalid("number", `${example} is not a number in JSON`)

/**
 * A whole number of up to 15 digits, so that JavaScript holds it exactly.
 *
 * **Details**
 *
 * Pact's own rule takes 20 digits, of which `JSON.parse` keeps 16. `1.0` and `1e3` are decimals to Pact and refused.
 *
 * @category constructors
 * @since 0.1.0
 */
export const integer = (example: number): RuleMatcher<number> =>
  Number.isInteger(example) && Math.abs(example) < 1e15
    ? withRules(
      [{ "pact:matcher:type": "integer" }, { "pact:matcher:type": "regex", regex: "^-?[0-9]{1,15}$" }],
      example
    )
    : invalid("integer", `${example} is not a whole number of at most 15 digits`)

/**
 * A string that the regular expression accepts, by the rules of JavaScript: what is not anchored may have text around
 * it.
 *
 * **Details**
 *
 * Pact's engine speaks another dialect, so the expression is translated; the contract shows the translation. Pact's
 * bare regex rule reads the text of any value, so that `^[0-9]+$` takes the number 5; this one asks for a string, too.
 *
 * **Gotchas**
 *
 * Throws `InvalidMatcher` when the example does not match, or when the engine cannot say the expression: back
 * references, lookbehind, `\b`, `\p{…}`, the flag `m`, and beyond ASCII `i`; without the flag `u`, astral characters
 * and negative lookahead.
 *
 * **Example** (A header that comes in several forms)
 *
 * ```ts
 * import * as Matcher from "effect-pact/Matcher"
 *
 * const contentType = Matcher.regex(/^application\/json(;.*)?$/u, "application/json")
 *
 * console.log(Matcher.example({ "Content-Type": contentType }))
 * // { 'Content-Type': 'application/json' }
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const regex = (regExp: RegExp, example: string): RuleMatcher<string> => {
  // A fresh copy: `test` of a shared expression with the flag g starts where the last one ended.
  if (!new RegExp(regExp).test(example)) {
    invalid("regex", `${regExp} does not match its example ${JSON.stringify(example)}`)
  }
  return pipe(
    PactRegex.fromRegExp(regExp),
    Result.map((translated) =>
      withRules([{ "pact:matcher:type": "type" }, { "pact:matcher:type": "regex", regex: translated }], example)
    ),
    Result.getOrElse((problem) => invalid("regex", problem))
  )
}

/**
 * A string with this text somewhere in it.
 *
 * @category constructors
 * @since 0.1.0
 */
export const including = (text: string, example: string): RuleMatcher<string> =>
  example.includes(text)
    ? withRules(
      [{ "pact:matcher:type": "type" }, {
        "pact:matcher:type": "regex",
        regex: PactRegex.containing(text, "anywhere")
      }],
      example
    )
    : invalid("including", `the example ${JSON.stringify(example)} does not include ${JSON.stringify(text)}`)

/**
 * A UUID in hexadecimal digits of either case.
 *
 * @category constructors
 * @since 0.1.0
 */
export const uuid = (example: string): RuleMatcher<string> =>
  regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/u, example)

/**
 * Exactly this value, also inside `like` or `eachLike`, which would loosen a bare one.
 *
 * **Details**
 *
 * Scalars only: Pact compares the items of an array only as far as the example goes, so an exact `[]` would accept
 * `[1]`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const equal = <const Value extends null | boolean | number | string>(value: Value): RuleMatcher<Value> => ({
  "pact:matcher:type": "equality",
  value
})

/**
 * An array of items that are all like this one.
 *
 * **Details**
 *
 * At least `min` of them (1, unless given) and at most `max`. Throws `InvalidMatcher` for bounds that are none. Inside
 * the item a bare value is loosened to its type; see `equal`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const eachLike = <Item extends Pattern>(
  item: Item,
  options?: { readonly min?: number | undefined; readonly max?: number | undefined }
): RuleMatcher<ReadonlyArray<Pattern>> => {
  const min = options?.min ?? 1
  const max = options?.max
  const isCount = (count: number) => Number.isInteger(count) && count >= 0
  if (!isCount(min) || (max !== undefined && (!isCount(max) || max < Math.max(1, min)))) {
    invalid("eachLike", `min ${min} and max ${max} are no bounds of a length`)
  }
  return {
    "pact:matcher:type": "type",
    min,
    ...(max === undefined ? {} : { max }),
    // Pact takes the rules of the items from the first one and merges those of the others into them.
    value: [item, ...Array.from({ length: min - 1 }, () => example(item))]
  }
}

/**
 * An array that has, in any order and among others, an item for each of these.
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayContaining = (
  ...items: readonly [Pattern, ...ReadonlyArray<Pattern>]
): RuleMatcher<ReadonlyArray<Pattern>> => ({ "pact:matcher:type": "arrayContains", variants: items, value: items })

/**
 * A value of a request that depends on the state of the provider, such as the id of a user that the provider makes up.
 *
 * **Details**
 *
 * Against the mock provider the value is the example, exactly, or whatever the given matcher accepts. When the provider
 * is verified, `expression` is sent in its place, with each `${name}` replaced by the value that the provider state's
 * handler gave back under that name. In a response it does no more than its matcher, or `like`: Pact's verifier does
 * not ask for the same value there.
 *
 * **Example** (A path with the id of a user)
 *
 * ```ts
 * import * as Matcher from "effect-pact/Matcher"
 *
 * const path = Matcher.fromProviderState("/users/${userId}", "/users/42")
 *
 * console.log(Matcher.example(path))
 * // /users/42
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromProviderState = <Example extends string | number>(
  expression: string,
  value: Example | RuleMatcher<Example>
): ProviderStateMatcher<Example> => {
  if (!/\$\{[^{}]+\}/.test(expression)) {
    invalid("fromProviderState", `the expression ${JSON.stringify(expression)} names no value: write \${name}`)
  }
  const isMatcher = (_: Example | RuleMatcher<Example>): _ is RuleMatcher<Example> => Predicate.isObject(_)
  return isMatcher(value)
    ? { ...value, "pact:generator:type": "ProviderState", expression }
    : { "pact:generator:type": "ProviderState", expression, value }
}

/**
 * Is this part of a pattern a matcher?
 *
 * @category guards
 * @since 0.1.0
 */
export const isMatcher = (pattern: Pattern): pattern is Matcher<Pattern> =>
  Predicate.isObject(pattern) && ("pact:matcher:type" in pattern || "pact:generator:type" in pattern)

const isArray = (pattern: ReadonlyArray<Pattern> | PatternObject): pattern is ReadonlyArray<Pattern> =>
  Array.isArray(pattern)

/**
 * The JSON that a pattern gives as its example.
 *
 * @category getters
 * @since 0.1.0
 */
export const example = (pattern: Pattern): Schema.Json => {
  if (pattern === null || typeof pattern !== "object") return pattern
  if (isMatcher(pattern)) return example(pattern.value)
  return isArray(pattern)
    ? pattern.map(example)
    : Object.fromEntries(Object.entries(pattern).map(([key, value]) => [key, example(value)]))
}

/**
 * Where a bare value of a pattern is not exact, as bare values are: it stands below `like` or `eachLike`, which loosen it to
 * its type. What tells one kind of thing from another should never be among them.
 *
 * **Example** (An event of any type passes)
 *
 * ```ts
 * import * as Matcher from "effect-pact/Matcher"
 *
 * const events = (type: Matcher.Pattern) => ({ events: Matcher.eachLike({ id: Matcher.string("1"), type }) })
 *
 * console.log(Matcher.loosened(events("user:delete")), Matcher.loosened(events(Matcher.equal("user:delete"))))
 * // [ '$.events[0].type' ] []
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const loosened = (pattern: Pattern): ReadonlyArray<string> => loosenedIn(pattern, [], false)

const loosenedIn = (pattern: Pattern, path: Path, isLoose: boolean): ReadonlyArray<string> => {
  if (pattern === null || typeof pattern !== "object") return isLoose ? [formatPath(path)] : []
  if (isMatcher(pattern)) {
    const { "pact:matcher:type": rule, value } = pattern
    // A scalar is the matcher's own.
    if (value === null || typeof value !== "object") return []
    // Of the items of an array the first is the template.
    const inside = "min" in pattern && Array.isArray(value) ? value.slice(0, 1) : value
    return loosenedIn(inside, path, rule === "type" || (isLoose && rule !== "equality" && rule !== "arrayContains"))
  }
  return isArray(pattern)
    ? pattern.flatMap((item, index) => loosenedIn(item, [...path, index], isLoose))
    : Object.entries(pattern).flatMap(([name, value]) => loosenedIn(value, [...path, name], isLoose))
}
