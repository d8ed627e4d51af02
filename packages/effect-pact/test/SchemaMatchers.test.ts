import { assert, describe, it } from "@effect/vitest"
import * as Matcher from "effect-pact/Matcher"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"

/** As a client reads a response: unknown fields are kept, and not read. */
const open = <Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.StructWithRest(Schema.Struct(fields), [Schema.Record(Schema.String, Schema.Unknown)])

const User = open({
  id: Schema.String,
  visits: Schema.Int,
  ratio: Schema.optionalKey(Schema.Number),
  isAnonymous: Schema.Boolean,
  nickname: Schema.optionalKey(Schema.NullOr(Schema.String)),
  kind: Schema.Literals(["person", "bot"]),
  source: Schema.Union([Schema.Literals(["web", "app"]), Schema.String]),
  version: Schema.Literal(2),
  identities: Schema.Array(open({ type: Schema.Literal("email"), value: Schema.NullOr(Schema.String) })),
  metadata: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Number, Schema.Boolean]))
})

const full = {
  id: "42",
  visits: 7,
  ratio: 0.5,
  isAnonymous: false,
  nickname: "ada",
  kind: "person",
  source: "web",
  version: 2,
  identities: [{ type: "email", value: "ada@example.com" }, { type: "email", value: "a@example.com" }],
  metadata: { plan: "pro", seats: 3 }
}

const problemsOf = (schema: Schema.ConstraintDecoder<unknown>, example: Matcher.Pattern) =>
  Result.match(SchemaMatchers.fromExampleResult(schema, example), {
    onSuccess: () => [],
    onFailure: ({ problems }) => problems.map(({ path, problem }) => `${path} ${problem}`)
  })

describe("SchemaMatchers.fromExample", () => {
  it("matches each value of the example as the schema reads it", () => {
    assert.deepStrictEqual(SchemaMatchers.fromExample(User, full), {
      id: Matcher.string("42"),
      visits: Matcher.integer(7),
      ratio: Matcher.number(0.5),
      isAnonymous: Matcher.boolean(false),
      nickname: Matcher.string("ada"),
      kind: Matcher.regex(/^(person|bot)$/, "person"),
      source: Matcher.string("web"),
      version: 2,
      identities: {
        ...Matcher.eachLike("unused"),
        value: [
          { type: Matcher.equal("email"), value: Matcher.string("ada@example.com") },
          { type: "email", value: "a@example.com" }
        ]
      },
      metadata: { plan: Matcher.string("pro"), seats: Matcher.number(3) }
    })
  })

  it("keeps the example as what the mock provider sends", () => {
    assert.deepStrictEqual(Matcher.example(SchemaMatchers.fromExample(User, full)), full)
  })

  it("says the checks of a text to Pact", () => {
    const Text = Schema.Struct({
      pattern: Schema.String.check(Schema.isPattern(/^[a-z]+$/u)),
      uuid: Schema.String.check(Schema.isUUID(4)),
      both: Schema.String.check(Schema.isStartingWith("a."), Schema.isMaxLength(4))
    })
    const example = { pattern: "abc", uuid: "fc763eba-0905-41c5-a27f-3934ab26786c", both: "a.b" }
    const regexes = Object.values(SchemaMatchers.fromExample(Text, example) as Record<string, Matcher.RuleMatcher>).map(
      (matcher) => (matcher["pact:matcher:type"] as ReadonlyArray<Matcher.Rule>).slice(1).map((rule) => rule.regex)
    )
    assert.deepStrictEqual(regexes[0], ["^[a-z]+$"])
    assert.lengthOf(regexes[1]!, 1)
    assert.deepStrictEqual(regexes[2], ["^a\\.[\\s\\S]*$", "^(?:[\\u0000-\\uFFFF]{0,4}|[\\s\\S]{0,2})$"])
  })

  it("pins an empty array as empty and null as null", () => {
    const schema = Schema.Struct({ tags: Schema.Array(Schema.String), name: Schema.NullOr(Schema.String) })
    assert.deepStrictEqual(SchemaMatchers.fromExample(schema, { tags: [], name: null }), { tags: [], name: null })
  })

  it("takes the lengths of an array from the schema", () => {
    const schema = Schema.Array(Schema.String).check(Schema.isMinLength(2), Schema.isMaxLength(5))
    assert.deepStrictEqual(SchemaMatchers.fromExample(schema, ["a", "b"]), {
      ...Matcher.eachLike("unused", { min: 2, max: 5 }),
      value: [Matcher.string("a"), "b"]
    })
  })

  it("leaves a matcher that stands in the example alone", () => {
    const id = Matcher.fromProviderState("${userId}", "42")
    const schema = Schema.Struct({ id: Schema.String, at: Schema.DateTimeUtcFromString })
    const at = Matcher.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "2026-11-23T10:00:00Z")
    assert.deepStrictEqual(SchemaMatchers.fromExample(schema, { id, at }), { id, at })
  })

  it("reads an example with the member of a union that reads all of it", () => {
    const Shape = Schema.Union([
      Schema.Struct({ a: Schema.String }),
      Schema.Struct({ a: Schema.String, b: Schema.Int })
    ])
    assert.deepStrictEqual(SchemaMatchers.fromExample(Shape, { a: "x", b: 1 }), {
      a: Matcher.string("x"),
      b: Matcher.integer(1)
    })
  })

  it("follows a recursive schema", () => {
    interface Tree {
      readonly name: string
      readonly child?: Tree
    }
    const Tree = Schema.Struct({
      name: Schema.String,
      child: Schema.optionalKey(Schema.suspend((): Schema.Codec<Tree> => Tree))
    })
    assert.deepStrictEqual(SchemaMatchers.fromExample(Tree, { name: "a", child: { name: "b" } }), {
      name: Matcher.string("a"),
      child: { name: Matcher.string("b") }
    })
  })

  it("reports an example that the schema does not accept", () => {
    assert.deepStrictEqual(problemsOf(User, { ...full, visits: "7" }), ["$ rejected"])
  })

  it("reports a required field that is missing, and says which", () => {
    const { id: _, ...withoutId } = full
    const error = Result.getOrThrow(Result.flip(SchemaMatchers.fromExampleResult(User, withoutId)))
    assert.deepStrictEqual(error.problems.map(({ problem }) => problem), ["rejected"])
    assert.include(error.message, "[\"id\"]")
  })

  it("reports every field that the schema does not name, though it would keep them", () => {
    const example = { ...full, hasPaymentInfo: false, identities: [{ type: "email", value: "x", verified: true }] }
    assert.deepStrictEqual(problemsOf(User, example), ["$.identities[0].verified unread", "$.hasPaymentInfo unread"])
  })

  it("takes the keys of a record as read, whatever their values", () => {
    assert.deepStrictEqual(problemsOf(Schema.Record(Schema.String, Schema.Unknown), { plan: "pro" }), [])
  })

  it.each<readonly [string, Schema.ConstraintDecoder<unknown>, Matcher.Pattern]>([
    ["a range of numbers", Schema.Int.check(Schema.isGreaterThan(0)), 1],
    ["a filter of one's own", Schema.String.check(Schema.makeFilter((text) => text !== "x")), "a"],
    ["a filter of a whole object", Schema.Struct({ a: Schema.String }).check(Schema.makeFilter(() => true)), {
      a: "b"
    }],
    ["distinct items", Schema.UniqueArray(Schema.String), ["a"]],
    ["a transformation that may fail", Schema.DateTimeUtcFromString, "2026-11-23T10:00:00Z"],
    [
      "a transformation that may fail, of a checked text",
      Schema.String.check(Schema.isPattern(/^\d+$/)).pipe(
        Schema.decodeTo(Schema.String.check(Schema.isMaxLength(2)), SchemaTransformation.passthrough())
      ),
      "12"
    ],
    ["an expression that the engine cannot say", Schema.String.check(Schema.isPattern(/^(a)\1$/)), "aa"],
    ["items of several kinds", Schema.Array(Schema.NullOr(Schema.String)), ["a", null]],
    ["items of several shapes", Schema.Array(User), [full, { ...full, nickname: null }]],
    ["an empty array among items", Schema.Array(Schema.Array(Schema.String)), [[]]],
    ["a key that Pact's paths cannot name", Schema.Record(Schema.String, Schema.String), { "it's": "a" }],
    ["a tuple among items", Schema.Array(Schema.Tuple([Schema.String, Schema.Int])), [["a", 1]]],
    ["an integer of more than 15 digits", Schema.Int, Number.MAX_SAFE_INTEGER]
  ])("reports what Pact cannot check: %s", (_, schema, example) => {
    assert.deepStrictEqual(problemsOf(schema, example).map((problem) => problem.split(" ")[1]), ["inexpressible"])
  })

  it("throws what fromExampleResult gives", () => {
    assert.throws(() => SchemaMatchers.fromExample(User, {}), SchemaMatchers.InvalidExample)
  })
})

describe("SchemaMatchers.uncovered", () => {
  it("lists what no example shows", () => {
    assert.deepStrictEqual(SchemaMatchers.uncovered(User, [full]), [
      "$.ratio: never absent",
      "$.nickname: never absent",
      "$.nickname: never null",
      "$.identities: never empty",
      "$.identities[*].value: never null",
      "$.metadata[*]: never a boolean"
    ])
  })

  it("has nothing to say when the examples show everything", () => {
    const { nickname: _, ratio: _ratio, ...minimal } = full
    assert.deepStrictEqual(
      SchemaMatchers.uncovered(User, [
        full,
        { ...minimal, kind: "bot", identities: [], metadata: { vip: true } },
        { ...full, nickname: null, identities: [{ type: "email", value: null }] }
      ]),
      []
    )
  })

  it("says of which member of a union it speaks", () => {
    const kind = <Kind extends string>(type: Kind) =>
      Schema.Struct({ type: Schema.Literal(type), name: Schema.optionalKey(Schema.String) })
    const schema = Schema.Struct({ pet: Schema.Union([kind("cat"), kind("dog"), kind("bird")]) })
    assert.deepStrictEqual(
      SchemaMatchers.uncovered(schema, [{ pet: { type: "cat", name: "Tom" } }, { pet: { type: "dog" } }]),
      ["$.pet(cat).name: never absent", "$.pet(dog).name: never present", "$.pet: never of the kind bird"]
    )
  })

  it("looks through matchers", () => {
    const schema = Schema.Struct({ a: Schema.NullOr(Schema.String) })
    assert.deepStrictEqual(SchemaMatchers.uncovered(schema, [{ a: Matcher.string("x") }, { a: null }]), [])
  })
})
