import { assert, describe, it } from "@effect/vitest"
import * as Matcher from "effect-pact/Matcher"
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import { accepts } from "./Engine.ts"

const item = { kind: Matcher.equal("email"), value: Matcher.string("a") }

/** What each matcher takes and refuses, by Pact's engine. */
const table: ReadonlyArray<
  readonly [name: string, Matcher.Pattern, yes: ReadonlyArray<string>, no: ReadonlyArray<string>]
> = [
  ["a bare text", "a", [`"a"`], [`"b"`, `null`, `["a"]`]],
  ["a bare object", { a: 1 }, [`{"a":1}`, `{"a":1,"b":2}`], [`{}`, `{"a":2}`, `[]`]],
  ["an empty array", [], [`[]`], [`[1]`, `null`]],
  ["like, of a text", Matcher.like("a"), [`"b"`, `""`], [`1`, `null`, `{}`, `["a"]`]],
  ["like, of an object", Matcher.like({ a: 1, b: "x" }), [`{"a":2,"b":"y","c":3}`], [
    `{"a":2}`,
    `{"a":"2","b":"y"}`,
    `[]`
  ]],
  ["string", Matcher.string("a"), [`"5"`], [`5`, `true`]],
  ["boolean", Matcher.boolean(true), [`false`], [`"false"`, `0`, `null`]],
  ["number", Matcher.number(1), [`2`, `2.5`, `-1e3`], [`"2"`, `null`, `true`]],
  [
    "integer",
    Matcher.integer(1),
    [`2`, `-7`, `999999999999999`],
    [`2.5`, `"2"`, `9007199254740993`, `12345678901234567890`, `null`]
  ],
  ["regex", Matcher.regex(/^\d+$/, "5"), [`"77"`], [`77`, `"a"`, `""`, `[]`, `null`]],
  ["a regex without anchors", Matcher.regex(/ada/, "ada"), [`"Canada"`, `"ada\\n"`], [`"Ida"`]],
  ["including", Matcher.including("a.b", "a.b"), [`"xa.by"`], [`"axb"`, `5`]],
  ["uuid", Matcher.uuid("fc763eba-0905-41c5-a27f-3934ab26786c"), [`"FC763EBA-0905-41C5-A27F-3934AB26786C"`], [`"x"`]],
  ["equal, in a loosened place", Matcher.like({ a: Matcher.equal("x") }), [`{"a":"x"}`], [`{"a":"y"}`]],
  ["equal to null", Matcher.like({ a: Matcher.equal(null) }), [`{"a":null}`], [`{"a":1}`, `{}`]],
  [
    "eachLike",
    Matcher.eachLike(item),
    [`[{"kind":"email","value":"x"}]`, `[{"kind":"email","value":"x"},{"kind":"email","value":"y","more":1}]`],
    [`[]`, `{}`, `[{"kind":"phone","value":"x"}]`, `[{"kind":"email","value":"x"},{"kind":"email"}]`]
  ],
  ["eachLike with bounds", Matcher.eachLike(Matcher.integer(1), { min: 2, max: 3 }), [`[1,2]`, `[1,2,3]`], [
    `[1]`,
    `[1,2,3,4]`
  ]],
  ["eachLike of none", Matcher.eachLike(Matcher.integer(1), { min: 0 }), [`[]`, `[1]`], [`["1"]`]],
  [
    "arrayContaining",
    Matcher.arrayContaining(Matcher.like({ id: Matcher.equal(1) }), Matcher.like({ id: Matcher.equal(2) })),
    [`[{"id":3},{"id":2},{"id":1}]`],
    [`[{"id":1}]`, `[]`]
  ],
  [
    "arrayContaining with a value of a provider state",
    Matcher.arrayContaining({ id: Matcher.fromProviderState("${id}", "42") }),
    [`[{"id":1},{"id":"77"}]`],
    [`[{"id":77}]`]
  ],
  ["a value of a provider state", { id: Matcher.fromProviderState("${id}", "42") }, [`{"id":"77"}`], [`{"id":77}`]]
]

describe("Matcher", () => {
  it.effect("asks Pact's engine for what its documentation says", () =>
    Effect.gen(function*() {
      const cases = table.flatMap(([name, pattern, yes, no]) => [
        ...yes.map((answer) => ({ name, pattern, answer, expected: true })),
        ...no.map((answer) => ({ name, pattern, answer, expected: false }))
      ])
      const results = yield* accepts(cases)
      const wrong = cases.filter(({ expected }, index) => results[index] !== expected)
      assert.deepStrictEqual(
        wrong.map(({ answer, expected, name }) => `${name}: ${answer} ${expected ? "refused" : "taken"}`),
        []
      )
    }))

  it.effect("knows which bare values the engine does not take for exact", () =>
    Effect.gen(function*() {
      const patterns: ReadonlyArray<Matcher.Pattern> = [
        { a: "x", b: ["x"] },
        { a: Matcher.like({ a: "x", b: Matcher.equal("x"), c: { d: "x" } }) },
        { a: Matcher.eachLike({ a: "x", b: Matcher.equal("x") }) },
        { a: Matcher.eachLike("x") },
        { a: Matcher.eachLike({ b: Matcher.eachLike({ c: "x", d: Matcher.equal("x") }) }) },
        { a: Matcher.like({ b: Matcher.regex(/^x$/, "x") }) },
        { a: Matcher.arrayContaining({ b: "x" }, { c: Matcher.like({ d: "x" }) }) },
        { a: Matcher.like({ b: Matcher.arrayContaining({ c: "x" }) }) }
      ]
      /** The example with another text at one of its places, for each of them. */
      const othersOf = (json: Schema.Json, path: string): ReadonlyArray<readonly [path: string, json: Schema.Json]> => {
        if (json === null || typeof json !== "object") return [[path, "other"]]
        return Object.entries(json).flatMap(([key, value]) =>
          othersOf(value, Array.isArray(json) ? `${path}[${key}]` : `${path}.${key}`).map(([path, other]) =>
            [path, Array.isArray(json) ? json.with(Number(key), other) : { ...json, [key]: other }] as const
          )
        )
      }
      const cases = patterns.flatMap((pattern) =>
        othersOf(Matcher.example(pattern), "$").map(([path, json]) => ({ pattern, path, answer: JSON.stringify(json) }))
      )
      const results = yield* accepts(cases)
      assert.deepStrictEqual(
        patterns.map(Matcher.loosened),
        patterns.map((pattern) =>
          cases.flatMap((one, index) => one.pattern === pattern && results[index] === true ? [one.path] : [])
        )
      )
    }))

  it("gives the example of a pattern, however deep its matchers", () => {
    assert.deepStrictEqual(
      Matcher.example({ a: [Matcher.like({ b: Matcher.integer(1) })], c: Matcher.eachLike(item, { min: 2 }), d: null }),
      { a: [{ b: 1 }], c: [{ kind: "email", value: "a" }, { kind: "email", value: "a" }], d: null }
    )
  })

  it.each<readonly [string, () => unknown]>([
    ["an example that the expression refuses", () => Matcher.regex(/^a$/, "b")],
    ["an expression that the engine cannot say", () => Matcher.regex(/^(a)\1$/, "aa")],
    ["a text that does not include the other", () => Matcher.including("x", "y")],
    ["a fraction for an integer", () => Matcher.integer(1.5)],
    ["an integer that JavaScript cannot hold", () => Matcher.integer(2 ** 53)],
    ["a number that JSON does not have", () => Matcher.number(Infinity)],
    ["bounds that cross", () => Matcher.eachLike("a", { min: 3, max: 2 })],
    ["bounds below nothing", () => Matcher.eachLike("a", { min: -1 })],
    ["an expression without a value", () => Matcher.fromProviderState("userId", "42")]
  ])("refuses %s where it is written", (_, make) => {
    assert.throws(make, Matcher.InvalidMatcher)
  })

  it("matches a shared expression with the flag g every time", () => {
    const digits = /\d+/g
    assert.deepStrictEqual(Matcher.regex(digits, "12"), Matcher.regex(digits, "12"))
  })
})
