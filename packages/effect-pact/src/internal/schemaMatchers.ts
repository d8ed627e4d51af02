/**
 * Two inclusions make the matchers sound. What they accept, the wire side of the schema accepts: by construction, node
 * by node. What the wire side accepts, the whole schema decodes: tried on samples, since the steps in between are
 * functions.
 */
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Matcher from "../Matcher.ts"
import type { Pattern, PatternObject } from "../Matcher.ts"
import type { Problem } from "../SchemaMatchers.ts"
import { isUnreadableKey } from "./interactionProblems.ts"
import { formatPath, type Path } from "./jsonPath.ts"
import * as PactRegex from "./pactRegex.ts"
import { type Check, checksOf, inexpressible, toBounds, toRegex } from "./wireChecks.ts"
import { accepts, codecOf, fromAst, isJson, isText, members, wireOf } from "./wireSchema.ts"

/** What a walk finds beside the pattern: what is wrong, and which values it gave a matcher. */
interface Found {
  readonly problems: Array<Problem>
  readonly leaves: Array<{ readonly path: Path; readonly ast: AST.AST }>
}

interface Place {
  readonly path: Path
  /** Inside the items of an array, where Pact loosens bare values to their type. */
  readonly inItems: boolean
  readonly found: Found
}

const nothing = (): Found => ({ problems: [], leaves: [] })

const within = (place: Place, key: string | number): Place => ({ ...place, path: [...place.path, key] })

const report = ({ found, path }: Place, problem: Problem["problem"], detail: string): void => {
  found.problems.push({ path: formatPath(path), problem, detail })
}

/** Each check's equal in Pact; those without one are reported. */
const express = <A>(ast: AST.AST, place: Place, f: (check: Check) => Result.Result<A, string>): ReadonlyArray<A> =>
  checksOf(ast).flatMap((check) => {
    const result = f(check)
    if (Result.isSuccess(result)) return [result.success]
    report(place, "inexpressible", result.failure)
    return []
  })

const isObject = (pattern: Pattern): pattern is PatternObject =>
  Predicate.isObject(pattern) && !Array.isArray(pattern) && !Matcher.isMatcher(pattern)

const walk = (ast: AST.AST, pattern: Pattern, place: Place): Pattern => {
  if (Matcher.isMatcher(pattern)) return pattern
  switch (ast._tag) {
    case "Suspend":
      return walk(ast.thunk(), pattern, place)
    case "Union":
      return union(ast, pattern, place)
    case "Arrays":
      return Array.isArray(pattern) ? array(ast, pattern, place) : pattern
    case "Objects":
      return isObject(pattern) ? object(ast, pattern, place) : pattern
    case "Null":
    case "Literal":
    case "Enum":
      return place.inItems && (pattern === null || typeof pattern !== "object") ? Matcher.equal(pattern) : pattern
    case "String":
    case "Number":
    case "Boolean":
    case "Declaration":
    case "Unknown":
    case "Any":
      place.found.leaves.push({ path: place.path, ast })
      return leaf(ast, pattern, place)
    default:
      report(place, "inexpressible", `Pact cannot check ${ast._tag}`)
      return pattern
  }
}

const leaf = (ast: AST.AST, pattern: Pattern, place: Place): Pattern => {
  if (AST.isString(ast)) return text(express(ast, place, toRegex), String(pattern))
  if (!AST.isNumber(ast)) return Matcher.like(pattern)
  const value = Number(pattern)
  const kinds = express(
    ast,
    place,
    (check) => check.id === "isInt" || check.id === "isFinite" ? Result.succeed(check.id) : inexpressible(check)
  )
  if (!kinds.includes("isInt")) return Matcher.number(value)
  if (Math.abs(value) < 1e15) return Matcher.integer(value)
  report(place, "inexpressible", "Pact reads no whole number of more than 15 digits as JavaScript does")
  return value
}

const text = (regexes: ReadonlyArray<string>, example: string): Matcher.RuleMatcher =>
  regexes.length === 0 ? Matcher.string(example) : {
    "pact:matcher:type": [
      { "pact:matcher:type": "type" },
      ...regexes.map((regex) => ({ "pact:matcher:type": "regex" as const, regex }))
    ],
    value: example
  }

const union = (ast: AST.Union, pattern: Pattern, place: Place): Pattern => {
  const json = Matcher.example(pattern)
  const candidates = members(ast).filter((member) => accepts(member, json))
  if (Predicate.isString(pattern) && candidates.length > 0 && candidates.every(isText)) {
    const texts = members(ast).filter(isText).map((member) => member.literal)
    place.found.leaves.push({ path: place.path, ast: Schema.Literals(texts).ast })
    return text([PactRegex.oneOf(texts)], pattern)
  }
  const attempts = candidates.map((member) => {
    const found = nothing()
    return { found, result: walk(member, pattern, { ...place, found }) }
  })
  // Members may overlap; the one that reads all of the example is the one that it was written for.
  const best = attempts.find(({ found }) => found.problems.length === 0) ?? attempts[0]
  if (best === undefined) {
    report(place, "inexpressible", "no member of the union accepts this on its own")
    return pattern
  }
  place.found.problems.push(...best.found.problems)
  place.found.leaves.push(...best.found.leaves)
  return best.result
}

const array = (ast: AST.Arrays, items: ReadonlyArray<Pattern>, place: Place): Pattern => {
  const bounds = express(ast, place, toBounds)
  const [rest, ...last] = ast.rest
  if (rest === undefined || items.length === 0) {
    if (place.inItems) {
      const what = rest === undefined ? "no length of a tuple" : "no array for being empty"
      report(place, "inexpressible", `inside the items of an array, Pact checks ${what}`)
    }
    return items.map((item, index) => walk(ast.elements[index]!, item, within(place, index)))
  }
  if (last.length > 0) report(place, "inexpressible", "Pact cannot tell the last items of an array from the others")

  // Pact has one template for all items, so every item, by whichever part of the schema, has to ask for the same.
  const template = walk(ast.elements[0] ?? rest, items[0]!, { ...within(place, 0), inItems: true })
  const others = items.flatMap((item, index) =>
    [ast.elements[index] ?? rest, rest].map((part) =>
      walk(part, item, { ...within(place, index), inItems: true, found: nothing() })
    )
  )
  if (others.some((other) => !isSameRule(other, template))) {
    report(
      place,
      "inexpressible",
      "the items of the example differ in more than their values: show one kind of item per example"
    )
  }
  const required = ast.elements.filter((element) => !AST.isOptional(element)).length
  const max = Math.min(...bounds.map((bound) => bound.max ?? Infinity))
  return {
    "pact:matcher:type": "type",
    min: Math.max(1, required, ...bounds.map((bound) => bound.min ?? 0)),
    ...(max === Infinity ? {} : { max }),
    value: [template, ...items.slice(1).map(Matcher.example)]
  }
}

const object = (ast: AST.Objects, fields: PatternObject, place: Place): Pattern => {
  express(ast, place, inexpressible)
  const named = new Map(ast.propertySignatures.map((signature) => [signature.name, signature.type]))
  const readBy = (key: string): AST.AST | undefined =>
    named.get(key) ?? ast.indexSignatures.find((signature) =>
      accepts(signature.parameter, key) &&
      // A rest that takes anything keeps unknown fields; it does not read them.
      !(named.size > 0 && isJson(signature.type))
    )?.type
  return mapFields(fields, (value, key) => {
    const inside = within(place, key)
    const type = readBy(key)
    if (type === undefined) {
      report(inside, "unread", "the schema does not name this field; leave it out of the contract")
      return value
    }
    if (isUnreadableKey(key)) report(inside, "inexpressible", "Pact cannot point a matcher at this key")
    return walk(type, value, inside)
  })
}

const mapFields = <A>(fields: PatternObject, f: (value: Pattern, key: string) => A): { readonly [key: string]: A } =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, f(value, key)]))

/** What a pattern asks for, with the type in place of each example. */
const ruleOf = (pattern: Pattern): unknown => {
  if (pattern === null || typeof pattern !== "object") return pattern
  if (!Matcher.isMatcher(pattern)) return isObject(pattern) ? mapFields(pattern, ruleOf) : Array.from(pattern, ruleOf)
  if (pattern["pact:matcher:type"] === "equality") return pattern
  // Of the items of an array, the first is the template.
  return {
    ...pattern,
    value: typeOf("min" in pattern && Array.isArray(pattern.value) ? pattern.value[0] : pattern.value)
  }
}

const typeOf = (pattern: Pattern): unknown => {
  if (pattern === null || typeof pattern !== "object") return pattern === null ? null : typeof pattern
  if (Matcher.isMatcher(pattern)) return ruleOf(pattern)
  return isObject(pattern) ? mapFields(pattern, typeOf) : Array.from(pattern, typeOf)
}

const isSameRule = (a: Pattern, b: Pattern) => JSON.stringify(ruleOf(a)) === JSON.stringify(ruleOf(b))

const sampleCount = 20
const sampled = new WeakMap<AST.AST, ReadonlyArray<Schema.Json>>()

const samples = (ast: AST.AST): ReadonlyArray<Schema.Json> => {
  const known = sampled.get(ast)
  if (known !== undefined) return known
  const exit = Effect.runSyncExit(
    Effect.suspend(() => Arbitrary.sampleEffect(Arbitrary.schema(fromAst(ast)), { count: sampleCount, seed: 1 }))
  )
  // What cannot be made up cannot refute anything.
  const values = Exit.isSuccess(exit) ? exit.value : []
  sampled.set(ast, values)
  return values
}

/** The JSON with another value at a place that it has. */
const replaceAt = (json: Schema.Json, path: Path, value: Schema.Json): Schema.Json => {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(json)) return json.map((item, index) => index === key ? replaceAt(item, rest, value) : item)
  const object = json as Schema.JsonObject
  return { ...object, [key]: replaceAt(object[key]!, rest, value) }
}

/** The example with matchers from the schema, or everything that is wrong with it. */
export const derive = (
  schema: Schema.ConstraintDecoder<unknown>,
  example: Pattern
): Result.Result<Pattern, ReadonlyArray<Problem>> => {
  const decode = Schema.decodeUnknownResult(codecOf(schema))
  const json = Matcher.example(example)
  const decoded = decode(json)
  if (Result.isFailure(decoded)) {
    return Result.fail([{ path: "$", problem: "rejected", detail: decoded.failure.message }])
  }
  const found = nothing()
  const pattern = walk(wireOf(schema), example, { path: [], inItems: false, found })
  if (found.problems.length > 0) return Result.fail(found.problems)
  for (const { ast, path } of found.leaves) {
    const refused = samples(ast).find((sample) => Result.isFailure(decode(replaceAt(json, path, sample))))
    if (refused !== undefined) {
      const detail = `the schema refuses ${JSON.stringify(refused)} here, which its type on the wire allows`
      report({ path, inItems: false, found }, "inexpressible", detail)
    }
  }
  return found.problems.length > 0 ? Result.fail(found.problems) : Result.succeed(pattern)
}
