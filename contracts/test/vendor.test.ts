import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { parse } from "yaml"
import * as AuthorizeUrl from "../openapi/authorizeUrl.ts"
import * as Deviation from "../openapi/Deviation.ts"
import { OpenApiDocument } from "../openapi/OpenApiDocument.ts"
import * as Operations from "../openapi/Operations.ts"
import { recordedDeviations } from "../openapi/recordedDeviations.ts"
import * as VendorCheck from "../openapi/VendorCheck.ts"

/** An API as a vendor might document it. */
const pets = `
openapi: 3.0.2
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: ListPets
      tags: [Pets]
      security: [{ basicAuth: [] }]
      parameters: [{ $ref: "#/components/parameters/filter" }]
      responses:
        "200":
          description: Ok
          content:
            application/json:
              schema: { type: object, properties: { pets: { type: array, items: { $ref: "#/components/schemas/pet" } } } }
  /pets/{petId}:
    parameters: [{ name: petId, in: path, required: true, schema: { type: string } }]
    patch:
      operationId: UpdatePet
      tags: [Pets]
      security: [{ basicAuth: [] }, { bearerAuth: [] }]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/petBody" } } }
      responses:
        "200":
          description: Ok
          content: { application/json: { schema: { $ref: "#/components/schemas/pet" } } }
        "404":
          description: Not found
components:
  parameters:
    filter:
      name: filter
      in: query
      style: deepObject
      schema: { type: object, properties: { owner.name: { type: string, required: true } } }
  securitySchemes:
    basicAuth: { type: http, scheme: basic }
    bearerAuth: { type: http, scheme: bearer }
  schemas:
    name: { type: string, nullable: true, minLength: 1, maxLength: 8 }
    petBody:
      type: object
      required: [kind]
      properties:
        kind: { type: string, enum: [cat, dog] }
        name: { $ref: "#/components/schemas/name" }
        notes: { type: object, additionalProperties: true }
    pet:
      allOf:
        - { $ref: "#/components/schemas/petBody" }
        - type: object
          properties:
            name: { allOf: [{ $ref: "#/components/schemas/name" }], nullable: false }
            born: { type: string, format: date }
`

/** The document with one text in it replaced by another. */
const petsBut = (from: string, to: string) => {
  assert.include(pets, from)
  return pets.replace(from, to)
}

const operationsIn = (document: string) =>
  Operations.fromDocument(Schema.decodeUnknownSync(OpenApiDocument)(parse(document)))

describe("Operations.fromDocument", () => {
  it("says what a document says of each operation, whatever it is composed of", () => {
    const [list, update] = operationsIn(pets)
    const pet = (about: string) => ({
      [about]: { type: "object" },
      [`${about}.kind`]: { type: "string", required: "yes", enum: "cat,dog" },
      [`${about}.name`]: { type: "string", minLength: "1", maxLength: "8" },
      [`${about}.notes`]: { type: "object" },
      [`${about}.notes.*`]: { type: "any" },
      [`${about}.born`]: { type: "string", format: "date" }
    })
    assert.deepStrictEqual(Object.fromEntries(list!.facts), {
      operation: { operationId: "ListPets", security: "basic" },
      "query filter[owner.name]": { type: "string", required: "yes" },
      "status 200": {},
      "response 200 application/json": {},
      "response 200 $": { type: "object" },
      "response 200 $.pets": { type: "array" },
      ...pet("response 200 $.pets[]")
    })
    assert.deepStrictEqual(Object.fromEntries(update!.facts), {
      operation: { operationId: "UpdatePet", security: "basic or bearer" },
      "path petId": { type: "string", required: "yes" },
      request: { required: "yes" },
      "request application/json": {},
      "request $": { type: "object" },
      "request $.kind": { type: "string", required: "yes", enum: "cat,dog" },
      "request $.name": { type: "string", null: "allowed", minLength: "1", maxLength: "8" },
      "request $.notes": { type: "object" },
      "request $.notes.*": { type: "any" },
      "status 200": {},
      "response 200 application/json": {},
      ...pet("response 200 $"),
      "status 404": {}
    })
  })

  it("reads null in the words of OpenAPI 3.1 as well", () => {
    const [, update] = operationsIn(petsBut(
      "{ type: string, nullable: true, minLength: 1, maxLength: 8 }",
      "{ anyOf: [{ type: string, minLength: 1, maxLength: 8 }, { type: \"null\" }] }"
    ))
    assert.deepStrictEqual(update!.facts, operationsIn(pets)[1]!.facts)
  })

  it("goes into a schema that contains itself once", () => {
    const [, update] = operationsIn(
      petsBut("born: { type: string, format: date }", "mother: { $ref: \"#/components/schemas/pet\" }")
    )
    const mothers = Array.from(update!.facts.keys()).filter((about) => about.includes("mother"))
    assert.deepStrictEqual(mothers, ["response 200 $.mother"])
  })

  it("says so where a reference leads nowhere", () => {
    const [, update] = operationsIn(
      petsBut("schema: { $ref: \"#/components/schemas/petBody\" }", "schema: { $ref: \"#/x\" }")
    )
    assert.deepStrictEqual(update!.facts.get("request $"), { type: "a reference to nothing" })
  })
})

describe("Deviation.ofOperations", () => {
  const deviationsOf = (vendor: string) =>
    Deviation.ofOperations(operationsIn(vendor), operationsIn(pets)).map(({ subject, text }) => `${subject}: ${text}`)

  it("finds none between a document and itself", () => {
    assert.deepStrictEqual(deviationsOf(pets), [])
  })

  it.each([
    ["an operation that the vendor does not have", "/pets:", "/dogs:", [
      "ListPets: operation: not documented by the vendor",
      "ListPets: operation: documented by the vendor, absent here"
    ]],
    ["another method", "patch:", "put:", [
      "UpdatePet: operation: not documented by the vendor",
      "UpdatePet: operation: documented by the vendor, absent here"
    ]],
    ["another operationId", "operationId: UpdatePet", "operationId: ChangePet", [
      "UpdatePet: operation: operationId is ChangePet at the vendor, UpdatePet here"
    ]],
    ["a way to authenticate", "[{ basicAuth: [] }, { bearerAuth: [] }]", "[{ basicAuth: [] }]", [
      "UpdatePet: operation: security is basic at the vendor, basic or bearer here"
    ]],
    ["a status that is not documented", "\"404\"", "\"410\"", [
      "UpdatePet: status 410: documented by the vendor, absent here",
      "UpdatePet: status 404: not documented by the vendor"
    ]],
    ["a query parameter", "owner.name: {", "owner.id: {", [
      "ListPets: query filter[owner.id]: documented by the vendor, absent here",
      "ListPets: query filter[owner.name]: not documented by the vendor"
    ]],
    ["a query parameter that is required", "type: string, required: true }", "type: string }", [
      "ListPets: query filter[owner.name]: required is none at the vendor, yes here"
    ]],
    ["a body that is required", "required: true\n        content", "required: false\n        content", [
      "UpdatePet: request: required is none at the vendor, yes here"
    ]],
    [
      "a type of body",
      "content: { application/json: { schema: { $ref: \"#/components/schemas/petBody\"",
      "content: { application/xml: { schema: { $ref: \"#/components/schemas/petBody\"",
      [
        "UpdatePet: request application/xml: documented by the vendor, absent here",
        "UpdatePet: request application/json: not documented by the vendor"
      ]
    ],
    ["a field of a response", "born: {", "birthday: {", [
      "ListPets: response 200 $.pets[].birthday: documented by the vendor, absent here",
      "ListPets: response 200 $.pets[].born: not documented by the vendor",
      "UpdatePet: response 200 $.birthday: documented by the vendor, absent here",
      "UpdatePet: response 200 $.born: not documented by the vendor"
    ]],
    [
      "a field that is required, and its values",
      "kind: { type: string, enum: [cat, dog] }",
      "kind: { type: integer }",
      [
        "ListPets: response 200 $.pets[].kind: type is integer at the vendor, string here",
        "ListPets: response 200 $.pets[].kind: enum is none at the vendor, cat,dog here",
        "UpdatePet: request $.kind: type is integer at the vendor, string here",
        "UpdatePet: request $.kind: enum is none at the vendor, cat,dog here",
        "UpdatePet: response 200 $.kind: type is integer at the vendor, string here",
        "UpdatePet: response 200 $.kind: enum is none at the vendor, cat,dog here"
      ]
    ],
    [
      "what only answers have, in answers",
      "kind: { type: string, enum: [cat, dog] }",
      "kind: { type: string, enum: [cat, dog] }\n        age: { type: integer, readOnly: true }",
      [
        "ListPets: response 200 $.pets[].age: documented by the vendor, absent here",
        "UpdatePet: response 200 $.age: documented by the vendor, absent here"
      ]
    ],
    [
      "what only requests have, in requests",
      "kind: { type: string, enum: [cat, dog] }",
      "kind: { type: string, enum: [cat, dog] }\n        password: { type: string, writeOnly: true }",
      ["UpdatePet: request $.password: documented by the vendor, absent here"]
    ],
    ["null", "nullable: true, minLength", "minLength", [
      "UpdatePet: request $.name: null is none at the vendor, allowed here"
    ]],
    ["a limit", "maxLength: 8", "maxLength: 9", [
      "ListPets: response 200 $.pets[].name: maxLength is 9 at the vendor, 8 here",
      "UpdatePet: request $.name: maxLength is 9 at the vendor, 8 here",
      "UpdatePet: response 200 $.name: maxLength is 9 at the vendor, 8 here"
    ]],
    ["what a map may hold", "additionalProperties: true", "additionalProperties: { type: string }", [
      "ListPets: response 200 $.pets[].notes.*: type is string at the vendor, any here",
      "UpdatePet: request $.notes.*: type is string at the vendor, any here",
      "UpdatePet: response 200 $.notes.*: type is string at the vendor, any here"
    ]]
  ])("finds %s", (_, from, to, expected) => {
    assert.deepStrictEqual(deviationsOf(petsBut(from, to)), expected)
  })

  it("passes over what the vendor has for others", () => {
    const others = petsBut("components:\n", "  /owners: { get: { tags: [Owners], responses: {} } }\ncomponents:\n")
    assert.deepStrictEqual(deviationsOf(others), [])
  })
})

describe("where the flow of OAuth begins", () => {
  const bridge = "https://oauth-bridge.zendesk.com/sc"
  const oauth = `
openapi: 3.0.2
info: { title: OAuth, version: 1.0.0 }
paths:
  /oauth/authorize:
    get:
      operationId: Authorize
      description: ${bridge}/oauth/authorize and ${bridge}/oauth/token and ${bridge}/v2/tokenInfo
      parameters:
        - { name: client_id, in: query, required: true, schema: { type: string } }
        - { name: response_type, in: query, required: true, schema: { type: string } }
        - { name: state, in: query, schema: { type: string } }
        - { name: redirect_uri, in: query, schema: { type: string } }
      responses: { "302": { description: Found } }
`
  const deviationsOf = (from: string, to: string) => {
    assert.include(oauth, from)
    const document = oauth.replace(from, to)
    return Effect.map(
      AuthorizeUrl.deviations(operationsIn(document), document),
      (deviations) => deviations.map(({ subject, text }) => `${subject}: ${text}`)
    )
  }

  it.effect.each<readonly [what: string, from: string, to: string, found: ReadonlyArray<string>]>([
    ["as it is documented", "Found", "Found", []],
    ["at another path", "/oauth/authorize:", "/oauth/ask:", ["operation: not documented by the vendor"]],
    ["at another server", `${bridge}/oauth/token`, "https://api.smooch.io/oauth/token", [
      `server of /oauth/token: ${bridge} is not documented by the vendor`
    ]],
    ["with a parameter more", "name: state", "name: nonce", [
      "query nonce: documented by the vendor, absent here",
      "query state: not documented by the vendor"
    ]],
    [
      "with a parameter that must be there",
      "name: redirect_uri, in: query,",
      "name: redirect_uri, in: query, required: true,",
      [
        "query redirect_uri: documented by the vendor, absent here"
      ]
    ]
  ])("is %s", ([, from, to, found]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* deviationsOf(from, to), found.map((text) => `Authorize: ${text}`))
    }))
})

describe("VendorCheck.deviations", () => {
  const json = (content: unknown) => ({ content, contentType: "application/json", encoded: false })
  const headers = { Authorization: ["Basic a2V5OnNlY3JldA=="] }
  const list = { method: "GET", path: "/pets", headers, query: { "filter[owner.name]": ["Ada & Eve"] } }
  const update = {
    method: "PATCH",
    path: "/pets/1",
    headers: { ...headers, "Content-Type": ["application/json"] },
    body: json({ kind: "cat", name: null, notes: { age: 3 } })
  }

  /** The deviations of a pact of three interactions, with something in them changed. */
  const deviationsOf = (
    changes: Partial<Record<"list" | "update" | "updated" | "missing", object>>,
    document = pets
  ) => {
    const interaction = (description: string, request: object, response: object) => ({
      type: "Synchronous/HTTP",
      description,
      request,
      response
    })
    const pact = {
      interactions: [
        interaction("list", { ...list, ...changes.list }, { status: 200, body: json({ pets: [] }) }),
        interaction("update", { ...update, ...changes.update }, {
          status: 200,
          body: json({ kind: "cat", name: "Tom" }),
          ...changes.updated
        }),
        interaction("update nobody", update, { status: 404, ...changes.missing })
      ],
      metadata: { pactSpecification: { version: "4.0" } }
    }
    return VendorCheck.deviations({ document, ours: operationsIn(document), pact: JSON.stringify(pact) }).pipe(
      Effect.map((deviations) => deviations.map(({ subject, text }) => `${subject}: ${text}`))
    )
  }

  it.effect("finds none in a pact that keeps to the document", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* deviationsOf({}), [])
    }))

  it.effect("takes an object without properties for one that may have any, however deep", () =>
    Effect.gen(function*() {
      const notes = { diet: { fish: [{ kind: "tuna", grams: 80 }] } }
      const changes = {
        update: { body: json({ kind: "cat", notes }) },
        updated: { body: json({ kind: "cat", notes }) }
      }
      const document = petsBut("notes: { type: object, additionalProperties: true }", "notes: { type: object }")
      assert.deepStrictEqual(yield* deviationsOf(changes, document), [])
    }))

  it.effect("holds a member of a union against what the document has for it", () =>
    Effect.gen(function*() {
      const document = `${
        petsBut(
          "notes: { type: object, additionalProperties: true }",
          "notes: { type: object }\n        toy: { $ref: \"#/components/schemas/toy\" }"
        )
      }    toy:
      oneOf: [{ $ref: "#/components/schemas/ball" }, { $ref: "#/components/schemas/rope" }]
      discriminator: { propertyName: type }
    ball: { type: object, required: [type], properties: { type: { type: string }, colour: { type: string } } }
    rope: { type: object, required: [type], properties: { type: { type: string }, length: { type: integer } } }
`
      const withToy = (toy: object) => deviationsOf({ update: { body: json({ kind: "cat", toy }) } }, document)
      assert.deepStrictEqual(yield* withToy({ type: "rope", length: 3 }), [])
      assert.deepStrictEqual(yield* withToy({ type: "ball", length: 3 }), [
        "update: pact, request $.toy(ball).length: not documented by the vendor"
      ])
    }))

  it.effect.each(
    [
      ["another path", { update: { path: "/dogs/1" } }, [
        "update: pact, operation: not documented by the vendor",
        "UpdatePet: pact, status 200: in no interaction",
        "update: pact, request.path: Path or method not defined in spec file: PATCH /dogs/1"
      ]],
      ["another request field", { update: { body: json({ kind: "cat", age: 3 }) } }, [
        "update: pact, request $.age: not documented by the vendor"
      ]],
      ["a request field that is missing", { update: { body: json({}) } }, [
        "update: pact, request.body: must have required property 'kind'"
      ]],
      ["a request field of another type", { update: { body: json({ kind: "cat", name: 1 }) } }, [
        "update: pact, request.body.name: must be string,null"
      ]],
      ["a request field beyond its limit", { update: { body: json({ kind: "cat", name: "Thomasina" }) } }, [
        "update: pact, request.body.name: must NOT have more than 8 characters"
      ]],
      ["another query parameter", { list: { query: { ...list.query, page: ["2"] } } }, [
        "list: pact, query page: not documented by the vendor"
      ]],
      ["a query parameter that is missing", { list: { query: {} } }, [
        "list: pact, query filter[owner.name]: required by the vendor, not sent"
      ]],
      ["missing credentials", { list: { headers: {} } }, [
        "list: pact, request.headers: Request Authorization header is missing but is required by the spec file"
      ]],
      ["another status", { missing: { status: 410 } }, [
        "UpdatePet: pact, status 404: in no interaction",
        "update nobody: pact, response.status: Response status code not defined in spec file: 410"
      ]],
      ["another response field", { updated: { body: json({ kind: "cat", age: 3 }) } }, [
        "update: pact, response.body: must NOT have additional properties - age"
      ]],
      ["a response field of another type", { updated: { body: json({ kind: "cat", name: 1 }) } }, [
        "update: pact, response.body.name: must be string,null"
      ]],
      ["null where the document overrules it", { updated: { body: json({ kind: "cat", name: null }) } }, [
        "update: pact, response 200 $.name: null, which the vendor does not have there"
      ]]
    ] as const
  )("finds %s", ([, changes, expected]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual<ReadonlyArray<string>>(yield* deviationsOf(changes), expected)
    }))

  it.effect.each(
    [
      ["a document that is no YAML", "a: b: c", "{}", "This is no OpenAPI document: "],
      [
        "a document of another kind",
        "swagger: '2.0'",
        "{}",
        "This is no OpenAPI document: Missing key\n  at [\"openapi\"]"
      ],
      ["a pact without interactions", pets, "{}", "This is no pact: Missing key\n  at [\"interactions\"]"]
    ] as const
  )("refuses %s", ([, document, pact, message]) =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(VendorCheck.deviations({ document, pact }))
      assert.strictEqual(error._tag, "InvalidFile")
      assert.isTrue(error.message.startsWith(message), error.message)
    }))
})

describe("Deviation.review", () => {
  const deviations = [
    { subject: "GetPet", text: "response 200 $.name: maxLength is 8 at the vendor, none here" },
    { subject: "ListPets", text: "response 200 $.pets[].name: maxLength is 8 at the vendor, none here" },
    { subject: "ListPets", text: "query page: not documented by the vendor" }
  ]
  const limits = {
    deviation: "response * $*: maxLength is * at the vendor, none here",
    reason: "Read for types only."
  }
  const page = { deviation: "query page: not documented by the vendor", reason: "Support told us." }

  const formatted = (...parameters: Parameters<typeof Deviation.review>) => {
    const review = Deviation.review(...parameters)
    return { isFine: Deviation.isFine(review), lines: Deviation.format(review).split("\n") }
  }
  const meant = ["meant (2): response * $*: maxLength is * at the vendor, none here", "  Read for types only."]

  it("is content when each deviation has a reason, and each reason a deviation", () => {
    assert.deepStrictEqual(formatted(deviations, [limits, page]), {
      isFine: true,
      lines: [
        ...meant,
        "meant (1): query page: not documented by the vendor",
        "  Support told us.",
        "Everything else is as the vendor's document has it."
      ]
    })
  })

  it("is not when a deviation has no reason", () => {
    assert.deepStrictEqual(formatted(deviations, [limits]), {
      isFine: false,
      lines: [
        ...meant,
        "UNEXPLAINED: query page: not documented by the vendor",
        "  ListPets",
        "0 outdated, 1 unexplained"
      ]
    })
  })

  it("is not when a reason has no deviation any more", () => {
    assert.deepStrictEqual(formatted(deviations.slice(0, 2), [limits, page]), {
      isFine: false,
      lines: [
        ...meant,
        "OUTDATED: query page: not documented by the vendor",
        "  There is no such deviation: remove its reason from contracts/openapi/recordedDeviations.ts.",
        "1 outdated, 0 unexplained"
      ]
    })
  })

  it("takes everything but the star for what it is", () => {
    assert.isFalse(Deviation.isFine(Deviation.review(
      [{ subject: "GetPet", text: "response 200 $Xname" }],
      [{ deviation: "response 200 $.name", reason: "" }]
    )))
  })

  it("takes a reason of one operation for that one alone", () => {
    const own = { ...limits, subject: "GetPet" }
    assert.deepStrictEqual(formatted(deviations, [own, page]).lines.slice(-3), [
      "UNEXPLAINED: response 200 $.pets[].name: maxLength is 8 at the vendor, none here",
      "  ListPets",
      "0 outdated, 1 unexplained"
    ])
  })
})

describe("the recorded deviations", () => {
  it("have each a reason, and each is there once", () => {
    const sentence = /^\p{Lu}.{10,}[.:"]$/u
    assert.deepStrictEqual(recordedDeviations.filter(({ reason }) => !sentence.test(reason)), [])
    const keys = recordedDeviations.map(({ deviation, subject = "any" }) => `${subject}: ${deviation}`)
    assert.deepStrictEqual(keys.filter((key, index) => keys.indexOf(key) !== index), [])
  })

  it.each([
    "operation: documented by the vendor, absent here",
    "operation: not documented by the vendor",
    "operation: security is basic at the vendor, basic or bearer here",
    "status 409: documented by the vendor, absent here",
    "status 200: not documented by the vendor",
    "query sort: documented by the vendor, absent here",
    "request $.nickname: documented by the vendor, absent here",
    "request $.nickname: not documented by the vendor",
    "request $.nickname: required is yes at the vendor, none here",
    "request $.nickname: maxLength is 9 at the vendor, 8 here",
    "response 200 $.nickname: documented by the vendor, absent here",
    "response 200 $.nickname: type is string at the vendor, boolean here",
    "pact, request.body.nickname: is not documented"
  ])("are no reason for one that nobody has looked at: %s", (text) => {
    const { unexplained } = Deviation.review([{ subject: "NewOperation", text }], recordedDeviations)
    assert.lengthOf(unexplained, 1)
  })
})
