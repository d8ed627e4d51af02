/**
 * `pnpm test:bulk [--seeds N]`: jobs over several processes that are killed, frozen and cut off from their database, on a file of
 * SQLite and on a real PostgreSQL.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { programs } from "sunco-workshop/servers/PostgresServer"
import { startVitest } from "vitest/node"

const command = Command.make("test:bulk", {
  seeds: Flag.Finite("seeds").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThan(0))),
    Flag.withDescription("How many times processes are killed at random, half of them on each store"),
    Flag.withDefault(20)
  )
}, ({ seeds }) =>
  Effect.gen(function*() {
    if (programs === undefined) {
      yield* Console.error(
        "PostgreSQL is not installed: `apt-get install postgresql`, or `brew install postgresql` on a Mac"
      )
      process.exitCode = 1
      return
    }
    process.env["SUNCO_TEST_SEEDS"] = String(seeds)
    const vitest = yield* Effect.promise(() =>
      startVitest("test", [], {
        config: new URL("vitest.config.ts", import.meta.url).pathname,
        run: true,
        watch: false
      })
    )
    yield* Effect.promise(() => vitest.close())
  })).pipe(Command.withDescription("Bulk work over processes that are killed and frozen."))

CommandLine.run(command)
