/**
 * A client of `@sunco/client/promise` that was closed.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"

/**
 * The client was closed before the call or during it; what was sent by then may have been applied.
 *
 * @category errors
 * @since 0.1.0
 */
export class ClientClosed extends Schema.TaggedError<ClientClosed>()("ClientClosed", {}) {
  override get message(): string {
    return "the client is closed"
  }
}
