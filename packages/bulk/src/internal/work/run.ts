import type * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Latch from "effect/Latch"
import type { ClaimedChunk } from "../store/log.ts"
import type { JobOptions } from "./jobOptions.ts"
import { type RowCalls, Stopped } from "./rowCalls.ts"
import type { Outcome } from "../../Outcome.ts"

/** Why no row of a chunk is begun any more. */
export type Stop = "paused" | "cancelled" | "blocked" | "lost" | "closing"

/** A job of which this process has chunks. */
export interface Watched {
  readonly id: string
  readonly createdAt: number
  readonly options: JobOptions
  readonly runs: Set<Run>
  /** Nothing is sent before. */
  slowUntil: number
  /** When the next request may be sent, where the job has a rate. */
  nextAt: number
  /** Of the last rows, which failed: a ring. */
  readonly lately: Array<boolean>
  ended: number
  failedLately: number
}

/** A moment, by the clock that may be set and by the one that stands still while a machine sleeps. */
export interface Moment {
  readonly millis: number
  readonly nanos: bigint
}

/** @internal */
export const momentOf = (clock: Clock.Clock): Moment => ({
  millis: clock.currentTimeMillisUnsafe(),
  nanos: clock.currentTimeNanosUnsafe()
})

/** Of a lease, the part that is counted upon: a request takes its time, too. */
const counted = 0.9

/** A chunk that this process works on. */
export class Run {
  readonly watched: Watched
  readonly chunk: ClaimedChunk
  readonly leaseMillis: number
  /** Rows that were begun. */
  readonly begun = new Map<number, RowCalls>()
  /** Rows that have ended, and whether another round may do better. */
  readonly ended = new Map<number, Outcome & { readonly isTransient: boolean }>()
  /** Of an export, by line: what goes into the file. */
  readonly exported = new Map<number, string>()
  readonly halted = Latch.makeUnsafe()
  stop: Stop | undefined
  private validUntil: Moment

  constructor(watched: Watched, chunk: ClaimedChunk, leaseMillis: number, claimed: Moment) {
    this.watched = watched
    this.chunk = chunk
    this.leaseMillis = leaseMillis
    this.validUntil = this.leaseFrom(claimed)
  }

  /** The lease was asked for at that moment, and had. */
  renewed(from: Moment): void {
    this.validUntil = this.leaseFrom(from)
  }

  private leaseFrom({ millis, nanos }: Moment): Moment {
    const lease = this.leaseMillis * counted
    return { millis: millis + lease, nanos: nanos + BigInt(Math.floor(lease * 1e6)) }
  }

  /** Whether a row may go on. A worker that stood still finds here that another may have its chunk. */
  mayGoOn(clock: Clock.Clock): boolean {
    if (this.stop !== undefined) return false
    const { millis, nanos } = this.validUntil
    if (clock.currentTimeMillisUnsafe() < millis && clock.currentTimeNanosUnsafe() < nanos) return true
    this.halt("lost")
    return false
  }

  halt(stop: Stop): void {
    // What is lost stays lost, and what is cancelled need not be left for another round.
    if (this.stop === undefined || stop === "lost" || (stop === "cancelled" && this.stop !== "lost")) this.stop = stop
    this.halted.openUnsafe()
  }

  /** Waits, but not longer than the chunk is worked on. */
  wait(millis: number): Effect.Effect<void, Stopped> {
    return Effect.flatMap(
      Effect.raceFirst(Effect.sleep(Duration.millis(millis)), this.halted.await),
      () => this.stop === undefined ? Effect.void : Effect.fail(new Stopped())
    )
  }
}

/** @internal */
export const haltAll = (watched: Watched, stop: Stop): void => {
  for (const run of watched.runs) run.halt(stop)
}
