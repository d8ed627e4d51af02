/** The checks of a schema, said to Pact. */
import * as Result from "effect/Result"
import type * as AST from "effect/SchemaAST"
import * as PactRegex from "./pactRegex.ts"

export interface Check {
  readonly id: string
  // What it is depends on the id; see the representations in Effect's Schema.ts.
  readonly payload: any
  readonly patterns: ReadonlyArray<{ readonly source: string; readonly flags: string }>
}

// Checks are filters of the type that they stand on, which an AST does not tell.
const flatten = (check: AST.Check<any>): ReadonlyArray<Check> =>
  check._tag === "FilterGroup" ? check.checks.flatMap(flatten) : [{
    id: check.annotations?.representation?.id.replace("effect/schema/", "") ??
      String(check.annotations?.expected ?? "a filter"),
    payload: check.annotations?.representation?.payload,
    patterns: check.annotations?.arbitraryConstraint?.patterns ?? []
  }]

export const checksOf = (ast: AST.AST): ReadonlyArray<Check> => (ast.checks ?? []).flatMap(flatten)

export const inexpressible = (check: Check) => Result.fail(`Pact cannot check ${check.id}`)

/** The regular expression that a text passes exactly when it passes the check. */
export const toRegex = (check: Check): Result.Result<string, string> => {
  switch (check.id) {
    case "isPattern":
    case "isUUID":
    case "isGUID":
    case "isULID":
    case "isAscii": {
      // Each of these is exactly its pattern.
      const [pattern] = check.patterns
      return pattern === undefined
        ? inexpressible(check)
        : PactRegex.fromRegExp(new RegExp(pattern.source, pattern.flags))
    }
    case "isStartingWith":
      return Result.succeed(PactRegex.containing(check.payload.startsWith, "start"))
    case "isEndingWith":
      return Result.succeed(PactRegex.containing(check.payload.endsWith, "end"))
    case "isIncluding":
      return Result.succeed(PactRegex.containing(check.payload.includes, "anywhere"))
    case "isMinLength":
      return PactRegex.utf16Units(check.payload.minLength, Infinity)
    case "isMaxLength":
      return PactRegex.utf16Units(0, check.payload.maxLength)
    case "isBetweenLength":
      return PactRegex.utf16Units(check.payload.minimum, check.payload.maximum)
    case "isMinCodePoints":
      return PactRegex.codePoints(check.payload.minCodePoints, Infinity)
    case "isMaxCodePoints":
      return PactRegex.codePoints(0, check.payload.maxCodePoints)
    case "isBetweenCodePoints":
      return PactRegex.codePoints(check.payload.minimum, check.payload.maximum)
    default:
      return inexpressible(check)
  }
}

/** The bounds of an array's length. */
export const toBounds = (check: Check): Result.Result<{ readonly min?: number; readonly max?: number }, string> => {
  switch (check.id) {
    case "isMinLength":
      return Result.succeed({ min: check.payload.minLength })
    case "isMaxLength":
      return Result.succeed({ max: check.payload.maxLength })
    case "isBetweenLength":
      return Result.succeed({ min: check.payload.minimum, max: check.payload.maximum })
    default:
      return inexpressible(check)
  }
}
