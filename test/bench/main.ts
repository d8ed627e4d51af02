/**
 * `pnpm bench`: what a call costs, beside what it costs others.
 *
 *     pnpm bench                    everything, in minutes; ends with one line of JSON
 *     pnpm bench --gate             over a fake transport only, in seconds; fails above the budget
 *     pnpm bench --memory           the heap after 100,000 and 1,000,000 calls; fails when it grows
 *     pnpm bench --profile sunco    where the time of a contestant goes, over the fake transport
 *
 * `--rounds N`, `--cases a,b` and `--contestants a,b` narrow everything, `--json FILE` writes the JSON to a file too.
 */
import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { budget, fakeTransportLine, isMet, type Line, memoryLine } from "./budget.ts"
import { caseNames } from "./cases.ts"
import { contestants, isVendorInstalled, type Name, names } from "./contestants.ts"
import { fakeTransportRatios } from "./gate.ts"
import { memory } from "./memory.ts"
import { type CaseFigures, measureCases } from "./network.ts"
import { selfTimes } from "./profile.ts"
import { budgetTable, caseTable, memoryTable, selfTimeTable } from "./report.ts"

const { values } = parseArgs({
  options: {
    gate: { type: "boolean" },
    memory: { type: "boolean" },
    profile: { type: "string" },
    rounds: { type: "string", default: "30" },
    cases: { type: "string" },
    contestants: { type: "string", default: names.join() },
    json: { type: "string" }
  }
})

const print = (lines: ReadonlyArray<string>) => console.log(lines.join("\n"))

const chosen = <A extends string>(of: ReadonlyArray<A>, listed: string): ReadonlyArray<A> => {
  const unknown = listed.split(",").filter((name) => !of.some((known) => known === name))
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(", ")}: choose from ${of.join(", ")}`)
  return of.filter((name) => listed.split(",").includes(name))
}

const whole = async () => {
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error("--rounds is a whole number above 0")
  const installed = isVendorInstalled()
  const contestants = chosen(names, values.contestants).filter((name) => name !== "vendor" || installed)
  if (!installed) console.log("The vendor's client is left out: `pnpm test:vendor-client` installs it.\n")
  const measured: Array<CaseFigures> = []
  const cases = values.cases === undefined ? caseNames : chosen(caseNames, values.cases)
  for await (const figures of measureCases({ rounds, cases, contestants })) {
    measured.push(figures)
    print([...caseTable(figures), ""])
  }
  const lines = budget({
    cases: measured,
    // No case of their own: who chooses cases has chosen not to wait for them.
    fakeTransport: values.cases === undefined ? await fakeTransportRatios() : undefined,
    memory: values.cases === undefined ? await memory() : undefined
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
  if (values.json !== undefined) writeFileSync(values.json, `${json}\n`)
}

const held = (line: Line) => {
  print(budgetTable([line]))
  if (!isMet(line)) process.exitCode = 1
}

if (values.gate === true) held(fakeTransportLine(await fakeTransportRatios()))
else if (values.memory === true) {
  const sizes = await memory()
  print([...memoryTable(sizes), ""])
  held(memoryLine(sizes))
} else if (values.profile !== undefined) {
  const overDispatcher = names.filter((name) => contestants[name].overDispatcher)
  const [name] = chosen(overDispatcher, values.profile)
  print(selfTimeTable((await selfTimes(name as Name)).slice(0, 20)))
} else await whole()
