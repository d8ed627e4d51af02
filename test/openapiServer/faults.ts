/** Where the vendor's OpenAPI document 17.12.1 is at fault, and what it is taken to mean. */
import * as Predicate from "effect/Predicate"

/** A part of the document. */
interface Node {
  readonly [name: string]: unknown
}

export interface Document extends Node {
  readonly components: { readonly schemas: { readonly [name: string]: Schema } }
}

interface Schema extends Node {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly required?: ReadonlyArray<string>
  readonly properties?: { readonly [name: string]: Schema }
  readonly allOf?: ReadonlyArray<Schema>
  readonly anyOf?: ReadonlyArray<Schema>
  readonly oneOf?: ReadonlyArray<Schema>
  readonly discriminator?: {
    readonly propertyName: string
    readonly mapping?: { readonly [value: string]: string }
  }
}

export interface Fault {
  /** What is told where this one is not corrected. */
  readonly told: RegExp
  readonly reason: string
  readonly correct: (document: Document) => Document
}

/** The document with another node in the place of each. */
const everywhere = (document: Document, change: (node: Schema) => Node): Document =>
  JSON.parse(
    JSON.stringify(document, (_, value: unknown) => Predicate.isObject(value) ? change(value as Schema) : value)
  )

const withSchemas = (document: Document, schemas: Document["components"]["schemas"]): Document => ({
  ...document,
  components: { ...document.components, schemas: { ...document.components.schemas, ...schemas } }
})

const nameOf = ($ref: string): string => $ref.slice($ref.lastIndexOf("/") + 1)

/** Where nothing says which member of a union a value is, it is the one whose fields it has. */
const byFields = (node: Schema): Node => {
  if (node.oneOf === undefined || node.discriminator !== undefined) return node
  const { oneOf, ...others } = node
  return oneOf.every(({ properties }) => properties !== undefined)
    ? { ...others, oneOf: oneOf.map((member) => ({ ...member, required: Object.keys(member.properties ?? {}) })) }
    : { ...others, anyOf: oneOf }
}

/** A member of a union is the one that the discriminator names. */
const byDiscriminator = (node: Schema): Node => {
  if (node.oneOf === undefined || node.discriminator === undefined) return node
  const { discriminator: { mapping = {}, propertyName }, oneOf, ...others } = node
  const valueOf = ($ref = "") => Object.keys(mapping).find((value) => mapping[value] === $ref) ?? nameOf($ref)
  return {
    ...others,
    oneOf: oneOf.map((member) => ({
      allOf: [member, {
        type: "object",
        required: [propertyName],
        properties: { [propertyName]: { type: "string", enum: [valueOf(member.$ref)] } }
      }]
    }))
  }
}

/** A base that has a mapping is a union of what is in it, each of which includes the base. */
const basesAsUnions = (document: Document): Document => {
  const withUnion = (document: Document, [name, { discriminator, oneOf, ...base }]: [string, Schema]): Document => {
    if (discriminator?.mapping === undefined || oneOf !== undefined) return document
    const $ref = `#/components/schemas/${name}`
    const members = Object.values(discriminator.mapping)
    const including = members.map(nameOf).map((name): [string, Schema] => {
      const { allOf = [], ...own } = document.components.schemas[name] ?? {}
      return [name, { ...own, allOf: allOf.map((part) => part.$ref === $ref ? { $ref: `${$ref}Base` } : part) }]
    })
    return withSchemas(document, {
      ...Object.fromEntries(including),
      [`${name}Base`]: base,
      [name]: { oneOf: members.map(($ref) => ({ $ref })), discriminator }
    })
  }
  return Object.entries(document.components.schemas).reduce(withUnion, document)
}

/** What a reference may be is said beside it. */
const nullBesideReferences = (document: Document): Document =>
  everywhere(document, (node) => {
    if (node.nullable === undefined || node.type !== undefined) return node
    const { allOf = [], nullable, ...others } = node
    if (nullable) return { anyOf: [{ allOf, ...others }, { type: "string", nullable: true, enum: [null] }] }
    const parts = allOf.map(({ $ref = "" }) => ({ ...document.components.schemas[nameOf($ref)], nullable: false }))
    return { ...others, allOf: parts }
  })

export const faults: ReadonlyArray<Fault> = [
  {
    told:
      /^(LeaveConversation|PostConversionEvents|PostMessage|CreateClient|UpdateIntegration) .*: Request body (property .*destination )?must match exactly one schema in oneOf$/,
    reason: "The members of a union require nothing, so that every body is one of each",
    correct: (document) => everywhere(document, byFields)
  },
  {
    told:
      /^(PostMessage|CreateClient) .*: Request body property .* must (match exactly one schema in oneOf|have required property '.*')$|^CreateIntegration 400: .*: is accepted$/,
    reason: "The members of a union have fields in common, and this server does not look at what tells them apart",
    correct: (document) => everywhere(basesAsUnions(document), byDiscriminator)
  },
  {
    told: /^\w+: takes everything for a body$/,
    reason:
      "`nullable` stands beside a reference, where OpenAPI 3.0 has it beside a type, and this server passes over the whole body",
    correct: nullBesideReferences
  },
  {
    told: /^PostConversionEvents 200: .* cannot be read as documented: conversionEvents\.datasetId;/,
    reason: "An example has a number for what is a text by its schema",
    correct: (document) =>
      everywhere(
        document,
        (node) => typeof node["datasetId"] === "number" ? { ...node, datasetId: `${node["datasetId"]}` } : node
      )
  },
  {
    told: /^CreateConversation 404: .*: the app does not exist \(404 app_not_found\);/,
    reason: "The only example is of an app that does not exist; that of a user is told in words",
    correct: (document) =>
      everywhere(document, (node) =>
        node["operationId"] === "CreateConversation"
          ? JSON.parse(JSON.stringify(node).replace("app_not_found", "user_not_found"))
          : node)
  }
]

/** The document without its faults, or with that one. */
export const corrected = (document: Document, but?: Fault): Document =>
  faults.reduce((document, fault) => fault === but ? document : fault.correct(document), document)

/**
 * A document by which a server can make up answers that could be: a message in a message quotes none, or there would be no end, and an
 * id that is a number is a whole one.
 */
export const bounded = (document: Document): Document =>
  everywhere(document, (node) => {
    const { quotedMessage: _, ...properties } = node.properties ?? {}
    const whole = Object.entries(properties).map(([name, property]) =>
      name.endsWith("Id") && property.type === "number"
        ? [name, { ...property, type: "integer", minimum: 0 }]
        : [name, property]
    )
    return node.properties === undefined ? node : { ...node, properties: Object.fromEntries(whole) }
  })
