import * as Predicate from "effect/Predicate"

/**
 * The first answer of `look` along a chain of causes, wherever the transport hid what happened: fetch wraps it in a TypeError,
 * Effect in an HttpClientError and its reason, happy eyeballs in an AggregateError.
 *
 * @internal
 */
export const findCause = <A>(cause: unknown, look: (link: object) => A | undefined): A | undefined => {
  let link = cause
  // A chain of causes may be circular, so it is followed only so far.
  for (let depth = 0; depth < 8 && Predicate.isObject(link); depth++) {
    const found = look(link)
    if (found !== undefined) return found
    link = Predicate.hasProperty(link, "cause") && link.cause !== undefined
      ? link.cause
      : Predicate.hasProperty(link, "reason")
      ? link.reason
      : Predicate.hasProperty(link, "errors") && Array.isArray(link.errors)
      ? link.errors[0]
      : undefined
  }
  return undefined
}

/** @internal */
export const textAt = (link: object, name: string): string | undefined => {
  const value = Reflect.get(link, name)
  return typeof value === "string" ? value : undefined
}
