/** The middle of many measurements, and the bounds that one in ten is below and above. */
export interface Spread {
  readonly median: number
  readonly p10: number
  readonly p90: number
}

/** Where the share falls between two measurements, so does the result. */
export const percentile = (values: ReadonlyArray<number>, share: number): number => {
  if (values.length === 0) throw new Error("nothing was measured")
  const sorted = values.toSorted((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const below = sorted[Math.floor(position)]!
  const above = sorted[Math.ceil(position)]!
  return below + (above - below) * (position - Math.floor(position))
}

export const spread = (values: ReadonlyArray<number>): Spread => ({
  median: percentile(values, 0.5),
  p10: percentile(values, 0.1),
  p90: percentile(values, 0.9)
})
