import { headerOf, type IncomingRequest } from "./incomingRequest.ts"

const mask = "<redacted>"

// Of headers and of query parameters, whose names differ in `-` and `_`.
const carriesSecret = (name: string) =>
  /authorization|authentication|cookie|credential|passw|secret|session|signature|token|(api|access|auth|subscription)[-_]?key|(^|[-_])auth$/iu
    .test(name)

/**
 * The headers by name, with the secret in each that carries one taken out: of credentials stay the scheme, the id of the
 * key, and what a JWT says without its signature.
 *
 * @internal
 */
export const maskedHeaders = (request: IncomingRequest): Record<string, string> =>
  Object.fromEntries(
    Object.keys(request.headers).flatMap((name) => {
      const value = headerOf(request, name)
      return value === undefined ? [] : [[name, carriesSecret(name) ? masked(value) : value]]
    })
  )

/** @internal */
export const maskedParameter = (name: string, value: string): string => carriesSecret(name) ? masked(value) : value

const masked = (value: string): string => {
  if (value === "") return value
  const [, scheme, credentials = ""] = /^(basic|bearer) +(.+)$/isu.exec(value) ?? []
  if (scheme === undefined) return mask
  return `${scheme} ${scheme.toLowerCase() === "basic" ? keyIdOf(credentials) : signedBy(credentials)}${mask}`
}

/** By the prefix of its kind, so that a secret in its place is not taken for it. */
const keyIdOf = (credentials: string): string =>
  /^(app|int|act|svc)_[\w-]+:/u.exec(Buffer.from(credentials, "base64").toString())?.[0] ?? ""

const signedBy = (token: string): string => {
  const [header = "", claims, ...signature] = token.split(".")
  // The base64url of `{"`, with which the header of every JWT begins and no opaque token is likely to.
  return header.startsWith("eyJ") && signature.length === 1 ? `${header}.${claims}.` : ""
}
