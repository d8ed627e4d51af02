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

// What is a secret to the schemas and has a name that does not say so.
const secretFields: ReadonlySet<string> = new Set(["certificate", "clientEmail", "projectId", "senderId"])

// Those of Twilio say who it is, and nobody calls with them alone.
const isIdOfTwilio = (name: string): boolean => /^(account|messagingService|phoneNumber)Sid$/u.test(name)

// What people and programs say to each other, in members of any name.
const said: ReadonlySet<string> = new Set(["content", "metadata", "override"])

/**
 * A body: JSON and forms without what their names say is secret, and without the secrets of URLs. Of what is neither, nothing is left
 * where the path is one of OAuth, integrations or keys, whose bodies have credentials where others have data.
 *
 * @internal
 */
export const maskedBody = (body: Schema.Json, contentType: string, path: string): Schema.Json => {
  if (typeof body !== "string") return maskedJson("", body)
  if (/^application\/x-www-form-urlencoded\s*(;|$)/iu.test(contentType)) return maskedForm(body)
  // A body that is cut off, and JSON with a comma too much, are text.
  return /\/(oauth|integrations|keys)(\/|$)/iu.test(path) ? mask : body
}

const maskedJson = (name: string, value: Schema.Json): Schema.Json => {
  if (value === null || typeof value === "boolean" || said.has(name)) return value
  if (secretFields.has(name) || carriesSecret(name) && !isIdOfTwilio(name)) return mask
  if (typeof value === "string") return maskedText(value)
  if (typeof value !== "object") return value
  if (Array.isArray(value)) return value.map((item: Schema.Json) => maskedJson("", item))
  return Object.fromEntries(Object.entries(value).map(([name, value]) => [name, maskedJson(name, value)]))
}

const maskedForm = (body: string): string =>
  body.split("&").map((pair) =>
    Array.from(new URLSearchParams(pair).keys()).some(carriesSecret) ? `${pair.split("=", 1)[0]}=${mask}` : pair
  ).join("&")

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
