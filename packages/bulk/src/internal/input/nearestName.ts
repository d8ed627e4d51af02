const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "")

const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1)

/** How many letters must be put in, taken out, changed, or exchanged with their neighbour. */
const distance = (left: string, right: string): number => {
  let before: ReadonlyArray<number> = []
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const change = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1)
      const exchange = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]
        ? before[j - 2]! + 1
        : Infinity
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, change, exchange))
    }
    before = row
    row = next
  }
  return row[right.length]!
}

/**
 * The name that was meant, where one looks like a slip of the pen: other letters' case, `external_id`, `email` for
 * `profile.email`, up to two letters of a longer name.
 */
export const nearestName = (name: string, names: Iterable<string>): string | undefined => {
  const meant = plain(name)
  // Nobody mistypes a name of that length, and to compare it takes the longer.
  if (meant === "" || meant.length > 64) return undefined
  let nearest: string | undefined
  let least = meant.length > 5 ? 3 : 2
  for (const candidate of names) {
    const away = Math.min(distance(meant, plain(candidate)), distance(meant, plain(last(candidate))))
    if (away < least) {
      least = away
      nearest = candidate
    }
  }
  return nearest
}
