import type { JobOptionsOfAll } from "../work/jobOptions.ts"

/** Rows of a chunk, unless the job is slow: then no more than go through in ten seconds. */
const usualRows = 500
const secondsOfChunk = 10
const fewestOfSlow = 10

/**
 * A chunk has no more than half of the rows before it, as rows are counted when their chunk is done: whatever the length of an
 * input, which nobody knows before its end, it is seen to move. The first ones have this many. These are eight chunks more in a
 * thousand rows, and no more than that in a million; each costs some milliseconds.
 */
const firstRows = 25
const partOfThoseBefore = 2

/**
 * How many rows the next chunk has, by how many are in the chunks before it.
 *
 * @internal
 */
export const chunkRowsOf = ({ chunkRows, perSecond }: JobOptionsOfAll): (rowsBefore: number) => number => {
  if (chunkRows !== undefined) return () => chunkRows
  const most = perSecond === undefined
    ? usualRows
    : Math.max(fewestOfSlow, Math.min(usualRows, Math.round(perSecond * secondsOfChunk)))
  return (rowsBefore) => Math.min(most, Math.max(firstRows, Math.floor(rowsBefore / partOfThoseBefore)))
}
