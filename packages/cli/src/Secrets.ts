/** Secrets in answers: wrapped, or by their name. */
import * as Redacted from "effect/Redacted"
import { isPlain } from "./Fields.ts"

/** With secrets as what they are. */
export const revealed = (value: object): object =>
  Array.isArray(value)
    ? value.map(inner)
    : isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inner(one)]))
    : value

const inner = (value: unknown): unknown =>
  typeof value !== "object" || value === null
    ? value
    : Redacted.isRedacted(value)
    ? Redacted.value(value)
    : revealed(value)

const secretName =
  /(secret|secret_?key|token|password|passphrase|(api|access|signing|consumer|token|private)_?key|certificate|credentials?|jwt)$/i

/** With everything hidden that has the name of a secret, for answers of which nothing else is known. */
export const hidden = (value: object): object =>
  Array.isArray(value) ? value.map((one) => hiddenAt("", one)) : Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, hiddenAt(name, one)])
  )

const hiddenAt = (name: string, value: unknown): unknown =>
  value === null || value === undefined || Redacted.isRedacted(value)
    ? value
    : secretName.test(name) && typeof value !== "boolean"
    ? Redacted.make(value)
    : typeof value === "object"
    ? hidden(value)
    : value
