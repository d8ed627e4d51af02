import * as Result from "effect/Result"
import { SettingsError } from "../SettingsError.ts"

/**
 * Where the API is, from either setting.
 *
 * @internal
 */
export const baseUrl = (
  options: { readonly baseUrl?: string | undefined; readonly subdomain?: string | undefined },
  names: { readonly baseUrl: string; readonly subdomain: string }
): Result.Result<URL, SettingsError> => {
  const fail = (setting: string, problem: string) => Result.fail(new SettingsError({ setting, problem }))
  if (options.baseUrl !== undefined && options.subdomain !== undefined) {
    return fail(names.baseUrl, `and ${names.subdomain} are both set: keep one of them`)
  }
  if (options.subdomain !== undefined) {
    return isSubdomain.test(options.subdomain)
      ? Result.succeed(new URL(`https://${options.subdomain}.zendesk.com/sc`))
      : fail(names.subdomain, "must be the part before .zendesk.com")
  }
  if (options.baseUrl === undefined) {
    return fail(names.subdomain, `or ${names.baseUrl} must be set`)
  }
  if (!URL.canParse(options.baseUrl)) return fail(names.baseUrl, "must be an absolute URL")
  const url = new URL(options.baseUrl)
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return fail(names.baseUrl, "must begin with https:// (http:// is for loopback only)")
  }
  if (url.username !== "" || url.password !== "") return fail(names.baseUrl, "must not contain credentials")
  if (url.search !== "" || url.hash !== "") return fail(names.baseUrl, "must not have a query or a fragment")
  return Result.succeed(url)
}

const isSubdomain = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname)
