import * as Predicate from "effect/Predicate"

/**
 * The platform's code of a transport failure (`ECONNRESET`, `UND_ERR_SOCKET`), wherever the transport hid it: fetch wraps
 * it in a TypeError, Effect in an HttpClientError and its reason, happy eyeballs in an AggregateError.
 *
 * @internal
 */
export const transportCode = (cause: unknown): string | undefined => {
  let current = cause
  // A chain of causes may be circular, so it is followed only so far.
  for (let depth = 0; depth < 8 && Predicate.isObject(current); depth++) {
    if (Predicate.hasProperty(current, "code") && typeof current.code === "string") return current.code
    current = Predicate.hasProperty(current, "cause") && current.cause !== undefined
      ? current.cause
      : Predicate.hasProperty(current, "reason")
      ? current.reason
      : Predicate.hasProperty(current, "errors") && Array.isArray(current.errors)
      ? current.errors[0]
      : undefined
  }
  return undefined
}
