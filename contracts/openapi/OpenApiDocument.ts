/** An OpenAPI 3 document, in the words by which operations are compared; others are passed over. */
import * as Record from "effect/Record"
import * as Schema from "effect/Schema"

/** What a schema may say of a value beside its type and what is in it. */
export const limits = [
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "enum",
  "const",
  "not",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly"
] as const

export type JsonSchema = {
  readonly $ref?: string
  readonly type?: string | ReadonlyArray<string>
  readonly nullable?: boolean
  readonly properties?: { readonly [name: string]: JsonSchema }
  /** The names of properties; the vendor also writes `required: true` on a property. */
  readonly required?: ReadonlyArray<string> | boolean
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly allOf?: ReadonlyArray<JsonSchema>
  readonly anyOf?: ReadonlyArray<JsonSchema>
  readonly oneOf?: ReadonlyArray<JsonSchema>
  readonly discriminator?: {
    readonly propertyName: string
    readonly mapping?: { readonly [value: string]: string }
  }
} & { readonly [limit in typeof limits[number]]?: Schema.Json }

const nested = Schema.suspend((): Schema.Codec<JsonSchema> => JsonSchema)

const JsonSchema: Schema.Codec<JsonSchema> = Schema.Struct({
  $ref: Schema.optionalKey(Schema.String),
  type: Schema.optionalKey(Schema.Union([Schema.String, Schema.Array(Schema.String)])),
  nullable: Schema.optionalKey(Schema.Boolean),
  properties: Schema.optionalKey(Schema.Record(Schema.String, nested)),
  required: Schema.optionalKey(Schema.Union([Schema.Array(Schema.String), Schema.Boolean])),
  additionalProperties: Schema.optionalKey(Schema.Union([nested, Schema.Boolean])),
  items: Schema.optionalKey(nested),
  allOf: Schema.optionalKey(Schema.Array(nested)),
  anyOf: Schema.optionalKey(Schema.Array(nested)),
  oneOf: Schema.optionalKey(Schema.Array(nested)),
  discriminator: Schema.optionalKey(Schema.Struct({
    propertyName: Schema.String,
    mapping: Schema.optionalKey(Schema.Record(Schema.String, Schema.String))
  })),
  ...Record.fromIterableWith(limits, (limit) => [limit, Schema.optionalKey(Schema.Json)])
})

const Reference = Schema.Struct({ $ref: Schema.String })

/** The thing itself, or where it is among the components. */
const referable = <A>(schema: Schema.Codec<A, unknown>) => Schema.Union([Reference, schema])

const Example = Schema.Struct({ value: Schema.optionalKey(Schema.Json) })

const Content = Schema.Record(
  Schema.String,
  Schema.Struct({
    schema: Schema.optionalKey(JsonSchema),
    example: Schema.optionalKey(Schema.Json),
    examples: Schema.optionalKey(Schema.Record(Schema.String, referable(Example)))
  })
)

export type Content = typeof Content.Type

const Parameter = Schema.Struct({
  name: Schema.String,
  in: Schema.String,
  required: Schema.optionalKey(Schema.Boolean),
  style: Schema.optionalKey(Schema.String),
  deprecated: Schema.optionalKey(Schema.Boolean),
  schema: Schema.optionalKey(JsonSchema)
})

export type Parameter = typeof Parameter.Type

const Parameters = Schema.optionalKey(Schema.Array(referable(Parameter)))

const RequestBody = Schema.Struct({ required: Schema.optionalKey(Schema.Boolean), content: Content })

const Response = Schema.Struct({ content: Schema.optionalKey(Content) })

const Security = Schema.optionalKey(Schema.Array(Schema.Record(Schema.String, Schema.Array(Schema.String))))

const Servers = Schema.optionalKey(Schema.Array(Schema.Struct({ url: Schema.String })))

const Operation = Schema.Struct({
  operationId: Schema.optionalKey(Schema.String),
  tags: Schema.optionalKey(Schema.Array(Schema.String)),
  deprecated: Schema.optionalKey(Schema.Boolean),
  security: Security,
  servers: Servers,
  parameters: Parameters,
  requestBody: Schema.optionalKey(referable(RequestBody)),
  responses: Schema.Record(Schema.String, referable(Response))
})

export type Operation = typeof Operation.Type

export const methods = ["get", "put", "post", "patch", "delete"] as const

const operation = Schema.optionalKey(Operation)

const PathItem = Schema.Struct({
  servers: Servers,
  parameters: Parameters,
  get: operation,
  put: operation,
  post: operation,
  patch: operation,
  delete: operation
})

/** What the vendor sends by itself: 3.1 has a name for it, and before there was the vendor's own. */
const Webhooks = Schema.optionalKey(Schema.Record(Schema.String, PathItem))

export const OpenApiDocument = Schema.Struct({
  openapi: Schema.String.check(Schema.isStartingWith("3.")),
  info: Schema.Struct({ version: Schema.String }),
  servers: Servers,
  security: Security,
  paths: Schema.Record(Schema.String, PathItem),
  webhooks: Webhooks,
  "x-webhooks": Webhooks,
  components: Schema.optionalKey(Schema.Struct({
    schemas: Schema.optionalKey(Schema.Record(Schema.String, JsonSchema)),
    parameters: Schema.optionalKey(Schema.Record(Schema.String, Parameter)),
    requestBodies: Schema.optionalKey(Schema.Record(Schema.String, RequestBody)),
    responses: Schema.optionalKey(Schema.Record(Schema.String, Response)),
    examples: Schema.optionalKey(Schema.Record(Schema.String, Example)),
    securitySchemes: Schema.optionalKey(
      Schema.Record(Schema.String, Schema.Struct({ type: Schema.String, scheme: Schema.optionalKey(Schema.String) }))
    )
  }))
})

export type OpenApiDocument = typeof OpenApiDocument.Type
