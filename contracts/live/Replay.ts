/** The pact, replayed against the account by Pact's own verifier. */
import { provider } from "@sunco/contracts/Names"
import type { StateHandlers } from "effect-pact/ProviderStates"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FileSystem from "effect/FileSystem"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { Account } from "./Account.ts"
import * as Answers from "./answers.ts"
import { arrangements } from "./arrangements.ts"
import { type Exchange, Exchanges } from "./Exchanges.ts"
import * as Gateway from "./Gateway.ts"
import * as Json from "./json.ts"
import { Ledger } from "./Ledger.ts"
import { type OwnInteraction, type OwnPact, stateMarker } from "./OwnPact.ts"
import { presupposed, whyNot } from "./presupposed.ts"
import { Run } from "./Run.ts"
import { Scene } from "./Scene.ts"
import type { Verdict } from "./verdicts.ts"

/** Where an answer is another than the contract has; what was there is said by its type alone. */
export const Difference = Schema.Struct({
  part: Schema.String,
  path: Schema.String,
  expected: Schema.optionalKey(Schema.String),
  found: Schema.optionalKey(Schema.String)
})

export type Difference = typeof Difference.Type

export interface Replayed {
  readonly interaction: OwnInteraction
  readonly verdict: Verdict
  /** Why nothing can be told, where it is so. */
  readonly why?: string
  readonly answered?: Answers.Told
  readonly differences: ReadonlyArray<Difference>
}

/** Replays what can be; each interaction once, one after the other. */
export const replay = Effect.fnUntraced(function*(pact: OwnPact) {
  const files = yield* FileSystem.FileSystem
  const exchanges = yield* Exchanges
  const options = yield* Run
  const impossible = new Map(pact.interactions.map((interaction) => [interaction, whyNot(interaction, options)]))
  const possible = pact.interactions.filter((interaction) => impossible.get(interaction) === undefined)

  const failures = yield* Effect.gen(function*() {
    const directory = yield* files.makeTempDirectoryScoped()
    const file = `${directory}/pact.json`
    yield* files.writeFileString(file, pact.of(possible))
    const { removeMade, url } = yield* Gateway.make(possible)
    return yield* Verifier.verify({
      provider,
      url,
      pacts: [file],
      states: yield* statesOf(removeMade),
      // Nobody waits longer than it takes to be let through again after too many requests.
      requestTimeout: "10 minutes"
    }).pipe(
      Effect.as<ReadonlyArray<Verifier.Failure>>([]),
      Effect.catchTag("VerificationFailed", ({ failures }) => Effect.succeed(failures))
    )
  }).pipe(Effect.scoped)

  return pact.interactions.map((interaction): Replayed => {
    const why = impossible.get(interaction)
    if (why !== undefined) return { interaction, verdict: "untold", why, differences: [] }
    const failed = failures.filter((failure) => failure.interaction === interaction.description)
    return judged(interaction, exchanges.of(interaction.index), failed)
  })
}, Effect.scoped)

/**
 * Handlers that know for which interaction they work. What is arranged for one goes when it is over, or cannot be arranged, and what its
 * request has made goes first: the next may need the room.
 */
const statesOf = Effect.fnUntraced(function*(removeMade: Effect.Effect<void>) {
  const { appId } = yield* Account
  const exchanges = yield* Exchanges
  const { own } = yield* Ledger
  let open: { readonly index: number; readonly scope: Scope.Closeable } | undefined
  const close = Effect.suspend(() => {
    const closing = open
    open = undefined
    return closing === undefined ? Effect.void : Effect.andThen(removeMade, Scope.close(closing.scope, Exit.void))
  })
  yield* Effect.addFinalizer(() => close)

  const scopeOf = Effect.fnUntraced(function*(index: number) {
    if (open?.index === index) return open.scope
    yield* close
    const scope = yield* Scope.make()
    open = { index, scope }
    return scope
  })

  type Services = typeof arrangements extends StateHandlers<infer R> ? R : never
  const handlers: StateHandlers<Exclude<Services, Scene>> = {
    setUp: Effect.fnUntraced(function*(name, parameters) {
      const index = Predicate.hasProperty(parameters, stateMarker) ? Number(parameters[stateMarker]) : -1
      const exchange = exchanges.of(index)
      yield* Effect.addFinalizer(() => close)
      const values = yield* arrangements.setUp(name, parameters).pipe(
        Effect.provideService(Scene, {
          without: (what) => void exchange.without.add(what),
          standIn: exchange.standIn,
          takesTurns: exchange.takesTurns,
          callAs: (authorization) => {
            exchange.authorization = authorization
          }
        }),
        Scope.provide(yield* scopeOf(index)),
        Effect.tapError(({ detail }) => {
          // Its first line is the message of the error, after the name of that.
          exchange.unarranged = (detail.split("\n", 1)[0] ?? "").replace(/^\w+: /, "")
          return close
        })
      )
      for (const value of Object.values(values)) if (value !== appId) own(String(value))
      return values
    })
  }
  return handlers
})

const judged = (
  interaction: OwnInteraction,
  { answered, refused, unarranged, without }: Exchange,
  failures: ReadonlyArray<Verifier.Failure>
): Replayed => {
  const differences = differencesOf(failures)
  const said = answered === undefined ? undefined : { answered }
  const untold = (...reasons: ReadonlyArray<string>): Replayed => ({
    interaction,
    verdict: "untold",
    why: reasons.join("; "),
    ...said,
    differences: answered === undefined ? [] : differences
  })
  const unset = without.size === 0 ? [] : [`no call sets ${listed(without)}`]
  if (unarranged !== undefined) return untold(unarranged)
  if (refused !== undefined) return untold(...unset, refused)
  if (answered === undefined) return untold("no answer came")
  if (failures.length === 0) return { interaction, verdict: "held", answered, differences }
  const isAnother = answered.status !== interaction.status
  const failed = isAnother ? Answers.whyUntold(answered) : undefined
  if (failed !== undefined) return untold(failed)
  const needed = [...unset, ...(isAnother ? presupposed(interaction) : [])]
  return needed.length > 0 ? untold(...needed) : { interaction, verdict: "otherwise", answered, differences }
}

const listed = (names: Iterable<string>, shown = 5): string => {
  const all = Array.from(names)
  return [...all.slice(0, shown), ...(all.length > shown ? [`${all.length - shown} more`] : [])].join(", ")
}

/** Of another status, the body says no more. */
const differencesOf = (failures: ReadonlyArray<Verifier.Failure>): ReadonlyArray<Difference> => {
  const all = failures.filter(({ part }) => part !== "state").map((failure): Difference => {
    const { actual, expected, part, path } = failure
    if (part === "status") return { part, path: "", ...defined({ expected, found: actual }) }
    const missing = missingIn(failure)
    return {
      part,
      path,
      ...(missing.length === 0
        ? { expected: kindOf(expected), found: kindOf(actual) }
        : { expected: "an object", found: `an object without ${missing.join(", ")}` })
    }
  })
  const statuses = all.filter(({ part }) => part === "status")
  const shown = new Map((statuses.length > 0 ? statuses : all).map((one) => [JSON.stringify(one), one]))
  return Array.from(shown.values())
}

/** The fields that the contract has and the answer has not, where that is what is wrong. */
const missingIn = ({ actual, expected, message }: Verifier.Failure): ReadonlyArray<string> => {
  const [wanted, found] = [Json.ofText(expected), Json.ofText(actual)]
  return message.startsWith("Actual map is missing") && Array.isArray(wanted) && Array.isArray(found)
    ? wanted.filter((name) => !found.includes(name)).map(String)
    : []
}

const defined = (
  { expected, found }: { readonly expected: string | undefined; readonly found: string | undefined }
) => ({
  ...(expected === undefined ? undefined : { expected }),
  ...(found === undefined ? undefined : { found })
})

/** What the vendor said may be anybody's, so that only its type is told. */
const kindOf = (text: string | undefined): string => {
  if (text === undefined) return "nothing"
  const json = Json.ofText(text)
  if (json === undefined) return "a string"
  if (json === null) return "null"
  if (Array.isArray(json)) return json.length === 0 ? "an empty array" : "an array"
  return typeof json === "object" ? "an object" : `a ${typeof json}`
}
