import { assert, describe, it } from "@effect/vitest"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import { UserResponse } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
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
