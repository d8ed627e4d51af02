/**
 * Matchers from a schema, led by an example.
 *
 * The hand-written example, wire JSON as the provider's documentation shows it, says *which* fields the contract pins.
 * The schema with which the client reads the response says *how* each of them is matched.
 *
 * @since 0.1.0
 */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { readable } from "./internal/readableError.ts"
import { derive } from "./internal/schemaMatchers.ts"
import * as Internal from "./internal/uncovered.ts"
import type { Pattern } from "./Matcher.ts"

/**
 * What is wrong at one place of an example.
 *
 * **Details**
 *
 * - `rejected`: the schema does not accept the example: a value of another type, a required field that is missing.
 * - `unread`: the schema does not name this field, so the client does not read it and the contract should not ask for
 *   it.
 * - `inexpressible`: Pact cannot check what the schema asks for, so the contract could pass where the client breaks.
 *   Write a matcher for this place by hand, in the example.
 *
 * @category models
 * @since 0.1.0
 */
export interface Problem extends Schema.Schema.Type<typeof Problem> {}

/**
 * The schema of a problem.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Problem = Schema.Struct({
  path: Schema.String,
  problem: Schema.Literals(["rejected", "unread", "inexpressible"]),
  detail: Schema.String
})

/**
 * An example from which no sound matchers can be made, with everything that is wrong with it.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidExample extends readable(
  Schema.TaggedError<InvalidExample>()("InvalidExample", {
    problems: Schema.Array(Problem)
  })
) {
  override get message(): string {
    return ["The example does not fit the schema", ...this.problems.map((_) => `${_.path} ${_.problem}: ${_.detail}`)]
      .join("\n  - ")
  }
}

/**
 * The example with a matcher at each value, taken from the schema's wire side. Throws `InvalidExample`.
 *
 * **Details**
 *
 * | the schema says | the contract asks for |
 * | --- | --- |
 * | string | a string; with checks of pattern, length or content: one that passes them |
 * | int, number, boolean | that |
 * | literal, null | exactly that |
 * | literals of strings | one of them; with `Schema.String` beside them: a string |
 * | another union | what the member asks that accepts the example |
 * | array | at least one item, all like the first; an empty example: an empty array |
 * | optional field, key of a record | asked for when the example has it |
 * | `Schema.Unknown` | something of the same type |
 *
 * A matcher that stands in the example is kept. Whatever the result accepts in the places of the example, the schema
 * decodes; what cannot be ensured is a problem.
 *
 * **Gotchas**
 *
 * What the example leaves out is not pinned: an optional field may still arrive with a wrong type. Have a full and a
 * minimal example; `uncovered` says what no example shows.
 *
 * **Example** (Pinning two of three fields)
 *
 * ```ts
 * import * as Schema from "effect/Schema"
 * import * as SchemaMatchers from "effect-pact/SchemaMatchers"
 *
 * const User = Schema.Struct({
 *   id: Schema.String,
 *   visits: Schema.Int,
 *   nickname: Schema.optionalKey(Schema.String)
 * })
 *
 * console.log(SchemaMatchers.fromExample(User, { id: "42", visits: 7 }))
 * // {
 * //   id: { 'pact:matcher:type': 'type', value: '42' },
 * //   visits: { 'pact:matcher:type': [ [Object], [Object] ], value: 7 }
 * // }
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromExample = (schema: Schema.ConstraintDecoder<unknown>, example: Pattern): Pattern =>
  Result.getOrThrow(fromExampleResult(schema, example))

/**
 * The same as `fromExample`, with the error as a value.
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromExampleResult = (
  schema: Schema.ConstraintDecoder<unknown>,
  example: Pattern
): Result.Result<Pattern, InvalidExample> =>
  Result.mapError(derive(schema, example), (problems) => new InvalidExample({ problems }))

/**
 * The alternatives of a schema that no example shows: optional fields never present or never absent, members of a
 * union, empty and filled arrays. A list to read, not a gate. A member that a literal names has it in its path:
 * `$.pet(cat).name`.
 *
 * **Example** (A full example alone leaves something out)
 *
 * ```ts
 * import * as Schema from "effect/Schema"
 * import * as SchemaMatchers from "effect-pact/SchemaMatchers"
 *
 * const User = Schema.Struct({ id: Schema.String, nickname: Schema.optionalKey(Schema.NullOr(Schema.String)) })
 *
 * console.log(SchemaMatchers.uncovered(User, [{ id: "42", nickname: "ada" }]))
 * // [ '$.nickname: never absent', '$.nickname: never null' ]
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const uncovered = (
  schema: Schema.ConstraintDecoder<unknown>,
  examples: ReadonlyArray<Pattern>
): ReadonlyArray<string> => Internal.uncovered(schema, examples)
