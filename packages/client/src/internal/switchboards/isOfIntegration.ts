import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { Authorization } from "../../Credentials.ts"
import * as Json from "../operation/json.ts"

/**
 * Whether credentials are those of an integration, by what they say of themselves: a key whose id begins with `int_`, a JWT of that
 * scope, or a token that is no JWT, as only OAuth gives them, to integrations.
 *
 * @internal
 */
export const isOfIntegration = ({ header }: Authorization): boolean => {
  const [scheme = "", credentials = ""] = Redacted.value(header).split(" ")
  if (/^basic$/i.test(scheme)) return intPrefix.test(credentials)
  const [, claims, signature] = credentials.split(".")
  if (claims === undefined || signature === undefined) return true
  const json = Result.flatMap(Result.try(() => atob(claims.replaceAll("-", "+").replaceAll("_", "/"))), Json.parse)
  return Result.isSuccess(json) && Predicate.isObject(json.success) &&
    Reflect.get(json.success, "scope") === "integration"
}

/** `int_` in base64, whatever comes next. */
const intPrefix = /^aW50X[w-z0-9+/]/
