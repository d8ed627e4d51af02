import { assert, describe, it } from "@effect/vitest"
import type { Operation } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Writing from "@sunco/schemas/Writing"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaParser from "effect/SchemaParser"
import { omittable } from "../src/internal/omittable.ts"

type Payload = Schema.Codec<unknown>

const declared = Object.entries(SunshineOperations).flatMap(([resource, operations]) =>
  Object.entries<Operation>(operations).flatMap(([name, { body, payload }]) =>
    // Nothing makes files up, and a form is no JSON.
    payload === undefined || body === "multipart" ? [] : [[`${resource}.${name}`, payload] as const]
  )
)

const Secret = Schema.RedactedFromValue(Schema.NonEmptyString)

interface Tree {
  readonly name: string
  readonly children?: ReadonlyArray<Tree> | undefined
}

const Tree: Schema.Codec<Tree> = Schema.Struct({
  name: Schema.NonEmptyString,
  children: omittable(Schema.Array(Schema.suspend((): Schema.Codec<Tree> => Tree)).check(Schema.isMaxLength(3)))
})

const Percent = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 100 }))

const Text = Schema.Struct({ type: Schema.Literal("text"), text: Schema.NonEmptyString })

const Action = Schema.Union([
  Schema.Struct({ type: Schema.Literal("link"), uri: Schema.String, size: Schema.Literals(["compact", "full"]) }),
  Schema.Struct({
    type: Schema.Literal("reply"),
    text: Schema.String,
    payload: omittable(Schema.NullOr(Schema.String))
  }),
  // The same literal twice, and a member that none tells apart.
  Schema.Struct({ type: Schema.Literal("reply"), iconUrl: Schema.String }),
  Schema.Struct({ kind: Schema.Literals([1, 2]), at: omittable(Percent) })
])

/** What is in no payload of today, and may be in one of tomorrow. */
const madeUp: ReadonlyArray<readonly [name: string, schema: Payload]> = [
  [
    "a union by literals in lists with limits",
    Schema.Struct({
      content: Schema.Union([Text, Schema.Struct({ type: Schema.Literal("list"), items: Schema.NonEmptyArray(Text) })]),
      actions: omittable(Schema.Array(Action).check(Schema.isMinLength(1), Schema.isMaxLength(2)))
    })
  ],
  ["a tree", Tree],
  [
    "numbers within ranges",
    Schema.Struct({
      percent: Percent,
      count: omittable(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))),
      any: Schema.optionalKey(Schema.Number),
      either: Schema.optional(Schema.Union([Percent, Schema.Boolean, Schema.Null]))
    })
  ],
  [
    "secrets",
    Schema.Struct({ secret: Secret, old: omittable(Secret), keys: Schema.Record(Schema.String, Secret) }) as never
  ],
  [
    "checks of the whole",
    Schema.Struct({ a: omittable(Schema.String), b: omittable(Schema.String) }).check(
      Schema.makeFilter(({ a = "", b = "" }) => a.length <= b.length + 8)
    ) as Payload
  ],
  [
    "what is transformed",
    Schema.Struct({ at: Schema.optionalKey(Schema.FiniteFromString), on: Schema.FiniteFromString }) as never
  ],
  [
    "a default",
    Schema.Struct({
      a: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed("a"))),
      b: omittable(Schema.String)
    }) as never
  ],
  [
    "one of several",
    Schema.Struct({
      one: Schema.Union([Schema.String, Schema.Int, Percent], { mode: "oneOf" }),
      other: omittable(
        Schema.Union([Schema.Struct({ a: Schema.String }), Schema.Struct({ a: Schema.NullOr(Schema.String) })], {
          mode: "oneOf"
        })
      )
    })
  ],
  [
    "tuples, other keys and anything",
    Schema.Struct({
      pair: Schema.Tuple([Schema.String, Schema.Finite]),
      rest: Schema.StructWithRest(Schema.Struct({ id: Schema.String }), [Schema.Record(Schema.String, Schema.Json)]),
      short: Schema.Record(Schema.NonEmptyString, Schema.String),
      free: Schema.optionalKey(Schema.Unknown),
      empty: Schema.optionalKey(Schema.Struct({}))
    })
  ],
  [
    "a list alone",
    Schema.Array(Schema.NullOr(Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Finite]))))
  ],
  [
    "names that objects inherit",
    Schema.Struct({
      constructor: Schema.optionalKey(Schema.String),
      toString: Schema.optionalKey(Schema.String),
      ["__proto__"]: Schema.optionalKey(Schema.String)
    })
  ]
]

class Ready {
  readonly ready = true
}

/** What JavaScript may pass in place of a part, made anew each time; with what stood there. */
const hostile = {
  nothing: () => undefined,
  null: () => null,
  "no number": () => NaN,
  infinity: () => -Infinity,
  zero: () => -0,
  "no text": () => "",
  "half a character": () => "a\ud800",
  "a long text": () => "é".repeat(2000),
  "a bigint": () => 1n,
  "a symbol": () => Symbol("ada"),
  "a function": () => () => "ada",
  "a list": (old) => [old],
  "an empty list": () => [],
  "a list with nothing in it": (old) => [undefined, old],
  "a list with a hole": (old) => Object.assign([], { 1: old }),
  "a list with a field": (old) => Object.assign(Array.isArray(old) ? [...old] : [], { more: new Map() }),
  "an empty object": () => ({}),
  "a map": () => new Map([["a", "b"]]),
  "a date": () => new Date(0),
  "a promise": () => Promise.resolve(),
  bytes: () => new Uint8Array(3),
  "a boxed text": () => new String("ada"),
  "a secret": () => Redacted.make("secret"),
  "an instance without fields": () => Object.create({ inherited: 1 }) as object,
  "an instance with a field of its own": () => new Ready(),
  "an instance with the same fields": (old) => Object.assign(Object.create({ inherited: 1 }) as object, old),
  "an object that inherits the fields": (old) => Object.create(isRecord(old) ? old : null) as object,
  "getters of a class": (old) => {
    class Getters {
      readonly own = 1
    }
    for (const name of Object.keys(Object(old))) {
      Object.defineProperty(Getters.prototype, name, { get: () => Reflect.get(Object(old), name) })
    }
    return new Getters()
  },
  "an object without prototype": (old) => Object.assign(Object.create(null) as object, old),
  "another field": (old) => ({ ...Object(old), another: 1 }),
  "another field that is undefined": (old) => ({ ...Object(old), another: undefined }),
  "a field that is not enumerable": (old) => Object.defineProperty({ ...Object(old) }, "another", { value: 1 }),
  "fields that are not enumerable": (old) =>
    Object.defineProperties(
      {},
      Object.fromEntries(Object.entries(Object(old)).map(([name, value]) => [name, { value }]))
    ),
  "a symbol for a name": (old) => ({ ...Object(old), [Symbol.for("ada")]: 1 }),
  "a symbol that is not enumerable": (old) =>
    Object.defineProperty({ ...Object(old) }, Symbol.for("ada"), { value: 1 }),
  "a key __proto__": (old) => Object.assign(JSON.parse("{\"__proto__\":\"ada\"}") as object, old),
  "another prototype": (old) => ({ ...Object(old), __proto__: { inherited: "ada" } }),
  "its fields in reverse": (old) => isRecord(old) ? Object.fromEntries(Object.entries(old).toReversed()) : old,
  "a toJSON": (old) => ({ ...Object(old), toJSON: () => "ada" }),
  "a getter that throws": (old) => ({
    ...Object(old),
    get [Object.keys(Object(old))[0] ?? "a"](): never {
      throw new Error("ada")
    }
  }),
  "a proxy": (old) => typeof old === "object" && old !== null ? new Proxy(old, {}) : new Proxy({}, {}),
  "a proxy that throws": (old) =>
    new Proxy(Object(old) as object, {
      ownKeys: () => {
        throw new Error("ada")
      },
      get: () => {
        throw new Error("ada")
      }
    }),
  "a revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
  "a circle": (old) => {
    const circle: Record<string, unknown> = { ...Object(old) }
    for (const name of Object.keys(circle)) circle[name] = circle
    return circle
  },
  "a field less": (old) => Object.fromEntries(Object.entries(Object(old)).slice(1)),
  "every field undefined": (old) => Object.fromEntries(Object.keys(Object(old)).map((name) => [name, undefined])),
  "another literal": (old) => ({ ...Object(old), type: "reply" })
} satisfies Record<string, (old: unknown) => unknown>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !Redacted.isRedacted(value)

const Change = Schema.Struct({
  place: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 40 })),
  what: Schema.Literals(Object.keys(hostile) as ReadonlyArray<keyof typeof hostile>)
})

const Changes = Schema.NonEmptyArray(Change).check(Schema.isMaxLength(2))

/** The value with something else at some of its places, of which the first is the value itself. */
const changed = (value: unknown, changes: ReadonlyArray<typeof Change.Type>): unknown => {
  const places = count(value)
  const byPlace = new Map(changes.map(({ place, what }) => [place % places, what]))
  let at = 0
  const go = (value: unknown): unknown => {
    const what = byPlace.get(at++)
    if (what !== undefined) return hostile[what](value)
    if (Array.isArray(value)) return value.map(go)
    return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, go(part)])) : value
  }
  return go(value)
}

const count = (value: unknown): number =>
  1 +
  (Array.isArray(value) || isRecord(value)
    ? Object.values(value).reduce<number>((sum, part) => sum + count(part), 0)
    : 0)

/** The same without the compiler: what is refused is told, and of what is not the JSON. */
const interpreter = (schema: Payload) => {
  const encode = SchemaParser.encodeUnknownResult(schema, { errors: "all", onExcessProperty: "error" })
  return (value: unknown) =>
    Result.flatMap(encode(value), (sent) => {
      const odd = whereNotPlain(value, sent, [])
      return odd === undefined
        ? Result.succeed(sent)
        : Result.fail(new SchemaIssue.Pointer(odd, new SchemaIssue.InvalidValue({ expected: "a plain object" })))
    })
}

const whereNotPlain = (
  value: unknown,
  sent: unknown,
  path: ReadonlyArray<PropertyKey>
): ReadonlyArray<PropertyKey> | undefined => {
  if (typeof value !== "object" || value === null || typeof sent !== "object" || sent === null) return undefined
  if (!Writing.isPlain(value)) return path
  for (const name in value) {
    const step = Array.isArray(value) ? Number(name) : name
    const found = whereNotPlain(Reflect.get(value, name), Reflect.get(sent, name), [...path, step])
    if (found !== undefined) return found
  }
  return undefined
}

const format = SchemaIssue.makeFormatterDefault()

const outcome = (write: (value: unknown) => Result.Result<unknown, SchemaIssue.Issue>, value: unknown): string => {
  try {
    const result = write(value)
    return Result.isSuccess(result) ? `sent ${JSON.stringify(result.success)}` : `refused ${format(result.failure)}`
  } catch {
    return "thrown"
  }
}

describe.each([...declared, ...madeUp])("the compiled and the interpreted check of %s", (name, schema) => {
  const write = Writing.writer(schema)
  const interpret = interpreter(schema)

  it.prop("send the same JSON of what is right", [schema], ([value]) => {
    const expected = outcome(interpret, value)
    // An object has a constructor that is no text.
    if (!name.includes("inherit")) assert.match(expected, /^sent /)
    assert.strictEqual(outcome(write, value), expected)
  })

  it.prop("say the same of what is wrong in a place or two", [schema, Changes], ([value, changes]) => {
    const [written, interpreted] = [write, interpret].map((check) => outcome(check, changed(value, changes)))
    // A field that throws when it is read may be read by one before the other has seen what else is wrong.
    if ([written, interpreted].includes("thrown")) {
      assert.notMatch(`${written} ${interpreted}`, /sent /)
    } else assert.strictEqual(written, interpreted)
    // Now and then one of the values is so large that it takes seconds.
  }, { arbitrary: { runs: 50 }, timeout: 60_000 })

  it.prop("say the same of any JSON", [Schema.Json], ([value]) => {
    assert.strictEqual(outcome(write, value), outcome(interpret, value))
  })
})

/** Fields that have something else when they are asked again, at every depth; a secret is no object with fields. */
const fickle = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fickle)
  if (!isRecord(value) || Redacted.isRedacted(value)) return value
  const getters = Object.entries(value).map(([name, part]) => {
    const first = fickle(part)
    let asked = 0
    return [name, { enumerable: true, get: () => asked++ === 0 ? first : new Map() }] as const
  })
  return Object.defineProperties({}, Object.fromEntries(getters))
}

describe.each(declared)("the writer of %s", (name, schema) => {
  const write = Writing.writer(schema)

  it.prop("reads a field once, and sends what it has read", [schema], ([value]) => {
    const expected = outcome(write, value)
    // The name, and what is filled in, are left to the interpreter, which reads again.
    if (!expected.includes("__proto__") && schema.ast.encoding === undefined && name !== "OAuth.getToken") {
      assert.strictEqual(outcome(write, fickle(value)), expected)
    }
  })
})

describe("a writer", () => {
  it("makes a copy, which nobody else has", () => {
    const payload = { content: { type: "text", text: "Hi" }, actions: [{ kind: 1 }] }
    const sent = Result.getOrThrow(Writing.writer(madeUp[0]![1])(payload))
    assert.deepStrictEqual(sent, payload)
    payload.content.text = ""
    payload.actions.pop()
    assert.deepStrictEqual(sent, { content: { type: "text", text: "Hi" }, actions: [{ kind: 1 }] })
  })

  it("sends what is in a secret, and takes a secret for nothing else", () => {
    const write = Writing.writer(Schema.Struct({ secret: omittable(Secret), free: omittable(Schema.Unknown) }) as never)
    assert.strictEqual(outcome(write, { secret: Redacted.make("a") }), "sent {\"secret\":\"a\"}")
    assert.strictEqual(outcome(write, { secret: "a" }), "refused Expected Redacted\n  at [\"secret\"]")
    assert.strictEqual(outcome(write, { free: Redacted.make("a") }), "refused Expected a plain object\n  at [\"free\"]")
  })

  it("compiles nothing before the first payload", () => {
    let looked = 0
    const write = Writing.writer(Schema.Struct({
      part: Schema.suspend(() => {
        looked++
        return Schema.String
      })
    }))
    assert.strictEqual(looked, 0)
    assert.strictEqual(outcome(write, { part: "a" }), "sent {\"part\":\"a\"}")
    assert.strictEqual(looked, 1)
  })
})
