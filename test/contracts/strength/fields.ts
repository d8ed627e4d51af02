/** The fields that a schema reads or writes, and how to change one of them in JSON. */
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"

export interface Field {
  /** Names of fields, `*` for all keys of a record and `[]` for all items of an array. */
  readonly path: ReadonlyArray<string>
  readonly accepts: (json: Schema.Json) => boolean
}

export const fieldsOf = (schema: Schema.Codec<unknown>): ReadonlyArray<Field> =>
  inside(Schema.toEncoded(schema).ast, [])

const inside = (ast: AST.AST, path: ReadonlyArray<string>): ReadonlyArray<Field> => {
  const field = (name: string, type: AST.AST): ReadonlyArray<Field> => {
    const own = [...path, name]
    return [{ path: own, accepts: Schema.is(Schema.make<Schema.Codec<unknown>>(type)) }, ...inside(type, own)]
  }
  if (AST.isUnion(ast)) return ast.types.flatMap((type) => inside(type, path))
  if (AST.isArrays(ast)) return ast.rest.flatMap((type) => field("[]", type))
  if (!AST.isObjects(ast)) return []
  return ast.propertySignatures.length > 0
    // What keeps unknown fields reads none of them.
    ? ast.propertySignatures.flatMap(({ name, type }) => field(String(name), type))
    : ast.indexSignatures.flatMap(({ type }) => field("*", type))
}

const kinds: ReadonlyArray<readonly [name: string, value: Schema.Json]> = [
  ["null", null],
  ["a number", 1],
  ["a text", "x"],
  ["a flag", true],
  ["an object", {}],
  ["a list", []]
]

/** What is wrong with JSON, and how it comes to be so. */
export interface Breakage {
  readonly name: string
  readonly change: (json: Schema.Json) => Schema.Json | undefined
}

/** The field is missing, null, or of another type. */
export const breakages = ({ accepts, path }: Field): ReadonlyArray<Breakage> => {
  const name = path.join(".")
  const others = kinds.filter(([kind, value]) => kind === "null" || !accepts(value)).slice(0, 2)
  return [
    { name: `drops ${name}`, change: (json) => change(json, path, () => undefined) },
    ...others.map(([kind, value]) => ({
      name: `has ${kind} for ${name}`,
      change: (json: Schema.Json) => change(json, path, () => value)
    }))
  ]
}

/** The JSON with what is at a path made something else, or dropped when that is `undefined`. */
export const change = (
  json: Schema.Json,
  [name, ...path]: ReadonlyArray<string>,
  f: (value: Schema.Json) => Schema.Json | undefined
): Schema.Json | undefined => {
  if (name === undefined) return f(json)
  if (json === null || typeof json !== "object") return json
  const changed = (value: Schema.Json) => {
    const result = change(value, path, f)
    return result === undefined ? [] : [result]
  }
  if (Array.isArray(json)) return name === "[]" ? json.flatMap(changed) : json
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) =>
      name === "*" || name === key ? changed(value).map((result) => [key, result] as const) : [[key, value] as const]
    )
  )
}
