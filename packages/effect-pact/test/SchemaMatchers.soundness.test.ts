import { assert, describe, it } from "@effect/vitest"
import * as Matcher from "effect-pact/Matcher"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { accepts } from "./Engine.ts"

/** A description of a schema, small enough to be made up. */
type Recipe =
  | { readonly _tag: "Leaf"; readonly leaf: keyof typeof leaves }
  | { readonly _tag: "Nullable" | "Items"; readonly of: Recipe }
  | { readonly _tag: "Either"; readonly of: readonly [Recipe, Recipe] }
  | {
    readonly _tag: "Object"
    readonly a: Recipe
    readonly b: Recipe
    readonly isOpen: boolean
    readonly isOptional: boolean
  }

const leaves = {
  text: Schema.String,
  short: Schema.String.check(Schema.isMaxLength(3)),
  nonEmpty: Schema.NonEmptyString,
  digits: Schema.String.check(Schema.isPattern(/^\d{1,4}$/)),
  word: Schema.String.check(Schema.isPattern(/^\w.$/u)),
  prefixed: Schema.String.check(Schema.isStartingWith("a")),
  kind: Schema.Literals(["x", "y"]),
  open: Schema.Union([Schema.Literals(["x", "y"]), Schema.String]),
  one: Schema.Literal(1),
  int: Schema.Int,
  number: Schema.Number,
  flag: Schema.Boolean,
  nothing: Schema.Null,
  anything: Schema.Unknown,
  secret: Schema.Redacted(Schema.String),
  maybe: Schema.Option(Schema.String),
  pair: Schema.Tuple([Schema.String, Schema.Int]),
  labels: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Boolean])),
  several: Schema.NonEmptyArray(Schema.String)
}

const Recipe = Schema.Union([
  Schema.TaggedStruct("Leaf", { leaf: Schema.Literals(Object.keys(leaves) as ReadonlyArray<keyof typeof leaves>) }),
  Schema.TaggedStruct("Nullable", { of: Schema.suspend((): Schema.Codec<Recipe> => Recipe) }),
  Schema.TaggedStruct("Items", { of: Schema.suspend((): Schema.Codec<Recipe> => Recipe) }),
  Schema.TaggedStruct("Either", {
    of: Schema.Tuple([
      Schema.suspend((): Schema.Codec<Recipe> => Recipe),
      Schema.suspend((): Schema.Codec<Recipe> => Recipe)
    ])
  }),
  Schema.TaggedStruct("Object", {
    a: Schema.suspend((): Schema.Codec<Recipe> => Recipe),
    b: Schema.suspend((): Schema.Codec<Recipe> => Recipe),
    isOpen: Schema.Boolean,
    isOptional: Schema.Boolean
  })
])

/** Closed, it makes up only fields that have a name. */
const cook = (recipe: Recipe, isClosed = false): Schema.Codec<unknown, unknown> => {
  const deeper = (inner: Recipe) => cook(inner, isClosed)
  switch (recipe._tag) {
    case "Leaf":
      return leaves[recipe.leaf]
    case "Nullable":
      return Schema.NullOr(deeper(recipe.of))
    case "Items":
      return Schema.Array(deeper(recipe.of))
    case "Either":
      return Schema.Union(recipe.of.map(deeper))
    case "Object": {
      const fields = {
        a: deeper(recipe.a),
        b: recipe.isOptional ? Schema.optionalKey(deeper(recipe.b)) : deeper(recipe.b)
      }
      return recipe.isOpen && !isClosed
        ? Schema.StructWithRest(Schema.Struct(fields), [Schema.Record(Schema.String, Schema.Unknown)])
        : Schema.Struct(fields)
    }
  }
}

const replacements: ReadonlyArray<Schema.Json> = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2 ** 53,
  1.5,
  1e21,
  "",
  "a",
  "x",
  "y",
  "12",
  "٣٣",
  "abcd",
  "🦊",
  "a🦊",
  "NaN",
  "true",
  "null",
  "\n",
  [],
  [null],
  ["a"],
  ["a", 1],
  [1, "a"],
  ["a", "b"],
  {},
  { a: 1 },
  { a: "x", b: true },
  { _tag: "Some", value: 1 },
  { _tag: "None" }
]

/** The example with one place replaced, dropped, or, in an array, added to. */
const mutants = (json: Schema.Json): ReadonlyArray<Schema.Json> => {
  if (Array.isArray(json)) {
    const items = json as ReadonlyArray<Schema.Json>
    return [
      ...replacements,
      ...replacements.map((extra) => [...items, extra]),
      items.slice(1),
      ...items.flatMap((item, index) => mutants(item).map((mutant) => items.with(index, mutant)))
    ]
  }
  if (typeof json !== "object" || json === null) return replacements
  return [
    ...replacements,
    ...Object.entries(json as Schema.JsonObject).flatMap(([key, value]) => {
      const { [key]: _, ...others } = json as Schema.JsonObject
      return [others, ...mutants(value).map((mutant) => ({ ...others, [key]: mutant }))]
    })
  ]
}

/** Half a surrogate pair is no JSON to Pact. */
const isWellFormed = (json: Schema.Json) => !/\\ud[89a-f]/.test(JSON.stringify(json))

const isDecodable = (schema: Schema.ConstraintDecoder<unknown>) => {
  const decode = Schema.decodeUnknownResult(Schema.toCodecJson(schema))
  return (answer: Schema.Json) => Result.isSuccess(decode(answer))
}

/** An answer on which the client breaks, and the contract that should tell. */
interface Trial {
  readonly pattern: Matcher.Pattern
  readonly answer: Schema.Json
}

/** What an example leaves out, an optional field or a key of a record, is not pinned and may be wrong. */
const hasMore = (answer: Schema.Json, example: Schema.Json): boolean => {
  if (Array.isArray(answer) && Array.isArray(example)) {
    return answer.some((item) => example.length > 0 && example.every((other) => hasMore(item, other)))
  }
  if (!Predicate.isObject(answer) || !Predicate.isObject(example) || Array.isArray(answer) || Array.isArray(example)) {
    return false
  }
  const known = example as Schema.JsonObject
  return Object.entries(answer as Schema.JsonObject).some(([key, value]) =>
    !(key in known) || hasMore(value, known[key]!)
  )
}

const trialsOf = (schema: Schema.ConstraintDecoder<unknown>, pattern: Matcher.Pattern): ReadonlyArray<Trial> => {
  const example = Matcher.example(pattern)
  return mutants(example)
    .filter((answer) => !isDecodable(schema)(answer) && !hasMore(answer, example))
    .map((answer) => ({ pattern, answer }))
}

/** A spread of at most so many. */
const some = <A>(all: ReadonlyArray<A>, count: number): ReadonlyArray<A> => {
  const stride = Math.ceil(all.length / count)
  return all.filter((_, index) => index % stride === 0)
}

/** What Pact lets through. */
const letThrough = Effect.fnUntraced(function*(trials: ReadonlyArray<Trial>) {
  const results = yield* accepts(trials.map(({ answer, pattern }) => ({ pattern, answer: JSON.stringify(answer) })))
  return trials.filter((_, index) => results[index]).map((trial) => JSON.stringify(trial))
})

describe("soundness", () => {
  it.effect(
    "an answer that the client cannot decode does not satisfy the matchers made from an example",
    () =>
      Effect.gen(function*() {
        const recipes = yield* Arbitrary.sampleEffect(Arbitrary.schema(Recipe), { count: 80, seed: 7, size: 4 })
        const simple = Object.keys(leaves).map((leaf): Recipe => ({ _tag: "Leaf", leaf: leaf as keyof typeof leaves }))
        const nested = simple.flatMap((of): ReadonlyArray<Recipe> => [{ _tag: "Nullable", of }, { _tag: "Items", of }])
        const trials: Array<Trial> = []
        let built = 0
        for (const recipe of [...simple, ...nested, ...recipes]) {
          const schema = cook(recipe)
          const closed = cook(recipe, true)
          for (const value of yield* Arbitrary.sampleEffect(Arbitrary.schema(closed), { count: 2, seed: 7, size: 3 })) {
            const example = Schema.encodeUnknownSync(Schema.toCodecJson(closed))(value) as Schema.Json
            if (!isWellFormed(example)) continue
            const pattern = SchemaMatchers.fromExampleResult(schema, example)
            if (Result.isFailure(pattern)) {
              // A client may well ask for what Pact cannot express. The example itself is never at fault here.
              assert.deepStrictEqual(pattern.failure.problems.filter((_) => _.problem !== "inexpressible"), [])
              continue
            }
            built++
            trials.push(...some(trialsOf(schema, pattern.success), 15))
          }
        }
        assert.deepStrictEqual(yield* letThrough(trials), [])
        // The law says nothing unless there was much to tell.
        assert.isAbove(built, 100)
        assert.isAbove(trials.length, 1000)
      }),
    60_000
  )

  it.effect("a matcher without thought is found out", () =>
    Effect.gen(function*() {
      const schema = Schema.Struct({ count: Schema.Int })
      const pattern = { count: Matcher.like(1) }
      assert.include(yield* letThrough(trialsOf(schema, pattern)), JSON.stringify({ pattern, answer: { count: 1.5 } }))
    }))

  it.effect("an example satisfies its own matchers", () =>
    Effect.gen(function*() {
      const trials: Array<Trial> = []
      for (const schema of Object.values(leaves) as ReadonlyArray<Schema.Codec<unknown, unknown>>) {
        for (const value of yield* Arbitrary.sampleEffect(Arbitrary.schema(schema), { count: 5, seed: 1, size: 4 })) {
          const answer = Schema.encodeUnknownSync(Schema.toCodecJson(schema))(value) as Schema.Json
          const pattern = SchemaMatchers.fromExampleResult(schema, answer)
          if (isWellFormed(answer) && Result.isSuccess(pattern)) trials.push({ pattern: pattern.success, answer })
        }
      }
      assert.isAbove(trials.length, 60)
      assert.deepStrictEqual(yield* letThrough(trials), trials.map((trial) => JSON.stringify(trial)))
    }))
})
