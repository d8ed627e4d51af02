import { assert, describe, it } from "@effect/vitest"
import { User } from "@sunco/schemas/User"
import { EmptyResponse, UserListResponse, UserResponse } from "@sunco/schemas/UsersOperations"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { reader } from "../src/internal/reader.ts"

const responses: ReadonlyArray<readonly [name: string, schema: Schema.Codec<unknown>]> = [
  ["UserResponse", UserResponse],
  ["UserListResponse", UserListResponse],
  ["EmptyResponse", EmptyResponse]
]

/** JSON that is a response, or nearly one. */
const Wire = Schema.Union([
  Schema.Json,
  Schema.Struct({ user: User }),
  Schema.Struct({ users: Schema.Array(User) }),
  Schema.Struct({
    user: Schema.Struct({
      id: Schema.optionalKey(Schema.Json),
      externalId: Schema.optionalKey(Schema.Json),
      authenticated: Schema.optionalKey(Schema.Json),
      profile: Schema.optionalKey(Schema.Json),
      metadata: Schema.optionalKey(Schema.Json),
      identities: Schema.optionalKey(Schema.Json)
    })
  })
])

describe.each(responses)("the reader of %s", (_, schema) => {
  const read = reader(schema)
  const decode = Schema.decodeUnknownResult(schema)

  const agrees = (text: string): void => {
    const decoded = decode(JSON.parse(text))
    assert.deepStrictEqual(read(JSON.parse(text)), Result.isSuccess(decoded) ? decoded.success : undefined, text)
  }

  it.prop(
    "gives what the schema decodes, and refuses what it refuses",
    [Wire],
    ([value]) => agrees(JSON.stringify(value))
  )

  it.each([
    "{\"user\":{\"id\":\"1\"}}",
    "{\"user\":{\"id\":null}}",
    "{\"user\":{}}",
    "{\"user\":{\"id\":\"1\",\"externalId\":null,\"zendeskId\":null,\"brandId\":null}}",
    "{\"user\":{\"id\":\"1\",\"signedUpAt\":null}}",
    "{\"user\":{\"id\":\"1\",\"metadata\":{\"a\":1,\"b\":\"2\",\"c\":true}}}",
    "{\"user\":{\"id\":\"1\",\"metadata\":{\"a\":null}}}",
    "{\"user\":{\"id\":\"1\",\"metadata\":{\"a\":1e400}}}",
    "{\"user\":{\"id\":\"1\",\"metadata\":[]}}",
    "{\"user\":{\"id\":\"1\",\"identities\":[{\"type\":\"email\"},{}]}}",
    "{\"user\":{\"id\":\"1\",\"identities\":{}}}",
    "{\"user\":{\"id\":\"1\",\"profile\":{\"email\":1}}}",
    "{\"user\":{\"id\":\"1\",\"constructor\":1}}",
    "{\"user\":{\"id\":\"1\"},\"meta\":{}}",
    "{\"users\":[]}",
    "{\"users\":[{\"id\":\"1\"},{\"id\":2}]}",
    "{\"users\":{\"length\":0}}",
    "{}",
    "[]",
    "null",
    "\"\""
  ])("agrees with the schema on %s", agrees)
})

it("keeps what the schema does not name, at every level, a key __proto__ included", () => {
  const text =
    "{\"user\":{\"id\":\"1\",\"hasPaymentInfo\":false,\"profile\":{\"localeOrigin\":\"x\"},\"__proto__\":1},\"meta\":{}}"
  assert.strictEqual(JSON.stringify(reader(UserResponse)(JSON.parse(text))), text)
})

it("leaves a schema that changes what it decodes to its interpreter", () => {
  const read = reader<{ readonly at: number }>(Schema.Struct({ at: Schema.FiniteFromString }) as never)
  assert.deepStrictEqual(read({ at: "1" }), { at: 1 })
  assert.isUndefined(read({ at: 1 }))
})

it("leaves a schema with checks to its interpreter", () => {
  const read = reader(Schema.Struct({ name: Schema.NonEmptyString }))
  assert.deepStrictEqual(read({ name: "Ada" }), { name: "Ada" })
  assert.isUndefined(read({ name: "" }))
})
