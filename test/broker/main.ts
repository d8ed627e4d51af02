/**
 * `pnpm test:broker`: the `*.spec.ts` here, against the broker of `PACT_BROKER_BASE_URL`, or else against one that is
 * started for them. Without the one and without Ruby it ends with 69, which `sysexits.h` has for what is not to be had.
 */
import * as Command from "effect/cli/Command"
import * as Config from "effect/Config"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ChildProcess from "effect/process/ChildProcess"
import { fileURLToPath } from "node:url"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import * as PactBroker from "./PactBroker.ts"

const endWith = (exitCode: number) =>
  Effect.sync(() => {
    process.exitCode = exitCode
  })

const settings = Effect.gen(function*() {
  const running = yield* Config.option(Config.NonEmptyString("PACT_BROKER_BASE_URL"))
  if (Option.isSome(running)) return {}
  const { password, url, username } = yield* PactBroker.start
  return { PACT_BROKER_BASE_URL: url, PACT_BROKER_USERNAME: username, PACT_BROKER_PASSWORD: password }
})

const main = Effect.gen(function*() {
  const vitest = yield* ChildProcess.make(
    process.execPath,
    [
      fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json"))),
      "run",
      "--config",
      fileURLToPath(new URL("vitest.config.ts", import.meta.url))
    ],
    { env: yield* settings, extendEnv: true, stdin: "ignore", stdout: "inherit", stderr: "inherit" }
  )
  yield* endWith(yield* vitest.exitCode)
}).pipe(
  Effect.scoped,
  Effect.catchTags({
    NoRuby: ({ message }) => Effect.andThen(Console.error(message), endWith(69)),
    NotStarted: ({ message }) => Effect.andThen(Console.error(message), endWith(1))
  })
)

CommandLine.run(
  Command.make("test:broker", {}, () => main).pipe(
    Command.withDescription("Publishes to a Pact Broker and verifies from it, as a build does.")
  )
)
