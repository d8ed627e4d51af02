import * as Result from "effect/Result"
import type { SettingsProblem } from "../SettingsError.ts"
import { text } from "./optionChecks.ts"
import { problemsIn } from "./settingsProblems.ts"

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
  if (baseUrl !== undefined && subdomain !== undefined) {
    return fail(names.baseUrl, `and ${names.subdomain} are both set: keep one of them`)
  }
  if (subdomain !== undefined) {
    const wrong = text(subdomain, [names.subdomain])
    if (wrong.length > 0) return Result.fail(problemsIn(wrong))
    return isSubdomain.test(String(subdomain))
      ? Result.succeed(new URL(`https://${String(subdomain)}.zendesk.com/sc`))
      : fail(names.subdomain, "must be the part before .zendesk.com")
  }
  if (baseUrl === undefined) {
    return fail(names.subdomain, `or ${names.baseUrl} must be set`)
  }
  // `URL` would drop them in silence, also within.
  const wrong = text(baseUrl, [names.baseUrl])
  if (wrong.length > 0) return Result.fail(problemsIn(wrong))
  if (!URL.canParse(String(baseUrl))) return fail(names.baseUrl, "must be an absolute URL")
  const url = new URL(String(baseUrl))
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return fail(names.baseUrl, "must begin with https:// (http:// is for loopback only)")
  }
  if (url.username !== "" || url.password !== "") return fail(names.baseUrl, "must not contain credentials")
  if (url.search !== "" || url.hash !== "") return fail(names.baseUrl, "must not have a query or a fragment")
  const version = endsInVersion.exec(url.pathname)?.[1]
  if (version !== undefined) {
    return fail(names.baseUrl, `must end before /${version}`)
  }
  return Result.succeed(url)
}

const isSubdomain = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/

/** A version, as the addresses of documents and of other clients have it, or a path of the API behind one. */
const endsInVersion = /\/(v\d+(?:\.\d+)*)(?:\/+(?:apps|appusers|webhooks)\b[^?]*)?\/*$/i

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname)
