/** Showing how far a job is: a bar that is drawn again on a terminal, and a line now and then elsewhere. */
import type { Counts, Job, Kind, Progress } from "@sunco/bulk"
import { displayWidth } from "effect/cli/CliOutput"
import * as Effect from "effect/Effect"
import { canRedraw, errorColumns, writeError } from "./internal/streams.ts"
import * as Output from "./Output.ts"

/** How often a bar is drawn, and how often a line is printed. */
const drawMillis = 500
const lineMillis = 5000

/** Shorter bars say nothing, and longer ones nothing more. */
const shortestBar = 8
const longestBar = 32

/**
 * The outcomes of rows that were not done. Whoever asks for an erasure wants nobody to be there, and elsewhere wants something of
 * who is there.
 */
export const notDone = (kind: Kind): ReadonlyArray<keyof Counts> => [
  "refused",
  "exists",
  ...(kind === "erase" ? [] : ["absent"] as const),
  "failed",
  "unknown",
  "cancelled"
]

/** How many rows were not done, and of which kinds. */
export const notDoneOf = (kind: Kind, counts: Counts): { readonly rows: number; readonly text: string } => {
  const there = notDone(kind).flatMap((name) => {
    const rows = counts[name] ?? 0
    return rows === 0 ? [] : [{ name, rows }]
  })
  return {
    rows: there.reduce((sum, { rows }) => sum + rows, 0),
    text: there.map(({ name, rows }) => `${grouped(rows)} ${name}`).join(", ")
  }
}

/** With a comma between thousands. */
export const grouped = (number: number): string => number.toLocaleString("en-US")

const lasting = (seconds: number): string => {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  const hours = seconds / 3600
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`
}

/** Below a tenth of a row there is always another digit. */
const rateOf = (rate: number): string => rate >= 10 ? grouped(Math.round(rate)) : rate.toFixed(1)

const partOf = ({ done, rows }: Progress): number => rows === 0 ? 1 : done / rows

/** Not 100 before all are done. */
const percentOf = (progress: Progress): string => `${Math.floor(partOf(progress) * 100)}%`

const facts = (progress: Progress): ReadonlyArray<string> => {
  const { blockedBy, done, kind, outcomes, rate, rows, secondsLeft, slowUntil, state } = progress
  if (state === "planning") return [`reading the input: ${grouped(rows)} rows`]
  return [
    `${percentOf(progress)}`,
    `${grouped(done)} of ${grouped(rows)} rows`,
    ...(state === "running" || state === "finished" ? [] : [blockedBy ?? state]),
    ...(state === "running" && slowUntil !== undefined ? ["waiting, as the vendor says"] : []),
    ...(state === "running" && rate !== undefined ? [`${rateOf(rate)}/s`] : []),
    ...(state === "running" && secondsLeft !== undefined ? [`${lasting(secondsLeft)} left`] : []),
    ...(notDoneOf(kind, outcomes).rows === 0 ? [] : [notDoneOf(kind, outcomes).text])
  ]
}

/** A line of at most so many characters: the bar is as long as the rest lets it be. */
export const barOf = (progress: Progress, width: number): string => {
  const text = facts(progress).join("  ")
  const room = Math.min(longestBar, width - displayWidth(text) - 3)
  if (progress.state === "planning" || room < shortestBar) return text.slice(0, width)
  const full = Math.floor(partOf(progress) * room)
  return `${"█".repeat(full)}${"░".repeat(room - full)}  ${text}`
}

/** A line for a log. */
export const lineOf = (progress: Progress): string => facts(progress).join(", ")

const clear = canRedraw ? writeError("\r\x1b[2K") : Effect.void

/** A sentence where a bar may be. */
export const note = (text: string): Effect.Effect<void> => Effect.andThen(clear, Output.note(text))

/** The same of what should be mended. */
export const warn = (text: string): Effect.Effect<void> => Effect.andThen(clear, Output.warn(text))

const draw = (progress: Progress): Effect.Effect<void> =>
  canRedraw
    // The last column stays free: some terminals begin another line after it.
    ? writeError(`\r\x1b[2K${barOf(progress, errorColumns() - 1)}`)
    : Output.note(lineOf(progress))

/** What is done while it is shown how far it is. That nobody can see it stops nothing. */
export const shown =
  <E2, R2>(status: Effect.Effect<Progress, E2, R2>) =>
  <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | R2> => {
    const look = Effect.ignore(Effect.flatMap(status, draw))
    const looking = canRedraw
      ? Effect.forever(Effect.andThen(look, Effect.sleep(drawMillis)))
      : Effect.forever(Effect.andThen(Effect.sleep(lineMillis), look))
    return Effect.ensuring(Effect.raceFirst(work, looking), clear)
  }

/** How a job has ended: it stays on the terminal. */
export const last = (job: Job): Effect.Effect<void> =>
  Effect.ignore(
    Effect.flatMap(job.status, (progress) =>
      canRedraw ? writeError(`${barOf(progress, errorColumns() - 1)}\n`) : Output.note(lineOf(progress)))
  )
