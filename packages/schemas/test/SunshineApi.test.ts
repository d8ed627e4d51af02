import { assert, describe, it } from "@effect/vitest"
import type { Operation } from "@sunco/schemas/Operation"
import { SunshineApi, SunshineSecurity } from "@sunco/schemas/SunshineApi"
import { UsersOperations } from "@sunco/schemas/UsersOperations"
import * as Context from "effect/Context"
import * as HttpApi from "effect/http-api/HttpApi"
import * as OpenApi from "effect/http-api/OpenApi"
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"

interface Declaration {
  readonly method: string
  readonly path: string
  readonly query: ReadonlyArray<string>
  readonly body: ReadonlyArray<string>
  readonly answers: Record<number, string>
}

/** The Users API of the vendor's OpenAPI document 17.12.1, written out by hand; the names of the schemas are ours. */
const documented: Record<string, Declaration> = {
  CreateUser: {
    method: "POST",
    path: "/v2/apps/:appId/users",
    query: [],
    body: ["CreateUser"],
    answers: { 201: "UserResponse", 409: "ErrorEnvelope" }
  },
  ListUsers: {
    method: "GET",
    path: "/v2/apps/:appId/users",
    query: ["filter[identities.email]", "brandId?"],
    body: [],
    answers: { 200: "UserListResponse" }
  },
  GetUser: {
    method: "GET",
    path: "/v2/apps/:appId/users/:userIdOrExternalId",
    query: ["brandId?"],
    body: [],
    answers: { 200: "UserResponse", 404: "ErrorEnvelope" }
  },
  UpdateUser: {
    method: "PATCH",
    path: "/v2/apps/:appId/users/:userIdOrExternalId",
    query: ["brandId?"],
    body: ["UpdateUser"],
    answers: { 200: "UserResponse", 404: "ErrorEnvelope" }
  },
  DeleteUser: {
    method: "DELETE",
    path: "/v2/apps/:appId/users/:userIdOrExternalId",
    query: ["brandId?"],
    body: [],
    answers: { 200: "EmptyResponse", 404: "ErrorEnvelope" }
  },
  DeleteUserPersonalInformation: {
    method: "DELETE",
    path: "/v2/apps/:appId/users/:userIdOrExternalId/personalinformation",
    query: ["brandId?"],
    body: [],
    answers: { 200: "UserResponse", 404: "ErrorEnvelope" }
  },
  SyncUser: {
    method: "POST",
    path: "/v2/apps/:appId/users/:zendeskId/sync",
    query: [],
    body: ["SyncUser"],
    answers: { 200: "UserResponse" }
  }
}

const nameOf = (schema: Schema.Top): string => String(SchemaAST.resolve(schema.ast)?.["identifier"])

const keysOf = (schema: Schema.Top | undefined): ReadonlyArray<string> =>
  schema !== undefined && SchemaAST.isObjects(schema.ast)
    ? schema.ast.propertySignatures.map(({ name, type }) => `${String(name)}${SchemaAST.isOptional(type) ? "?" : ""}`)
    : []

const declared: Record<string, Declaration> = {}
const params: Record<string, ReadonlyArray<string>> = {}
const middlewares: Record<string, ReadonlyArray<unknown>> = {}

HttpApi.reflect(SunshineApi, {
  onGroup: () => {},
  onEndpoint: ({ endpoint, errors, group, middleware, successes }) => {
    // Of the other resources the contracts and the vendor's document are the witness.
    if (group.identifier !== "Users") return
    const operation = Context.getUnsafe(endpoint.annotations, OpenApi.Identifier)
    declared[operation] = {
      method: endpoint.method,
      path: endpoint.path,
      query: keysOf(endpoint.query),
      body: [...endpoint.payload.values()].flatMap(({ schemas }) => schemas.map(nameOf)),
      answers: Object.fromEntries(
        [...successes, ...errors].map(([status, schemas]) => [status, schemas.map(nameOf).join()])
      )
    }
    params[operation] = keysOf(endpoint.params)
    middlewares[operation] = [...middleware]
  }
})

describe("SunshineApi", () => {
  it("declares of users the operations, parameters, bodies and statuses that the vendor documents, and no others", () => {
    assert.deepStrictEqual(declared, documented)
  })

  it.each(Object.entries(documented))(
    "%s declares every parameter of its path and no others",
    (operation, { path }) => {
      assert.deepStrictEqual(
        params[operation],
        path.split("/").filter((part) => part.startsWith(":")).map((part) => part.slice(1))
      )
    }
  )

  it.each(Object.keys(documented))("%s takes Basic and Bearer credentials", (operation) => {
    assert.deepStrictEqual(middlewares[operation], [SunshineSecurity])
    assert.deepStrictEqual(Object.keys(SunshineSecurity.security), ["basicAuth", "bearerAuth"])
  })
})

describe("UsersOperations", () => {
  const operations: ReadonlyArray<Operation> = Object.values(UsersOperations)

  it("has the same facts as plain data", () => {
    const facts = operations.map(({ method, operationId, path, payload, query, statuses = [], success }) => [
      operationId,
      {
        method,
        path,
        query: keysOf(query),
        body: payload === undefined ? [] : [nameOf(payload)],
        answers: {
          [success.status]: nameOf(success.schema),
          ...Object.fromEntries(statuses.map((status) => [status, "ErrorEnvelope"]))
        }
      }
    ])
    assert.deepStrictEqual(Object.fromEntries(facts), documented)
    const names = operations.map(({ operationId, params }) => [operationId, Object.keys(params)])
    assert.deepStrictEqual(Object.fromEntries(names), params)
  })
})

describe("the OpenAPI document", () => {
  const document = OpenApi.fromApi(SunshineApi)

  it.each(Object.entries(documented))(
    "has %s as the vendor's has it",
    (operationId, { answers, method, path, query }) => {
      const operations = document.paths[path.replaceAll(/:(\w+)/g, "{$1}")]
      const operation = operations?.[method.toLowerCase() as OpenApi.OpenAPISpecMethodName]
      assert.isDefined(operation)
      assert.strictEqual(operation.operationId, operationId)
      assert.deepStrictEqual(Object.keys(operation.responses), Object.keys(answers))
      const everyScope = ["integration", "app", "account"]
      assert.deepEqual(operation.security, [{ basicAuth: everyScope }, { bearerAuth: everyScope }])
      const queryParameters = operation.parameters.filter((parameter) => parameter.in === "query")
      assert.deepStrictEqual(queryParameters.map(({ name, required }) => (required ? name : `${name}?`)), query)
    }
  )

  it("names both schemes as HTTP does", () => {
    assert.deepStrictEqual(document.components.securitySchemes, {
      basicAuth: { type: "http", scheme: "basic" },
      bearerAuth: { type: "http", scheme: "Bearer" }
    })
  })

  it.each([
    ["ExternalId", { type: "string", minLength: 1, maxLength: 1024 }],
    ["BrandId", { type: "string", minLength: 1, maxLength: 24 }],
    ["UserIdOrExternalId", { type: "string", minLength: 1 }]
  ])("carries the limits of %s", (name, limits) => {
    assert.deepInclude(document.components.schemas[name], limits)
  })

  it.each([
    ["givenName", { maxLength: 128 }],
    ["surname", { maxLength: 128 }],
    ["email", { maxLength: 128, format: "email" }],
    ["avatarUrl", { maxLength: 2048, format: "uri" }],
    ["locale", { maxLength: 64 }]
  ])("carries the limits of a profile's %s, and that it may be null", (field, limits) => {
    assert.deepNestedPropertyVal(document.components.schemas, `ProfileInput.properties.${field}`, {
      anyOf: [{ type: "string", minLength: 1, ...limits }, { type: "null" }]
    })
  })

  it("requires nothing of a user but the id", () => {
    assert.deepInclude(document.components.schemas["User"], { required: ["id"] })
    for (const open of ["Profile", "Identity", "ErrorEntry", "CreateUser", "UpdateUser", "SyncUser", "ProfileInput"]) {
      assert.property(document.components.schemas, open)
      assert.notProperty(document.components.schemas[open], "required")
    }
  })
})
