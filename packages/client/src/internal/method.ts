import type * as Effect from "effect/Effect"
import type * as Tracer from "effect/Tracer"
import { withOperationSpan } from "./spans.ts"

/**
 * The method of which a call is part: what failures and spans are named after, and how many requests it has sent. A method
 * that makes several calls (`getOrCreate`) is one of these for all of them.
 *
 * @internal
 */
export interface Method {
  readonly operation: string
  readonly span: Tracer.Span | undefined
  sent: number
}

/** @internal */
export const method = <A, E>(
  operation: string,
  run: (method: Method) => Effect.Effect<A, E>
): Effect.Effect<A, E> => withOperationSpan(operation, (span) => run({ operation, span, sent: 0 }))
