import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { parse } from "yaml"
import { discriminated } from "../openapi/discriminated.ts"
import { OpenApiDocument } from "../openapi/OpenApiDocument.ts"
import * as Operations from "../openapi/Operations.ts"

const document = `
openapi: 3.0.2
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    post:
      operationId: CreatePet
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/pet" } } } }
      responses:
        "200":
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/vehicle" } } } }
        "201":
          content:
            application/json:
              schema:
                anyOf:
                  - { type: object, properties: { type: { type: string, enum: [cat] }, lives: { type: integer } } }
                  - { type: object, properties: { type: { type: string, enum: [dog] }, lives: { type: string } } }
                  - { type: object, properties: { type: { type: string } } }
        "202":
          content:
            application/json: { schema: { nullable: true, allOf: [{ $ref: "#/components/schemas/pet" }] } }
        "203":
          content:
            application/json: { schema: { anyOf: [{ $ref: "#/components/schemas/pet" }, { type: "null" }] } }
components:
  schemas:
    pet:
      oneOf:
        - { $ref: "#/components/schemas/catPet" }
        - { $ref: "#/components/schemas/dogPet" }
        - { $ref: "#/components/schemas/bird" }
      discriminator: { propertyName: type, mapping: { cat: "#/components/schemas/catPet" } }
    catPet: { type: object, properties: { type: { type: string }, lives: { type: integer } } }
    dogPet:
      allOf:
        - type: object
          properties:
            type: { type: string, default: dog }
            lives: { type: string }
            friends: { type: array, items: { $ref: "#/components/schemas/pet" } }
    bird: { type: object, properties: { song: { type: string } } }
    vehicle:
      type: object
      properties: { id: { type: string }, type: { type: string } }
      discriminator: { propertyName: type, mapping: { car: "#/components/schemas/car", boat: "#/components/schemas/boat" } }
    car: { allOf: [{ $ref: "#/components/schemas/vehicle" }, { type: object, properties: { wheels: { type: integer } } }] }
    boat: { allOf: [{ $ref: "#/components/schemas/vehicle" }, { type: object, properties: { sails: { type: integer } } }] }
`

const [operation] = Operations.fromDocument(Schema.decodeUnknownSync(OpenApiDocument)(parse(document)))

const factsOf = (side: string) =>
  Object.fromEntries(
    Array.from(operation!.facts).filter(([about]) => about.startsWith(`${side} $`)).map(([about, { type }]) => [
      about.slice(side.length + 1),
      type
    ])
  )

describe("the members of a union", () => {
  it("are told apart by mapping, default and name, and none hides what another says", () => {
    assert.deepStrictEqual(factsOf("request"), {
      $: "object",
      "$(cat)": "object",
      "$(cat).lives": "integer",
      "$(dog)": "object",
      "$(dog).lives": "string",
      "$(dog).friends": "array",
      // It contains itself.
      "$(dog).friends[]": "object",
      "$(bird)": "object",
      "$(bird).song": "string"
    })
  })

  it("are those of the mapping where a base has one, with what the base has", () => {
    assert.deepStrictEqual(factsOf("response 200"), {
      $: "array",
      "$[]": "object",
      "$[](car)": "object",
      "$[](car).id": "string",
      "$[](car).wheels": "integer",
      "$[](boat)": "object",
      "$[](boat).id": "string",
      "$[](boat).sails": "integer"
    })
  })

  it("are told apart by a literal where there is no discriminator, and one for all other values is no fact", () => {
    assert.deepStrictEqual(factsOf("response 201"), {
      $: "object",
      "$(cat)": "object",
      "$(cat).lives": "integer",
      "$(dog)": "object",
      "$(dog).lives": "string"
    })
  })

  it("are found in a union that may be null, in the words of either version", () => {
    for (const status of ["202", "203"]) {
      assert.deepStrictEqual(operation!.facts.get(`response ${status} $`), { type: "object", null: "allowed" })
      assert.strictEqual(factsOf(`response ${status}`)["$(bird).song"], "string")
    }
  })
})

describe("discriminated", () => {
  it("gives every member of a union the value that it has, and requires it", () => {
    const { components: { schemas } } = discriminated(parse(document))
    assert.deepStrictEqual(schemas.catPet, {
      type: "object",
      properties: { type: { type: "string", enum: ["cat"] }, lives: { type: "integer" } },
      required: ["type"]
    })
    assert.deepStrictEqual(schemas.dogPet.allOf[0].properties.type, { type: "string", default: "dog", enum: ["dog"] })
    assert.deepStrictEqual(schemas.bird.properties.type, { type: "string", enum: ["bird"] })
  })

  it("makes a union of a base with a mapping, whose members keep what they have of it", () => {
    const { components: { schemas } } = discriminated(parse(document))
    assert.deepStrictEqual(schemas.vehicle.oneOf, [
      { $ref: "#/components/schemas/car" },
      { $ref: "#/components/schemas/boat" }
    ])
    assert.notProperty(schemas.vehicle, "properties")
    assert.deepStrictEqual(schemas.car.allOf, [
      { type: "object", properties: { id: { type: "string" }, type: { type: "string" } } },
      {
        type: "object",
        properties: { wheels: { type: "integer" }, type: { type: "string", enum: ["car"] } },
        required: ["type"]
      }
    ])
  })
})
