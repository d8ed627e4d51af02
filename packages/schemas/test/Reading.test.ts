import { assert, describe, it } from "@effect/vitest"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import { User } from "@sunco/schemas/User"
import { UserListResponse, UserResponse } from "@sunco/schemas/UsersOperations"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { compile } from "../src/internal/reading.ts"

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
  const read = Reading.reader(schema)
  const decode = Schema.decodeUnknownResult(schema)

  /** It hands on what the schema decodes. Of the rest it makes something that the schema decodes, or nothing. */
  const agrees = (text: string): void => {
    const json: unknown = JSON.parse(text)
    const decoded = decode(json)
    const reading = read(json)
    if (Result.isSuccess(decoded)) {
      assert(Result.isSuccess(reading), text)
      assert.strictEqual(reading.success.value, json, text)
      assert.deepStrictEqual(reading.success, { value: decoded.success, putAside: [] }, text)
    } else if (Result.isSuccess(reading)) {
      const { putAside, value } = reading.success
      assert.isNotEmpty(putAside, text)
      assert.isTrue(Result.isSuccess(decode(value)), text)
      assert.strictEqual(UnknownFields.toJson(value as object), json, text)
    }
    assert.strictEqual(JSON.stringify(json), JSON.stringify(JSON.parse(text)), "the answer itself is not changed")
  }

  it.prop(
    "gives what the schema decodes, and of what it refuses either a copy that it decodes or a place",
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

const reading = <A>(schema: Schema.Codec<A>, json: unknown) => {
  const result = Reading.reader(schema)(json)
  return Result.isSuccess(result)
    ? { value: result.success.value, fields: result.success.putAside.map(({ field }) => field) }
    : { path: result.failure.path }
}

describe("what is odd is put aside", () => {
  it.each<readonly [what: string, user: object, read: object, fields: ReadonlyArray<string>]>([
    ["an undocumented null", { id: "1", signedUpAt: null }, { id: "1" }, ["user.signedUpAt"]],
    ["another type", { id: "1", toBeRetained: "yes", profile: [] }, { id: "1" }, ["user.toBeRetained", "user.profile"]],
    [
      "a field of a part",
      { id: "1", profile: { email: 7, surname: "Lovelace" } },
      { id: "1", profile: { surname: "Lovelace" } },
      ["user.profile.email"]
    ],
    [
      "values of a record",
      { id: "1", metadata: { a: null, b: { c: 1 }, d: "kept", __proto_: 1 } },
      { id: "1", metadata: { d: "kept", __proto_: 1 } },
      ["user.metadata.*"]
    ],
    [
      "entries of a list",
      { id: "1", identities: [null, { type: "email", value: 1 }, "x"] },
      { id: "1", identities: [{ type: "email" }] },
      ["user.identities[]", "user.identities[].value"]
    ],
    ["the number of an id", { id: 1, externalId: 2 }, { id: "1", externalId: "2" }, ["user.id", "user.externalId"]],
    ["the number of no id", { id: "1", signedUpAt: 2 }, { id: "1" }, ["user.signedUpAt"]]
  ])("%s", (_, user, read, fields) => {
    assert.deepStrictEqual(reading(UserResponse, { user }), { value: { user: read }, fields } as never)
  })

  it("a user without an id costs no list, however many there are", () => {
    const users = [{ id: "1" }, ...Array.from({ length: 1000 }, () => ({ externalId: "ada" })), { id: 2 }]
    const result = Reading.reader(UserListResponse)({ users })
    assert(Result.isSuccess(result))
    assert.deepStrictEqual(result.success.value, { users: [{ id: "1" }, { id: "2" }] })
    assert.deepStrictEqual(result.success.putAside, [
      { field: "users[]", path: ["users", 1], count: 1000 },
      { field: "users[].id", path: ["users", 1001, "id"], count: 1 }
    ])
  })

  it("everything else stays, unknown fields and a key __proto__ included, in its order", () => {
    const text =
      "{\"meta\":{\"a\":[]},\"user\":{\"new\":null,\"__proto__\":{\"id\":\"2\"},\"id\":\"1\",\"profile\":{\"__proto__\":1}}}"
    const odd = text.replace("\"profile\":{", "\"signedUpAt\":null,\"profile\":{\"email\":1,")
    const result = Reading.reader(UserResponse)(JSON.parse(odd))
    assert(Result.isSuccess(result))
    assert.strictEqual(JSON.stringify(result.success.value), text)
    assert.strictEqual(JSON.stringify(UnknownFields.toJson(result.success.value)), odd)
  })
})

describe("what cannot be done without", () => {
  it.each<readonly [json: unknown, path: Reading.Path]>([
    [{ user: {} }, ["user", "id"]],
    [{ user: { id: null } }, ["user", "id"]],
    // JSON's numbers have not kept its digits.
    [{ user: { id: 2 ** 60 } }, ["user", "id"]],
    [{ user: { id: 1.5 } }, ["user", "id"]],
    [{ user: [] }, ["user"]],
    [{ User: { id: "1" } }, ["user"]],
    [[], []],
    ["", []],
    [null, []]
  ])("is named: %j", (json, path) => {
    assert.deepStrictEqual(reading(UserResponse, json), { path } as never)
  })

  it("is the list itself", () => {
    assert.deepStrictEqual(reading(UserListResponse, { users: { 0: { id: "1" } } }), { path: ["users"] } as never)
  })
})

describe("schemas of other shapes", () => {
  interface Quoted {
    readonly id: string
    readonly quoted?: Quoted | null
  }
  const Quoted: Schema.Codec<Quoted> = Schema.Struct({
    id: Schema.String,
    quoted: Schema.optionalKey(Schema.NullOr(Schema.suspend((): Schema.Codec<Quoted> => Quoted)))
  })

  it("that hold themselves are compiled", () => {
    assert.isDefined(compile(Quoted.ast))
    const json = { id: "1", quoted: { id: "2", quoted: null } }
    assert.strictEqual((reading(Quoted, json) as { value: unknown }).value, json)
    assert.deepStrictEqual(reading(Quoted, { id: "1", quoted: { id: 2, quoted: { id: null } } }), {
      value: { id: "1", quoted: { id: "2" } },
      fields: ["quoted.id", "quoted.quoted"]
    })
  })

  it("that hold themselves are read as deep as anybody nests them, and no deeper", () => {
    const depth = 100_000
    const json: unknown = JSON.parse(`${"{\"id\":\"1\",\"quoted\":".repeat(depth)}null${"}".repeat(depth)}`)
    const result = Reading.reader(Quoted)(json)
    assert(Result.isSuccess(result))
    assert.lengthOf(result.success.putAside, 1)
    assert.strictEqual(UnknownFields.toJson(result.success.value), json)
    const [first] = result.success.putAside
    assert.isBelow(first!.path.length, 100)
  })

  it("leave what they do not name alone, however deep it is", () => {
    const depth = 100_000
    const json: unknown = JSON.parse(`{"user":{"id":1,"new":${"[".repeat(depth)}${"]".repeat(depth)}}}`)
    assert.isTrue(Result.isSuccess(Reading.reader(UserResponse)(json)))
  })

  const Text = Schema.Struct({
    type: Schema.Literal("text"),
    text: Schema.String,
    size: Schema.optionalKey(Schema.Finite)
  })
  const Image = Schema.Struct({ type: Schema.Literal("image"), mediaUrl: Schema.String })
  const Content = Schema.Struct({ content: Schema.Union([Text, Image, Schema.Null]) })

  it("that are unions are read by the member that a literal names", () => {
    assert.isDefined(compile(Content.ast))
    const image = { content: { type: "image", mediaUrl: "" } }
    assert.deepStrictEqual(reading(Content, image), { value: image, fields: [] } as never)
    assert.deepStrictEqual(reading(Content, { content: { type: "text", text: "x", size: "1" } }), {
      value: { content: { type: "text", text: "x" } },
      fields: ["content.size"]
    } as never)
    assert.deepStrictEqual(reading(Content, { content: { type: "text" } }), { path: ["content", "text"] } as never)
    assert.deepStrictEqual(reading(Content, { content: { type: "video" } }), { path: ["content"] } as never)
    assert.deepStrictEqual(reading(Content, { content: null }), { value: { content: null }, fields: [] } as never)
  })

  it("that are unions of anything are read by the member that loses least", () => {
    const either = Schema.Union([
      Schema.Struct({ a: Schema.optionalKey(Schema.String), b: Schema.optionalKey(Schema.String) }),
      Schema.Struct({ a: Schema.optionalKey(Schema.String), b: Schema.optionalKey(Schema.Finite) })
    ])
    assert.deepStrictEqual(reading(either, { a: 1, b: 2 }), { value: { b: 2 }, fields: ["a"] } as never)
  })

  it("that name several values take those", () => {
    const schema = Schema.Struct({ kind: Schema.optionalKey(Schema.Literals(["a", "b"])) })
    assert.deepStrictEqual(reading(schema, { kind: "b" }), { value: { kind: "b" }, fields: [] } as never)
    assert.deepStrictEqual(reading(schema, { kind: "c" }), { value: {}, fields: ["kind"] } as never)
  })

  it("that list ids take their digits", () => {
    const schema = Schema.Struct({ userIds: Schema.Array(Schema.String), names: Schema.Array(Schema.String) })
    assert.deepStrictEqual(reading(schema, { userIds: [1, "2", null], names: [1, "b"] }), {
      value: { userIds: ["1", "2"], names: ["b"] },
      fields: ["userIds[]", "names[]"]
    } as never)
  })

  it("that check more than types refuse what does not hold", () => {
    const schema = Schema.Struct({ name: Schema.optionalKey(Schema.NonEmptyString), id: Schema.NonEmptyString })
    assert.isDefined(compile(schema.ast))
    assert.deepStrictEqual(
      reading(schema, { name: "", id: 1 }),
      { value: { id: "1" }, fields: ["name", "id"] } as never
    )
    assert.deepStrictEqual(reading(schema, { id: "" }), { path: ["id"] } as never)
  })

  it("that change what they decode are left to the interpreter", () => {
    const schema: Schema.Codec<{ readonly at: number }> = Schema.Struct({ at: Schema.FiniteFromString }) as never
    assert.isUndefined(compile(schema.ast))
    assert.deepStrictEqual(reading(schema, { at: "1" }), { value: { at: 1 }, fields: [] })
    assert.deepStrictEqual(reading(schema, { at: 1 }), { path: [] })
  })
})

it.prop("Reading.is agrees with Schema.is", [Wire], ([value]) => {
  assert.strictEqual(Reading.is(UserResponse)(value), Schema.is(UserResponse)(value))
})
