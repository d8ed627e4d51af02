import type * as SchemaAST from "effect/SchemaAST"
import type * as SchemaIssue from "effect/SchemaIssue"

/** One thing that is wrong with a value, and where; never the value. */
export interface Issue {
  readonly path: ReadonlyArray<PropertyKey>
  /** `undefined` where there is a field of a name that no schema has. */
  readonly expected: string | undefined
}

/** In words for those who have the file, and not those of the schemas. */
export const issuesOf = (
  issue: SchemaIssue.Issue,
  path: ReadonlyArray<PropertyKey> = [],
  expected?: string
): ReadonlyArray<Issue> => {
  switch (issue._tag) {
    case "Filter":
      return issuesOf(issue.issue, path, expected ?? annotated(issue.filter.annotations))
    case "Encoding":
      return issuesOf(issue.issue, path, expected)
    case "Pointer":
      return issuesOf(issue.issue, [...path, ...issue.path], expected)
    case "Composite":
      return issue.issues.flatMap((inner) => issuesOf(inner, path, expected))
    case "AnyOf":
      return issue.issues.length === 0
        ? [{ path, expected: expected ?? inWords(issue.ast) }]
        : issue.issues.flatMap((inner) => issuesOf(inner, path, expected))
    case "InvalidType":
    case "OneOf":
      return [{ path, expected: expected ?? inWords(issue.ast) }]
    case "UnexpectedKey":
      return [{ path, expected: undefined }]
    case "MissingKey":
      return [{ path, expected: expected ?? "a value" }]
    case "InvalidValue":
    case "Forbidden":
      return [{ path, expected: annotated(issue.annotations) ?? expected ?? "another value" }]
  }
}

const annotated = (annotations: { readonly expected?: unknown } | undefined): string | undefined =>
  typeof annotations?.expected === "string" ? annotations.expected : undefined

const inWords = (ast: SchemaAST.AST): string =>
  annotated(ast.annotations) ?? (ast._tag === "Union" ? ofAny(ast) : words[ast._tag] ?? "another value")

// That a field may be left out is no hint to whoever filled it in.
const ofAny = ({ types }: SchemaAST.Union): string =>
  Array.from(new Set(types.filter(({ _tag }) => _tag !== "Undefined").map(inWords))).join(" or ")

const words: { readonly [tag: string]: string } = {
  String: "text",
  Number: "a number",
  Boolean: "true or false",
  Null: "null",
  Arrays: "a list",
  Objects: "an object"
}
