import { PathSegment } from "@sunco/schemas/Ids"
import * as Reading from "@sunco/schemas/Reading"
import * as Result from "effect/Result"
import type { SunshineRequest, SunshineResponse } from "../../SunshineRequest.ts"
import { InvalidInput } from "../../SunshineError.ts"
import { findingsOf, requestChecks } from "../settings/optionChecks.ts"
import { withoutDefects } from "./invalidInput.ts"
import * as Json from "./json.ts"
import { jsonBody } from "./jsonBody.ts"
import { queryString } from "./operation.ts"
import { type Plan, unknown, unreadable } from "../call/plan.ts"

const isPathSegment = Reading.is(PathSegment)

const planOf = (request: SunshineRequest): Result.Result<Plan<SunshineResponse, never>, InvalidInput> => {
  const findings = findingsOf(requestChecks, request)
  if (findings.length > 0) return Result.fail(new InvalidInput({ issues: findings }))
  const invalid = request.path.findIndex((segment) => !isPathSegment(segment))
  if (invalid !== -1 || request.path.length === 0) {
    return Result.fail(refuse("path", Math.max(0, invalid), "a path segment other than \"\", \".\" and \"..\""))
  }
  const query = request.query ?? {}
  const broken = Object.keys(query).find((name) => !`${name}${query[name] ?? ""}`.isWellFormed())
  if (broken !== undefined) return Result.fail(refuse("query", "*", "text without lone surrogates"))
  const body = jsonBody(request.body)
  if (Result.isFailure(body)) return Result.fail(body.failure)
  if (body.success !== undefined && request.method === "GET") {
    return Result.fail(refuse("body", undefined, "no body with GET"))
  }
  return Result.succeed({
    request: {
      method: request.method,
      template: request.path.map(templateSegment).join(""),
      path: request.path.map((segment) => `/${encodeURIComponent(segment)}`).join("") + queryString(query),
      body: body.success
    },
    repeatable: request.repeatable ?? request.method === "GET",
    settle: (answer) => {
      if (answer.status < 200 || answer.status >= 300) return unknown
      const { body, headers, status } = answer
      if (answer.tooLarge) return unreadable
      const json = body === "" ? Result.succeed(undefined) : Json.parse(body)
      return Result.isFailure(json) ? unreadable : {
        _tag: "Value",
        value: { status, headers, body: json.success },
        putAside: []
      }
    }
  })
}

/**
 * The plan of a request that no declaration describes.
 *
 * @internal
 */
export const rawPlan = withoutDefects(planOf)

/** Every name that stands in a path of the vendor's document, 17.12.1: at the front, between ids, behind another name. */
const firstNames = new Set(["v2", "v1.1", "oauth"])
const names = new Set(
  ("apps tokenInfo authorize token authorization keys attachments conversations integrations switchboards users join " +
    "participants leave messages activity passControl releaseControl offerControl acceptControl download " +
    "conversionEvents webhooks switchboardIntegrations clients devices personalinformation sync").split(" ")
)

const behind = new Map<string | undefined, ReadonlySet<string>>([["attachments", new Set(["remove"])]])

/**
 * In the vendor's paths (`v2/apps/{id}/users/{id}/sync`) names and ids take turns after the version. Whatever is no name of
 * the API, or stands where an id may stand, is not shown.
 */
const templateSegment = (segment: string, index: number, path: ReadonlyArray<string>): string => {
  const known = index === 0 ? firstNames : index % 2 === 1 ? names : behind.get(path[index - 1])
  return known?.has(segment) === true ? `/${segment}` : "/{}"
}

const refuse = (part: string, at: string | number | undefined, expected: string): InvalidInput =>
  new InvalidInput({ issues: [{ path: at === undefined ? [part] : [part, at], expected }] })
