import { assert, describe, it } from "@effect/vitest"
import * as Reading from "@sunco/schemas/Reading"
import { Secret } from "@sunco/schemas/Secret"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { openStruct } from "../src/internal/openStruct.ts"
import { openUnion } from "../src/internal/openUnion.ts"
import { sealed, sealedStruct } from "../src/internal/sealedStruct.ts"

const text = Schema.optionalKey(Schema.String)

const Hook = openStruct({
  id: Schema.String,
  secret: Secret,
  triggers: Schema.optionalKey(Schema.Array(Schema.String))
})

const Known = sealedStruct({
  type: Schema.Literal("known"),
  id: Schema.String,
  name: Schema.optionalKey(Schema.NullOr(Schema.String)),
  count: Schema.optionalKey(Schema.Finite),
  secret: Schema.optionalKey(Secret),
  responder: Schema.optionalKey(Schema.NullOr(openStruct({ name: text }))),
  hooks: Schema.optionalKey(Schema.Array(Hook)),
  metadata: Schema.optionalKey(Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Finite])))
})

const Thing = openUnion(
  { known: Known },
  (type) => sealedStruct({ type, id: Schema.String, name: Schema.optionalKey(Schema.NullOr(Schema.String)) })
)

const read = Reading.reader(openStruct({ thing: Thing }))

const readThing = (thing: unknown) => {
  const { putAside, value } = Result.getOrThrow(read({ thing }))
  return { thing: value.thing as never as Record<string, unknown>, fields: putAside.map(({ field }) => field) }
}

const assertHidden = (value: object): void => {
  for (const each of [value, UnknownFields.toJson(value)]) {
    assert.notInclude(inspect(each, { depth: Infinity, showHidden: true }), "planted")
    assert.notInclude(JSON.stringify(each), "planted")
  }
}

describe("what is not declared of a thing with secrets", () => {
  it.each<readonly [where: string, thing: object]>([
    ["an undeclared field", { more: "planted" }],
    ["an undeclared object", { more: { deep: ["planted"] } }],
    ["an undeclared field of an object in it", { responder: { name: "Bot", more: "planted" } }],
    ["an undeclared field of an entry of a list in it", { hooks: [{ id: "1", secret: "s", more: "planted" }] }],
    ["an object for a text", { name: { token: "planted" } }],
    ["a list for a text", { name: ["planted"] }],
    ["a text for a number", { count: "planted" }],
    ["a text for an object", { responder: "planted" }],
    ["an object for a list", { hooks: { a: "planted" } }],
    ["a text for an entry of a list", { hooks: ["planted"] }],
    ["an object for an entry of a list in an entry", {
      hooks: [{ id: "1", secret: "s", triggers: [{ a: "planted" }] }]
    }],
    ["an object for a value of a record", { metadata: { plan: { a: "planted" } } }],
    ["an object for a secret", { secret: { a: "planted" } }],
    ["any field of an unknown type", { type: "later", token: "planted", hooks: [{ secret: "planted" }] }],
    ["a declared field of an unknown type, of another form", { type: "later", name: { a: "planted" } }]
  ])("is not printed: %s", (_, thing) => {
    assertHidden(readThing({ type: "known", id: "1", ...thing }).thing)
  })

  it("is there for whoever asks for it by name", () => {
    const { thing, fields } = readThing({ type: "known", id: "1", more: { a: 1 }, count: "7" })
    assert.deepStrictEqual(Redacted.value(UnknownFields.get(thing, "more") as Redacted.Redacted<unknown>), { a: 1 })
    assert.deepStrictEqual(Redacted.value(UnknownFields.get(thing, "count") as Redacted.Redacted<unknown>), "7")
    assert.deepStrictEqual(fields, ["thing.count"])
  })

  it("leaves what is declared, nulls, and an id that comes as a number", () => {
    const declared = {
      type: "known",
      name: null,
      responder: null,
      metadata: { plan: "pro", seats: 3 },
      hooks: [{ id: "1", triggers: ["*"] }]
    }
    const { thing, fields } = readThing({
      ...declared,
      id: 7,
      more: null,
      hooks: [{ id: "1", secret: "planted", triggers: ["*"] }]
    })
    assert.deepStrictEqual(JSON.parse(JSON.stringify(thing)), {
      ...declared,
      id: "7",
      more: null,
      hooks: [{ id: "1", secret: "<redacted>", triggers: ["*"] }]
    })
    assert.deepStrictEqual(fields, ["thing.id"])
  })

  it("is wrapped in what the reader is given for it", () => {
    const { value } = Result.getOrThrow(
      read({ thing: { type: "known", id: "1", more: "planted" } }, (secret) => ({ hidden: secret }))
    )
    assert.deepStrictEqual(value.thing as object, { type: "known", id: "1", more: { hidden: "planted" } })
  })

  it("is encoded as it is by the schema", () => {
    const thing = { type: "known", id: "1", secret: "s", more: "plain" }
    const decoded = Schema.decodeUnknownSync(Thing as Schema.Codec<unknown>)(thing)
    assert.notInclude(JSON.stringify(decoded), "plain")
    assert.deepStrictEqual(Schema.encodeUnknownSync(Thing as Schema.Codec<unknown>)(decoded), thing)
  })
})

describe("a thing of an open union", () => {
  it("of an unknown type has the fields that every type has", () => {
    const { thing, fields } = readThing({ type: "later", id: "1", name: "Later" })
    assert.deepStrictEqual(thing, { type: "later", id: "1", name: "Later" })
    assert.deepStrictEqual(fields, [])
  })

  it.each(["known", "later"])("without an id is none, of the type %s", (type) => {
    assert.deepStrictEqual(Result.merge(read({ thing: { type } })), { path: ["thing", "id"] } as never)
  })
})

it("a schema of an object can be sealed as a whole, with the objects that it declares", () => {
  const part = openStruct({ name: text })
  const whole = sealed(openStruct({
    id: Schema.String,
    parts: Schema.optionalKey(Schema.NullOr(Schema.Array(part))),
    counts: Schema.Record(Schema.String, Schema.Finite)
  }))
  const thing = { id: "1", a: "planted", parts: [{ name: "Bot", b: "planted" }], counts: { c: 2 } }
  for (const value of [Result.getOrThrow(Reading.reader(whole)(thing)).value, Schema.decodeUnknownSync(whole)(thing)]) {
    assertHidden(value)
    assert.deepStrictEqual(JSON.parse(JSON.stringify(value)), {
      ...thing,
      a: "<redacted>",
      parts: [{ name: "Bot", b: "<redacted>" }]
    })
  }
  assert.deepStrictEqual(Schema.decodeUnknownSync(whole)({ id: "1", counts: {} }) as object, { id: "1", counts: {} })
})
