/**
 * Why an emulator could not listen.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * The emulator cannot listen where it was asked to.
 *
 * @category errors
 * @since 0.1.0
 */
export class ListenError extends Schema.TaggedError<ListenError>()("ListenError", {
  host: Schema.String,
  port: Schema.Int,
  /** The system's code, such as `EADDRINUSE`. */
  code: Schema.String
}) {
  override get message(): string {
    return this.code === "EADDRINUSE"
      ? `port ${this.port} of ${this.host} is in use`
      : `cannot listen on port ${this.port} of ${this.host} (${this.code})`
  }
}
