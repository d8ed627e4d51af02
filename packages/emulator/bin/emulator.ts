#!/usr/bin/env node
/**
 * `sunco-emulator [--host ADDRESS] [--port N] [--allow-host NAME] [--json]`, in this repository `pnpm emulator`: the emulator as a process, for a client in any language.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Emulator } from "@sunco/emulator/Emulator"
import * as CliConfig from "effect/cli/CliConfig"
import * as CliError from "effect/cli/CliError"
import * as CliOutput from "effect/cli/CliOutput"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { createRequire } from "node:module"

// By the package's own name: the same from here and from what is built, which stands elsewhere.
const { version }: { readonly version: string } = createRequire(import.meta.url)("@sunco/emulator/package.json")

const summary = ({ appId, keyId, keySecret, url }: Readonly<Record<"appId" | "keyId" | "keySecret" | "url", string>>) =>
  `Sunshine Conversations, emulated. Ctrl-C stops it.

  url     ${url}
  app     ${appId}
  key     ${keyId}
  secret  ${keySecret}
  docs    ${url}/

For @sunco/client:

export SUNCO_BASE_URL=${url} SUNCO_APP_ID=${appId} \\
  SUNCO_KEY_ID=${keyId} SUNCO_KEY_SECRET=${keySecret}

For any other client:

curl -u ${keyId}:${keySecret} \\
  -H 'content-type: application/json' -d '{"externalId":"ada","profile":{"givenName":"Ada"}}' \\
  ${url}/v2/apps/${appId}/users
`

const emulator = Command.make(
  "emulator",
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
    json: Flag.Boolean("json").pipe(
      Flag.withDescription("Print one line of JSON with url, appId, keyId and keySecret"),
      Flag.withDefault(false)
    )
  },
  ({ allowHost: allowedHosts, host, json, port }) =>
    Effect.gen(function*() {
      const { appId, keyId, keySecret, url } = yield* Emulator
      const access = { url, appId, keyId, keySecret: Redacted.value(keySecret) }
      yield* Console.log(json ? JSON.stringify(access) : summary(access))
      return yield* Effect.never
    }).pipe(
      Effect.provide(Emulator.layer({ allowedHosts, host, port })),
      Effect.catchTag("ListenError", (error) =>
        Effect.andThen(
          Console.error(error.message),
          Effect.sync(() => {
            process.exitCode = 1
          })
        ))
    )
).pipe(Command.withDescription("Emulates the Sunshine Conversations API on this machine until it is stopped."))

/** Makes the exit code 2; what is wrong was printed before. */
class NotUnderstood extends Schema.TaggedError<NotUnderstood>()("NotUnderstood", {}) {
  override readonly [Runtime.errorReported] = false
  override readonly [Runtime.errorExitCode] = 2
}

/** One line where the help would be many, and none of it in the output that a program reads. */
const presenter: CliOutput.Presenter = {
  present: (event) => {
    if (event._tag !== "InvalidInvocation") return CliOutput.defaultPresenter.present(event)
    const problems = event.errors.map(({ message }) => message).join("; ")
      .replaceAll("Expected: Schema validation failed: ", "").replaceAll(/\s*\n\s*/g, " ")
    return Console.error(`sunco-emulator: ${problems}; it takes --port <integer>, --json, --help, --version`)
  }
}

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
