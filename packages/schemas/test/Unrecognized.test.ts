import { assert, describe, it } from "@effect/vitest"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { openStruct } from "../src/internal/openStruct.ts"
import { openUnion } from "../src/internal/openUnion.ts"
import { compile } from "../src/internal/reading.ts"

const Content = openUnion({
  text: openStruct({ type: Schema.Literal("text"), text: Schema.String, size: Schema.optionalKey(Schema.Finite) }),
  image: openStruct({ type: Schema.Literal("image"), mediaUrl: Schema.String })
})

const Page = openStruct({ contents: Schema.Array(Content), content: Schema.optionalKey(Schema.NullOr(Content)) })

const read = (json: unknown) => {
  const { putAside, value } = Result.getOrThrow(Reading.reader(Page)(json))
  return { value, fields: putAside.map(({ field }) => field) }
}

describe("a union that grows", () => {
  it("is compiled", () => {
    assert.isDefined(compile(Page.ast))
  })

  it("hands on members of every type, known or not, as they are", () => {
    const json = { contents: [{ type: "text", text: "x" }, { type: "poll", question: "?" }], content: null }
    const { fields, value } = read(json)
    assert.strictEqual<unknown>(value, json)
    assert.deepStrictEqual(fields, [])
    assert.strictEqual(UnknownFields.get(value.contents[1]!, "question"), "?")
    assert.deepStrictEqual(Schema.decodeUnknownSync(Page)(json), json as never)
    assert.deepStrictEqual(Schema.encodeUnknownSync(Page)(json), json as never)
  })

  it("reads a malformed member as one that is not recognized, tells why, and keeps its neighbours", () => {
    const json = {
      contents: [{ type: "text", text: "x" }, { type: "image", altText: "A" }, { type: "text", text: 7 }],
      content: { type: "image", mediaUrl: null }
    }
    const { fields, value } = read(json)
    assert.deepStrictEqual(value, {
      contents: [{ type: "text", text: "x" }, { type: "", altText: "A" }, { type: "", text: 7 }],
      content: { type: "", mediaUrl: null }
    } as never)
    assert.deepStrictEqual(fields, ["contents[].mediaUrl", "contents[].text", "content.mediaUrl"])
    assert.strictEqual(UnknownFields.toJson(value), json)
    assert.strictEqual(UnknownFields.toJson(value.contents[1]!), json.contents[1]!)
    assert.isTrue(Schema.is(Page)(value))
  })

  it("takes an odd field out of a member rather than not to recognize it, however many there are", () => {
    assert.deepStrictEqual(read({ contents: [{ type: "text", text: "x", size: "1" }] }), {
      value: { contents: [{ type: "text", text: "x" }] },
      fields: ["contents[].size"]
    } as never)
  })

  it("leaves out what has no type", () => {
    assert.deepStrictEqual(read({ contents: [{}, null, { type: 1 }, { type: "poll" }], content: [] }), {
      value: { contents: [{ type: "poll" }] },
      fields: ["contents[]", "content"]
    } as never)
  })

  it.each(["__proto__", "constructor", "toString", ""])("has no member by the name %j", (type) => {
    const json = { contents: [JSON.parse(`{"type":"${type}","__proto__":1}`)] }
    assert.strictEqual<unknown>(read(json).value, json)
  })
})
