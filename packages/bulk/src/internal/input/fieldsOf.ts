import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

/** What one field of a row takes. */
export type FieldType = "text" | "number" | "boolean"

/** The fields of a row by their dotted names. */
export interface Fields {
  readonly types: ReadonlyMap<string, FieldType>
  /** Those that take fields of any name, such as `metadata`. */
  readonly open: ReadonlySet<string>
}

/** Of what may be null or absent: what it is where it is neither. */
const present = (ast: SchemaAST.AST): SchemaAST.AST => {
  if (ast._tag !== "Union") return ast
  const [first, ...others] = ast.types.filter(({ _tag }) => _tag !== "Null" && _tag !== "Undefined")
  return first !== undefined && others.length === 0 ? present(first) : ast
}

const known = new WeakMap<object, Fields>()

/** Of the schema of a row, which is a struct of values and of structs. */
export const fieldsOf = (schema: Schema.Top): Fields => {
  let fields = known.get(schema)
  if (fields === undefined) known.set(schema, fields = read(schema))
  return fields
}

const read = (schema: Schema.Top): Fields => {
  const types = new Map<string, FieldType>()
  const open = new Set<string>()
  const collect = (ast: SchemaAST.AST, prefix: string): void => {
    if (ast._tag !== "Objects") return
    if (ast.indexSignatures.length > 0 && prefix !== "") open.add(prefix.slice(0, -1))
    for (const { name, type } of ast.propertySignatures) {
      const field = `${prefix}${String(name)}`
      const value = present(type)
      if (value._tag === "Objects") collect(value, `${field}.`)
      else types.set(field, value._tag === "Boolean" ? "boolean" : value._tag === "Number" ? "number" : "text")
    }
  }
  collect(SchemaAST.toEncoded(schema.ast), "")
  return { types, open }
}

/** The field that a name is of: itself, or the open one that takes it, and under which name. */
export const fieldNamed = (
  fields: Fields,
  name: string
): { readonly path: ReadonlyArray<string>; readonly type: FieldType; readonly isOpen: boolean } | undefined => {
  const type = fields.types.get(name)
  if (type !== undefined) return { path: name.split("."), type, isOpen: false }
  for (const prefix of fields.open) {
    const own = name.startsWith(`${prefix}.`) ? name.slice(prefix.length + 1) : ""
    // To assign the second would set what the row inherits from.
    if (own !== "" && own !== "__proto__") return { path: [...prefix.split("."), own], type: "text", isOpen: true }
  }
  return undefined
}

/** What a row says at such a path. */
export const valueAt = (row: unknown, path: ReadonlyArray<string>): unknown => {
  let value = row
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined
    value = Reflect.get(value, name)
  }
  return value
}
