/** Rows of cells, for people and for scripts. */
import { displayWidth } from "effect/cli/CliOutput"
import { graphemes } from "./internal/graphemes.ts"
import { escaped } from "./Text.ts"

/** A column: its head, and whether it may be cut where a line of the terminal is too short for all of them. */
export interface Column {
  readonly name: string
  readonly cut?: boolean
}

/** A line for each row, its cells parted by tabs, without a head. */
export const tabSeparated = (rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  rows.map((row) => `${row.map(escaped).join("\t")}\n`).join("")

/**
 * The cells of each column below each other. What does not fit into the width is cut in the columns that may be cut, the widest
 * first; what still does not fit breaks in the terminal, so that nothing else is lost.
 */
export const aligned = (
  columns: ReadonlyArray<Column>,
  rows: ReadonlyArray<ReadonlyArray<string>>,
  { dim, width }: { readonly dim: (text: string) => string; readonly width: number }
): string => {
  const cells = rows.map((row) => row.map(escaped))
  const wanted = columns.map(({ name }, index) =>
    Math.max(displayWidth(name), ...cells.map((row) => displayWidth(row[index] ?? "")))
  )
  const widths = fitted(columns, wanted, width)
  const line = (row: ReadonlyArray<string>): string =>
    columns.map((_, index) => padded(shortened(row[index] ?? "", widths[index] ?? 0), widths[index] ?? 0))
      .join(gap).trimEnd()
  const isNamed = columns.some(({ name }) => name !== "")
  return [...(isNamed ? [dim(line(columns.map(({ name }) => name)))] : []), ...cells.map(line)]
    .map((text) => `${text}\n`).join("")
}

/** A line break in place of a space wherever a line would be longer than the width. A word that is longer stays whole. */
export const broken = (text: string, width: number): string => {
  let column = 0
  return text.split(" ").map((word, index) => {
    const length = displayWidth(word)
    const begins = index === 0 || column + 1 + length > width
    column = begins ? length : column + 1 + length
    return index === 0 ? word : `${begins ? "\n" : " "}${word}`
  }).join("")
}

const gap = "  "

/** Below this a column says nothing any more. */
const narrowest = 8

const fitted = (
  columns: ReadonlyArray<Column>,
  wanted: ReadonlyArray<number>,
  width: number
): ReadonlyArray<number> => {
  const widths = Array.from(wanted)
  const total = () => widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1))
  while (total() > width) {
    const cuttable = columns.flatMap(({ cut }, index) =>
      cut === true && (widths[index] ?? 0) > narrowest ? [index] : []
    )
    const [first] = cuttable
    if (first === undefined) break
    const widest = cuttable.reduce((best, index) => (widths[index] ?? 0) > (widths[best] ?? 0) ? index : best, first)
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - displayWidth(text)))

const shortened = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text
  let kept = ""
  for (const { segment } of graphemes.segment(text)) {
    if (displayWidth(kept + segment) > width - 1) break
    kept += segment
  }
  return `${kept}…`
}
