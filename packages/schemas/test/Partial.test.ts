import { assert, describe, it } from "@effect/vitest"
import { Metadata } from "@sunco/schemas/Metadata"
import { partial } from "@sunco/schemas/Partial"
import { User } from "@sunco/schemas/User"
import { UpdateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const decode = Schema.decodeUnknownEffect(partial(User))

describe("partial", () => {
  it.effect("takes an object without any field", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* decode({}), {})
    }))

  it.effect("still checks each field that is there", () =>
    Effect.gen(function*() {
      for (const field of Object.keys(partial(User).fields)) {
        assert.include((yield* Effect.flip(decode({ [field]: 1n }))).message, `["${field}"]`)
      }
    }))

  it.effect("makes a field absent, and not undefined", () =>
    Effect.gen(function*() {
      yield* Effect.flip(decode({ id: undefined }))
    }))

  it.effect("keeps what an open schema does not name", () =>
    Effect.gen(function*() {
      const user = { externalId: "ada", hasPaymentInfo: false }
      assert.deepStrictEqual<unknown>(yield* decode(user), user)
    }))

  it.effect("leaves out what a closed schema does not name", () =>
    Effect.gen(function*() {
      const closed = Schema.Struct({ id: Schema.String })
      assert.deepStrictEqual(yield* Schema.decodeUnknownEffect(partial(closed))({ name: "Ada" }), {})
    }))

  it.effect("keeps how a field is encoded", () =>
    Effect.gen(function*() {
      const encode = Schema.encodeEffect(partial(UpdateUser))
      assert.deepStrictEqual<unknown>(yield* encode({ signedUpAt: undefined, metadata: null }), { metadata: null })
    }))

  it("has the fields of the model", () => {
    assert.deepStrictEqual(Object.keys(partial(User).fields), [
      "id",
      "authenticated",
      "externalId",
      "zendeskId",
      "brandId",
      "signedUpAt",
      "toBeRetained",
      "profile",
      "metadata",
      "identities"
    ])
  })

  it.effect.prop("takes any part of whatever the model takes", { user: User, kept: Schema.Array(Schema.Boolean) }, (
    { kept, user }
  ) =>
    Effect.gen(function*() {
      const part = Object.fromEntries(Object.entries(user).filter((_, i) => kept[i] ?? false))
      assert.deepStrictEqual<unknown>(yield* decode(part), part)
    }))

  it("is not of anything but objects with fields", () => {
    assert.throws(() => partial(Metadata.pipe(Schema.decodeTo(Metadata))), /object/u)
  })
})
