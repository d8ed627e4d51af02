import { assert, it } from "@effect/vitest"
import { fakeTransportLine, isMet, verdict } from "../bench/budget.ts"
import { bulkTable, costLines, heapLine, isMet as isBulkMet, killedLines, ownLine } from "../bench/bulkBudget.ts"
import { budgetTable } from "../bench/report.ts"
import { cpuPerCall, interleaved, ratio, type Round } from "../bench/rounds.ts"
import { spread } from "../bench/statistics.ts"

it("a spread is of the sorted values, and between two of them where the share falls there", () => {
  assert.deepStrictEqual(spread([10, 9, 100, 1, 2, 3, 4, 5, 6, 7, 8]), { median: 6, p10: 2, p90: 10 })
  assert.deepStrictEqual(spread([1, 2]), { median: 1.5, p10: 1.1, p90: 1.9 })
  assert.deepStrictEqual(spread([3]), { median: 3, p10: 3, p90: 3 })
  assert.throws(() => spread([]))
})

it("everybody has a turn in a round, and every other round is in reverse", async () => {
  const turns: Array<string> = []
  const rounds = await interleaved(4, (round) => round === 0 ? ["a", "b", "c"] : ["a", "b"], (name) => turns.push(name))
  assert.strictEqual(turns.join(""), "abcbaabba")
  assert.deepStrictEqual(rounds.map((round) => round.size), [3, 2, 2, 2])
})

it("a ratio is of the two in the same round, over the rounds that have both", () => {
  const sample = (cpuSeconds: number) => ({ calls: 10, seconds: 1, cpuSeconds })
  const rounds: ReadonlyArray<Round> = [
    new Map([["ours", sample(2)], ["base", sample(1)]]),
    new Map([["base", sample(7)]]),
    // The machine was ten times as slow here.
    new Map([["ours", sample(40)], ["base", sample(10)]])
  ]
  assert.deepStrictEqual(ratio(rounds, "ours", "base", cpuPerCall), spread([2, 4]))
})

it("a limit is met by what is on the right side of it, or exactly on it", () => {
  assert.strictEqual(verdict(2.2, { bound: "at most", value: 2.2 }), "met")
  assert.strictEqual(verdict(2.201, { bound: "at most", value: 2.2 }), "not met")
  assert.strictEqual(verdict(0.9, { bound: "at least", value: 0.9 }), "met")
  assert.strictEqual(verdict(0.899, { bound: "at least", value: 0.9 }), "not met")
})

it("what misses its limit is in the table and fails; what was not measured is neither", () => {
  const spreadOfRatios = { median: 3.5, p10: 3, p90: 4 }
  const missed = fakeTransportLine("get-64", { untraced: { median: 2, p10: 1.9, p90: 2.1 }, traced: spreadOfRatios })
  assert.deepStrictEqual(budgetTable([missed])[1]!.split(/ {2,}/), [
    "CPU of a get over a fake transport, as a multiple of dispatch and JSON.parse",
    "2.00 [1.90-2.10] <= 2.20 met",
    "3.50 [3.00-4.00] <= 3.00 not met"
  ])
  assert.isFalse(isMet(missed))
  const nothing = fakeTransportLine("get-64", undefined)
  assert.match(budgetTable([nothing])[1]!, /not measured +not measured$/)
  assert.isTrue(isMet(nothing))
})

it("a row of bulk work is beside the calls alone in the same round, on each store that was measured", () => {
  const cost = (cpuSeconds: number, seconds: number, wrong = 0, database?: number) => ({
    calls: 1000,
    cpuSeconds,
    seconds,
    heap: 0,
    writes: 0,
    wrong,
    database
  })
  const rounds: ReadonlyArray<Round<ReturnType<typeof cost>>> = [
    new Map([["bare", cost(0.1, 1)], ["sqlite", cost(0.11, 1)], ["postgres", cost(0.13, 1.25, 2, 0.007)]]),
    new Map([["bare", cost(0.2, 1)], ["sqlite", cost(0.22, 1)], ["postgres", cost(0.26, 1.25, 1, 0.007)]])
  ]
  const lines = costLines(rounds)
  assert.deepStrictEqual(bulkTable(lines).slice(1).map((line) => line.split(/ {2,}/).slice(1)), [
    ["1.10 [1.10-1.10] <= 1.15 met", "1.30 [1.30-1.30] <= 1.20 not met"],
    ["1.00 [1.00-1.00] >= 0.90 met", "0.80 [0.80-0.80] >= 0.90 not met"],
    ["7.00 [7.00-7.00] <= 8.00 met"],
    ["0.00 [0.00-0.00] <= 0.00 met", "3.00 [3.00-3.00] <= 0.00 not met"]
  ])
  assert.deepStrictEqual(lines.map(isBulkMet), [false, false, true, false])
  const own = ownLine(rounds)
  assert.approximately(own.stores.sqlite!.spread.median, 15, 1e-9)
  assert.strictEqual(own.stores.postgres!.verdict, "not met")
  const lasted = (seconds: number, wrong = 0) => ({ seconds, wrong })
  const killed = killedLines({ sqlite: { undisturbed: lasted(3), killed: lasted(16.1, 1) } })
  assert.deepStrictEqual(bulkTable(killed).slice(1).map((line) => line.split(/ {2,}/).slice(1)), [
    ["13.10 [13.10-13.10] <= 13.00 not met", "not measured"],
    ["1.00 [1.00-1.00] <= 0.00 not met", "not measured"]
  ])
  assert.isTrue(isBulkMet(heapLine({ sqlite: { of100000: 40e6, of1000000: 44e6 } })))
  assert.isFalse(isBulkMet(heapLine({ postgres: { of100000: 40e6, of1000000: 45e6 } })))
})
