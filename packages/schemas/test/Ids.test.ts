import { assert, describe, it } from "@effect/vitest"
import { AppId, BrandId, ExternalId, PathSegment, UserId, UserIdOrExternalId, ZendeskId } from "@sunco/schemas/Ids"
import * as Schema from "effect/Schema"

const emoji = "🦊"
const loneSurrogates = ["\ud83e", "\udd8a", "a\ud83e", "\udd8ab", "\udd8a\ud83e"]

/** What a server reads back from a URL in which `text` is one segment; the platform's URL parser is the judge. */
const throughUrl = (text: string): string => {
  const segments = new URL(`https://example.com/v2/apps/app/users/${encodeURIComponent(text)}/end`).pathname.split("/")
  assert.lengthOf(segments, 7)
  return decodeURIComponent(segments[5]!)
}

describe("path parameters", () => {
  describe.each(Object.entries({ PathSegment, AppId, UserId, UserIdOrExternalId, ZendeskId }))("%s", (_, schema) => {
    const accepts = Schema.is(schema)

    it.each(["", ".", "..", ...loneSurrogates])("refuses %j", (text) => {
      assert.isFalse(accepts(text))
    })

    it.each([
      "...",
      ". ",
      "./",
      "%2e%2e",
      "%",
      "%00",
      "/",
      "a/b",
      "?",
      "#",
      "+",
      " ",
      "\\",
      "\u0000",
      "\ufeff",
      "ada+test@example.com",
      "Zoë/Ångström",
      emoji,
      "x".repeat(10_000)
    ])("accepts %j", (text) => {
      assert.isTrue(accepts(text))
      assert.strictEqual(throughUrl(text), text)
    })

    it.prop("refuses nothing but these", [Schema.String], ([text]) => {
      assert.strictEqual(accepts(text), !["", ".", ".."].includes(text) && text.isWellFormed())
    })

    it.prop("takes only text that arrives as one whole segment", [schema], ([text]) => {
      assert.strictEqual(throughUrl(text), text)
    })
  })
})

describe("ExternalId", () => {
  const accepts = Schema.is(ExternalId)

  it("takes 1 to 1024 characters, counted in code points", () => {
    assert.isFalse(accepts(""))
    assert.isTrue(accepts("x"))
    assert.isTrue(accepts("x".repeat(1024)))
    assert.isFalse(accepts("x".repeat(1025)))
    assert.isTrue(accepts(emoji.repeat(1024)))
    assert.isFalse(accepts(emoji.repeat(1025)))
  })
})

describe("BrandId", () => {
  const accepts = Schema.is(BrandId)

  it("takes 1 to 24 characters, counted in code points", () => {
    assert.isFalse(accepts(""))
    assert.isTrue(accepts("9"))
    assert.isTrue(accepts("9".repeat(24)))
    assert.isFalse(accepts("9".repeat(25)))
    assert.isTrue(accepts(emoji.repeat(24)))
    assert.isFalse(accepts(emoji.repeat(25)))
  })

  it.each(loneSurrogates)("refuses %j, which a query would silently change", (text) => {
    assert.isFalse(accepts(text))
  })
})
