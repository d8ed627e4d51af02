/**
 * Why an emulator could not listen.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * The emulator cannot listen on the port that was asked for.
 *
 * @category errors
 * @since 0.1.0
 */
export class ListenError extends Schema.TaggedError<ListenError>()("ListenError", {
  port: Schema.Int,
  /** The system's code, such as `EADDRINUSE`. */
  code: Schema.String
}) {
  override get message(): string {
    return this.code === "EADDRINUSE"
      ? `port ${this.port} of 127.0.0.1 is in use`
      : `cannot listen on port ${this.port} of 127.0.0.1 (${this.code})`
  }
}
