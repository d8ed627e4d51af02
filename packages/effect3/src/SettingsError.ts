/**
 * A setting of the client that is missing, wrong, or contradicts another.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import { toClient } from "./internal/toClient.ts"

/**
 * Names the setting, as an option or as an environment variable, and what is wrong with it, in one line.
 *
 * @category errors
 * @since 0.1.0
 */
export class SettingsError extends Data.TaggedError("SettingsError")<{
  readonly setting: string
  readonly problem: string
}> {
  override get message(): string {
    return toClient(this).message
  }
}
