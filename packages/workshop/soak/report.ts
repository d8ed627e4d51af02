/**
 * The figures of a soak in a few aligned lines, and whether they are good.
 */
import { type Figures, inFlight } from "./soak.ts"

/** What the heap may have grown by: what was unknown is remembered, and everything else must be gone. */
const heapAllowance = 8 * 1024 * 1024

const number = (value: number) => Math.round(value).toLocaleString("en-US")

const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

export const problems = ({ handles, heap: [warm, end], violations }: Figures): ReadonlyArray<string> => [
  ...violations,
  ...(end - warm > heapAllowance ? [`the heap has grown by ${mebibytes(end - warm)}`] : []),
  ...(handles.length > 0 ? [`handles that are left: ${handles.join(", ")}`] : [])
]

export const report = (figures: Figures): ReadonlyArray<string> => {
  const { ends, faults, handles, heap: [warm, end], requests, seconds, unknown, users } = figures
  const calls = Array.from(ends.values()).reduce((sum, count) => sum + count, 0)
  const found = problems(figures)
  const lines: ReadonlyArray<readonly [what: string, count: string, more: string]> = [
    ["calls", number(calls), `${number(calls / seconds)} a second, ${inFlight} in flight`],
    ["requests", number(requests), `${(requests / calls).toFixed(2)} a call`],
    ["faults", number(faults), percent(faults, requests)],
    ...Array.from(ends).toSorted(([, a], [, b]) => b - a).map(([name, count]) =>
      [name, number(count), percent(count, calls)] as const
    ),
    ["users stored", number(users), ""],
    ["still unknown", number(unknown), "users of whom two things may be true"],
    ["heap", mebibytes(end), `${mebibytes(warm)} when it was warm`],
    ["handles", number(handles.length), "left when all is closed"],
    ["problems", number(found.length), ""]
  ]
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column]!.length)))
  return [
    ...lines.map(([what, count, more]) =>
      `${what.padEnd(widths[0]!)}  ${count.padStart(widths[1]!)}  ${more}`.trimEnd()
    ),
    ...found.slice(0, 20).map((problem) => `  ${problem}`)
  ]
}
