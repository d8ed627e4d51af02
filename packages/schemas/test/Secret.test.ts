import { assert, describe, it } from "@effect/vitest"
import * as Reading from "@sunco/schemas/Reading"
import { Secret } from "@sunco/schemas/Secret"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { openUnion } from "../src/internal/openUnion.ts"
import { compile } from "../src/internal/reading.ts"

const planted = "planted"

/** Everything that could show what a value holds, at every level of it and of what it came as. */
const printed = (value: unknown): ReadonlyArray<string> => {
  const texts = [inspect(value, { depth: Infinity, showHidden: true }), JSON.stringify(value) ?? ""]
  if (typeof value !== "object" || value === null) return texts
  const original = UnknownFields.toJson(value)
  texts.push(
    inspect(original, { depth: Infinity, showHidden: true }),
    JSON.stringify(original),
    String(value),
    `${value}`
  )
  for (const name of new Set([...Object.keys(value), ...Object.keys(original)])) {
    texts.push(...printed(Reflect.get(value, name)), ...printed(UnknownFields.get(value, name)))
  }
  return texts
}

interface Made {
  readonly schema: Schema.Codec<unknown, unknown>
  readonly json: unknown
  /** How many secrets stand where they belong. */
  readonly secrets: number
}

/** A model and an answer of it, out of a row of choices; odd where a choice says so. */
const modelOf = (choices: ReadonlyArray<number>, mayBeOdd: boolean): Made => {
  let at = 0
  const choose = (count: number): number => (choices[at++] ?? 0) % count
  const isOdd = (): boolean => mayBeOdd && choose(4) === 0
  const secret = (): Made => ({
    schema: Secret,
    json: isOdd() ? [7, [planted], { deep: planted }, true][choose(4)] : planted,
    secrets: 1
  })
  const make = (depth: number): Made => {
    switch (depth > 4 ? 0 : choose(8)) {
      case 1:
        return { schema: Schema.String, json: isOdd() ? 1 : "plain", secrets: 0 }
      case 2: {
        const { json, schema, secrets } = make(depth + 1)
        return {
          schema: Schema.Array(schema),
          json: secrets > 0 && isOdd() ? { 0: planted } : [json, json],
          secrets: 2 * secrets
        }
      }
      case 3:
      case 4: {
        const [a, b] = [make(depth + 1), make(depth + 1)]
        return {
          schema: Schema.StructWithRest(Schema.Struct({ a: a.schema, b: Schema.optionalKey(b.schema) }), [
            Schema.Record(Schema.String, Schema.Unknown)
          ]),
          json: a.secrets + b.secrets > 0 && isOdd()
            ? [[planted], planted][choose(2)]
            : { a: a.json, ...(!isOdd() && { b: b.json }), more: null },
          secrets: a.secrets + b.secrets
        }
      }
      case 5: {
        const { json, schema, secrets } = make(depth + 1)
        return { schema: Schema.Record(Schema.String, schema), json: { x: json, ["__proto__"]: json }, secrets }
      }
      case 6: {
        const [a, b] = [make(depth + 1), make(depth + 1)]
        const member = (type: string, schema: Schema.Codec<unknown, unknown>) =>
          Schema.Struct({ type: Schema.Literal(type), [`of${type}`]: schema, secret: Schema.optionalKey(Secret) })
        return {
          schema: openUnion({ A: member("A", a.schema), B: member("B", b.schema) } as never),
          json: mayBeOdd
            ? [
              { type: "A", ofA: a.json, secret: planted },
              { type: "A", secret: planted },
              { type: "C", ofA: a.json, secret: planted },
              { secret: planted }
            ][choose(4)]
            : { type: "A", ofA: a.json, secret: planted },
          secrets: a.secrets + 1
        }
      }
      case 7: {
        const { json, schema, secrets } = make(depth + 1)
        const suspended: Schema.Codec<unknown, unknown> = Schema.suspend(() => schema)
        return { schema: Schema.NullOr(suspended), json: json, secrets }
      }
    }
    return secret()
  }
  const { json, schema, secrets } = make(0)
  return { schema: Schema.Struct({ root: Schema.optionalKey(schema) }), json: { root: json }, secrets }
}

const Choices = Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 839 }))).check(
  Schema.isMaxLength(60)
)

describe("a secret in an answer", () => {
  it.prop("is nowhere to be seen, in whatever model, however odd the answer is", [Choices], ([choices]) => {
    const { json, schema } = modelOf(choices, true)
    const before = JSON.stringify(json)
    const result = Reading.reader(schema)(json)
    for (const text of Result.isSuccess(result) ? printed(result.success.value) : [JSON.stringify(result.failure)]) {
      assert.notInclude(text, planted)
    }
    assert.strictEqual(JSON.stringify(json), before, "the answer itself is not changed")
  })

  it.prop("is wrapped by the compiled reader, and by the schema in the same way", [Choices], ([choices]) => {
    const { json, schema, secrets } = modelOf(choices, false)
    assert.isDefined(compile(schema.ast))
    const { putAside, value } = Result.getOrThrow(Reading.reader(schema)(json))
    assert.isEmpty(putAside)
    assert.deepStrictEqual(Schema.encodeUnknownSync(schema)(value), json)
    assert.deepStrictEqual(value, Schema.decodeUnknownSync(schema)(json))
    if (secrets > 0) assert.include(JSON.stringify(value), "<redacted>")
  })

  const Key = Schema.Struct({ id: Schema.String, secret: Secret, old: Schema.optionalKey(Schema.NullOr(Secret)) })

  it("is wrapped in what the reader is given for it", () => {
    const { value } = Result.getOrThrow(
      Reading.reader(Key)({ id: "app_1", secret: planted, old: null }, (secret) => ({ hidden: secret }))
    )
    assert.deepStrictEqual(value, { id: "app_1", secret: { hidden: planted }, old: null } as never)
  })

  it("is read by Redacted.value, and its original stays wrapped where something else was odd", () => {
    const { putAside, value } = Result.getOrThrow(Reading.reader(Key)({ id: 1, secret: planted, old: 7 }))
    assert.strictEqual(Redacted.value(value.secret), planted)
    assert.deepStrictEqual(putAside.map(({ field }) => field), ["id", "old"])
    assert.strictEqual(
      JSON.stringify(UnknownFields.toJson(value)),
      "{\"id\":1,\"secret\":\"<redacted>\",\"old\":\"<redacted>\"}"
    )
  })

  it("is one to Reading.is as it is to Schema.is", () => {
    const key = { id: "1", secret: Redacted.make("s") }
    assert.isTrue(Reading.is(Key as never)(key))
    assert.isTrue(Schema.is(Key)(key))
    assert.isFalse(Reading.is(Key as never)({ id: "1", secret: "s" }))
  })
})
