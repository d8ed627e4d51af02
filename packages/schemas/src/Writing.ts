/**
 * Writing payloads: checked for what is documented, and a copy of what is to be sent.
 *
 * @since 0.1.0
 */
import type * as Predicate from "effect/Predicate"
import type * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"
import * as internal from "./internal/writing.ts"

/**
 * Makes a function that checks a payload with a schema and gives what is to be sent for it, as JSON has it.
 *
 * **Details**
 *
 * It is `SchemaParser.encodeUnknownResult` that tells every issue and takes fields for one that the schema does not name, with
 * the checks compiled: what is fine costs a tenth, and what is not is told by Effect's interpreter. Each field is read once,
 * and what was read is what is given.
 *
 * Objects must be plain ({@link isPlain}), but for what the schema makes a text or a number of, such as a secret.
 *
 * The schema is compiled at the first writing, once; parts of it that this compiler does not know are interpreted.
 *
 * **Example** (What is left out, and what is refused)
 *
 * ```ts
 * import { UpdateUser } from "@sunco/schemas/UserPayloads"
 * import * as Writing from "@sunco/schemas/Writing"
 * import * as Result from "effect/Result"
 *
 * const write = Writing.writer(UpdateUser)
 *
 * console.log(Result.getOrThrow(write({ toBeRetained: undefined, metadata: { plan: "pro" } })))
 * // { metadata: { plan: 'pro' } }
 * console.log(Result.isFailure(write({ metaData: { plan: "pro" } })))
 * // true
 * console.log(Result.isFailure(write({ metadata: new Map([["plan", "pro"]]) })))
 * // true
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const writer: (schema: Schema.Codec<unknown>) => (value: unknown) => Result.Result<unknown, SchemaIssue.Issue> =
  internal.writer

/**
 * Whether the content of an object is in its own fields, where JSON finds it: not so of a `Map`, a `FormData`, a promise.
 *
 * **Example** (An object literal and a map)
 *
 * ```ts
 * import { isPlain } from "@sunco/schemas/Writing"
 *
 * console.log(isPlain({ plan: "pro" }), isPlain(new Map([["plan", "pro"]])))
 * // true false
 * ```
 *
 * @category predicates
 * @since 0.1.0
 */
export const isPlain: Predicate.Predicate<object> = internal.isPlain
