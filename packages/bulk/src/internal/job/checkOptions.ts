import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { lstat } from "node:fs/promises"
import { dirname } from "node:path"
import type { EraseOptions, ExportOptions, ImportOptions, JobOptions, Rate, UpdateOptions } from "../../Bulk.ts"
import { InvalidOptions } from "../../BulkError.ts"
import type { Kind } from "../../Job.ts"
import { isInput, problemsOfInput } from "../input/sourceOf.ts"
import { type Check, flag, millisOf, must, object, oneOf, problemsOf, text } from "../optionChecks.ts"
import type { JobOptionsOfAll } from "../work/jobOptions.ts"

/** A transaction of more rows keeps others waiting, and a job that is paused has more to end. */
const chunkRowsAtMost = 5000

const perSecondOf = ({ limit, window }: Rate): number => limit / Duration.toSeconds(Duration.fromInputUnsafe(window))

/** Slower than this no job ends, and none is meant to. */
const fewestADay = 1

const rate: Check = (value, option) => {
  const { limit, window } = (value ?? {}) as { readonly limit?: unknown; readonly window?: unknown }
  const millis = millisOf(window)
  if (typeof limit !== "number" || !(limit > 0 && limit < Infinity && millis > 0 && millis < Infinity)) {
    return [{ option, problem: "must have a limit and a window above zero" }]
  }
  return [
    ...object({ limit: () => [], window: () => [] })(value, option),
    ...(limit / millis * 86_400_000 >= fewestADay
      ? []
      : [{ option, problem: "must let a request a day through, or more" }])
  ]
}

const checksOfAll: { readonly [Name in keyof Required<JobOptions>]: Check } = {
  job: must(
    "1 to 100 letters, digits and ._:-",
    (value) => typeof value === "string" && /^[\w.:-]{1,100}$/.test(value)
  ),
  input: (value, option) =>
    isInput(value)
      ? problemsOfInput(value, option)
      : [{ option, problem: "must be an Input, such as Input.ndjsonFile(path)" }],
  chunkRows: must(
    `a whole number from 1 to ${chunkRowsAtMost}`,
    (value) => Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= chunkRowsAtMost
  ),
  rate,
  duplicates: oneOf("refuse", "last"),
  includeIds: flag,
  paused: flag
}

type ChecksOf<Options> = { readonly [Name in keyof Omit<Required<Options>, keyof JobOptions>]: Check }

const requiredOfAll = ["job", "input"]

const imports: ChecksOf<ImportOptions> = {
  mode: oneOf("create", "upsert", "getOrCreate"),
  externalIdFrom: object({ field: text, hash: flag }, ["field"])
}

const updates: ChecksOf<UpdateOptions> = { strict: flag }

const erasures: ChecksOf<EraseOptions> = {
  how: oneOf("delete", "personalInformation"),
  requestedBy: (value, option) =>
    typeof value === "string" && value.trim() !== "" ? [] : [{ option, problem: "must say who has asked for it" }]
}

const exports: ChecksOf<ExportOptions> = {
  to: must("the path of a file", (value) => typeof value === "string" && value !== "")
}

const checks = {
  import: object({ ...checksOfAll, ...imports }, [...requiredOfAll, "mode"]),
  update: object({ ...checksOfAll, ...updates }, requiredOfAll),
  erase: object({ ...checksOfAll, ...erasures }, [...requiredOfAll, "how", "requestedBy"]),
  export: object({ ...checksOfAll, ...exports }, [...requiredOfAll, "to"])
}

/**
 * What cannot be meant, also where no compiler has looked.
 *
 * @internal
 */
export const checkOptions = (kind: Kind, options: JobOptions): Effect.Effect<void, InvalidOptions> =>
  Effect.suspend(() => {
    const problems = problemsOf(checks[kind], options)
    return problems.length === 0 ? Effect.void : Effect.fail(new InvalidOptions({ problems }))
  })

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
