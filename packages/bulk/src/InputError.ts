/**
 * Why an input cannot be read.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * The input cannot be read, is not what it was when the job was planned, or is not what it says it is.
 *
 * - `Unreadable`: the file is not there, or may not be read
 * - `Changed`: another content than when the job was planned; nothing of the chunk was sent
 * - `Malformed`: no line of it can be told from the next, such as a quote that never ends, or a header that is missing
 *
 * @category errors
 * @since 0.1.0
 */
export class InputError extends Schema.TaggedError<InputError>()("InputError", {
  kind: Schema.Literals(["Unreadable", "Changed", "Malformed"]),
  /** Of the file, where there is one. */
  path: Schema.optionalKey(Schema.String),
  line: Schema.optionalKey(Schema.Int),
  problem: Schema.String
}) {
  override get message(): string {
    const where = [this.path, this.line].filter((part) => part !== undefined).join(":")
    return where === "" ? this.problem : `${where}: ${this.problem}`
  }
}
