import { assert, describe, it } from "@effect/vitest"
import * as Reading from "@sunco/schemas/Reading"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import * as Cause from "effect/Cause"
import * as Formatter from "effect/Formatter"
import * as Inspectable from "effect/Inspectable"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { format, inspect } from "node:util"
import { answerOf, answersWithSecrets, planted } from "./Planted.ts"

/** What a program can wrap secrets in without Effect 4; Effect 3 does it like this. */
class Wrapped {
  readonly #secret: unknown
  constructor(secret: unknown) {
    this.#secret = secret
  }
  static readonly valueOf = (wrapped: Wrapped): unknown => wrapped.#secret
  toString(): string {
    return "<redacted>"
  }
  toJSON(): string {
    return "<redacted>"
  }
}

interface Way {
  readonly wrap?: Reading.Wrap
  /** What is in a wrapper; `undefined` of anything else. */
  readonly inside: (value: object) => readonly [secret: unknown] | undefined
}

const ways: { readonly [name: string]: Way } = {
  "Redacted": { inside: (value) => Redacted.isRedacted(value) ? [Redacted.value(value)] : undefined },
  "a wrapper of the program's": {
    wrap: (secret) => new Wrapped(secret),
    inside: (value) => value instanceof Wrapped ? [Wrapped.valueOf(value)] : undefined
  }
}

/** Every way to see a value. */
const printed = (value: unknown): ReadonlyArray<string> => [
  inspect(value, { depth: Infinity, showHidden: true, getters: true, showProxy: true }),
  // As the console does.
  format(value),
  format("%s %o %O %j", value, value, value, value),
  JSON.stringify(value) ?? "",
  String(value),
  Formatter.format(value),
  Formatter.format(value, { space: 2 }),
  Formatter.formatJson(value) ?? "",
  Inspectable.toStringUnknown(value),
  JSON.stringify(Inspectable.toJson(value)) ?? "",
  Cause.pretty(Cause.fail(value)),
  Cause.pretty(Cause.die(value)),
  inspect(new Error("it failed", { cause: value }), { depth: Infinity, showHidden: true })
]

/** The value, every part of it, and what each of them came as. */
const partsOf = (value: unknown): ReadonlyArray<unknown> => {
  if (typeof value !== "object" || value === null) return [value]
  const original = UnknownFields.toJson(value)
  const names = new Set([...Object.keys(value), ...Object.keys(original)])
  return [
    value,
    original,
    ...[...names].flatMap((name) => [...partsOf(Reflect.get(value, name)), UnknownFields.get(value, name)])
  ]
}

/** JSON without its wrappers, and with ids in digits. */
const unwrapped = (value: unknown, inside: Way["inside"]): unknown => {
  if (typeof value === "number") return String(value)
  if (typeof value !== "object" || value === null) return value
  const secret = inside(value)
  if (secret !== undefined) return unwrapped(secret[0], inside)
  return Array.isArray(value)
    ? value.map((item) => unwrapped(item, inside))
    : Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unwrapped(part, inside)]))
}

const Seed = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2 ** 31 - 1 }))

it("the answers of every resource that has secrets are known", () => {
  const resources = new Set(answersWithSecrets.map(([operation]) => operation.split(".")[0]))
  assert.containsSubset([...resources], ["AppKeys", "IntegrationKeys", "Integrations", "OAuth", "Webhooks"])
})

describe.each(Object.entries(ways))("what is hidden in %s", (_, { inside, wrap }) => {
  describe.each(answersWithSecrets)("of an answer to %s", (_, schema) => {
    const read = Reading.reader(schema)

    it.prop("is nowhere to be seen, however odd the answer is, and there for whoever asks", [Seed], ([seed]) => {
      const { json } = answerOf(schema, seed, true)
      const result = read(json, wrap)
      if (Result.isFailure(result)) {
        for (const text of printed(result.failure)) assert.notInclude(text, planted)
        return
      }
      const { putAside, value } = result.success
      for (const text of printed([...partsOf(value), putAside])) assert.notInclude(text, planted)
      if (typeof value === "object" && value !== null) {
        assert.deepStrictEqual(unwrapped(UnknownFields.toJson(value), inside), unwrapped(json, inside))
      }
    })

    it.prop("is where it is declared", [Seed], ([seed]) => {
      const { json } = answerOf(schema, seed, false)
      const { putAside, value } = Result.getOrThrow(read(json, wrap))
      assert.isEmpty(putAside)
      assert.deepStrictEqual(unwrapped(value, inside), unwrapped(json, inside))
    })
  })
})

describe.each(answersWithSecrets)("an answer to %s that its schema decodes without the reader", (_, schema) => {
  const decode = Schema.decodeUnknownResult(schema)

  it.prop("shows nothing that is hidden, and is encoded as it came", [Seed], ([seed]) => {
    const { json } = answerOf(schema, seed, false)
    const result = decode(json)
    for (const text of printed(Result.isSuccess(result) ? result.success : result.failure)) {
      assert.notInclude(text, planted)
    }
    if (Result.isSuccess(result)) assert.deepStrictEqual(Schema.encodeSync(schema)(result.success), json)
  })

  it("is decoded more often than not", () => {
    const answers = Array.from({ length: 100 }, (_, seed) => decode(answerOf(schema, seed, false).json))
    assert.isAbove(answers.filter(Result.isSuccess).length, 50)
  })
})

describe.each(answersWithSecrets)("an answer to %s that is made up", (_, schema) => {
  it("has secrets in it, many of them odd", () => {
    const answers = Array.from({ length: 200 }, (_, seed) => answerOf(schema, seed, true))
    assert.isAbove(answers.filter(({ secrets }) => secrets.length > 0).length, 100)
    const read = Reading.reader(schema)
    assert.isAbove(
      answers.filter(({ json }) =>
        Result.match(read(json), {
          onFailure: () => false,
          onSuccess: ({ putAside }) => putAside.length > 0
        })
      ).length,
      10
    )
  })
})
