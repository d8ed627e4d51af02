import * as Redacted from "effect/Redacted"

/** The fields of models and payloads that are secrets, wherever they stand. */
const names: ReadonlySet<string> = new Set([
  "accessKey",
  "accessTokenKey",
  "accessTokenSecret",
  "accountManagementAccessToken",
  "apiKey",
  "apiSecret",
  "appSecret",
  "authToken",
  "authenticationMessageSecret",
  "certificate",
  "channelAccessToken",
  "channelSecret",
  "clientEmail",
  "consumerKey",
  "consumerSecret",
  "pageAccessToken",
  "password",
  "privateKey",
  "projectId",
  "secret",
  "senderId",
  "serverKey",
  "signingKey",
  "switcherSecret",
  "token",
  "webhookSecret"
])

const wrapped = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(wrapped)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      names.has(name) && typeof field === "string" ? Redacted.make(field) : wrapped(field)
    ])
  )
}

/** What goes over the wire as a program has it: the same, with its secrets in `Redacted`. */
export const secretsIn = <A>(json: object): A =>
  // It is of the type that whoever wrote it down has checked it against, with text for a secret.
  wrapped(json) as A
