import { assert, describe, it } from "@effect/vitest"
import { SunshineApi } from "@sunco/schemas/SunshineApi"
import * as Effect from "effect/Effect"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { isAuthorize } from "../openapi/authorizeUrl.ts"
import { declaredOperations } from "../openapi/declaredOperations.ts"
import * as Deviation from "../openapi/Deviation.ts"
import * as Fingerprint from "../openapi/Fingerprint.ts"
import { OpenApiDocument } from "../openapi/OpenApiDocument.ts"
import * as Operations from "../openapi/Operations.ts"
import { recordedDeviations } from "../openapi/recordedDeviations.ts"
import { recordedFingerprint } from "../openapi/recordedFingerprint.ts"
import * as SpecDiff from "../openapi/SpecDiff.ts"
import * as SpecReport from "../openapi/SpecReport.ts"
import * as SpecWatch from "../openapi/SpecWatch.ts"

/** An operation that is watched and one that is not, with every kind of fact: the more there are, the more must be looked at. */
const everyKindOfFact = {
  openapi: "3.0.2",
  info: { title: "Users", version: "17.12.1" },
  servers: [{ url: "https://example.com/sc" }],
  security: [{ basicAuth: [] }],
  paths: {
    "/v2/users/{id}": {
      parameters: [{ in: "path", name: "id", required: true, schema: { type: "string", minLength: 1 } }],
      patch: {
        operationId: "UpdateUser",
        tags: ["Users"],
        deprecated: true,
        security: [{ basicAuth: ["app"] }],
        servers: [{ url: "https://example.net" }],
        parameters: [
          { $ref: "#/components/parameters/filter" },
          { in: "header", name: "X-Id", schema: { type: "string" } }
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/user" } } }
        },
        responses: {
          "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/user" } } } },
          "409": {
            content: {
              "application/json": {
                schema: { type: "object", required: ["errors"], properties: { errors: { type: "array" } } },
                examples: { taken: { $ref: "#/components/examples/taken" } }
              }
            }
          }
        }
      }
    },
    "/v2/made-up": { get: { operationId: "ListMadeUp", tags: ["MadeUp"], responses: { "200": {} } } }
  },
  components: {
    examples: { taken: { value: { errors: [{ code: "conflict" }] } } },
    parameters: {
      filter: {
        in: "query",
        name: "filter",
        style: "deepObject",
        schema: { type: "object", properties: { email: { type: "string" } } }
      }
    },
    securitySchemes: { basicAuth: { type: "http", scheme: "basic" } },
    schemas: {
      user: {
        type: "object",
        properties: {
          id: { type: "string", readOnly: true },
          name: { type: "string", nullable: true, maxLength: 128 },
          tags: { type: "array", items: { enum: ["a", "b"] } },
          metadata: { type: "object", additionalProperties: { type: "number" } },
          avatar: { allOf: [{ type: "string", format: "uri" }] },
          content: {
            oneOf: [
              { type: "object", properties: { type: { enum: ["text"] }, text: { type: "string" } } },
              { type: "object", properties: { type: { enum: ["image"] }, url: { type: "string" } } }
            ]
          }
        }
      }
    }
  }
}

interface Node {
  [key: string]: unknown
}

const at = (node: Node, ...path: ReadonlyArray<string>): Node => path.reduce((node, key) => node[key] as Node, node)

const users = ["paths", "/v2/apps/{appId}/users"]
const user = ["paths", "/v2/apps/{appId}/users/{userIdOrExternalId}"]
const sync = ["paths", "/v2/apps/{appId}/users/{zendeskId}/sync"]
const schemas = ["components", "schemas"]

const isOfUsers = (operation: unknown) => (operation as { readonly tags?: ReadonlyArray<string> }).tags?.[0] === "Users"

/** A document such as the vendor's, of what is declared here; each call makes another copy. */
const makeDocument = (): Node => {
  // `allOf` and `required: false` say nothing here that is not said beside them; scopes are shown by one operation.
  const document: Node = JSON.parse(
    JSON.stringify(OpenApi.fromApi(SunshineApi)),
    (key, value: unknown) =>
      key === "allOf" || (key === "required" && value === false)
        ? undefined
        : Array.isArray(value) && /^(basic|bearer)Auth$/.test(key)
        ? []
        : value
  )
  // Of one resource, so that a change of what all share is told a few times and not fifty.
  const { paths } = document
  document["paths"] = Object.fromEntries(
    Object.entries(paths as Node).filter(([, item]) => Object.values(item as Node).some(isOfUsers))
  )
  document["servers"] = [{ url: "https://{subdomain}.example.com/sc" }]
  const errors = (...codes: ReadonlyArray<string>) => ({ errors: codes.map((code) => ({ code })) })
  at(document, ...user, "get", "responses", "404", "content", "application/json")["example"] = errors("user_not_found")
  document["components"] = { ...at(document, "components"), examples: { taken: { value: errors("conflict") } } }
  at(document, ...users, "post", "responses", "409", "content", "application/json")["examples"] = {
    taken: { $ref: "#/components/examples/taken" }
  }
  at(document, ...user, "get")["security"] = [{ basicAuth: ["app", "account"] }, { bearerAuth: [] }]
  const other = { operationId: "ListMadeUp", tags: ["MadeUp"], responses: { "200": { description: "Ok" } } }
  Object.assign(at(document, "paths"), { "/v2/made-up": { get: other }, "/v2/made-up/{id}": { get: other } })
  return document
}

const decode = Schema.decodeUnknownSync(OpenApiDocument)

const recorded = Fingerprint.fromDocument(decode(makeDocument()))

/** What is found when a document is changed. */
const reportOf = (change: (document: Node) => void) => {
  const document = makeDocument()
  change(document)
  return SpecReport.make(recorded, decode(document))
}

describe("the fingerprint of the vendor's document", () => {
  // Where the flow of OAuth begins is no call: the document itself judges its URL.
  const calls = Fingerprint.operationsOf(recordedFingerprint()).filter((operation) => !isAuthorize(operation))
  const deviations = Deviation.ofOperations(calls, declaredOperations)

  it("is what SunshineApi declares, but for the deviations that are meant", () => {
    // Those of the pact are for the document itself to find.
    const ofDocuments = recordedDeviations.filter(({ deviation }) => !deviation.startsWith("pact, "))
    const review = Deviation.review(deviations, ofDocuments)
    assert.deepStrictEqual([review.unexplained, review.outdated], [[], []])
  })

  it("has the facts of every operation of the document, and each is declared here but for the one that is no call", () => {
    const { operations, others } = recordedFingerprint()
    assert.deepStrictEqual([operations.length, others], [68, {}])
    const declared = new Set(declaredOperations.map(Operations.key))
    const undeclared = operations.filter((operation) => !declared.has(Operations.key(operation)))
    assert.deepStrictEqual(undeclared.map(({ operationId }) => operationId), ["Authorize"])
  })

  it("is written with a line for each fact, and read as it was written", () => {
    const written = readFileSync(new URL("../openapi/fingerprint.json", import.meta.url), "utf8")
    assert.strictEqual(Fingerprint.format(recordedFingerprint()), written)
    const lines = written.split("\n").map((line) => line.trim())
    assert.include(
      lines,
      "\"request $.externalId\": { \"type\": \"string\", \"minLength\": \"1\", \"maxLength\": \"1024\" },"
    )
  })
})

describe("SpecReport.make", () => {
  it.effect("finds nothing between a document and itself", () =>
    Effect.gen(function*() {
      const report = yield* reportOf(() => {})
      assert.deepStrictEqual(report.findings, [])
      const none = { appeared: [], gone: [], changed: [] }
      assert.deepStrictEqual(report.others, { count: 2, ...none })
      assert.deepStrictEqual(report.schemas, { count: Object.keys(recorded.schemas).length, ...none })
      assert.isFalse(SpecReport.concernsClient(report))
    }))

  it.effect("finds everything in a document that is taken away or is another, but for what no program reads", () =>
    Effect.gen(function*() {
      const document: Node = structuredClone(everyKindOfFact)
      const silent = new Set<string>()
      const look = Effect.fnUntraced(function*(path: ReadonlyArray<string>) {
        const decoded = yield* Effect.option(Schema.decodeUnknownEffect(OpenApiDocument)(document))
        // A document that cannot be read is not passed over either.
        if (decoded._tag === "None") return
        const before = Fingerprint.fromDocument(decode(everyKindOfFact))
        const { findings, others, schemas } = yield* SpecReport.make(before, decoded.value)
        const isSilent = [findings, others.gone, others.changed, schemas.gone, schemas.changed].flat().length === 0
        if (isSilent) silent.add(path.join(" "))
        assert.strictEqual(SpecWatch.of(SpecDiff.between(before, decoded.value)).isChanged, !isSilent)
      })
      const walk = (node: Node, path: ReadonlyArray<string>): Effect.Effect<void> =>
        Effect.forEach(Object.entries(node), ([key, value]) =>
          Effect.gen(function*() {
            const here = [...path, key]
            if (Array.isArray(node)) node.splice(Number(key), 1)
            else delete node[key]
            yield* look(here)
            if (Array.isArray(node)) node.splice(Number(key), 0, value)
            else node[key] = value
            if (typeof value === "object" && value !== null) return yield* walk(value as Node, here)
            node[key] = typeof value === "number"
              ? value + 1
              : typeof value === "boolean"
              ? !value
              : `${String(value)}x`
            yield* look(here)
            node[key] = value
          }), { discard: true })
      yield* walk(document, [])

      assert.deepStrictEqual(Array.from(silent), [
        "openapi",
        "info title",
        "info version",
        // An operation is found by its path.
        "paths /v2/users/{id} patch tags",
        "paths /v2/users/{id} patch tags 0",
        "paths /v2/made-up get operationId",
        "paths /v2/made-up get tags",
        "paths /v2/made-up get tags 0",
        // Each property is a parameter.
        "components parameters filter schema type",
        // The scheme says more.
        "components securitySchemes basicAuth type"
      ])
    }))

  const optional = { type: "string" }
  const errorEntry = [...schemas, "ErrorEntry", "properties"]
  const ofErrors = (weight: string, text: string) =>
    [
      "CreateUser, response 409",
      ...["GetUser", "UpdateUser", "DeleteUser", "DeleteUserPersonalInformation"].map((name) => `${name}, response 404`)
    ].map((where) => `${weight}: ${where} $.errors${text}`)
  const createBody = [...schemas, "CreateUser"]
  const parameters = (document: Node, ...path: ReadonlyArray<string>) =>
    at(document, ...path)["parameters"] as Array<unknown>

  it.effect.each<[string, (document: Node) => void, ReadonlyArray<string>]>([
    ["an operation that is gone", (document) => delete at(document, ...sync)["post"], [
      "breaks: SyncUser, operation: gone (request POST /v2/apps/{appId}/users/{zendeskId}/sync): this client has a method for it"
    ]],
    ["an operation elsewhere", (document) => {
      const { post } = at(document, ...sync)
      delete at(document, ...sync)["post"]
      at(document, ...sync)["put"] = post
    }, [
      "breaks: SyncUser, operation: request is PUT /v2/apps/{appId}/users/{zendeskId}/sync, was POST /v2/apps/{appId}/users/{zendeskId}/sync: this client sends POST /v2/apps/{appId}/users/{zendeskId}/sync"
    ]],
    ["a new operation", (document) => {
      Object.assign(at(document, "paths"), {
        "/v2/users": { get: { operationId: "FindUsers", tags: ["Users"], responses: {} } }
      })
    }, [
      "declare: FindUsers, operation: new (request GET /v2/users): there is no method for it; Sunshine.request reaches it"
    ]],
    ["an operation with another name and tag", (document) => {
      Object.assign(at(document, ...sync, "post"), { operationId: "Sync", tags: ["People"] })
    }, ["declare: SyncUser, operation: operationId is Sync, was SyncUser: nothing that is sent changes"]],
    ["an operation that will go", (document) => at(document, ...sync, "post")["deprecated"] = true, [
      "declare: SyncUser, operation: deprecated is true, was none: the method that calls it will stop working one day"
    ]],
    [
      "credentials that are not taken any more",
      (document) => at(document, ...sync, "post")["security"] = [{ bearerAuth: [] }],
      [
        "breaks: SyncUser, operation: security is bearer, was basic or bearer: this client has credentials for basic"
      ]
    ],
    [
      "credentials that are only taken together",
      (document) => at(document, ...sync, "post")["security"] = [{ basicAuth: [], bearerAuth: [] }],
      [
        "breaks: SyncUser, operation: security is basic and bearer, was basic or bearer: this client has credentials for basic and bearer"
      ]
    ],
    ["no credentials", (document) => at(document, ...sync, "post")["security"] = [], [
      "harmless: SyncUser, operation: security is none, was basic or bearer: the credentials of this client go on working"
    ]],
    [
      "a kind of key that is not taken any more",
      (document) => at(document, ...user, "get")["security"] = [{ basicAuth: ["app"] }, { bearerAuth: [] }],
      [
        "breaks: GetUser, operation: scopes is basic app, was basic account,basic app: keys and tokens may have it: basic account"
      ]
    ],
    ["a server", (document) => document["servers"] = [{ url: "https://example.net" }], [
      "breaks: every operation, server https://{subdomain}.example.com/sc: gone: this client may be configured with it",
      "harmless: every operation, server https://example.net: new: `baseUrl` reaches it"
    ]],
    [
      "a server of an operation",
      (document) => at(document, ...user, "get")["servers"] = [{ url: "https://example.net" }],
      [
        "breaks: GetUser, operation: servers is https://example.net, was none: this client asks the server that it is configured with, or that of OAuth"
      ]
    ],
    [
      "servers of a path",
      (document) => at(document, ...user)["servers"] = [{ url: "https://example.net" }],
      ["GetUser", "UpdateUser", "DeleteUser"].map((operation) =>
        `breaks: ${operation}, operation: servers is https://example.net, was none: this client asks the server that it is configured with, or that of OAuth`
      )
    ],
    ["a new status", (document) => at(document, ...users, "post", "responses")["422"] = {}, [
      "declare: CreateUser, status 422: new: becomes UnexpectedResponse"
    ]],
    ["a new status that is known", (document) => at(document, ...users, "post", "responses")["429"] = {}, [
      "declare: CreateUser, status 429: new: becomes RateLimited"
    ]],
    ["a new status of a success", (document) => at(document, ...users, "post", "responses")["202"] = {}, [
      "breaks: CreateUser, status 202: new: becomes UnexpectedResponse"
    ]],
    ["new statuses all at once", (document) => at(document, ...users, "post", "responses")["4XX"] = {}, [
      "declare: CreateUser, status 4XX: new: this client knows single statuses only"
    ]],
    ["a status that is gone", (document) => delete at(document, ...users, "post", "responses")["409"], [
      "declare: CreateUser, status 409: gone (codes conflict): it is declared here, and may not come any more"
    ]],
    ["a success that is gone", (document) => delete at(document, ...users, "post", "responses")["201"], [
      "breaks: CreateUser, status 201: gone: this client takes it for the success"
    ]],
    [
      "another error code",
      (document) =>
        at(document, ...user, "get", "responses", "404", "content", "application/json")["example"] = {
          errors: [{ code: "gone" }]
        },
      [
        "breaks: GetUser, status 404: codes is gone, was user_not_found: gone becomes UnexpectedResponse, and was UserNotFound"
      ]
    ],
    [
      "one more error code",
      (document) =>
        (at(document, ...user, "get", "responses", "404", "content", "application/json", "example")["errors"] as Array<
          unknown
        >).push({ code: "gone" }),
      [
        "declare: GetUser, status 404: codes is gone,user_not_found, was user_not_found: gone becomes UnexpectedResponse"
      ]
    ],
    [
      "another error code that means the same here",
      (document) =>
        at(document, ...users, "post", "responses", "409", "content", "application/json", "examples")["taken"] = {
          value: { errors: [{ code: "taken" }] }
        },
      ["harmless: CreateUser, status 409: codes is taken, was conflict: this client makes the same of all of them"]
    ],
    [
      "a new parameter",
      (document) => parameters(document, ...sync, "post").push({ in: "query", name: "dry", schema: optional }),
      [
        "declare: SyncUser, query dry: new (type string): this client has no way to send it"
      ]
    ],
    [
      "a new header that must be sent",
      (document) =>
        parameters(document, ...sync, "post").push({ in: "header", name: "X-Id", required: true, schema: optional }),
      [
        "breaks: SyncUser, header X-Id: new (type string, required yes): this client never sends it"
      ]
    ],
    ["a parameter that is gone", (document) => parameters(document, ...user, "get").pop(), [
      "breaks: GetUser, query brandId: gone (type string, minLength 1, maxLength 24): this client sends it where it is given"
    ]],
    [
      "a parameter that must be sent",
      (document) => Object.assign(parameters(document, ...user, "get")[2] as Node, { required: true }),
      [
        "breaks: GetUser, query brandId: required is yes, was none: this client has required none, and would send what is refused"
      ]
    ],
    ["another name in a path", (document) => {
      const paths = at(document, "paths")
      paths["/v2/apps/{appId}/users/{id}/sync"] = JSON.parse(
        JSON.stringify(at(document, ...sync)).replace("zendeskId", "id")
      )
      delete paths["/v2/apps/{appId}/users/{zendeskId}/sync"]
    }, [
      "declare: SyncUser, path zendeskId: gone (type string, required yes, minLength 1): nothing that is sent changes, but the name of a parameter",
      "declare: SyncUser, path id: new (type string, required yes, minLength 1): nothing that is sent changes, but the name of a parameter"
    ]],
    ["a new field of a request", (document) => at(document, ...createBody, "properties")["nickname"] = optional, [
      "declare: CreateUser, request $.nickname: new (type string): this client has no way to send it"
    ]],
    ["a new field that must be sent", (document) => {
      at(document, ...createBody, "properties")["nickname"] = optional
      at(document, ...createBody)["required"] = ["nickname"]
    }, ["breaks: CreateUser, request $.nickname: new (type string, required yes): this client never sends it"]],
    ["a field that must be sent", (document) => at(document, ...createBody)["required"] = ["externalId"], [
      "breaks: CreateUser, request $.externalId: required is yes, was none: this client has required none, and would send what is refused"
    ]],
    [
      "a field of a request that is gone",
      (document) => delete at(document, ...createBody, "properties")["toBeRetained"],
      [
        "breaks: CreateUser, request $.toBeRetained: gone (type boolean): this client sends it where it is given"
      ]
    ],
    [
      "another type of a field",
      (document) => at(document, ...createBody, "properties")["toBeRetained"] = { type: "string" },
      [
        "breaks: CreateUser, request $.toBeRetained: type is string, was boolean: this client has type boolean, and would send what is refused"
      ]
    ],
    [
      "one more type of a field",
      (document) => at(document, ...createBody, "properties")["toBeRetained"] = { type: ["boolean", "string"] },
      [
        "declare: CreateUser, request $.toBeRetained: type is boolean or string, was boolean: this client has type boolean, and refuses what is taken"
      ]
    ],
    [
      "null where it was not taken",
      (document) => at(document, ...createBody, "properties")["toBeRetained"] = { type: ["boolean", "null"] },
      [
        "declare: CreateUser, request $.toBeRetained: null is allowed, was none: this client has null none, and refuses what is taken"
      ]
    ],
    ["a lower limit", (document) => at(document, ...schemas, "ExternalId")["maxLength"] = 512, [
      "breaks: CreateUser, request $.externalId: maxLength is 512, was 1024: this client has maxLength 1024, and would send what is refused"
    ]],
    ["a higher limit", (document) => at(document, ...schemas, "ExternalId")["maxLength"] = 2048, [
      "declare: CreateUser, request $.externalId: maxLength is 2048, was 1024: this client has maxLength 1024, and refuses what is taken"
    ]],
    ["no limit", (document) => delete at(document, ...schemas, "ExternalId")["maxLength"], [
      "declare: CreateUser, request $.externalId: maxLength is none, was 1024: this client has maxLength 1024, and refuses what is taken"
    ]],
    ["a longer minimum", (document) => at(document, ...schemas, "ExternalId")["minLength"] = 2, [
      "breaks: CreateUser, request $.externalId: minLength is 2, was 1: this client has minLength 1, and would send what is refused"
    ]],
    ["a limit that was none", (document) => at(document, ...schemas, "ExternalId")["pattern"] = "^[a-z]+$", [
      "breaks: CreateUser, request $.externalId: pattern is ^[a-z]+$, was none: this client has pattern none, and would send what is refused"
    ]],
    ["values that are all that is taken", (document) => at(document, ...schemas, "ExternalId")["enum"] = ["a", "b"], [
      "breaks: CreateUser, request $.externalId: enum is a,b, was none: this client has enum none, and would send what is refused"
    ]],
    [
      "another default",
      (document) => at(document, ...createBody, "properties")["toBeRetained"] = { type: "boolean", default: true },
      [
        "harmless: CreateUser, request $.toBeRetained: default is true, was none: it is for a value that is not sent"
      ]
    ],
    ["another type of body", (document) => at(document, ...sync, "post", "requestBody", "content")["text/csv"] = {}, [
      "harmless: SyncUser, request text/csv: new: this client sends JSON"
    ]],
    [
      "a new field of a response",
      (document) => at(document, ...errorEntry)["detail"] = optional,
      ofErrors(
        "harmless",
        "[].detail: new (type string): it is kept as an unknown field"
      )
    ],
    [
      "a field of a response that is gone",
      (document) => delete at(document, ...errorEntry)["title"],
      ofErrors(
        "declare",
        "[].title: gone (type string): it is declared here, and may not come any more"
      )
    ],
    ["a field without which no answer is read", (document) => {
      at(document, ...schemas)["ErrorEnvelope"] = { type: "object", additionalProperties: false }
    }, ofErrors("breaks", ": gone (type array, required yes): this client cannot read an answer without it")],
    [
      "a field that may be missing",
      (document) => at(document, ...schemas, "ErrorEnvelope")["required"] = [],
      ofErrors(
        "breaks",
        ": required is none, was yes: this client cannot read an answer without it"
      )
    ],
    [
      "another type in a response",
      (document) => at(document, ...errorEntry)["code"] = { type: "integer" },
      ofErrors(
        "breaks",
        "[].code: type is integer, was string: this client reads string only"
      )
    ],
    [
      "null in a response",
      (document) => at(document, ...errorEntry)["code"] = { type: ["string", "null"] },
      ofErrors(
        "breaks",
        "[].code: null is allowed, was none: this client reads no null"
      )
    ],
    [
      "a limit in a response",
      (document) => at(document, ...errorEntry)["code"] = { type: "string", enum: ["conflict"] },
      ofErrors(
        "harmless",
        "[].code: enum is conflict, was none: it is read for its type only"
      )
    ]
  ])("weighs %s", ([, change, expected]) =>
    Effect.gen(function*() {
      const report = yield* reportOf(change)
      const found = report.findings.map(({ change, meaning, operation, weight }) =>
        `${weight}: ${operation}, ${change}: ${meaning}`
      )
      assert.deepStrictEqual(found, expected)
      assert.strictEqual(SpecReport.concernsClient(report), !expected.every((line) => line.startsWith("harmless")))
    }))
})

describe("SpecReport.format", () => {
  it.effect("groups what is found by its weight, and operations by what is said of them", () =>
    Effect.gen(function*() {
      const report = yield* reportOf((document) => {
        at(document, "info")["version"] = "18.0.0"
        at(document, ...schemas, "ErrorEntry", "properties")["detail"] = { type: "string" }
        at(document, ...schemas, "ExternalId")["maxLength"] = 512
        delete at(document, "paths")["/v2/made-up"]
        at(document, "paths", "/v2/made-up/{id}", "get", "responses")["404"] = {}
        at(document, "paths", "/v2/made-up/{id}")["put"] = { responses: {} }
        document["x-webhooks"] = { Events: { post: { responses: {} } } }
      })
      assert.strictEqual(
        SpecReport.format(report),
        `18.0.0 compared with 17.12.1, of which this client is made:

BREAKS THIS CLIENT (1)
  request $.externalId: maxLength is 512, was 1024
    this client has maxLength 1024, and would send what is refused
    CreateUser

HARMLESS (5)
  response 409 $.errors[].detail: new (type string)
    it is kept as an unknown field
    CreateUser
  response 404 $.errors[].detail: new (type string)
    it is kept as an unknown field
    GetUser, UpdateUser, DeleteUser, DeleteUserPersonalInformation

The rest of the API, which Sunshine.request reaches: 2 operations, 1 new, 1 gone, 1 changed
  new: PUT /v2/made-up/{}
  gone: GET /v2/made-up
  changed: GET /v2/made-up/{}
By name, those of events to webhooks among them: ${report.schemas.count} schemas, 1 new, 0 gone, 2 changed
  new: Events
  changed: ErrorEntry
  changed: ExternalId`
      )
    }))

  it.effect("says so when nothing has changed", () =>
    Effect.gen(function*() {
      assert.include(SpecReport.format(yield* reportOf(() => {})), "\nNothing has changed for this client.\n")
    }))
})

describe("SpecWatch.of", () => {
  const lineOf = (change: (document: Node) => void) => {
    const document = makeDocument()
    change(document)
    return SpecWatch.of(SpecDiff.between(recorded, decode(document))).line
  }

  it.each<[string, (document: Node) => void, string]>([
    ["the same document", () => {}, "unchanged: 17.12.1"],
    [
      "a version that says the same, whatever its texts",
      (document) => {
        at(document, "info")["version"] = "17.13.0"
        at(document, ...schemas, "ExternalId")["description"] = "An id of your own"
      },
      "unchanged: 17.13.0 says what 17.12.1 says"
    ],
    [
      "schemas in another order",
      (document) => {
        const ordered = Object.entries(at(document, ...schemas)).toReversed()
        at(document, "components")["schemas"] = Object.fromEntries(ordered)
      },
      "unchanged: 17.12.1"
    ],
    [
      "a limit",
      (document) => at(document, ...schemas, "ExternalId")["maxLength"] = 512,
      "changed: 17.12.1, compared with 17.12.1: 1 operation (CreateUser), 1 schema (ExternalId); run spec:diff"
    ],
    [
      "an operation that is not declared here, and a server",
      (document) => {
        at(document, "paths", "/v2/made-up")["get"] = { responses: { "404": {} } }
        document["servers"] = []
      },
      "changed: 17.12.1, compared with 17.12.1: 1 operation (GET /v2/made-up), 1 server (https://{subdomain}.example.com/sc); run spec:diff"
    ],
    [
      "an event to webhooks",
      (document) => document["x-webhooks"] = { Events: { post: { responses: {} } } },
      "changed: 17.12.1, compared with 17.12.1: 1 schema (Events); run spec:diff"
    ],
    [
      "everything, in one line",
      (document) => {
        at(document, "info")["version"] = "18.0.0\nunchanged: 18.0.0"
        document["paths"] = {}
      },
      "changed: 18.0.0 unchanged: 18.0.0, compared with 17.12.1: 9 operations (ListUsers, CreateUser, GetUser, UpdateUser, DeleteUser, 4 more); run spec:diff"
    ]
  ])("tells %s", (_, change, expected) => {
    assert.strictEqual(lineOf(change), expected)
  })
})
