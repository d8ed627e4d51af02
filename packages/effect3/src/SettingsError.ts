/**
 * Settings of a client that are missing, wrong, or contradict each other.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import { toClient } from "./internal/toClient.ts"

/**
 * What is wrong with one setting.
 *
 * @category models
 * @since 0.1.0
 */
export interface SettingsProblem {
  /** An option or an environment variable. */
  readonly setting: string
  readonly problem: string
}

/**
 * Names everything that is wrong with the settings of a client at once, each as an option or as an environment variable, in one
 * line.
 *
 * @category errors
 * @since 0.1.0
 */
export class SettingsError extends Data.TaggedError("SettingsError")<{
  readonly problems: ReadonlyArray<SettingsProblem>
}> {
  override get message(): string {
    return toClient(this).message
  }
}
