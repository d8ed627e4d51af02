/**
 * `pnpm contracts:live --yes-this-account APP`: asks the account that `SUNCO_*` names what the vendor says nowhere, and replays the
 * contracts against it, slowly, on things that it makes itself and deletes again, also when it is interrupted.
 *
 * The exit code is 0 when all that could be told is as it was assumed, 1 when something is otherwise or was left behind, and 2 when
 * nothing was asked.
 */
import { AllResources } from "@sunco/client"
import * as Limiter from "@sunco/client/Limiter"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { Account } from "../live/Account.ts"
import * as Answers from "../live/answers.ts"
import { askFacts } from "../live/askFacts.ts"
import { ask } from "../live/asking.ts"
import { Exchanges } from "../live/Exchanges.ts"
import { askFalseIds } from "../live/FalseIds.ts"
import { formatReport } from "../live/formatReport.ts"
import { Ledger } from "../live/Ledger.ts"
import * as LiveReport from "../live/LiveReport.ts"
import { Observed } from "../live/Observed.ts"
import * as OwnPact from "../live/OwnPact.ts"
import { replay } from "../live/Replay.ts"
import { type Options, Run } from "../live/Run.ts"
import { Failed } from "./Failed.ts"
import { pactFile } from "./pactFile.ts"

/** Nothing was asked; why was printed before. Makes the exit code 2. */
class NotAsked extends Schema.TaggedError<NotAsked>()("NotAsked", {}) {
  override readonly [Runtime.errorReported] = false
  override readonly [Runtime.errorExitCode] = 2
}

const refuse = (problem: string) =>
  Effect.andThen(
    Console.error(`contracts:live: ${problem.replaceAll(/\s*\n\s*/g, " ")}`),
    Effect.fail(new NotAsked())
  )

/** Whether anybody answers to these credentials, by a question that is about nobody. */
const isReachable = Effect.gen(function*() {
  const { falseId } = yield* Run
  const answer = yield* Effect.catch(ask("GET", ["users", falseId()]), ({ message }) => refuse(message))
  if (answer.status !== 404) return yield* refuse(`a user who does not exist is ${Answers.format(answer)}`)
  if (answer.codes.includes("app_not_found")) return yield* refuse("there is no such app (404 app_not_found)")
})

const run = Effect.fnUntraced(function*(only: Option.Option<"contracts" | "facts">) {
  const { appId, baseUrl } = yield* Account
  const { prefix } = yield* Run
  const files = yield* FileSystem.FileSystem
  const ledger = yield* Ledger
  const observed = yield* Observed
  yield* isReachable
  const pact = yield* OwnPact.make(yield* files.readFileString(pactFile))
  const part = <A, E, R>(name: "contracts" | "facts", title: string, ask: Effect.Effect<ReadonlyArray<A>, E, R>) =>
    Option.isSome(only) && only.value !== name
      ? Effect.succeed<ReadonlyArray<A>>([])
      : Effect.andThen(Console.error(`${title} …`), ask)
  return yield* Effect.gen(function*() {
    const answered = yield* part("facts", "asking what is said nowhere", askFacts)
    const falseIds = yield* part("facts", "asking for what does not exist", askFalseIds(pact))
    const replayed = yield* part("contracts", "replaying the contracts", replay(pact))
    return LiveReport.make({
      baseUrl,
      appId,
      run: prefix,
      replayed,
      answered,
      falseIds,
      observed: yield* observed.all,
      cleanUp: yield* ledger.cleanUp
    })
  }).pipe(
    Effect.onInterrupt(() =>
      Effect.flatMap(ledger.cleanUp, ({ deleted, left, made }) =>
        Console.error(
          [
            `interrupted; made: ${made}, deleted again: ${deleted}`,
            ...left.map(({ id, kind, why }) => `LEFT, please look: ${kind} ${id}: ${why}`)
          ].join("\n")
        ))
    )
  )
})

/** Every request of the client and of the replay goes through one transport, and waits for its turn; only many go together. */
const layer = (perSecond: number, options: Options) => {
  const together = Math.max(1, Math.floor(perSecond / 10))
  const own = Layer.mergeAll(Exchanges.layer, Ledger.layer, Observed.layer, Run.layer(options))
  const transport = Observed.layerTransport.pipe(Layer.provide(UndiciTransport.layer), Layer.provideMerge(own))
  return Account.layer.pipe(
    Layer.provideMerge(AllResources.layerFromConfig()),
    Layer.provide(Limiter.layerMemory({ limit: together, window: (together * 1000) / perSecond })),
    Layer.provideMerge(transport)
  )
}

const live = Command.make("contracts:live", {
  yes: Flag.String("yes-this-account").pipe(
    Flag.withDescription(
      "The id of the app, once more: whoever names it agrees to what is made there and deleted again"
    ),
    Flag.optional
  ),
  only: Flag.Literals("only", ["contracts", "facts"]).pipe(
    Flag.withDescription("One part of it: the contracts, or what the vendor says nowhere"),
    Flag.optional
  ),
  brand: Flag.String("brand").pipe(
    Flag.withDescription(
      "The id of a brand of the account, for the contracts about brands; they are passed over without"
    ),
    Flag.optional
  ),
  switchboard: Flag.Boolean("switchboard").pipe(
    Flag.withDescription("Give the app a switchboard for a while, where it has none; all of its conversations pass it"),
    Flag.withDefault(false)
  ),
  perSecond: Flag.Finite("per-second").pipe(
    Flag.withSchema(Schema.Finite.check(Schema.isBetween({ minimum: 0.2, maximum: 1000 }))),
    Flag.withDescription("How many requests at most; 2 unless given"),
    Flag.withDefault(2)
  ),
  json: Flag.Boolean("json").pipe(Flag.withDescription("Print JSON"), Flag.withDefault(false)),
  report: Flag.String("report").pipe(Flag.withDescription("Write the JSON to this file as well"), Flag.optional)
}, ({ brand, json, only, perSecond, report: file, switchboard, yes }) =>
  Effect.gen(function*() {
    const { appId, baseUrl } = yield* Account
    if (Option.isNone(yes) || yes.value !== appId) {
      return yield* refuse(
        `it would make users, conversations and messages in app ${appId} at ${baseUrl}, which its agents and webhooks see, and delete them again: --yes-this-account ${appId} agrees`
      )
    }
    const report = yield* run(only)
    const text = JSON.stringify(report, undefined, 2)
    if (Option.isSome(file)) {
      const files = yield* FileSystem.FileSystem
      yield* files.writeFileString(file.value, `${text}\n`)
    }
    yield* Console.log(json ? text : formatReport(report))
    if (!LiveReport.isAsAssumed(report)) return yield* new Failed()
  }).pipe(
    Effect.provide(layer(perSecond, { brand: Option.getOrUndefined(brand), switchboard })),
    Effect.catchTag(["ConfigError", "SettingsError"], ({ message }) => refuse(message))
  )).pipe(
    Command.withDescription("Asks an account what the vendor says nowhere, and replays the contracts against it.")
  )

// What was made at the vendor is deleted also when nobody reads any more: a pipe to `head`, a closed terminal.
process.stdout.on("error", () => {})
process.on("SIGHUP", () => process.kill(process.pid, "SIGTERM"))

CommandLine.run(live)
