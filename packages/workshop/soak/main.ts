/**
 * `pnpm soak [--minutes N] [--seed S]`: whether what a client is told is true, under failures, for as long as you like.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import { share } from "./faults.ts"
import { problems, report } from "./report.ts"
import { soak } from "./soak.ts"

const command = Command.make("soak", {
  minutes: Flag.Finite("minutes").pipe(
    Flag.withSchema(Schema.Finite.check(Schema.isGreaterThan(0))),
    Flag.withDescription("How long"),
    Flag.withDefault(1)
  ),
  seed: Flag.String("seed").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("Of an earlier run, for the same calls and faults"),
    Flag.optional
  )
}, ({ minutes, seed: given }) =>
  Effect.gen(function*() {
    const seed = Option.getOrElse(given, () => String(Math.floor(Math.random() * 1e9)))
    yield* Console.log(`soak for ${minutes} min, ${share * 100} % of the requests fail, --seed ${seed}\n`)
    const figures = yield* soak(Duration.minutes(minutes), seed)
    for (const line of report(figures)) yield* Console.log(line)
    if (problems(figures).length > 0) process.exitCode = 1
  }).pipe(Effect.provide(FetchHttpClient.layer))).pipe(
    Command.withDescription("Mixed operations under failures, compared with what must then be stored.")
  )

CommandLine.run(command)
