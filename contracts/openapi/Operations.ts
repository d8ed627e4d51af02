/** What an OpenAPI document says of each operation, flat, so that two documents can be compared line by line. */
import type {
  Content,
  JsonSchema,
  OpenApiDocument,
  Operation as DocumentedOperation,
  Parameter
} from "./OpenApiDocument.ts"
import { methods } from "./OpenApiDocument.ts"

/** Such as `type: "string"`, `maxLength: "128"`; what a document does not say is not there. */
export type Facts = { readonly [fact: string]: string }

export interface Operation {
  readonly operationId: string
  readonly method: string
  /** With a name in braces for each parameter. */
  readonly path: string
  readonly tags: ReadonlyArray<string>
  /**
   * By what they are about: `operation`, `status 200`, `path appId`, `query brandId`, `request $.profile.email`,
   * `response 200 $.users[].id`.
   */
  readonly facts: ReadonlyMap<string, Facts>
}

/** The same for all paths that differ in nothing but the names of their parameters. */
export const key = ({ method, path }: Pick<Operation, "method" | "path">): string =>
  `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`

/** The statuses that an operation answers with. */
export const statuses = ({ facts }: Operation): ReadonlyArray<number> =>
  Array.from(facts.keys()).flatMap((about) =>
    about.startsWith("status ") ? [Number(about.slice("status ".length))] : []
  )

export const fromDocument = (document: OpenApiDocument): ReadonlyArray<Operation> =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      if (operation === undefined) return []
      const operationId = operation.operationId ?? "none"
      const parameters = [...item.parameters ?? [], ...operation.parameters ?? []]
      return [{
        operationId,
        method: method.toUpperCase(),
        path,
        tags: operation.tags ?? [],
        facts: new Map([
          ["operation", { operationId, security: securityOf(document, operation) }],
          ...parameters.flatMap((parameter) => ofParameter(document, parameter)),
          ...ofRequest(document, operation),
          ...Object.entries(operation.responses).flatMap(([status, { content }]): Array<Entry> => [
            [`status ${status}`, {}],
            ...ofContent(document, `response ${status}`, content)
          ])
        ])
      }]
    })
  )

type Entry = readonly [about: string, facts: Facts]

const securityOf = ({ components }: OpenApiDocument, { security = [] }: DocumentedOperation): string =>
  security.flatMap(Object.keys).map((name) => {
    const { scheme, type = name } = components?.securitySchemes?.[name] ?? {}
    return (scheme ?? type).toLowerCase()
  }).sort().join(" or ") || "none"

const ofParameter = (
  document: OpenApiDocument,
  parameter: Parameter | { readonly $ref: string }
): ReadonlyArray<Entry> => {
  if ("$ref" in parameter) {
    const found = document.components?.parameters?.[parameter.$ref.replace("#/components/parameters/", "")]
    return found === undefined ? [[parameter.$ref, missing]] : ofParameter(document, found)
  }
  const { in: place, name, required = false, schema = {}, style } = parameter
  if (place !== "path" && place !== "query") return []
  const about = `${place} ${name}`
  const entries = ofSchema(document, about, schema, required)
  // `filter[name]=value`: each property is a parameter of its own.
  return style === "deepObject"
    ? entries.slice(1).map(([property, facts]) => [`${about}[${property.slice(about.length + 1)}]`, facts])
    : entries
}

const ofRequest = (document: OpenApiDocument, { requestBody }: DocumentedOperation): ReadonlyArray<Entry> =>
  requestBody === undefined ? [] : [
    ["request", requestBody.required === true ? { required: "yes" } : {}],
    ...ofContent(document, "request", requestBody.content)
  ]

const ofContent = (document: OpenApiDocument, side: string, content: Content = {}): ReadonlyArray<Entry> =>
  Object.entries(content).flatMap(([type, { schema = {} }]) => [
    [`${side} ${type}`, {}] as const,
    ...ofSchema(document, `${side} $`, schema)
  ])

const missing = { type: "a reference to nothing" }

/** The facts about a value and, behind them, those about everything in it. */
const ofSchema = (
  document: OpenApiDocument,
  about: string,
  schema: JsonSchema,
  required = false,
  within: ReadonlyArray<string> = []
): ReadonlyArray<Entry> => {
  const { additional, items, limits, nullable, properties, references, required: names, types } = shapeOf(
    document,
    schema
  )
  const facts: Facts = {
    type: Array.from(types).sort().join(" or ") || "any",
    ...(nullable ? { null: "allowed" } : {}),
    ...(required ? { required: "yes" } : {}),
    ...limits
  }
  if (references.some((reference) => within.includes(reference))) return [[about, facts]]
  const inside = (name: string, schema: JsonSchema, required = false) =>
    ofSchema(document, about + name, schema, required, [...within, ...references])
  return [
    [about, facts],
    ...Array.from(properties).flatMap(([name, property]) => inside(`.${name}`, property, names.has(name))),
    ...(items === undefined ? [] : inside("[]", items)),
    // Beside named properties, others are allowed nearly everywhere, and say nothing.
    ...(types.has("object") && properties.size === 0 && additional !== false ? inside(".*", additional ?? {}) : [])
  ]
}

interface Shape {
  readonly types: ReadonlySet<string>
  readonly nullable: boolean
  readonly properties: ReadonlyMap<string, JsonSchema>
  readonly required: ReadonlySet<string>
  readonly additional: JsonSchema | false | undefined
  readonly items: JsonSchema | undefined
  readonly limits: Facts
  /** What had to be looked up, to notice a schema that contains itself. */
  readonly references: ReadonlyArray<string>
}

/** One level of a schema, whatever it is composed of. */
const shapeOf = (document: OpenApiDocument, schema: JsonSchema): Shape => {
  if (schema.$ref !== undefined) {
    const found = document.components?.schemas?.[schema.$ref.replace("#/components/schemas/", "")]
    const shape = shapeOf(document, found ?? missing)
    return { ...shape, references: [...shape.references, schema.$ref] }
  }
  const types = [schema.type ?? []].flat()
  const all = (schema.allOf ?? []).map((member) => shapeOf(document, member))
  const alternatives = (schema.anyOf ?? schema.oneOf ?? []).map((member) => shapeOf(document, member))
  const parts = [...all, ...alternatives]
  const own = Object.entries(schema.properties ?? {})
  const { additionalProperties: additional } = schema
  return {
    types: new Set([...types.filter((type) => type !== "null"), ...parts.flatMap((part) => Array.from(part.types))]),
    nullable: schema.nullable ?? (
      types.includes("null") ||
      alternatives.some((part) => part.nullable) ||
      (all.length > 0 && all.every((part) => part.nullable))
    ),
    properties: new Map([...parts.flatMap((part) => Array.from(part.properties)), ...own]),
    required: new Set([
      ...parts.flatMap((part) => Array.from(part.required)),
      ...(Array.isArray(schema.required) ? schema.required : []),
      ...own.filter(([, property]) => property.required === true).map(([name]) => name)
    ]),
    additional: additional === true
      ? {}
      : additional ?? parts.find((part) => part.additional !== undefined)?.additional,
    items: schema.items ?? parts.find((part) => part.items !== undefined)?.items,
    limits: Object.assign({}, ...parts.map((part) => part.limits), limitsOf(schema)),
    references: parts.flatMap((part) => part.references)
  }
}

const limits = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "enum"] as const

const limitsOf = (schema: JsonSchema): Facts =>
  Object.fromEntries(
    limits.flatMap((limit) => schema[limit] === undefined ? [] : [[limit, String(schema[limit])]])
  )
