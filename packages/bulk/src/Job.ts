/**
 * A job: how it goes, what became of its rows, and how to stop it.
 *
 * @since 0.1.0
 */
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { BlockReason, JobBlocked, JobNotFound, OutputError, StoreUnavailable, WrongState } from "./BulkError.ts"
import type { Evidence } from "./Evidence.ts"
import type { InputError } from "./InputError.ts"
import type { Outcome, OutcomeName } from "./Outcome.ts"

/**
 * What a job does.
 *
 * @category models
 * @since 0.1.0
 */
export type Kind = "import" | "update" | "erase" | "export"

/**
 * - `planning`: the input is read for the first time; nothing is sent yet
 * - `running`: chunks are worked on, where there are workers
 * - `paused`, `blocked`: no row is begun until `resume`
 * - `finished`, `cancelled`: every row has its outcome
 *
 * @category models
 * @since 0.1.0
 */
export type State = "planning" | "running" | "paused" | "blocked" | "finished" | "cancelled"

/**
 * How many rows ended how. Names of which there is none are left out.
 *
 * @category models
 * @since 0.1.0
 */
export type Counts = { readonly [Name in OutcomeName]?: number }

/**
 * How far a job is, from the database: the same for everybody who looks.
 *
 * @category models
 * @since 0.1.0
 */
export interface Progress {
  readonly job: string
  readonly kind: Kind
  readonly state: State
  /** Planned so far. */
  readonly rows: number
  /** Of them, how many have their outcome. Rows are counted when their chunk is done. */
  readonly done: number
  readonly outcomes: Counts
  /** Who works on the jobs of this app, in whatever process: those that were seen in the last 15 seconds. */
  readonly workers: number
  /** Rows a second, over the last five minutes; `undefined` before the first chunk is done. */
  readonly rate: number | undefined
  /** `undefined` also where nobody works. */
  readonly secondsLeft: number | undefined
  /** Nothing is sent until then (milliseconds since 1970), because the vendor said 429. */
  readonly slowUntil: number | undefined
  readonly blockedBy: BlockReason | undefined
}

/**
 * What became of a job. The numbers of `outcomes` add up to `rows`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Report {
  readonly job: string
  readonly kind: Kind
  readonly state: "finished" | "cancelled"
  readonly rows: number
  readonly outcomes: Counts
  /** Why rows are `exists`, `refused`, `failed` or `unknown`: how many of each reason. */
  readonly reasons: { readonly [reason: string]: number }
  /** From the first request to the end, pauses included. */
  readonly seconds: number
}

/**
 * A job, for who has started it and for who only looks.
 *
 * @category models
 * @since 0.1.0
 */
export interface Job {
  readonly id: string
  /** How far it is now. */
  readonly status: Effect.Effect<Progress, JobNotFound | StoreUnavailable>
  /** How far it is, every second until it is over. */
  readonly progress: Stream.Stream<Progress, JobNotFound | StoreUnavailable>
  /**
   * Waits until every row has its outcome; fails where the job is blocked meanwhile. Of an export that was not
   * cancelled it puts the parts together, and fails with `OutputError` where it cannot: with `EEXIST` where the file is there and is
   * not what it has put there.
   */
  readonly finished: Effect.Effect<Report, JobBlocked | JobNotFound | OutputError | StoreUnavailable>
  /** The rows that are listed, by line; those that were there when each page was read. */
  readonly outcomes: Stream.Stream<Outcome, JobNotFound | StoreUnavailable>
  /** Of an erasure, what was sent and answered, by line; nothing of other jobs. */
  readonly evidence: Stream.Stream<Evidence, JobNotFound | StoreUnavailable>
  /** Lets what is in flight finish, within a second in every process, and begins no other row. */
  readonly pause: Effect.Effect<void, JobNotFound | StoreUnavailable | WrongState>
  /**
   * Goes on after `pause`, or after what blocked it, and at once, also where the vendor has said to wait. Where whoever planned it is gone, it is planned from its file, which must be at
   * the same path with the same content (`InputError`; `OutputError` where a temporary file cannot be written); rows of a stream can
   * only be given again.
   */
  readonly resume: Effect.Effect<void, InputError | JobNotFound | OutputError | StoreUnavailable | WrongState>
  /** As `pause`, for good: the rows that were not begun are `cancelled`. Of a job that is planned, those that were read by then. */
  readonly cancel: Effect.Effect<void, JobNotFound | StoreUnavailable | WrongState>
  /** Begins another round of the rows that `failed` or are `unknown`; gives how many. */
  readonly retryFailed: Effect.Effect<number, JobNotFound | StoreUnavailable | WrongState>
  /**
   * Deletes all that is kept of a job that is over, paused or blocked, or whose planner is gone; of an export the parts, and not the
   * file. Where the parts cannot be removed (`OutputError`), nothing is deleted of the job, which can be purged again.
   */
  readonly purge: Effect.Effect<void, JobNotFound | OutputError | StoreUnavailable | WrongState>
}
