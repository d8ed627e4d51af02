/** Headers whose values are credentials. That they differ may be said, not what they are. */
import type { Mismatch } from "../Mismatch.ts"

const names = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "api-key",
  "x-auth-token",
  "x-csrf-token"
])

export const isSecret = (name: string): boolean => names.has(name.toLowerCase())

export const placeholder = "<redacted>"

/** A mismatch as it may be shown. `more` are names that the caller keeps secret, in lower case. */
export const masked = (mismatch: Mismatch, more: ReadonlySet<string> = new Set()): Mismatch => {
  const { actual, part, path } = mismatch
  if ((part !== "header" && part !== "metadata") || !(isSecret(path) || more.has(path.toLowerCase()))) return mismatch
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

/** The text without these values, however it comes by them. */
export const without = (text: string, secrets: ReadonlyArray<string>): string =>
  secrets.reduce((text, secret) => secret === "" ? text : text.replaceAll(secret, placeholder), text)

/** The values of headers, by name, that are secret; one header may have several. */
export const valuesOf = (headers: { readonly [name: string]: string | ReadonlyArray<string> }): ReadonlyArray<string> =>
  Object.entries(headers).flatMap(([name, values]) => isSecret(name) ? [values].flat() : [])
