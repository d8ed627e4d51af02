import { assert, describe, it } from "@effect/vitest"
import { Secret } from "@sunco/schemas/Secret"
import * as Reading from "@sunco/schemas/Reading"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { codePoints } from "../src/internal/codePoints.ts"
import { entries } from "../src/internal/entries.ts"
import { omittable } from "../src/internal/omittable.ts"
import { compile } from "../src/internal/reading.ts"
import { relaxed } from "../src/internal/relaxed.ts"
import { wholeNumber } from "../src/internal/wholeNumber.ts"

interface Part {
  readonly name: string
  readonly part?: Part | undefined
}
const Part: Schema.Codec<Part> = Schema.Struct({
  name: Schema.String.check(codePoints(1, 2)),
  part: omittable(Schema.suspend((): Schema.Codec<Part> => Part))
})

const Sent = Schema.Struct({
  type: Schema.Literal("thing"),
  title: Schema.String.check(codePoints(1, 3)),
  size: omittable(Schema.Literals(["compact", "large"])),
  count: omittable(Schema.NullOr(Schema.Finite.check(wholeNumber(1, 2)))),
  flag: Schema.Boolean,
  parts: omittable(Schema.Array(Part).check(entries(1, 1))),
  metadata: omittable(
    Schema.Record(Schema.String, Schema.Union([Schema.String.check(codePoints(1, 1)), Schema.Finite]))
  ),
  secret: omittable(Secret),
  items: Schema.Array(Schema.String)
})

const Read = relaxed(Sent, { items: Schema.Array(Schema.Finite) })

const read = (json: unknown) =>
  Result.map(
    Reading.reader(Read)(json),
    ({ putAside, value }) => ({ value, fields: putAside.map(({ field }) => field) })
  )

describe("what is read where something strict is sent", () => {
  it("is compiled, even where it holds itself", () => {
    assert.isDefined(compile(Read.ast))
  })

  it("knows no limit, no choice that is closed, and no field that has to be there but the type", () => {
    const json = {
      type: "thing",
      title: "much too long",
      size: "huge",
      count: -1.5,
      parts: [{ name: "", part: { name: "long", part: { name: "longer", more: 1 } } }, { name: "b" }],
      metadata: { text: "long", number: 1 },
      items: [1],
      more: null
    }
    assert.deepStrictEqual(read(json), Result.succeed({ value: json, fields: [] }) as never)
    assert.deepStrictEqual(
      read({ type: "thing", count: null }),
      Result.succeed({ value: { type: "thing", count: null }, fields: [] }) as never
    )
  })

  it("keeps the types, the literal of the type among them", () => {
    assert.deepStrictEqual(
      read({ type: "thing", title: 1, flag: "true", parts: [{}, { name: "a" }], metadata: { a: [] }, items: ["1"] }),
      Result.succeed({
        value: { type: "thing", parts: [{ name: "a" }], metadata: {}, items: [] },
        fields: ["title", "flag", "parts[]", "metadata.*", "items[]"]
      }) as never
    )
    assert.deepStrictEqual(read({ type: "other" }), Result.fail({ path: ["type"] }) as never)
    assert.deepStrictEqual(read({}), Result.fail({ path: ["type"] }) as never)
  })

  it("keeps secrets secret", () => {
    const { value } = Result.getOrThrow(Reading.reader(Read)({ type: "thing", secret: "s3cret" }))
    assert.strictEqual(Redacted.value(value.secret!), "s3cret")
  })
})
