/** What the vendor answers about things that do not exist, operation by operation, beside what the rows take such an answer for. */
import type { Operation } from "@sunco/schemas/Operation"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Answers from "./answers.ts"
import { ask } from "./asking.ts"
import * as Json from "./json.ts"
import type { OwnPact } from "./OwnPact.ts"
import { never } from "./presupposed.ts"
import { Run } from "./Run.ts"
import { makeCustomIntegration, makeGroup, makeNamedUser, makeText } from "./things.ts"
import type { Verdict } from "./verdicts.ts"

export interface FalseId {
  readonly operation: string
  /** The parameter that names nothing; those before it name things that exist, as far as a run makes any. */
  readonly parameter: string
  /** The outcomes of status 404 that the client knows there. */
  readonly assumed: ReadonlyArray<string>
  readonly verdict: Verdict
  readonly answered?: Answers.Told
  readonly why?: string
}

/** What a key is answered that does not exist is a fact of its own. */
const askedAsFacts = new Set(["DeleteAppKey", "GetCustomIntegrationKey", "DeleteCustomIntegrationKey"])

const rows = Object.values(SunshineOperations).flatMap((resource) => Object.values<Operation>(resource))

const parametersOf = ({ path }: Operation): ReadonlyArray<string> =>
  Array.from(path.matchAll(/:(\w+)/g), ([, name = ""]) => name).filter((name) => name !== "appId")

/** Asks each operation of an app once for every parameter of its path. */
export const askFalseIds = Effect.fnUntraced(function*(pact: OwnPact) {
  const { falseId } = yield* Run
  const user = yield* makeNamedUser
  const { id: conversationId } = yield* makeGroup
  const [message] = yield* makeText(conversationId)
  // Whoever may not make one asks about one that does not exist either.
  const integration = yield* Effect.option(makeCustomIntegration)
  const existing: { readonly [name: string]: string | undefined } = {
    userIdOrExternalId: user.id,
    conversationId,
    messageId: message?.id,
    integrationId: Option.getOrUndefined(integration)?.id
  }
  /** The body of a contract of the operation, about the user of this run where it names any. */
  const bodyFor = ({ operationId }: Operation) => {
    const sample = pact.interactions.find(({ body, operation, status }) =>
      operation === operationId && status < 300 && body !== undefined && typeof body !== "string"
    )
    return Json.mapText(
      sample?.body,
      (field, text) => field === "userId" ? user.id : field === "userExternalId" ? user.externalId : text
    )
  }

  return yield* Effect.forEach(
    rows.filter(({ operationId, path }) =>
      path.startsWith("/v2/apps/:appId/") && never[operationId] === undefined && !askedAsFacts.has(operationId)
    ),
    (row) =>
      Effect.forEach(parametersOf(row), (parameter, index) => {
        const names = parametersOf(row)
        const assumed = Object.values(row.failures ?? {}).filter(({ status }) => status === 404)
          .flatMap(({ codes = ["any code"] }) => codes)
        const path = row.path.slice("/v2/apps/:appId/".length).split("/").map((segment) => {
          const name = segment.startsWith(":") ? segment.slice(1) : undefined
          if (name === undefined) return segment
          return (names.indexOf(name) < index ? existing[name] : undefined) ?? falseId()
        })
        const one = { operation: row.operationId, parameter, assumed }
        return Effect.match(ask(row.method, path, { body: bodyFor(row) }), {
          onFailure: ({ why }): FalseId => ({ ...one, verdict: "untold", why }),
          onSuccess: ({ codes, status }): FalseId => {
            const isKnown = status === 404 &&
              (assumed.includes("any code") || codes.some((code) => assumed.includes(code)))
            const answered = { status, codes }
            if (assumed.length === 0) return { ...one, verdict: "untold", why: "nothing is assumed", answered }
            return { ...one, verdict: isKnown ? "held" : "otherwise", answered }
          }
        })
      })
  ).pipe(Effect.map((found) => found.flat()))
}, Effect.scoped)
