/**
 * Why a job cannot be started, found or finished.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import type { InputError } from "./InputError.ts"

/**
 * A job of that name is there already, and it is another one: `differs` says in what, and `options` names the options, as they are
 * called here; never what they say. An input is another where its content is, or how it is read. To start the job as it was is to
 * join it; another name is another job; and a name is free again after `purge`.
 *
 * @category errors
 * @since 0.1.0
 */
export class JobConflict extends Schema.TaggedError<JobConflict>()("JobConflict", {
  job: Schema.String,
  differs: Schema.Literals(["app", "kind", "options", "input"]),
  options: Schema.Array(Schema.String)
}) {
  override get message(): string {
    return `the job ${this.job} is there already, ${
      differing(this)
    }: as it was it is joined, and this one needs another name`
  }
}

const differing = ({ differs, options }: Pick<JobConflict, "differs" | "options">): string => {
  switch (differs) {
    case "options":
      return `with other options (${options.join(", ")})`
    case "input":
      return "with another input"
    default:
      return `of another ${differs}`
  }
}

/**
 * There is no job of that id, or it was purged; or it is of another app than that of this client, as `ofAnotherApp` says.
 *
 * @category errors
 * @since 0.1.0
 */
export class JobNotFound extends Schema.TaggedError<JobNotFound>()("JobNotFound", {
  job: Schema.String,
  ofAnotherApp: Schema.optionalKey(Schema.Literal(true))
}) {
  override get message(): string {
    return this.ofAnotherApp === undefined ? `there is no job ${this.job}` : `the job ${this.job} is of another app`
  }
}

/**
 * What a job stopped for, so that a million rows do not fail for the same reason:
 *
 * - `Unauthorized`, `Forbidden`, `AppNotFound`, `CredentialsUnavailable`: as the client says it, see `SunshineError`
 * - `InputChanged`, `InputUnreadable`: the file is not what was planned, or a machine that works cannot read it
 * - `OutputUnwritable`: a machine that works cannot write beside the file of an export
 * - `TooManyFailures`: more than half of the last 200 rows of a process failed
 *
 * @category models
 * @since 0.1.0
 */
export const BlockReason = Schema.Literals([
  "Unauthorized",
  "Forbidden",
  "AppNotFound",
  "CredentialsUnavailable",
  "InputChanged",
  "InputUnreadable",
  "OutputUnwritable",
  "TooManyFailures"
])

/**
 * What a job stopped for.
 *
 * @category models
 * @since 0.1.0
 */
export type BlockReason = typeof BlockReason.Type

/**
 * The job has stopped and sends nothing. `resume` goes on, once the reason is gone.
 *
 * @category errors
 * @since 0.1.0
 */
export class JobBlocked extends Schema.TaggedError<JobBlocked>()("JobBlocked", {
  job: Schema.String,
  reason: BlockReason
}) {
  override get message(): string {
    return `the job ${this.job} is blocked: ${this.reason}`
  }
}

/**
 * What was asked cannot be done to a job in that state, such as `resume` of one that was cancelled, or `purge` of one that is at
 * work.
 *
 * @category errors
 * @since 0.1.0
 */
export class WrongState extends Schema.TaggedError<WrongState>()("WrongState", {
  job: Schema.String,
  state: Schema.String,
  asked: Schema.String
}) {
  override get message(): string {
    return `the job ${this.job} is ${this.state}: it cannot be ${this.asked}`
  }
}

/**
 * Options that mean nothing, or that there are none of; nothing was begun. `option` is the path of one, such as `rate` or
 * `input.maxRowBytes`.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidOptions extends Schema.TaggedError<InvalidOptions>()("InvalidOptions", {
  problems: Schema.Array(Schema.Struct({ option: Schema.String, problem: Schema.String }))
}) {
  override get message(): string {
    return this.problems.map(({ option, problem }) => `${option} ${problem}`).join("; ")
  }
}

/**
 * A file cannot be written: the file of an export, or one that holds digests of the keys of a long input, in the directory for
 * temporary files (`TMPDIR`), which is `path` then.
 *
 * @category errors
 * @since 0.1.0
 */
export class OutputError extends Schema.TaggedError<OutputError>()("OutputError", {
  path: Schema.String,
  /** The platform's, such as `ENOSPC`. */
  code: Schema.String
}) {
  override get message(): string {
    return `${this.path} cannot be written (${this.code})`
  }
}

/**
 * The database cannot be reached, or refuses a statement. `cause` may name more than may be logged, so it is `Redacted`.
 *
 * @category errors
 * @since 0.1.0
 */
export class StoreUnavailable extends Schema.TaggedError<StoreUnavailable>()("StoreUnavailable", {
  cause: Schema.Redacted(Schema.Unknown)
}) {
  override get message(): string {
    return "the database of the jobs cannot be reached"
  }
}

/**
 * Why a job was not started; nothing was sent.
 *
 * @category errors
 * @since 0.1.0
 */
export type StartError = InputError | InvalidOptions | JobConflict | OutputError | StoreUnavailable

/**
 * Any of the failures of this package.
 *
 * @category errors
 * @since 0.1.0
 */
export type BulkError =
  | StartError
  | JobBlocked
  | JobNotFound
  | WrongState
