import * as Redacted4 from "effect-4/Redacted"
import * as Redacted from "effect/Redacted"

/** As deep as any payload is. */
const deepest = 16

/**
 * An argument of a method with the application's secrets as those of the client. Nothing else of it is touched, and what has
 * none is handed on as it is.
 *
 * @internal
 */
export const withClientSecrets = (value: unknown): unknown => {
  try {
    return converted(value, 0)
  } catch {
    // A getter that throws: the client looks again, and says so.
    return value
  }
}

const converted = (value: unknown, depth: number): unknown => {
  if (typeof value !== "object" || value === null || depth > deepest) return value
  if (Redacted.isRedacted(value)) return Redacted4.make(Redacted.value(value))
  if (Array.isArray(value)) {
    const items = value.map((item) => converted(item, depth + 1))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  let copy: Record<string, unknown> | undefined
  for (const [name, field] of Object.entries(value)) {
    const found = converted(field, depth + 1)
    if (found !== field) (copy ??= { ...value })[name] = found
  }
  return copy ?? value
}
