import { assert, describe, it } from "@effect/vitest"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { ErrorEnvelope } from "@sunco/schemas/ErrorEnvelope"
import { User } from "@sunco/schemas/User"
import { UserListResponse } from "@sunco/schemas/UsersOperations"
import * as Matcher from "effect-pact/Matcher"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { pactFile } from "../bin/pactFile.ts"
import { declaredOperations } from "../openapi/declaredOperations.ts"
import * as Operations from "../openapi/Operations.ts"
import * as PactInteractions from "../openapi/PactInteractions.ts"

const { interactions } = Schema.decodeUnknownSync(Schema.fromJsonString(PactInteractions.Pact))(
  readFileSync(pactFile, "utf8")
)

const unique = (texts: ReadonlyArray<string>) => Array.from(new Set(texts)).sort()

describe("the pact", () => {
  it("has an interaction for every status of every declared operation, and for no other", () => {
    assert.deepStrictEqual(
      unique(interactions.map((interaction) => {
        const operation = PactInteractions.operationOf(declaredOperations, interaction)
        return `${operation?.operationId ?? interaction.description} ${interaction.response.status}`
      })),
      unique(
        declaredOperations.flatMap((operation) =>
          Operations.statuses(operation).map((status) => `${operation.operationId} ${status}`)
        )
      )
    )
  })

  it("has every contract, each under a description of its own", () => {
    assert.lengthOf(unique(SunshineContracts.map(({ interaction }) => interaction.description)), interactions.length)
    assert.lengthOf(SunshineContracts, interactions.length)
  })

  it("has requests with both kinds of credentials, and none without", () => {
    const schemes = SunshineContracts.map(({ credentials, interaction: { request } }) =>
      `${credentials}: ${String(Matcher.example(request.headers?.["Authorization"] ?? "none")).split(" ", 1).join()}`
    )
    assert.deepStrictEqual(unique(schemes), ["basic: Basic", "bearer: Bearer"])
  })
})

describe("the examples", () => {
  const bodies = SunshineContracts.map(({ interaction }) => Matcher.example(interaction.response.body ?? null))
  const isUser = Schema.is(Schema.Struct({ user: Schema.Json }))
  const isList = Schema.is(Schema.Struct({ users: Schema.Array(Schema.Json) }))
  const isFailure = Schema.is(Schema.Struct({ errors: Schema.Array(Schema.Json) }))

  it("show all that the client's User can be, but for an identity that lacks a field", () => {
    const users = bodies.flatMap((body) => isUser(body) ? [body.user] : isList(body) ? body.users : [])
    assert.deepStrictEqual(SchemaMatchers.uncovered(User, users), [
      // The vendor requires no field of any response, and has no example of an identity without one of these.
      "$.identities[*].type: never absent",
      "$.identities[*].value: never absent",
      "$.identities[*].verification: never absent"
    ])
  })

  it("show lists with and without users", () => {
    assert.deepStrictEqual(
      SchemaMatchers.uncovered(UserListResponse, bodies.filter(isList)).filter((text) => text.startsWith("$.users:")),
      []
    )
  })

  it("show errors as the vendor does: one, with code and title", () => {
    assert.deepStrictEqual(SchemaMatchers.uncovered(ErrorEnvelope, bodies.filter(isFailure)), [
      "$.errors: never empty",
      "$.errors[*].code: never absent",
      "$.errors[*].title: never absent"
    ])
  })
})
