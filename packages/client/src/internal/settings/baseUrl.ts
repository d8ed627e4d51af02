import * as Result from "effect/Result"
import type { SettingsProblem } from "../../SettingsError.ts"
import { text } from "./optionChecks.ts"
import { bothSet, problemsIn } from "./settingsProblems.ts"

/**
 * Where the API is, from either setting.
 *
 * @internal
 */
export const baseUrl = (
  options: { readonly baseUrl?: unknown; readonly subdomain?: unknown },
  names: { readonly baseUrl: string; readonly subdomain: string }
): Result.Result<URL, ReadonlyArray<SettingsProblem>> => {
  const fail = (setting: string, problem: string) => Result.fail([{ setting, problem }])
  const { baseUrl, subdomain } = options
  const given = baseUrl ?? subdomain
  if (given === undefined) return fail(names.subdomain, `or ${names.baseUrl} must be set`)
  const setting = baseUrl === undefined ? names.subdomain : names.baseUrl
  if (baseUrl !== undefined && subdomain !== undefined) return fail(setting, bothSet(names.subdomain))
  // `URL` would drop what `text` finds in silence, also within.
  const wrong = text(given, [setting])
  if (wrong.length > 0) return Result.fail(problemsIn(wrong))
  const said = String(given)
  if (baseUrl === undefined) {
    return isSubdomain.test(said)
      ? Result.succeed(new URL(`https://${said}.zendesk.com/sc`))
      : fail(setting, "must be the part before .zendesk.com")
  }
  if (!URL.canParse(said)) return fail(setting, "must be an absolute URL")
  const url = new URL(said)
  const version = endsInVersion.exec(url.pathname)?.[1]
  const problem = !(url.protocol === "https:" || url.protocol === "http:" && isLoopback.test(url.hostname))
    ? "begin with https:// (http:// is for loopback only)"
    : url.username + url.password !== ""
    ? "not contain credentials"
    : url.search + url.hash !== ""
    ? "not have a query or a fragment"
    : version && `end before /${version}`
  return problem === undefined ? Result.succeed(url) : fail(setting, `must ${problem}`)
}

const isSubdomain = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/

/** A version, as the addresses of documents and of other clients have it, or a path of the API behind one. */
const endsInVersion = /\/(v\d+(?:\.\d+)*)(?:\/+(?:apps|appusers|webhooks)\b[^?]*)?\/*$/i

/**
 * Of the name of a host as a URL has it.
 *
 * @internal
 */
export const isLoopback = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/
