import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"

/** There is nothing to compare, which was printed before; makes the exit code 2. */
export class NotRead extends Schema.TaggedError<NotRead>()("NotRead", {}) {
  override readonly [Runtime.errorReported] = false
  override readonly [Runtime.errorExitCode] = 2
}
