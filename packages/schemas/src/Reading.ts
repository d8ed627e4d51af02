/**
 * Reading answers: what is declared as it is declared, and what is odd put aside instead of losing the rest with it.
 *
 * @since 0.1.0
 */
import type * as Predicate from "effect/Predicate"
import type * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import * as internal from "./internal/reading.ts"

/**
 * Where something stands: names of fields and indices of lists. A key of a record, which is the user's, is `*`.
 *
 * @category models
 * @since 0.1.0
 */
export type Path = ReadonlyArray<string | number>

/**
 * A field whose value is not what is declared, as often as it was met.
 *
 * @category models
 * @since 0.1.0
 */
export interface PutAside {
  /** The field in one text without indices or keys, so that there are as many as a schema has: `users[].metadata.*`. */
  readonly field: string
  /** Where it was met first. */
  readonly path: Path
  readonly count: number
}

/**
 * What was read, and what was put aside for it; nothing as a rule.
 *
 * @category models
 * @since 0.1.0
 */
export interface Read<A> {
  readonly value: A
  readonly putAside: ReadonlyArray<PutAside>
}

/**
 * Something that cannot be done without is missing, or is something else: where.
 *
 * @category models
 * @since 0.1.0
 */
export interface Unreadable {
  readonly path: Path
}

/**
 * Hides a secret of an answer: `Redacted.make` of Effect 4 or of Effect 3. What it is given is a string, unless the vendor sent
 * something else in the place of a secret.
 *
 * @category models
 * @since 0.1.0
 */
export type Wrap = (secret: unknown) => object

/**
 * Makes a function that reads parsed JSON with a schema.
 *
 * **Details**
 *
 * Where everything is as declared, the JSON itself is handed on. Where it is not, it is a copy:
 *
 * - an optional field with an undocumented `null` or another type is absent from the copy, and so is a value of a record;
 * - an entry of a list that cannot be read (a user without an id) is left out;
 * - a safe integer in a field `id` or `…Id`, or in a list `…Ids`, is read as its digits;
 * - a member of an open union that is not what its `type` says is an `Unrecognized`;
 * - everything that the schema does not name is kept.
 *
 * `putAside` tells what that was, and the original stays with the copy: `UnknownFields.get` and `UnknownFields.toJson` read it.
 * A required field that cannot be read makes what it is a part of unreadable. A `Secret` is wrapped before anything else is done,
 * and the original has it wrapped too: by `Redacted.make` unless the function is given another way.
 *
 * The schema is compiled at the first reading, once. One that changes what it decodes (`Schema.Date`) is left to Effect's
 * interpreter, which puts nothing aside.
 *
 * **Example** (A user with an odd field)
 *
 * ```ts
 * import * as Reading from "@sunco/schemas/Reading"
 * import * as UnknownFields from "@sunco/schemas/UnknownFields"
 * import { User } from "@sunco/schemas/User"
 * import * as Result from "effect/Result"
 *
 * const read = Reading.reader(User)
 *
 * const { putAside, value } = Result.getOrThrow(read({ id: 7, signedUpAt: null, metadata: { plan: "pro", tags: [] } }))
 *
 * console.log(value)
 * // { id: '7', metadata: { plan: 'pro' } }
 * console.log(putAside.map(({ field }) => field))
 * // [ 'id', 'signedUpAt', 'metadata.*' ]
 * console.log(UnknownFields.toJson(value))
 * // { id: 7, signedUpAt: null, metadata: { plan: 'pro', tags: [] } }
 * console.log(Result.isFailure(read({ externalId: "ada" })))
 * // true
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const reader: <A>(
  schema: Schema.Codec<A, unknown>
) => (json: unknown, wrap?: Wrap) => Result.Result<Read<A>, Unreadable> = internal.reader

/**
 * `Schema.is`, compiled in the same way.
 *
 * **Example** (Checking many texts)
 *
 * ```ts
 * import { UserId } from "@sunco/schemas/Ids"
 * import * as Reading from "@sunco/schemas/Reading"
 *
 * const isUserId = Reading.is(UserId)
 *
 * console.log(isUserId("7494535bff5cef41a15be74d"), isUserId(".."))
 * // true false
 * ```
 *
 * @category predicates
 * @since 0.1.0
 */
export const is = (schema: Schema.Codec<unknown>): Predicate.Predicate<unknown> => internal.is(schema)
