import { assert, describe, it } from "@effect/vitest"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import { UserListResponse, UserResponse } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

describe("UnknownFields.get", () => {
  it.effect("reads what is not documented at every level", () =>
    Effect.gen(function*() {
      const response = yield* Schema.decodeUnknownEffect(UserResponse)({
        user: {
          id: "1",
          hasPaymentInfo: false,
          profile: { localeOrigin: "zendeskAccount" },
          identities: [{ primary: true }]
        },
        requestId: "r"
      })
      assert.strictEqual(UnknownFields.get(response, "requestId"), "r")
      assert.strictEqual(UnknownFields.get(response.user, "hasPaymentInfo"), false)
      assert.strictEqual(UnknownFields.get(response.user.profile!, "localeOrigin"), "zendeskAccount")
      assert.strictEqual(UnknownFields.get(response.user.identities![0]!, "primary"), true)
    }))

  it("gives undefined for what is not there, inherited names among it", () => {
    assert.isUndefined(UnknownFields.get({}, "absent"))
    assert.isUndefined(UnknownFields.get({}, "toString"))
    assert.isUndefined(UnknownFields.get({}, "__proto__"))
    assert.deepStrictEqual(UnknownFields.get(JSON.parse(`{"__proto__":1}`), "__proto__"), 1)
  })

  it("tells null from absent", () => {
    assert.isNull(UnknownFields.get({ field: null }, "field"))
  })
})

describe("of a response with odd fields", () => {
  const read = (json: unknown) => Result.getOrThrow(Reading.reader(UserListResponse)(json)).value
  const json = {
    users: [
      { id: "1", hasPaymentInfo: false, signedUpAt: null, profile: { email: 7, localeOrigin: "x" } },
      { externalId: "nobody" },
      { id: 2, metadata: { a: [] } },
      { id: "3" }
    ],
    next: null
  }

  it("UnknownFields.get reads them still, at every level, and the model's own value where it has one", () => {
    const { users: [first, second] } = read(json)
    assert(first !== undefined && second !== undefined)
    assert.isNull(UnknownFields.get(first, "signedUpAt"))
    assert.strictEqual(UnknownFields.get(first.profile!, "email"), 7)
    assert.strictEqual(UnknownFields.get(first, "hasPaymentInfo"), false)
    assert.deepStrictEqual(UnknownFields.get(second.metadata!, "a"), [])
    assert.strictEqual(UnknownFields.get(second, "id"), "2")
  })

  it("nothing of them is to be seen in the model", () => {
    const text =
      "{\"users\":[{\"id\":\"1\",\"hasPaymentInfo\":false,\"profile\":{\"localeOrigin\":\"x\"}},{\"id\":\"2\",\"metadata\":{}}," +
      "{\"id\":\"3\"}],\"next\":null}"
    const model = read(json)
    assert.strictEqual(JSON.stringify(model), text)
    assert.deepStrictEqual(model, JSON.parse(text))
    assert.deepStrictEqual(Reflect.ownKeys(model.users[0]!), ["id", "hasPaymentInfo", "profile"])
  })

  it("UnknownFields.toJson gives them back: of the whole, of parts, of lists and of lists that somebody made", () => {
    const model = read(json)
    assert.strictEqual(UnknownFields.toJson(model), json)
    assert.strictEqual(UnknownFields.toJson(model.users), json.users)
    assert.strictEqual(UnknownFields.toJson(model.users[0]!.profile!), json.users[0]!.profile!)
    assert.deepStrictEqual(UnknownFields.toJson(model.users.filter(({ id }) => id !== "2")), [
      json.users[0],
      json.users[3]
    ])
  })

  it("UnknownFields.toJson gives a model itself where nothing was odd", () => {
    const model = read({ users: [{ id: "3" }] })
    assert.strictEqual(UnknownFields.toJson(model), model)
    const list = [model.users[0]!, "text", null]
    assert.strictEqual(UnknownFields.toJson(list), list)
  })
})
