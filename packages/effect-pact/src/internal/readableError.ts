/**
 * Effect's errors print their fields, where a console or an uncaught rejection shows them, and not their message. Those
 * of this package print as other errors do: message and stack.
 */
import { NodeInspectSymbol } from "effect/Inspectable"

/** The same class, which prints so. Generic to the last, since a class is still being defined where it extends this. */
export const readable = <Class>(taggedError: Class): Class => {
  // Every schema of an error gives a class, of which the compiler knows nothing here.
  Object.defineProperty((taggedError as { readonly prototype: Error }).prototype, NodeInspectSymbol, {
    value(this: Error) {
      return this.stack ?? String(this)
    }
  })
  return taggedError
}
