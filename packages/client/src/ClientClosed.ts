/**
 * A client of `@sunco/client/promise` that was closed.
 *
 * @since 0.1.0
 */
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Schema from "effect/Schema"
import { errorJson, type Inspect, inspectError } from "./internal/errors/printedError.ts"

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

  override toJSON(): unknown {
    return errorJson(this)
  }

  /** @internal */
  override [NodeInspectSymbol](depth?: number, options?: object, inspect?: Inspect): string {
    return inspectError(this, depth, options, inspect)
  }
}
