import {
  RateLimited,
  ServerError,
  SunshineError,
  type SunshineErrorReason,
  UnexpectedResponse
} from "@sunco/client/SunshineError"
import { assert, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import { fromClient } from "../src/Failure.ts"

const unexpected = (
  status: number,
  problem: UnexpectedResponse["problem"],
  more: { readonly path?: ReadonlyArray<string>; readonly errors?: UnexpectedResponse["errors"] } = {}
) => new UnexpectedResponse({ status, problem, errors: [], snippet: Redacted.make(""), ...more })

const other = "something else than the API seems to answer: see the base URL, and the proxy where there is one"

it.each<readonly [what: string, reason: SunshineErrorReason, kind: string, hint: string | undefined]>([
  [
    "429",
    new RateLimited({ errors: [] }),
    "failed",
    "more was sent than the app may send: wait, and send less at once"
  ],
  [
    "500",
    new ServerError({ status: 500, errors: [] }),
    "failed",
    "try again in a while; if it stays so, see the base URL, and the proxy where there is one"
  ],
  ["a page", unexpected(200, "body"), "failed", other],
  ["204", unexpected(204, "status"), "failed", other],
  [
    "302",
    unexpected(302, "status"),
    "failed",
    "redirects are not followed: see the base URL, and whether a network or a proxy wants a login"
  ],
  ["404 of another server", unexpected(404, "status"), "not-found", "the API has no such path there: see the base URL"],
  ["404 of the API", unexpected(404, "status", { errors: [{ code: "odd" }] }), "not-found", undefined],
  ["JSON of the API with an odd field", unexpected(200, "body", { path: ["user", "id"] }), "failed", undefined],
  ["an answer that is too large", unexpected(200, "too-large"), "failed", undefined]
])("says what to do about %s", (_, reason, kind, hint) => {
  const error = new SunshineError({ operation: "Users.get", reason, attempts: 1, applied: "no" })
  const failure = fromClient(error)
  assert.deepStrictEqual([failure.kind, failure.hint], [kind, hint])
})
