#!/usr/bin/env node
/**
 * `sunco-emulator [--host ADDRESS] [--port N] [--allow-host NAME]... [--app ID] [--key ID] [--seed FILE] [--json] [--quiet]
 * [--with-parent]`, in this repository `pnpm emulator`: the emulator as a process, for a client in any language. The secret of its key
 * may stand in `SUNCO_EMULATOR_SECRET`, as arguments are seen by everybody on the machine.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Emulator } from "@sunco/emulator/Emulator"
import { decodeSeed } from "@sunco/emulator/Seed"
import type { SeenRequest } from "@sunco/emulator/SeenRequest"
import type { WebhookDelivery } from "@sunco/emulator/WebhookDelivery"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import type * as HelpDoc from "effect/cli/HelpDoc"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { createRequire } from "node:module"

// By the package's own name: the same from here and from what is built, which stands elsewhere.
const { version }: { readonly version: string } = createRequire(import.meta.url)("@sunco/emulator/package.json")

const summary = (
  { appId, keyId, keySecret, url }: Readonly<Record<"appId" | "keyId" | "keySecret" | "url", string>>,
  isOwnSecret: boolean
) => {
  const [secret, shown] = isOwnSecret
    ? ["$SUNCO_EMULATOR_SECRET", "that of SUNCO_EMULATOR_SECRET"]
    : [keySecret, keySecret]
  return `Sunshine Conversations, emulated. Ctrl-C stops it.

  url     ${url}
  app     ${appId}
  key     ${keyId}
  secret  ${shown}
  docs    ${url}/

For @sunco/client:

export SUNCO_BASE_URL=${url} SUNCO_APP_ID=${appId} \\
  SUNCO_KEY_ID=${keyId} SUNCO_KEY_SECRET=${secret}

For any other client:

curl -u ${keyId}:${secret} \\
  -H 'content-type: application/json' -d '{"externalId":"ada","profile":{"givenName":"Ada"}}' \\
  ${url}/v2/apps/${appId}/users
`
}

/** On the standard error, so that with `--json` there is one line on the standard output and no more. */
const report = ({ applied, fault, method, path, status, titles }: SeenRequest): void => {
  const inflicted = fault === undefined ? "" : ` (${fault._tag}${applied ? ", applied" : ""})`
  console.error(`${status ?? "cut"} ${method} ${path}${inflicted}${titles === undefined ? "" : ` ${oneLine(titles)}`}`)
}

/** A name that somebody sent may be in it: of what moves a terminal, nothing. */
const oneLine = (titles: ReadonlyArray<string>): string =>
  titles.join("; ").replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 500)

const reportDelivery = ({ attempts, body, dueAt, state, target }: WebhookDelivery): void => {
  const { failure, sentAt = 0, status } = attempts.at(-1) ?? {}
  const types = [body["events"]].flat().map((event) => Object(event).type).join()
  const next = state !== "waiting"
    ? state
    : dueAt === undefined
    ? "waiting"
    : `again in ${Math.max(0, Math.round((dueAt - sentAt) / 1000))} s`
  console.error(oneLine([`${status ?? failure} ${types} to ${originAndPath(target)} (${next})`]))
}

/** The query of a target may hold a token. */
const originAndPath = (target: string): string => target.replace(/[?#].*$/s, "")

/** Makes the exit code 2; what is wrong was printed before. */
class NotUnderstood extends Schema.TaggedError<NotUnderstood>()("NotUnderstood", {}) {
  override readonly [Runtime.errorReported] = false
  override readonly [Runtime.errorExitCode] = 2
}

const refuse = (problem: string): Effect.Effect<never, NotUnderstood> =>
  Effect.andThen(
    Console.error(`sunco-emulator: ${problem.replaceAll(/\s*\n\s*/g, " ")}`),
    Effect.fail(new NotUnderstood())
  )

const readSeed = Effect.fnUntraced(function*(file: string) {
  const text = yield* Effect.flatMap(FileSystem.FileSystem, (files) => files.readFileString(file)).pipe(
    Effect.catch(({ reason }) => refuse(`--seed ${file}: it cannot be read (${reason._tag})`))
  )
  const json = yield* Schema.decodeEffect(Schema.fromJsonString(Schema.Unknown))(text).pipe(
    Effect.catch(() => refuse(`--seed ${file}: it is no JSON`))
  )
  return yield* Effect.catch(decodeSeed(json), ({ problems }) => refuse(`--seed ${file}: ${problems.join("; ")}`))
})

/** The end of the standard input, which whoever started this holds: it ends with them, however they end. */
const parentIsGone = Effect.flatMap(Stdio.Stdio, ({ stdin }) => Effect.ignore(Stream.runDrain(stdin)))

const Id = Schema.String.check(
  Schema.isPattern(/^[\w.~-]+$/u, { expected: "letters, digits and any of . _ ~ -" })
)

const emulator = Command.make(
  "sunco-emulator",
  {
    host: Flag.String("host").pipe(
      Flag.withDescription("Address to listen on; with another one than 127.0.0.1, the network can drive the emulator"),
      Flag.withDefault("127.0.0.1")
    ),
    allowHost: Flag.String("allow-host").pipe(
      Flag.withDescription(
        "Host, beside this machine's own, by which /_emulator and the pages may be reached; repeatable"
      ),
      Flag.atLeast(0)
    ),
    port: Flag.Int("port").pipe(
      Flag.withSchema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65_535 }))),
      Flag.withDescription("Port to listen on; any free one without it"),
      Flag.withDefault(0)
    ),
    app: Flag.String("app").pipe(
      Flag.withSchema(Id),
      Flag.withDescription("Id of the app; the one of the vendor's examples without it"),
      Flag.optional
    ),
    key: Flag.String("key").pipe(
      Flag.withSchema(Id),
      Flag.withDescription(
        "Id of the API key, such as app_mine, int_mine or act_mine, whose prefix is its scope; its secret is in SUNCO_EMULATOR_SECRET"
      ),
      Flag.optional
    ),
    seed: Flag.String("seed").pipe(
      Flag.withDescription(
        "File of JSON to start with, and to go back to at a reset; it takes users, zendeskUsers, conversations, clients, devices, "
          + "attachments, integrations, integrationKeys, accountApps, plans, appKeys, oauthClients and switchboards"
      ),
      Flag.optional
    ),
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print one line of JSON with url, appId, keyId and keySecret"),
      Flag.withDefault(false)
    ),
    quiet: Flag.Boolean("quiet").pipe(
      Flag.withDescription("Print no line for each request and delivery on the standard error"),
      Flag.withDefault(false)
    ),
    withParent: Flag.Boolean("with-parent").pipe(
      Flag.withDescription("End when the standard input ends, as it does when whoever holds it ends"),
      Flag.withDefault(false)
    )
  },
  ({ allowHost: allowedHosts, app, host, json, key, port, quiet, seed, withParent }) =>
    Effect.gen(function*() {
      const secret = Option.getOrUndefined(yield* Config.option(Config.Redacted("SUNCO_EMULATOR_SECRET")))
      const start = Option.isSome(seed) ? yield* readSeed(seed.value) : undefined
      const served = Effect.gen(function*() {
        const { appId, keyId, keySecret, url } = yield* Emulator
        const access = { url, appId, keyId, keySecret: Redacted.value(keySecret) }
        yield* Console.log(json ? JSON.stringify(access) : summary(access, secret !== undefined))
        return yield* withParent ? parentIsGone : Effect.never
      })
      return yield* Effect.provide(
        served,
        Emulator.layer({
          allowedHosts,
          host,
          port,
          ...start,
          ...(Option.isSome(app) ? { appId: app.value } : undefined),
          ...(Option.isSome(key) ? { keyId: key.value } : undefined),
          ...(secret === undefined ? undefined : { keySecret: secret }),
          ...(quiet ? undefined : { onRequest: report, onDelivery: reportDelivery })
        })
      )
    }).pipe(
      Effect.catchTag("ListenError", (error) =>
        Effect.andThen(
          Console.error(error.message),
          Effect.sync(() => {
            process.exitCode = 1
          })
        ))
    )
).pipe(Command.withDescription("Emulates the Sunshine Conversations API on this machine until it is stopped."))

const choices = ({ flags, globalFlags = [] }: HelpDoc.HelpDoc): string =>
  [...flags, ...globalFlags].map(({ name, type }) => type === "boolean" ? `--${name}` : `--${name} <${type}>`).join(
    ", "
  )

/** One line where the help would be many, and none of it in the output that a program reads. */
const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
    const problems = event.errors.map(({ message }) => message).join("; ")
      .replaceAll("Expected: Schema validation failed: ", "")
    return Console.error(
      `sunco-emulator: ${problems}; it takes ${choices(event.helpDoc)}`.replaceAll(/\s*\n\s*/g, " ")
    )
  }
}

// Whoever reads what is printed may leave first: that is no reason to end.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {})

Command.run(emulator, { version }).pipe(
  Effect.catchIf(
    (error) => CliError.isCliError(error) && error._tag === "ShowHelp" && error.errors.length > 0,
    () => Effect.fail(new NotUnderstood())
  ),
  Effect.provide([
    CliOutput.layerPresenter(presenter),
    CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version] }),
    NodeServices.layer
  ]),
  NodeRuntime.runMain
)
