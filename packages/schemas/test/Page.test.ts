import { assert, describe, it } from "@effect/vitest"
import { Meta } from "@sunco/schemas/Page"
import * as Reading from "@sunco/schemas/Reading"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { essential } from "../src/internal/essential.ts"
import { openStruct } from "../src/internal/openStruct.ts"
import { oneCursor, sizedPageFields } from "../src/internal/paging.ts"
import { compile } from "../src/internal/reading.ts"

describe("what an answer says of its page", () => {
  const List = openStruct({ items: Schema.Array(Schema.String), meta: Schema.optionalKey(essential(Meta)) })
  const read = Reading.reader(List)

  it.each<unknown>([
    { items: [] },
    { items: [], meta: {} },
    { items: [], meta: { hasMore: false } },
    { items: [], meta: { afterCursor: "a", beforeCursor: null } },
    { items: [], meta: { hasMore: true, afterCursor: "a", beforeCursor: "b", total: 3 } }
  ])("may be missing in part: %j", (json) => {
    assert.isDefined(compile(List.ast))
    assert.deepStrictEqual(read(json), Result.succeed({ value: json, putAside: [] }) as never)
  })

  it.each<readonly [meta: unknown, path: Reading.Path]>([
    [{ hasMore: "yes" }, ["meta", "hasMore"]],
    [{ hasMore: null, afterCursor: "a" }, ["meta", "hasMore"]],
    [{ hasMore: true, afterCursor: 7 }, ["meta", "afterCursor"]],
    [null, ["meta"]],
    ["", ["meta"]]
  ])("is not put aside where it is odd, since a list would end there: %j", (meta, path) => {
    assert.deepStrictEqual(read({ items: [1, "a"], meta }), Result.fail({ path }) as never)
  })
})

describe("the query of a page", () => {
  const Query = Schema.Struct(sizedPageFields).check(oneCursor)
  const cursor = "5e1606762556d93e9c176f69"
  const encode = Schema.encodeUnknownResult(Query)
  const issueOf = (query: object) => {
    const encoded = encode(query)
    assert(Result.isFailure(encoded))
    return encoded.failure.toString()
  }

  it("has a number in a program and text on the wire", () => {
    assert.deepStrictEqual(
      encode({ "page[after]": cursor, "page[size]": 50 }),
      Result.succeed({ "page[after]": cursor, "page[size]": "50" }) as never
    )
    assert.deepStrictEqual(encode({}), Result.succeed({}))
  })

  it.each([0, 101, -1, 1.5])("refuses a size of %d", (size) => {
    assert.include(issueOf({ "page[size]": size }), "a whole number from 1 to 100")
  })

  it.each([cursor.slice(1), `${cursor}a`, ""])("refuses a cursor that is no id of a record: %j", (cursor) => {
    assert.include(issueOf({ "page[before]": cursor }), "24 characters")
  })

  it("refuses both cursors", () => {
    assert.include(issueOf({ "page[before]": cursor, "page[after]": cursor }), "one of after and before, not both")
  })

  it.prop("is read back as it was", [Query], ([query]) => {
    assert.deepStrictEqual(Schema.decodeUnknownSync(Query)(Schema.encodeSync(Query)(query)), query)
  })
})
