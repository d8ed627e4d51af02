import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"

/** Makes the exit code 1; what went wrong was printed before. */
export class Failed extends Schema.TaggedError<Failed>()("Failed", {}) {
  override readonly [Runtime.errorReported] = false
}
