/** What an OpenAPI document says of each operation, flat, so that two documents can be compared line by line. */
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import type {
  Content,
  JsonSchema,
  OpenApiDocument,
  Operation as DocumentedOperation,
  Parameter
} from "./OpenApiDocument.ts"
import { limits, methods } from "./OpenApiDocument.ts"

/** Such as `type: "string"`, `maxLength: "128"`; what a document does not say is not there. */
export type Facts = { readonly [fact: string]: string }

export interface Operation {
  readonly operationId: string
  readonly method: string
  /** With a name in braces for each parameter. */
  readonly path: string
  readonly tags: ReadonlyArray<string>
  /**
   * By what they are about: `operation`, `status 200`, `path appId`, `query brandId`, `header X-Id`,
   * `request $.profile.email`, `response 200 $.users[].id`.
   */
  readonly facts: ReadonlyMap<string, Facts>
}

/** The same for all paths that differ in nothing but the names of their parameters. */
export const key = ({ method, path }: Pick<Operation, "method" | "path">): string =>
  `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`

/**
 * The tags of those operations that are declared here, and of what a document has under the same ones: a resource may have another
 * name there.
 */
export const tagsOf = (
  documented: ReadonlyArray<Operation>,
  declared: ReadonlyArray<Operation>
): ReadonlySet<string> => {
  const keys = new Set(declared.map(key))
  const known = documented.filter((operation) => keys.has(key(operation)))
  return new Set([...declared, ...known].flatMap(({ tags }) => tags))
}

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
          ["operation", {
            operationId,
            ...securityOf(document, operation),
            ...serversOf(operation.servers ?? item.servers),
            ...deprecation(operation)
          }],
          ...parameters.flatMap((parameter) => ofParameter(document, parameter)),
          ...ofRequest(document, operation),
          ...Object.entries(operation.responses).flatMap(([status, response]): Array<Entry> => {
            const { content } = resolved(response, document.components?.responses) ?? {}
            return [
              [`status ${status}`, codesIn(document, content)],
              ...ofContent(document, `response ${status}`, content)
            ]
          })
        ])
      }]
    })
  )

type Entry = readonly [about: string, facts: Facts]

/** What a reference stands for; nothing where it leads nowhere. */
const resolved = <A extends object>(
  value: A | { readonly $ref: string },
  components: { readonly [name: string]: A } | undefined
): A | undefined => "$ref" in value ? components?.[value.$ref.slice(value.$ref.lastIndexOf("/") + 1)] : value

const securityOf = (
  { components, security: everywhere = [] }: OpenApiDocument,
  { security = everywhere }: DocumentedOperation
): Facts => {
  const schemeOf = (name: string) => {
    const { scheme, type = name } = components?.securitySchemes?.[name] ?? {}
    return (scheme ?? type).toLowerCase()
  }
  const scopes = security.flatMap((schemes) =>
    Object.entries(schemes).flatMap(([name, scopes]) => scopes.map((scope) => `${schemeOf(name)} ${scope}`))
  )
  return {
    security: security.map((schemes) => Object.keys(schemes).map(schemeOf).sort().join(" and ")).sort().join(" or ") ||
      "none",
    ...(scopes.length === 0 ? {} : { scopes: textOf(scopes) })
  }
}

/** An operation has those of the document unless it says others. */
const serversOf = (servers: OpenApiDocument["servers"] = []): Facts =>
  servers.length === 0 ? {} : { servers: textOf(servers.map(({ url }) => url)) }

const deprecation = ({ deprecated }: { readonly deprecated?: boolean }): Facts =>
  deprecated === true ? { deprecated: "true" } : {}

/** The `code` of every error in the examples, which alone say what codes there are. */
const codesIn = (document: OpenApiDocument, content: Content = {}): Facts => {
  const examples = Object.values(content).flatMap(({ example, examples = {} }) => [
    example,
    ...Object.values(examples).map((one) => resolved(one, document.components?.examples)?.value)
  ])
  const codes = examples.flatMap((example) =>
    Predicate.hasProperty(example, "errors") && Array.isArray(example.errors)
      ? example.errors.flatMap((error: unknown) =>
        Predicate.hasProperty(error, "code") && Predicate.isString(error.code) ? [error.code] : []
      )
      : []
  )
  return codes.length === 0 ? {} : { codes: textOf(Array.from(new Set(codes))) }
}

const ofParameter = (
  document: OpenApiDocument,
  parameter: Parameter | { readonly $ref: string }
): ReadonlyArray<Entry> => {
  const found = resolved(parameter, document.components?.parameters)
  if (found === undefined) return [[`parameter ${JSON.stringify(parameter)}`, missing]]
  const { in: place, name, required = false, schema = {}, style } = found
  const about = `${place} ${name}`
  const [[, own], ...inside] = ofSchema(document, about, schema, required)
  // `filter[name]=value`: each property is a parameter of its own.
  return style === "deepObject"
    ? inside.map(([property, facts]) => [`${about}[${property.slice(about.length + 1)}]`, facts])
    : [[about, { ...own, ...deprecation(found) }], ...inside]
}

const ofRequest = (document: OpenApiDocument, { requestBody }: DocumentedOperation): ReadonlyArray<Entry> => {
  if (requestBody === undefined) return []
  const found = resolved(requestBody, document.components?.requestBodies)
  return found === undefined ? [["request", missing]] : [
    ["request", found.required === true ? { required: "yes" } : {}],
    ...ofContent(document, "request", found.content)
  ]
}

const ofContent = (document: OpenApiDocument, side: string, content: Content = {}): ReadonlyArray<Entry> => {
  const types = Object.keys(content)
  const body = content["application/json"] ?? content[types[0] ?? ""]
  return [
    ...types.map((type): Entry => [`${side} ${type}`, {}]),
    ...(body === undefined ? [] : ofSchema(document, `${side} $`, body.schema ?? {}))
  ]
}

const missing = { type: "a reference to nothing" }

/** The facts about a value and, behind them, those about everything in it. */
const ofSchema = (
  document: OpenApiDocument,
  about: string,
  schema: JsonSchema,
  required = false,
  within: ReadonlyArray<string> = []
): readonly [Entry, ...ReadonlyArray<Entry>] => {
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
  const union = unionOf(document, schema)
  if (union !== undefined) {
    return [
      [about, facts],
      // What tells the members apart is in their names already.
      ...union.members.flatMap(([value, member]) => {
        const name = `${about}(${value})`
        return ofSchema(document, name, member, false, [...within, ...union.references])
          .filter(([about]) => about !== `${name}.${union.property}`)
      })
    ]
  }
  return [
    [about, facts],
    ...Array.from(properties).flatMap(([name, property]) => inside(`.${name}`, property, names.has(name))),
    ...(items === undefined ? [] : inside("[]", items)),
    // Beside named properties, others are allowed nearly everywhere, and say nothing.
    ...(types.has("object") && properties.size === 0 && additional !== false ? inside(".*", additional ?? {}) : [])
  ]
}

interface Union {
  readonly property: string
  readonly members: ReadonlyArray<readonly [value: string, member: JsonSchema]>
  readonly references: ReadonlyArray<string>
}

/**
 * The members of a union whose values say which they are. A member that is for every other value is no fact; neither is one
 * that refers back to the union, as those of a base with a mapping do.
 */
const unionOf = (document: OpenApiDocument, schema: JsonSchema): Union | undefined => {
  const { $ref } = schema
  if ($ref !== undefined) {
    const union = unionOf(document, named(document, $ref))
    return union && { ...union, references: [$ref, ...union.references] }
  }
  const { allOf = [], discriminator } = schema
  // `allOf: [union]` is how 3.0 says that a union may be null.
  if (allOf.length === 1 && allOf[0] !== undefined && schema.properties === undefined) {
    return unionOf(document, allOf[0])
  }
  const alternatives = (schema.oneOf ?? schema.anyOf ??
    Object.values(discriminator?.mapping ?? {}).map(($ref): JsonSchema => ({ $ref })))
    .filter(({ type }) => type !== "null")
  // `anyOf: [union, null]` is how 3.1 says so.
  if (alternatives.length === 1 && alternatives[0] !== undefined) return unionOf(document, alternatives[0])
  const mapped = new Map(Object.entries(discriminator?.mapping ?? {}).map(([value, $ref]) => [nameOf($ref), value]))
  const shapes = alternatives.map((member) => [member, shapeOf(document, member).properties] as const)
  const property = discriminator?.propertyName ??
    shapes.flatMap(([, properties]) => Array.from(properties)).find(([, value]) => literalOf(value) !== undefined)?.[0]
  if (property === undefined) return undefined
  const members = shapes.flatMap(([member, properties]): Union["members"] => {
    const name = member.$ref === undefined ? undefined : nameOf(member.$ref)
    const own = properties.get(property)
    const value = (name === undefined ? undefined : mapped.get(name)) ?? (own && literalOf(own)) ??
      (discriminator === undefined ? undefined : own?.default ?? name)
    return value === undefined ? [] : [[String(value), withoutBase(member, document, schema)]]
  })
  return members.length < 2 ? undefined : { property, members, references: [] }
}

/** The value that a schema has to have. */
const literalOf = ({ const: value, enum: values }: JsonSchema): Schema.Json | undefined =>
  value ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined)

const nameOf = ($ref: string): string => $ref.slice($ref.lastIndexOf("/") + 1)

const named = (document: OpenApiDocument, $ref: string): JsonSchema =>
  document.components?.schemas?.[$ref.replace("#/components/schemas/", "")] ?? missing

/** A member of a base with a mapping contains the base, whose mapping would lead back to the member. */
const withoutBase = (member: JsonSchema, document: OpenApiDocument, base: JsonSchema): JsonSchema => {
  if (base.oneOf !== undefined || base.anyOf !== undefined || member.$ref === undefined) return member
  const { discriminator: _, ...plain } = base
  const { allOf = [], ...own } = named(document, member.$ref)
  return {
    ...own,
    allOf: allOf.map((part) => part.$ref !== undefined && named(document, part.$ref) === base ? plain : part)
  }
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
    const shape = shapeOf(document, named(document, schema.$ref))
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

const limitsOf = (schema: JsonSchema): Facts =>
  Object.fromEntries(
    limits.flatMap((limit) => schema[limit] === undefined ? [] : [[limit, textOf(schema[limit])]])
  )

const textOf = (value: Schema.Json): string =>
  Array.isArray(value)
    ? value.map(textOf).sort().join(",")
    : typeof value === "object"
    ? JSON.stringify(value)
    : String(value)
