import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

type Check = (value: unknown) => boolean

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

const checkOf = (ast: SchemaAST.AST): Check | undefined => {
  if (ast.encoding !== undefined) return undefined
  // JSON knows no other numbers, but that 1e400 is read as Infinity: `Finite` is the one check that responses have.
  if (ast._tag === "Number") return Number.isFinite
  if (ast.checks !== undefined) return undefined
  switch (ast._tag) {
    case "Unknown":
      return () => true
    case "String":
      return (value) => typeof value === "string"
    case "Boolean":
      return (value) => typeof value === "boolean"
    case "Null":
      return (value) => value === null
    case "Union": {
      const members = all(ast.types)
      return members && ((value) => members.some((check) => check(value)))
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

const objectCheck = ({ indexSignatures, propertySignatures }: SchemaAST.Objects): Check | undefined => {
  const fieldChecks = all(propertySignatures.map(({ type }) => type))
  const restChecks = all(indexSignatures.map(({ type }) => type))
  if (fieldChecks === undefined || restChecks === undefined) return undefined
  if (indexSignatures.some(({ parameter }) => parameter._tag !== "String" || parameter.checks !== undefined)) {
    return undefined
  }
  const fields = propertySignatures.map(({ name, type }, index) => ({
    name,
    optional: SchemaAST.isOptional(type),
    check: fieldChecks[index]!
  }))
  const rest = restChecks.filter((_, index) => indexSignatures[index]!.type._tag !== "Unknown")
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false
    const object = value as Record<PropertyKey, unknown>
    for (const { check, name, optional } of fields) {
      if (!Object.hasOwn(object, name) ? !optional : !check(object[name])) return false
    }
    for (const check of rest) {
      for (const name in object) if (!check(object[name])) return false
    }
    return true
  }
}
