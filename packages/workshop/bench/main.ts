/**
 * `pnpm bench`: what a call costs, beside what it costs others.
 *
 *     pnpm bench                    everything, in minutes; ends with one line of JSON
 *     pnpm bench --gate             over a fake transport only, in seconds; fails above the budget
 *     pnpm bench --memory           the heap after 100,000 and 1,000,000 calls; fails when it grows
 *     pnpm bench --profile sunco    where the time of a contestant goes, over the fake transport
 *
 * `--rounds N`, `--cases a,b` and `--contestants a,b` narrow everything, `--cases` a profile too; `--json FILE` writes the JSON to
 * a file.
 */
import * as CliError from "effect/cli/CliError"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { writeFileSync } from "node:fs"
import * as CommandLine from "sunco-workshop/commandLine/CommandLine"
import {
  type AllFakeTransportRatios,
  budget,
  fakeFetchLines,
  fakeTransportLine,
  isMet,
  type Line,
  memoryLine
} from "./budget.ts"
import { type CaseName, caseNames, cases as allCases } from "./cases.ts"
import { contestants, type Entry, isVendorInstalled, type Name, names } from "./contestants.ts"
import { fakeFetchRatios, fakeTransportCases, fakeTransportRatios } from "./gate.ts"
import { memory } from "./memory.ts"
import { type CaseFigures, measureCases } from "./network.ts"
import { selfTimes } from "./profile.ts"
import { budgetTable, caseTable, memoryTable, selfTimeTable } from "./report.ts"

const print = (lines: ReadonlyArray<string>) => console.log(lines.join("\n"))

const whole = async (
  rounds: number,
  chosen: ReadonlyArray<CaseName> | undefined,
  wanted: ReadonlyArray<Name>,
  file: string | undefined
) => {
  const installed = isVendorInstalled()
  if (!installed) console.log("The vendor's client is left out: `pnpm test:vendor-client` installs it.\n")
  const contestants = wanted.filter((name) => name !== "vendor" || installed)
  const measured: Array<CaseFigures> = []
  for await (const figures of measureCases({ rounds, cases: chosen ?? caseNames, contestants })) {
    measured.push(figures)
    print([...caseTable(figures), ""])
  }
  const lines = budget({
    cases: measured,
    // No case of their own: who chooses cases has chosen not to wait for them.
    fakeTransport: chosen === undefined ? await overFakeTransport() : undefined,
    fakeFetch: chosen === undefined ? await fakeFetchRatios() : undefined,
    memory: chosen === undefined ? await memory() : undefined
  })
  print([...budgetTable(lines), ""])
  const ratios = Object.fromEntries(
    measured.map(({ figures, name }) => [
      name,
      Object.fromEntries(Array.from(figures, ([contestant, { ratios }]) => [contestant, ratios]))
    ])
  )
  const json = JSON.stringify(
    { rounds, node: process.version, ratios, budget: lines },
    (_, value) => typeof value === "number" ? Number(value.toFixed(3)) : value
  )
  console.log(json)
  if (file !== undefined) writeFileSync(file, `${json}\n`)
}

const held = (...lines: ReadonlyArray<Line>) => {
  print(budgetTable(lines))
  if (!lines.every(isMet)) process.exitCode = 1
}

const overFakeTransport = async (): Promise<AllFakeTransportRatios> => ({
  "get-64": await fakeTransportRatios("get-64"),
  create: await fakeTransportRatios("create"),
  missing: await fakeTransportRatios("missing")
})

const grown = async () => {
  const sizes = await memory()
  print([...memoryTable(sizes), ""])
  held(memoryLine(sizes))
}

const command = Command.make("bench", {
  gate: Flag.Boolean("gate").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Over a fake transport only, in seconds; fails above the budget")
  ),
  memory: Flag.Boolean("memory").pipe(
    Flag.withDefault(false),
    Flag.withDescription("The heap after 100,000 and 1,000,000 calls; fails when it grows")
  ),
  profile: Flag.Literals(
    "profile",
    names.filter((name) => {
      const { overDispatcher, overFetch }: Entry = contestants[name]
      return overDispatcher || overFetch === true
    })
  ).pipe(
    Flag.withDescription("Where the time of a contestant goes, over the fake transport"),
    Flag.optional
  ),
  rounds: Flag.Int("rounds").pipe(
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThan(0))),
    Flag.withDescription("How often everybody is measured"),
    Flag.withDefault(30)
  ),
  cases: Flag.String("cases").pipe(
    Flag.withSchema(CommandLine.listOf(caseNames)),
    Flag.withDescription(`Some of ${caseNames.join(", ")}`),
    Flag.optional
  ),
  contestants: Flag.String("contestants").pipe(
    Flag.withSchema(CommandLine.listOf(names)),
    Flag.withDescription(`Some of ${names.join(", ")}`),
    Flag.withDefault(names)
  ),
  json: Flag.String("json").pipe(
    Flag.withSchema(Schema.NonEmptyString),
    Flag.withDescription("A file for the ratios"),
    Flag.optional
  )
}, ({ cases, contestants, gate, json, memory, profile, rounds }) =>
  Effect.promise(async () => {
    if (gate) {
      const ratios = await overFakeTransport()
      held(
        ...fakeTransportCases.map((name) => fakeTransportLine(name, ratios[name])),
        ...fakeFetchLines(await fakeFetchRatios())
      )
    } else if (memory) await grown()
    else if (Option.isSome(profile)) {
      for (const name of Option.getOrElse(cases, (): ReadonlyArray<CaseName> => ["get-64"])) {
        print([name, ...selfTimeTable((await selfTimes(profile.value, allCases[name].operation)).slice(0, 20))])
      }
    } else await whole(rounds, Option.getOrUndefined(cases), contestants, Option.getOrUndefined(json))
  })).pipe(
    Command.validate(({ gate, memory, profile }) =>
      [gate, memory, Option.isSome(profile)].filter(Boolean).length > 1
        ? Effect.fail(new CliError.ValidationError({ message: "--gate, --memory and --profile are one or another" }))
        : Effect.void
    ),
    Command.withDescription("What a call costs, beside what it costs others.")
  )

CommandLine.run(command)
