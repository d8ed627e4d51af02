/** How a command fails: a kind, which is its exit code, a line for people, and what they can do. */
import type * as Config from "effect/Config"
import type * as PlatformError from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Outcomes from "@sunco/client/Outcomes"
import type { SettingsError } from "@sunco/client/SettingsError"
import type { SunshineError, SunshineErrorReason, UnexpectedResponse } from "@sunco/client/SunshineError"

/** The exit code of each kind of failure. `sunco help exit-codes` says them in words. */
export const exitCodes = {
  failed: 1,
  usage: 2,
  "not-found": 3,
  "rows-not-done": 3,
  credentials: 4,
  blocked: 4,
  "maybe-applied": 5,
  defect: 70
} as const

export type Kind = keyof typeof exitCodes

/** What a command says when it fails. */
export class Failure extends Schema.TaggedError<Failure>()("Failure", {
  kind: Schema.Literals([
    "failed",
    "usage",
    "not-found",
    "rows-not-done",
    "credentials",
    "blocked",
    "maybe-applied",
    "defect"
  ]),
  message: Schema.String,
  hint: Schema.optionalKey(Schema.String)
}) {}

/** Whatever the client may fail with. */
export type ClientFailure =
  | Failure
  | SunshineError
  | InstanceType<(typeof Outcomes)[keyof typeof Outcomes]>
  | SettingsError
  | Config.ConfigError
  | PlatformError.PlatformError

/** Says a failure of the client in the words of this command. */
export const fromClient = (error: ClientFailure): Failure => {
  switch (error._tag) {
    case "Failure":
      return error
    case "SunshineError":
      return ofCall(error)
    case "SettingsError":
      return new Failure({ kind: "credentials", message: error.message })
    case "ConfigError":
      return new Failure({ kind: "credentials", message: "the settings cannot be read" })
    case "PlatformError":
      return new Failure({ kind: "failed", message: error.message })
    case "UserAlreadyExists":
      return error.applied === "unknown"
        ? maybeApplied(error.message, "the user is there: see whether it is yours")
        : new Failure({
          kind: "failed",
          message: error.message,
          hint: "`sunco users get` with that externalId shows it"
        })
    case "MessageLimitReached":
    case "AppPlanExceeded":
    case "SwitchboardIntegrationLimitReached":
      return new Failure({ kind: "failed", message: error.message })
    default:
      return new Failure({ kind: "not-found", message: error.message })
  }
}

const maybeApplied = (message: string, hint: string): Failure => new Failure({ kind: "maybe-applied", message, hint })

const ofCall = (error: SunshineError): Failure => {
  const { applied, reason } = error
  const message = error.message + detail(reason)
  if (applied === "unknown") return maybeApplied(message, "look whether it was done before you repeat it")
  if (applied === "yes") return maybeApplied(message, "it was done: do not repeat it")
  const { hint, kind } = meaning(reason)
  return new Failure({ kind, message, ...withHint(hint) })
}

/** What the vendor said: whoever reads it is whose data it is. */
const detail = (reason: SunshineErrorReason): string => {
  const titles = "errors" in reason
    ? reason.errors.flatMap(({ title }) => title === undefined ? [] : Redacted.value(title))
    : []
  if (titles.length > 0) return `: ${titles.join("; ")}`
  // What answers a request that was done may be a secret that was just made.
  const isDone = reason._tag === "UnexpectedResponse" && reason.status < 300
  const snippet = !isDone && "snippet" in reason && reason.snippet !== undefined
    ? Redacted.value(reason.snippet).trim()
    : ""
  return snippet === "" ? "" : `: ${snippet.slice(0, 200)}`
}

const meaning = (reason: SunshineErrorReason): { readonly kind: Kind; readonly hint?: string } => {
  switch (reason._tag) {
    case "InvalidInput":
      return { kind: "usage", hint: "nothing was sent" }
    case "Unauthorized":
      return { kind: "credentials", hint: "the key or its secret is wrong, or was revoked" }
    case "Forbidden":
      return {
        kind: "credentials",
        hint: reason.snippet === undefined
          ? "the key is of another app, or of a scope that does not reach this"
          : "a firewall or a proxy stands in front of the API"
      }
    case "CredentialsUnavailable":
      return { kind: "credentials" }
    case "AppNotFound":
      return { kind: "not-found", hint: "see the id of the app, and whether the server is that of its region" }
    case "Transport":
      return { kind: "failed", hint: transportHint(reason.code) }
    case "Timeout":
      return { kind: "failed", hint: "see the network, and the proxy where there is one" }
    case "RateLimited":
      return { kind: "failed", hint: "more was sent than the app may send: wait, and send less at once" }
    case "ServerError":
      return {
        kind: "failed",
        hint: "try again in a while; if it stays so, see the base URL, and the proxy where there is one"
      }
    case "UnexpectedResponse":
      return { kind: reason.status === 404 ? "not-found" : "failed", ...withHint(unexpectedHint(reason)) }
    default:
      return { kind: "failed" }
  }
}

const withHint = (hint: string | undefined) => hint === undefined ? undefined : { hint }

const otherServer = "something else than the API seems to answer: see the base URL, and the proxy where there is one"

/** Where it has the vendor's own errors, or JSON that could be read but for a place, the API has answered. */
const unexpectedHint = ({ errors, path, problem, status }: UnexpectedResponse): string | undefined => {
  const isOfApi = errors.length > 0 || path !== undefined || !(problem === "status" || problem === "body")
  if (isOfApi) return undefined
  if (status === 404) return "the API has no such path there: see the base URL"
  return status >= 300 && status < 400
    ? "redirects are not followed: see the base URL, and whether a network or a proxy wants a login"
    : otherServer
}

const transportHint = (code: string | undefined): string => {
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "see the subdomain or the base URL, and the network"
    case "ECONNREFUSED":
      return "nothing listens there: see the base URL"
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return "NODE_EXTRA_CA_CERTS names the certificate of a proxy that looks into TLS"
    default:
      return "see the network, and the proxy where there is one"
  }
}
