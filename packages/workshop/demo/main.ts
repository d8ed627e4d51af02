/**
 * `pnpm demo [--live]`: what the client does for users and their conversations, on an emulator or at the vendor.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import * as Layout from "./layout.ts"
import { live } from "./live.ts"
import { local } from "./local.ts"
import { Printer } from "./Printer.ts"
import { hasFailed } from "./round.ts"

/** Makes the exit code 1; what went wrong was printed before. */
class DemoFailed extends Schema.TaggedError<DemoFailed>()("DemoFailed", {}) {
  override readonly [Runtime.errorReported] = false
}

const demo = Command.make("demo", {
  live: Flag.Boolean("live").pipe(
    Flag.withDescription("Run what can be run there against the API that SUNCO_* names"),
    Flag.withDefault(false)
  )
}, (flags) =>
  Effect.gen(function*() {
    const { print } = yield* Printer
    const begin = yield* Clock.currentTimeMillis
    const rounds = yield* flags.live ? live : local
    yield* print(...Layout.summary(rounds, (yield* Clock.currentTimeMillis) - begin))
    if (rounds.some(hasFailed)) return yield* new DemoFailed()
  }).pipe(
    Effect.tapError((error) =>
      error._tag === "DemoFailed" ? Effect.void : Console.error(Layout.prose(error.message).join("\n"))
    ),
    Effect.mapError(() => new DemoFailed()),
    Effect.provide(Printer.layer)
  )).pipe(Command.withDescription("Shows users and their conversations at work, on an emulator that it starts itself."))

// Users that were made at the vendor are deleted also when nobody reads any more: a pipe to `head`, a closed terminal.
process.stdout.on("error", () => {})
process.on("SIGHUP", () => process.kill(process.pid, "SIGTERM"))

CommandLine.run(demo)
