import { assert, describe, it } from "@effect/vitest"
import { ProfileInput } from "@sunco/schemas/Profile"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const accepts = Schema.is(ProfileInput)
const encode = Schema.encodeEffect(Schema.toCodecJson(ProfileInput))

const emoji = "🦊"

describe("ProfileInput", () => {
  it.effect.each(["givenName", "surname", "email", "avatarUrl", "locale"])(
    "%s: null is sent, undefined and absent are not, and an empty string is refused",
    (field) =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* encode({ [field]: null }), { [field]: null })
        assert.deepStrictEqual(yield* encode({ [field]: undefined }), {})
        assert.deepStrictEqual(yield* encode({}), {})
        assert.isFalse(accepts({ [field]: "" }))
        assert.isFalse(accepts({ [field]: 1 }))
      })
  )

  it.each([["givenName", 128], ["surname", 128], ["locale", 64]])("%s takes 1 to %i characters", (field, maximum) => {
    assert.isTrue(accepts({ [field]: "x" }))
    for (const character of ["x", "é", emoji, "\ud83e"]) {
      assert.isTrue(accepts({ [field]: character.repeat(maximum) }))
      assert.isFalse(accepts({ [field]: character.repeat(maximum + 1) }))
    }
  })

  describe("email", () => {
    it("takes at most 128 characters", () => {
      const at = (count: number, character: string) => ({ email: character.repeat(count - 4) + "@a.b" })
      assert.isTrue(accepts(at(128, "x")))
      assert.isFalse(accepts(at(129, "x")))
      assert.isTrue(accepts(at(128, emoji)))
      assert.isFalse(accepts(at(129, emoji)))
    })

    it.each([
      "a@b",
      "jane.doe@gmail.com",
      "ada+test@example.com",
      "\"a b\"@example.com",
      "\"a@b\"@example.com",
      "ada@[127.0.0.1]",
      "ada@[IPv6:::1]",
      "アダ@例え.jp"
    ])("takes %j, as a validator of some dialect does", (email) => {
      assert.isTrue(accepts({ email }))
    })

    it.each(["ada", "@", "@example.com", "ada@", "example.com"])("refuses %j, as every validator does", (email) => {
      assert.isFalse(accepts({ email }))
    })
  })

  describe("avatarUrl", () => {
    it("takes at most 2048 characters", () => {
      const at = (count: number, character: string) => ({ avatarUrl: "https://a.b/" + character.repeat(count - 12) })
      assert.isTrue(accepts(at(2048, "x")))
      assert.isFalse(accepts(at(2049, "x")))
      assert.isTrue(accepts(at(2048, emoji)))
      assert.isFalse(accepts(at(2049, emoji)))
    })

    it.each([
      "https://s3.amazonaws.com/avatar.jpg",
      "http://[::1]:8080/a?b#c",
      "HTTPS://EXAMPLE.COM",
      "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
      "data:image/png;base64,AA==",
      "about:"
    ])("takes %j, as a validator of some dialect does", (avatarUrl) => {
      assert.isTrue(accepts({ avatarUrl }))
    })

    it.each(["avatar.jpg", "/avatar.jpg", "//example.com/avatar.jpg", "1:x", ":", "https"])(
      "refuses %j, which is not absolute",
      (avatarUrl) => {
        assert.isFalse(accepts({ avatarUrl }))
      }
    )
  })

  it.each(["fr-CA", "zh-Hant-TW", "x-klingon", "fr_CA"])("leaves it to the vendor whether %j is a locale", (locale) => {
    assert.isTrue(accepts({ locale }))
  })

  it.prop("generates addresses and URIs that strict validators take", [ProfileInput], ([profile]) => {
    if (profile.email != null) assert.match(profile.email, /^[\w.]+@[a-z0-9]+(\.[a-z0-9]+)+$/)
    if (profile.avatarUrl != null) assert.strictEqual(new URL(profile.avatarUrl).protocol.slice(0, 4), "http")
  })
})
