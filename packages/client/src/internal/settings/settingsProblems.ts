import type { SettingsProblem } from "../../SettingsError.ts"
import type { Finding } from "./optionChecks.ts"

/**
 * Where parts of a client (credentials, limiter, breaker, transport) keep what is wrong with their own settings. They say it to
 * the client that is made of them, which names everything at once.
 *
 * @internal
 */
export const Problems = Symbol.for("@sunco/client/internal/SettingsProblems")

/** @internal */
export const withProblems = <A extends object>(part: A, problems: ReadonlyArray<SettingsProblem>): A =>
  problems.length === 0 ? part : Object.assign(part, { [Problems]: problems })

/** @internal */
export const problemsOf = (part: object | undefined): ReadonlyArray<SettingsProblem> =>
  // Nothing but `withProblems` puts it there.
  part !== undefined && Problems in part ? part[Problems] as ReadonlyArray<SettingsProblem> : []

/**
 * What was found wrong with options, by the names that they have where the caller wrote them.
 *
 * @internal
 */
export const problemsIn = (
  findings: ReadonlyArray<Finding>,
  nameOf: (option: string) => string = (option) => option || "options"
): ReadonlyArray<SettingsProblem> =>
  findings.map(({ expected, path, unknown }) => ({
    setting: nameOf(path.join(".")),
    problem: `${unknown === true ? "is" : "must be"} ${expected}`
  }))

/** @internal */
export const bothSet = (other: string): string => `and ${other} are both set: keep one of them`
