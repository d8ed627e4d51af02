/**
 * What became of a row.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import * as text from "./internal/outcomeText.ts"

/**
 * Every row of a job ends in exactly one of these.
 *
 * - `created`: the user was made by this job
 * - `found`: a user with that key and all that was sent was there already, be it of an attempt whose answer was lost (`create`,
 *   `upsert`), or any user with that key (`getOrCreate`)
 * - `updated`: the user was changed
 * - `exported`: the user is in the file
 * - `accepted`: the vendor has begun to delete the user
 * - `removed`: and has said that it is done, by `user:remove`
 * - `erased`: the personal information is deleted
 * - `gone`: the user is not there after a deletion whose answer was lost
 * - `absent`: the user is not there, and no deletion of this job was under way
 * - `exists`: another user has the key, with other data; nothing was changed
 * - `refused`: the row is wrong, is there twice, or addresses a user of another key; nothing was changed
 * - `failed`: it certainly was not done
 * - `unknown`: nobody knows whether it was done
 * - `cancelled`: the job was cancelled before it; where a worker has died that had its chunk, it is `unknown`
 *
 * @category models
 * @since 0.1.0
 */
export const OutcomeName = Schema.Literals([
  "created",
  "found",
  "updated",
  "exported",
  "accepted",
  "removed",
  "erased",
  "gone",
  "absent",
  "exists",
  "refused",
  "failed",
  "unknown",
  "cancelled"
])

/**
 * The name of what became of a row.
 *
 * @category models
 * @since 0.1.0
 */
export type OutcomeName = typeof OutcomeName.Type

/**
 * A row that is listed by itself, because it is not one of those that went as they should (`created`, `found`, `updated`,
 * `exported`) or were left by a cancellation: of these there is only their number. Of an erasure every row is listed.
 *
 * @category models
 * @since 0.1.0
 */
export const Outcome = Schema.Struct({
  /** One-based, of the input: what leads back to the row. */
  line: Schema.Int,
  outcome: OutcomeName,
  /** Why: a reason of the client such as `BadRequest`, or `Invalid`, `NoKey`, `Duplicate`, `AnotherUser`. */
  reason: Schema.optionalKey(Schema.String),
  /** Where a row is wrong: a field of it, and what was expected there. */
  field: Schema.optionalKey(Schema.String),
  message: Schema.optionalKey(Schema.String),
  /** Whether a write may have happened. */
  applied: Schema.Literals(["no", "yes", "unknown"]),
  /** Requests that were sent for it, look-ups included. */
  attempts: Schema.Int,
  /** The externalId, or the id by which the row addresses a user; only of a job that was told `includeIds`. */
  key: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Outcome" })

/**
 * A row that is listed by itself.
 *
 * @category models
 * @since 0.1.0
 */
export type Outcome = typeof Outcome.Type

/**
 * Outcomes as NDJSON: each on a line, exactly what it says.
 *
 * @category combinators
 * @since 0.1.0
 */
export const outcomesInNdjson: <E, R>(outcomes: Stream.Stream<Outcome, E, R>) => Stream.Stream<string, E, R> =
  text.outcomesInNdjson

/**
 * Outcomes as CSV with a header, for people: what a spreadsheet would take for a formula has an apostrophe before it. Programs
 * read {@link outcomesInNdjson}.
 *
 * **Example** (The rows that were not done, as a file for a colleague)
 *
 * ```ts
 * import { type Job, outcomesInCsv } from "@sunco/bulk"
 * import * as Stream from "effect/Stream"
 *
 * export const notDone = (job: Job) =>
 *   job.outcomes.pipe(
 *     Stream.filter(({ outcome }) => outcome === "failed" || outcome === "unknown"),
 *     outcomesInCsv
 *   )
 * ```
 *
 * @category combinators
 * @since 0.1.0
 */
export const outcomesInCsv: <E, R>(outcomes: Stream.Stream<Outcome, E, R>) => Stream.Stream<string, E, R> =
  text.outcomesInCsv
