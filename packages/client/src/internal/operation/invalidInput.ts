import * as Result from "effect/Result"
import type * as SchemaAST from "effect/SchemaAST"
import type * as SchemaIssue from "effect/SchemaIssue"
import { type InputIssue, InvalidInput } from "../../SunshineError.ts"
import { didYouMean } from "../settings/optionChecks.ts"

type Issue = typeof InputIssue.Type

/** As many as anybody reads, and more than a hand-written input breaks. */
const maximumIssues = 100

/**
 * Where and what was expected. Effect's issues do not carry the input unless asked to, and of a path only what the schema
 * names is kept: a key of a record may be somebody's address.
 *
 * @internal
 */
export const invalidInput = (issue: SchemaIssue.Issue, ast: SchemaAST.AST | undefined): InvalidInput => {
  // Ten thousand bad keys of a record are one issue.
  const issues = new Map<string, Issue>()
  for (const found of issuesOf(issue, [], undefined)) {
    const known = { path: knownPath(ast, found.path), expected: found.expected }
    issues.set(JSON.stringify(known), known)
  }
  return new InvalidInput({ issues: Array.from(issues.values()).slice(0, maximumIssues) })
}

/**
 * What reads an input, made safe from what an input can do when it is read: a getter or a proxy may throw.
 *
 * @internal
 */
export const withoutDefects = <Args extends ReadonlyArray<unknown>, A>(
  read: (...args: Args) => Result.Result<A, InvalidInput>
): (...args: Args) => Result.Result<A, InvalidInput> =>
(...args) => {
  try {
    return read(...args)
  } catch {
    // What was thrown may repeat the input.
    return Result.fail(new InvalidInput({ issues: [{ path: [], expected: "values that can be read" }] }))
  }
}

interface Found {
  readonly path: ReadonlyArray<PropertyKey>
  readonly expected: string
}

const issuesOf = (
  issue: SchemaIssue.Issue,
  path: ReadonlyArray<PropertyKey>,
  expected: string | undefined
): ReadonlyArray<Found> => {
  switch (issue._tag) {
    case "Filter":
      return issuesOf(issue.issue, path, expected ?? expectedBy(issue.filter))
    case "Encoding":
      return issuesOf(issue.issue, path, expected)
    case "Pointer":
      return issuesOf(issue.issue, [...path, ...issue.path], expected)
    case "Composite":
      return issue.issues.flatMap((issue) => issuesOf(issue, path, expected))
    case "AnyOf":
      return issue.issues.length === 0
        ? [{ path, expected: expected ?? inWords(issue.ast) }]
        : issue.issues.flatMap((issue) => issuesOf(issue, path, expected))
    case "InvalidType":
    case "OneOf":
      return [{ path, expected: expected ?? inWords(issue.ast) }]
    case "MissingKey":
      return [{ path, expected: expected ?? "a value" }]
    case "UnexpectedKey":
      return [{ path, expected: fieldsOf(issue.ast, path.at(-1)) }]
    case "InvalidValue":
    case "Forbidden":
      return [{ path, expected: annotated(issue.annotations) ?? expected ?? "a valid value" }]
  }
}

const annotated = (annotations: { readonly expected?: unknown } | undefined): string | undefined =>
  typeof annotations?.expected === "string" ? annotations.expected : undefined

/** `any`, as in `SchemaIssue.Filter`. */
const expectedBy = (check: SchemaAST.Check<any>): string | undefined =>
  annotated(check.annotations) ??
    (check._tag === "FilterGroup" ? check.checks.flatMap((check) => expectedBy(check) ?? []).join(" and ") : undefined)

/** What a schema takes, said of the input: the names of this package's types are nothing to whoever reads it. */
const inWords = (ast: SchemaAST.AST): string => annotated(ast.annotations) ?? wordsOfType(ast)

const wordsOfType = (ast: SchemaAST.AST): string => {
  switch (ast._tag) {
    case "Literal":
      return JSON.stringify(ast.literal)
    case "Union":
      // That a field may be left out is no hint to whoever filled it in.
      return Array.from(new Set(ast.types.filter(({ _tag }) => _tag !== "Undefined").map(inWords))).join(" or ")
    case "Suspend":
      return inWords(ast.thunk())
  }
  return words[ast._tag] ?? "another value"
}

const words: { readonly [tag: string]: string } = {
  String: "text",
  TemplateLiteral: "text",
  Number: "a number",
  Boolean: "true or false",
  Null: "null",
  Arrays: "a list",
  Objects: "an object"
}

/** The part of a schema that one step of a path leads to, and what may be shown of the step. */
const step = (
  ast: SchemaAST.AST | undefined,
  key: PropertyKey
): { readonly shown: string | number; readonly next: SchemaAST.AST | undefined } | undefined => {
  switch (ast?._tag) {
    case "Objects": {
      const field = ast.propertySignatures.find(({ name }) => name === key)
      return field === undefined
        ? { shown: "*", next: ast.indexSignatures[0]?.type }
        : { shown: spoken(field.name), next: field.type }
    }
    case "Arrays":
      return typeof key === "number" ? { shown: key, next: ast.elements[key] ?? ast.rest[0] } : undefined
    case "Union": {
      const steps = ast.types.flatMap((type) => step(type, key) ?? [])
      return steps.find(({ shown }) => shown !== "*") ?? steps[0]
    }
    case "Suspend":
      return step(ast.thunk(), key)
    default:
      return undefined
  }
}

const knownPath = (ast: SchemaAST.AST | undefined, path: ReadonlyArray<PropertyKey>): Issue["path"] => {
  let at = ast
  return path.map((key) => {
    const taken = step(at, key)
    at = taken?.next
    return taken?.shown ?? "*"
  })
}

/**
 * What the caller calls a parameter that the vendor calls otherwise: `id`, `after` of `page[after]`, and `email` of
 * `filter[identities.email]`.
 *
 * @internal
 */
export const spoken = (name: PropertyKey): string =>
  name === "userIdOrExternalId" ? "id" : String(name).replace(/^\w+\[(?:.*\.)?(\w+)\]$/, "$1")

/** A mistyped field is told by the fields that there are around it: it may be somebody's address, and is not repeated. */
const fieldsOf = (ast: SchemaAST.AST, mistyped: PropertyKey | undefined): string => {
  const names = ast._tag === "Objects" ? ast.propertySignatures.map(({ name }) => spoken(name)) : []
  return names.length === 0
    ? "no such field"
    : `no other field than ${names.join(", ")}${didYouMean(spoken(mistyped ?? ""), names)}`
}
