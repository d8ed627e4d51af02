/** Headers and query parameters whose values are credentials. That they differ may be said, not what they are. */
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type { Mismatch } from "../Mismatch.ts"
import type { HeaderValues } from "../Verifier.ts"

const kinds =
  /authorization|authentication|cookie|token|secret|password|passwd|(api|auth|private|access)[-_]?key|credential|jwt|signature|session|^(sig|code)$/i

export const isSecret = (name: string): boolean => kinds.test(name)

export const placeholder = "<redacted>"

const named: ReadonlySet<Mismatch["part"]> = new Set(["header", "metadata", "query"])

/** A mismatch as it may be shown. `more` are names that the caller keeps secret, in lower case. */
export const masked = (mismatch: Mismatch, more: ReadonlySet<string> = new Set()): Mismatch => {
  const { actual, part, path } = mismatch
  if (!named.has(part) || !(isSecret(path) || more.has(path.toLowerCase()))) return mismatch
  return {
    part,
    path,
    expected: placeholder,
    ...(actual === undefined
      ? { message: `Expected a ${part} '${path}' but was missing` }
      : {
        actual: placeholder,
        message: `Mismatch with ${part} '${path}': its value is not shown`
      })
  }
}

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1)

/** How a credential may be repeated: with its scheme or without, in an address, in JSON, and in a text in JSON. */
const spellings = (secret: string): ReadonlyArray<string> =>
  [secret, secret.replace(/^[a-z]+ +/i, "")].flatMap((text) => [
    text,
    encodeURIComponent(text.toWellFormed()),
    quoted(text),
    quoted(quoted(text))
  ])

/** The text without these values, however it comes by them. */
export const without = (text: string, secrets: Iterable<string>): string =>
  [...new Set([...secrets].flatMap(spellings))]
    // One may be a part of another.
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, secret) => secret === "" ? text : text.replaceAll(secret, placeholder), text)

/**
 * The text without what stands in it by a secret name: in an address, or where Pact's mock provider repeats a request,
 * `"name": ["value"]` or `"name": [Some("value")]`, itself in JSON or not. What has no end is left out to the end.
 */
export const withoutNamed = (text: string): string =>
  text
    .replace(
      /(\\*")([^"\\]+)\1: \[.*?(?:(?<!\\)\1\)?\]|$)/g,
      (all, quote: string, name: string) => isSecret(name) ? `${quote}${name}${quote}: [${placeholder}]` : all
    )
    .replace(
      /([?&])([^?&=#\s"]+)=[^&#\s"]+/g,
      (all, before: string, name: string) => isSecret(name) ? `${before}${name}=${placeholder}` : all
    )

type Values = { readonly [name: string]: string | ReadonlyArray<string> }

/** The values, by name, that are secret; one name may have several. */
export const valuesOf = (values: Values): ReadonlyArray<string> =>
  Object.entries(values).flatMap(([name, values]) => isSecret(name) ? [values].flat() : [])

/** Those of the headers that are secret, by their name or as they are given. */
export const given = (headers: HeaderValues): ReadonlyArray<readonly [name: string, value: string]> =>
  Object.entries(headers).flatMap(([name, value]) =>
    !Predicate.isString(value) ? [[name, Redacted.value(value)]] : isSecret(name) ? [[name, value]] : []
  )
