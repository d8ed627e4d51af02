/**
 * A setting of the client that is missing, wrong, or contradicts another.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * Names the setting, as an option or as an environment variable, and what is wrong with it, in one line.
 *
 * @category errors
 * @since 0.1.0
 */
export class SettingsError extends Schema.TaggedError<SettingsError>()("SettingsError", {
  setting: Schema.String,
  problem: Schema.String
}) {
  override get message(): string {
    return `${this.setting} ${this.problem}`
  }
}
