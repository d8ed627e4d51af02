/** An OpenAPI 3 document, in the words by which operations are compared; others are passed over. */
import * as Schema from "effect/Schema"

export interface JsonSchema {
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
  readonly enum?: ReadonlyArray<Schema.Json>
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

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
  enum: Schema.optionalKey(Schema.Array(Schema.Json)),
  format: Schema.optionalKey(Schema.String),
  pattern: Schema.optionalKey(Schema.String),
  minLength: Schema.optionalKey(Schema.Finite),
  maxLength: Schema.optionalKey(Schema.Finite),
  minimum: Schema.optionalKey(Schema.Finite),
  maximum: Schema.optionalKey(Schema.Finite)
})

const Content = Schema.Record(Schema.String, Schema.Struct({ schema: Schema.optionalKey(JsonSchema) }))

export type Content = typeof Content.Type

const Parameter = Schema.Struct({
  name: Schema.String,
  in: Schema.String,
  required: Schema.optionalKey(Schema.Boolean),
  style: Schema.optionalKey(Schema.String),
  schema: Schema.optionalKey(JsonSchema)
})

export type Parameter = typeof Parameter.Type

const Reference = Schema.Struct({ $ref: Schema.String })

const Parameters = Schema.optionalKey(Schema.Array(Schema.Union([Reference, Parameter])))

const Operation = Schema.Struct({
  operationId: Schema.optionalKey(Schema.String),
  tags: Schema.optionalKey(Schema.Array(Schema.String)),
  security: Schema.optionalKey(Schema.Array(Schema.Record(Schema.String, Schema.Unknown))),
  parameters: Parameters,
  requestBody: Schema.optionalKey(Schema.Struct({ required: Schema.optionalKey(Schema.Boolean), content: Content })),
  responses: Schema.Record(Schema.String, Schema.Struct({ content: Schema.optionalKey(Content) }))
})

export type Operation = typeof Operation.Type

export const methods = ["get", "put", "post", "patch", "delete"] as const

const operation = Schema.optionalKey(Operation)

const PathItem = Schema.Struct({
  parameters: Parameters,
  get: operation,
  put: operation,
  post: operation,
  patch: operation,
  delete: operation
})

export const OpenApiDocument = Schema.Struct({
  openapi: Schema.String.check(Schema.isStartingWith("3.")),
  info: Schema.Struct({ version: Schema.String }),
  paths: Schema.Record(Schema.String, PathItem),
  components: Schema.optionalKey(Schema.Struct({
    schemas: Schema.optionalKey(Schema.Record(Schema.String, JsonSchema)),
    parameters: Schema.optionalKey(Schema.Record(Schema.String, Parameter)),
    securitySchemes: Schema.optionalKey(
      Schema.Record(Schema.String, Schema.Struct({ type: Schema.String, scheme: Schema.optionalKey(Schema.String) }))
    )
  }))
})

export type OpenApiDocument = typeof OpenApiDocument.Type
