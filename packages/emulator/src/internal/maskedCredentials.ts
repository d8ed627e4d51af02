import type * as Schema from "effect/Schema"
import { headerOf, type IncomingRequest } from "./incomingRequest.ts"

const mask = "<redacted>"

// Of headers, parameters and members of JSON, whose names differ in how they part their words. More is taken for a secret than is
// one: what is hidden is missed in a test, what is shown is in a log for good.
const secretName = new RegExp(
  "assertion|authenticat|authorization|bearer|cookie|credential|jwt|passphrase|passw|secret|session|signature|token" +
    "|(?<!idempotency-)keys?\\d*(?![^-])" +
    "|(?<![^-])(auth|code|otp|pass|pat|pin|pwd|sid|sig)(?![^-])",
  "u"
)

const carriesSecret = (name: string) =>
  secretName.test(
    name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/gu, "-").replaceAll(/[^A-Za-z\d]/gu, "-").toLowerCase()
  )

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
      return value === undefined ? [] : [[name, maskedValue(name, value)]]
    })
  )

/**
 * The value of a header or parameter: a secret by its name, or by what it is itself, such as a URL with a token in its query.
 *
 * @internal
 */
export const maskedValue = (name: string, value: string): string =>
  carriesSecret(name) || /(^|,)\s*(basic|bearer)\s/iu.test(value) ? masked(value) : maskedText(value)

/**
 * A body of OAuth, which has credentials where others have data: JSON and forms without what their names say is secret,
 * nothing of what is neither.
 *
 * @internal
 */
export const maskedBody = (body: Schema.Json, contentType: string): Schema.Json => {
  if (typeof body === "object") {
    return JSON.parse(JSON.stringify(body, (name, value) => carriesSecret(name) ? mask : value))
  }
  if (typeof body !== "string" || !/^application\/x-www-form-urlencoded\s*(;|$)/iu.test(contentType)) return mask
  return body.split("&").map((pair) =>
    Array.from(new URLSearchParams(pair).keys()).some(carriesSecret) ? `${pair.split("=", 1)[0]}=${mask}` : pair
  ).join("&")
}

const maskedText = (text: string): string =>
  text
    .replaceAll(/\/\/[^/?#\s@]*@/gu, `//${mask}@`)
    .replaceAll(/(?<![\w-])(eyJ[\w-]*\.[\w-]+)\.[\w-]*/gu, `$1.${mask}`)
    .split(/([?&#\s]|%3F|%26|%23)/iu)
    .map(maskedAssignment)
    .join("")

/** Of `name=value`, also where a URL in a URL has it, and of several in a row with other marks between them. */
const maskedAssignment = (text: string): string => {
  const parts = text.split(/(=|%3D)/iu)
  const at = parts.findIndex((part, i) => i % 2 === 0 && i + 1 < parts.length && carriesSecret(part))
  return at === -1 ? text : `${parts.slice(0, at + 2).join("")}${mask}`
}

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
