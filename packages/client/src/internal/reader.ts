import type * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

type Check = Predicate.Predicate<unknown>

/**
 * Reads JSON with a schema, `undefined` when it does not fit.
 *
 * Where decoding only checks and changes nothing, which is so for every response of this API, the checks are compiled to
 * closures and the parsed JSON is handed on as it is: an eighth of what the schema's interpreter costs, and it keeps what
 * the schema does not name by never touching it. Any other schema is left to its interpreter.
 *
 * @internal
 */
export const reader = <A>(schema: Schema.Codec<A>): (json: unknown) => A | undefined => {
  const check = checkOf(schema.ast)
  // What passes the check is a decoded value, since decoding would change nothing of it.
  if (check !== undefined) return (json) => check(json) ? (json as A) : undefined
  const decode = Schema.decodeUnknownResult(schema)
  return (json) => {
    const decoded = decode(json)
    return Result.isSuccess(decoded) ? decoded.success : undefined
  }
}

/**
 * `Schema.is`, compiled in the same way.
 *
 * @internal
 */
export const is = (schema: Schema.Codec<unknown>): Check => checkOf(schema.ast) ?? Schema.is(schema)

const checkOf = (ast: SchemaAST.AST): Check | undefined => {
  let isValid = ast.encoding === undefined ? typeCheckOf(ast) : undefined
  for (const filter of ast.checks ?? []) isValid = isValid && filtered(isValid, filter, ast)
  return isValid
}

/** `any`, as in `SchemaAST.Checks`: whose values a filter takes is known to the schema alone. */
const filtered = (isValid: Check, filter: SchemaAST.Check<any>, ast: SchemaAST.AST): Check | undefined =>
  filter._tag === "Filter" ? (value) => isValid(value) && filter.run(value, ast, {}) === undefined : undefined

const typeCheckOf = (ast: SchemaAST.AST): Check | undefined => {
  switch (ast._tag) {
    case "Unknown":
      return () => true
    case "String":
      return (value) => typeof value === "string"
    case "Number":
      return (value) => typeof value === "number"
    case "Boolean":
      return (value) => typeof value === "boolean"
    case "Null":
      return (value) => value === null
    case "Union": {
      const members = all(ast.types)
      return members && members.reduce((some, check) => (value) => some(value) || check(value))
    }
    case "Arrays":
      return arrayCheck(ast)
    case "Objects":
      return objectCheck(ast)
    default:
      return undefined
  }
}

const all = (asts: ReadonlyArray<SchemaAST.AST>): ReadonlyArray<Check> | undefined => {
  const checks = asts.map(checkOf)
  return checks.every((check) => check !== undefined) ? checks : undefined
}

const arrayCheck = ({ elements, rest }: SchemaAST.Arrays): Check | undefined => {
  const [item] = rest
  if (elements.length > 0 || rest.length !== 1 || item === undefined) return undefined
  const check = checkOf(item)
  return check && ((value) => Array.isArray(value) && value.every(check))
}

/** Whether any text passes, as in most fields: seen without a call of the check, which is half of all the work. */
const takesText = (ast: SchemaAST.AST): boolean =>
  ast.checks === undefined && (ast._tag === "String" || ast._tag === "Union" && ast.types.some(takesText))

const objectCheck = ({ indexSignatures, propertySignatures }: SchemaAST.Objects): Check | undefined => {
  const fieldChecks = all(propertySignatures.map(({ type }) => type))
  const restChecks = all(indexSignatures.map(({ type }) => type))
  if (fieldChecks === undefined || restChecks === undefined) return undefined
  if (indexSignatures.some(({ parameter }) => parameter._tag !== "String" || parameter.checks !== undefined)) {
    return undefined
  }
  const required = propertySignatures.filter(({ type }) => !SchemaAST.isOptional(type)).map(({ name }) => name)
  const fields = new Map(
    propertySignatures.map(({ name, type }, index) => [name, { check: fieldChecks[index]!, isText: takesText(type) }])
  )
  const rest = restChecks.filter((_, index) => indexSignatures[index]!.type._tag !== "Unknown")
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false
    const object = value as Record<PropertyKey, unknown>
    for (const name of required) if (!Object.hasOwn(object, name)) return false
    for (const name in object) {
      const value = object[name]
      const field = fields.get(name)
      if (field !== undefined && !(field.isText && typeof value === "string") && !field.check(value)) return false
      for (const check of rest) if (!check(value)) return false
    }
    return true
  }
}
