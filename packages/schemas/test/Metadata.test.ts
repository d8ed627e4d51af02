import { assert, describe, it } from "@effect/vitest"
import { byteLength, maximumBytes, Metadata } from "@sunco/schemas/Metadata"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const scalars = { text: "", integer: 1, fraction: -0.5, yes: true, no: false }

/** Metadata of exactly so many bytes: `{"":"…"}` is seven bytes around the text. */
const ofBytes = (bytes: number, character: string) => {
  const width = new TextEncoder().encode(character).length
  const count = Math.floor((bytes - 7) / width)
  return { "": character.repeat(count) + "x".repeat(bytes - 7 - count * width) }
}

describe("Metadata", () => {
  const schema = Metadata

  const accepts = Schema.is(schema)

  it.effect("keeps strings, finite numbers and booleans as they are", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Schema.decodeUnknownEffect(schema)(scalars), scalars)
      assert.deepStrictEqual(yield* Schema.encodeEffect(schema)(scalars), scalars)
    }))

  it.each([
    ["null", null],
    ["undefined", undefined],
    ["an object", {}],
    ["an array", []],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["-Infinity", -Infinity],
    ["a bigint", 1n]
  ])("refuses %s as a value", (_, value) => {
    assert.isFalse(accepts({ key: value }))
  })

  it.each([["null", null], ["an array", [1]], ["text", "a"]])("refuses %s instead of an object", (_, value) => {
    assert.isFalse(accepts(value))
  })

  it.effect("keeps a key named __proto__ as data", () =>
    Effect.gen(function*() {
      const text = `{"__proto__":"x","constructor":"y","toString":"z"}`
      const decoded = yield* Schema.decodeUnknownEffect(schema)(JSON.parse(text))
      assert.isTrue(Object.hasOwn(decoded, "__proto__"))
      assert.strictEqual(JSON.stringify(yield* Schema.encodeEffect(schema)(decoded)), text)
      assert.isFalse(accepts(JSON.parse(`{"__proto__":{"polluted":true}}`)))
      assert.notProperty({}, "polluted")
    }))
})

describe("the limit of 4096 bytes", () => {
  it("is the vendor's", () => {
    assert.strictEqual(maximumBytes, 4096)
  })

  it.each([["ASCII", "x"], ["two bytes", "é"], ["three bytes", "語"], ["four bytes", "🦊"]])(
    "is counted exactly for characters of %s, and not the schema's",
    (_, character) => {
      assert.strictEqual(byteLength(ofBytes(4096, character)), 4096)
      assert.strictEqual(byteLength(ofBytes(4097, character)), 4097)
      assert.isTrue(Schema.is(Metadata)(ofBytes(100_000, character)))
    }
  )

  it("counts keys, punctuation and escapes as they are sent", () => {
    assert.strictEqual(byteLength({}), 2)
    assert.strictEqual(byteLength({ é: 1 }), 8)
    assert.strictEqual(byteLength({ a: "\"\n" }), 12)
    assert.strictEqual(byteLength({ "": "\n".repeat((4096 - 7) / 2) + "x" }), 4096)
  })

  it.prop("counts what is sent", [Metadata], ([metadata]) => {
    assert.strictEqual(byteLength(metadata), Buffer.byteLength(JSON.stringify(metadata)))
  })
})
