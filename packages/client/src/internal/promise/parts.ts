import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import type { Parts } from "../../PromiseOptions.ts"
import { findingsOf, must, object } from "../settings/optionChecks.ts"
import { problemsIn, withProblems } from "../settings/settingsProblems.ts"

const hasDebug = (value: unknown): boolean => Predicate.hasProperty(value, "debug") && typeof value.debug === "function"

const checks = object({
  transport: must(
    "a fetch or a layer of an HttpClient",
    (value) => typeof value === "function" || Layer.isLayer(value)
  ),
  layers: must("an array of layers", (value) => Array.isArray(value) && value.every(Layer.isLayer)),
  logger: must("an object with a method debug(message, fields)", hasDebug)
})

/**
 * The parts of a client, or in the place of such as are none a transport that says so to the client, which names it beside what
 * else is wrong.
 *
 * @internal
 */
export const usableParts = (parts: Parts): Parts => {
  const problems = problemsIn(findingsOf(checks, parts))
  return problems.length === 0
    ? parts
    : { transport: Layer.succeed(HttpClient.HttpClient, withProblems(HttpClient.make(() => Effect.never), problems)) }
}
