import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { lstat } from "node:fs/promises"
import { dirname } from "node:path"
import type { JobOptions, Rate } from "../../Bulk.ts"
import { InvalidOptions } from "../../BulkError.ts"
import type { JobOptionsOfAll } from "../work/jobOptions.ts"

/** A transaction of more rows keeps others waiting, and a job that is paused has more to end. */
const chunkRowsAtMost = 5000

const perSecondOf = ({ limit, window }: Rate): number => limit / Duration.toSeconds(Duration.fromInputUnsafe(window))

/**
 * What cannot be meant, also where no compiler has looked.
 *
 * @internal
 */
export const checkOptions = <Options extends JobOptions>(
  options: Options,
  choices: { readonly [Name in keyof Options]?: ReadonlyArray<Options[Name]> }
): Effect.Effect<void, InvalidOptions> => {
  const { chunkRows, job, rate } = options
  const problems = [
    ...(typeof job === "string" && /^[\w.:-]{1,100}$/.test(job)
      ? []
      : [{ option: "job", problem: "must be 1 to 100 letters, digits and ._:-" }]),
    ...(chunkRows === undefined || (Number.isSafeInteger(chunkRows) && chunkRows > 0 && chunkRows <= chunkRowsAtMost)
      ? []
      : [{ option: "chunkRows", problem: `must be a whole number from 1 to ${chunkRowsAtMost}` }]),
    ...(rate === undefined || isRate(rate)
      ? []
      : [{ option: "rate", problem: "must have a limit and a window above zero" }]),
    ...Object.entries<ReadonlyArray<unknown> | undefined>(choices).flatMap(([option, among = []]) =>
      among.includes(options[option as keyof Options])
        ? []
        : [{ option, problem: `must be one of ${among.filter((choice) => choice !== undefined).join(", ")}` }]
    ),
    ...([undefined, "refuse", "last"].includes(options.duplicates)
      ? []
      : [{ option: "duplicates", problem: "must be one of refuse, last" }])
  ]
  return problems.length === 0 ? Effect.void : Effect.fail(new InvalidOptions({ problems }))
}

/**
 * Nothing is written over: neither the input itself, nor what an export of another name has given.
 *
 * @internal
 */
export const checkTarget = (to: string): Effect.Effect<void, InvalidOptions> =>
  Effect.gen(function*() {
    const problem = (yield* isThere(to))
      ? "is there already"
      : (yield* isThere(dirname(to)))
      ? undefined
      : "must be in a directory that is there"
    if (problem !== undefined) return yield* new InvalidOptions({ problems: [{ option: "to", problem }] })
  })

/** A link to nothing is there, too. */
const isThere = (path: string): Effect.Effect<boolean> => Effect.isSuccess(Effect.tryPromise(() => lstat(path)))

const isRate = (rate: Rate): boolean => {
  try {
    const perSecond = perSecondOf(rate)
    return Number.isFinite(perSecond) && perSecond > 0
  } catch {
    // A window that is no duration.
    return false
  }
}

/**
 * What is kept of the options of every job; always in this order, as they are compared as text.
 *
 * @internal
 */
export const keptOfAll = ({ chunkRows, duplicates, includeIds, paused, rate }: JobOptions): JobOptionsOfAll => {
  const perSecond = rate === undefined ? undefined : perSecondOf(rate)
  return {
    ...(chunkRows === undefined ? undefined : { chunkRows }),
    duplicates: duplicates ?? "refuse",
    includeIds: includeIds === true,
    ...(paused === true ? { paused } : undefined),
    ...(perSecond === undefined ? undefined : { perSecond })
  }
}
