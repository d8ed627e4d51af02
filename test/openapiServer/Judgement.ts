/**
 * The calls of all contracts, sent to a server that has the vendor's document: whether it takes the request for one of the document,
 * and whether the client understands the answer that the document has. What is not so is told in a line, such as `GetUser 404: a request
 * to get a user who does not exist: answered with 422`. Nothing here names an operation.
 */
import * as Client from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { appId, type Contract, operationOf } from "@sunco/contracts/Contract"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import * as Matcher from "effect-pact/Matcher"
import * as Array from "effect/Array"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Faces from "../operations/Faces.ts"
import type { Answer } from "./Documented.ts"
import * as Relay from "./Relay.ts"

interface Row {
  readonly contract: Contract
  readonly operationId: string
  readonly status: number
  /** Such as `GetUser 404`. */
  readonly pair: string
}

const rows = SunshineContracts.map((contract): Row => {
  const operationId = operationOf(contract)?.declared.operationId ?? contract.interaction.description
  const { status } = contract.interaction.response
  return { contract, operationId, status, pair: `${operationId} ${status}` }
})

/** One for each operation and status. */
export const pairs = Array.dedupeWith(rows, (one, other) => one.pair === other.pair)

export const operations = Array.dedupe(rows.map(({ operationId }) => operationId))

export const descriptions = rows.map(({ contract }) => contract.interaction.description)

/** Requests that are meant to be none of the document, and why. */
export const refused: ReadonlyArray<{ readonly description: string; readonly reason: string }> = [
  {
    description: "a request to create an integration of a type that there is not",
    reason: "it is how the vendor answers to a type of tomorrow, or one that is misspelt"
  }
]

type Run = (contract: Contract) => Effect.Effect<Result.Result<unknown, { readonly _tag: string }>>

/** As an effect over the transport that is recommended; an answer that is not wholly understood is refused. */
const asEffect = Effect.fnUntraced(function*(url: string) {
  const credentials = {
    basic: Client.Credentials.layerBasic({ keyId: `app_${appId}`, secret: Redacted.make("secret") }),
    bearer: Client.Credentials.layerBearer(Redacted.make("token")),
    none: Client.Credentials.layerNone
  }
  const services = yield* Effect.all(
    Record.map(
      credentials,
      (credentials) =>
        Client.AllResources.layer({ appId, baseUrl: url, retry: "never", strictResponses: true }).pipe(
          Layer.provide([credentials, UndiciTransport.layer]),
          Layer.build
        )
    )
  )
  const run: Run = (contract) => contract.call.pipe(Effect.result, Effect.provide(services[contract.credentials]))
  return run
})

/** As a promise over `fetch`. */
const asPromise = (url: string): Run => (contract) =>
  Faces.promises(contract, (input, init) => {
    const { origin, href } = new URL(new Request(input).url)
    return fetch(href.replace(origin, url), init)
  }).pipe(
    Effect.flatMap((services) => Effect.provide(Effect.result(contract.call), services)),
    Effect.scoped
  )

/** A change of what the contract is about: a call may look something up before. */
const inCallOf = ({ contract }: Row, change: Relay.Change) => (method: string, path: string): Relay.Change =>
  isCallOf(contract)({ method, path }) ? change : {}

const isCallOf =
  ({ interaction: { request } }: Contract) => ({ method, path }: Pick<Relay.Exchange, "method" | "path">) =>
    method === request.method && path === Matcher.example(request.path)

/** What a server has against the calls, whose document has these answers. */
export const of = Effect.fnUntraced(function*(server: string, answers: ReadonlyArray<Answer>) {
  const relay = yield* Relay.make(server)
  const effect = yield* asEffect(relay.url)
  const promise = asPromise(relay.url)

  const judge = Effect.fnUntraced(function*(row: Row, run: Run, preference = "") {
    const { contract, pair, status } = row
    const { description } = contract.interaction
    const prefer = `code=${status}${preference}`
    const { exchanges, value } = yield* relay.around(run(contract), inCallOf(row, { prefer }))
    const statuses = exchanges.filter(isCallOf(contract)).map(({ status }) => status)
    const violations = exchanges.flatMap(({ violations }) => violations)
    const problems = violations.length > 0 !== refused.some((one) => one.description === description)
      ? violations.length > 0 ? violations : ["is accepted"]
      : statuses.join() !== `${status}`
      ? [`answered with ${statuses.join(", ") || "nothing"}`]
      : misunderstood(contract, value)
    return problems.map((problem) => `${pair}: ${description}: ${problem}`)
  })

  const judgeExamples = (row: Row) => {
    const answer = answers.find(({ operationId, status }) => row.operationId === operationId && row.status === status)
    return Effect.forEach(answer?.examples ?? [], (name) => judge(row, effect, `, example=${name}`))
  }

  /** Where a schema is none, the server says nothing, and takes whatever it is sent. */
  const judgeServer = Effect.fnUntraced(function*(row: Row) {
    const { body, form } = row.contract.interaction.request
    if (body === undefined && form === undefined) return []
    const { exchanges } = yield* relay.around(effect(row.contract), inCallOf(row, { body: "[]" }))
    return exchanges.some(({ violations }) => violations.length > 0)
      ? []
      : [`${row.operationId}: takes everything for a body`]
  })

  return (yield* Effect.all([
    Effect.forEach(rows, (row) => judge(row, effect)),
    Effect.forEach(pairs, (row) => judge(row, promise)),
    Effect.forEach(pairs, judgeExamples).pipe(Effect.map(Array.flatten)),
    Effect.forEach(pairs, judgeServer)
  ])).flat(2)
})

/** The same of what the server makes up by the schemas of the answers, so many for each success. */
export const ofInventions = Effect.fnUntraced(function*(server: string) {
  const relay = yield* Relay.make(server)
  const effect = yield* asEffect(relay.url)
  const successes = pairs.filter(({ contract }) => "gives" in contract)
  return (yield* Effect.forEach(successes, (row) =>
    Effect.forEach(Array.range(1, 10), (seed) => {
      const prefer = `code=${row.status}, dynamic=true, seed=${seed}`
      return Effect.map(
        relay.around(effect(row.contract), inCallOf(row, { prefer })),
        ({ value }) => misunderstood(row.contract, value).map((problem) => `${row.pair}, seed ${seed}: ${problem}`)
      )
    }))).flat(2)
})

/** The values are the document's and not the contract's, but a success is one, and a failure is of the same kind. */
const misunderstood = (
  contract: Contract,
  result: Result.Result<unknown, { readonly _tag: string }>
): ReadonlyArray<string> => {
  const expected = "failsWith" in contract ? contract.failsWith : undefined
  const actual = Result.isFailure(result) ? result.failure : undefined
  return actual?._tag === expected ? [] : [String(actual ?? "a success")]
}
