/** JSON that is what it was: JavaScript keeps no more than some sixteen digits of a number. */

/** What is in a text, or what is wrong with it, in words that follow its name. */
export type Read = { readonly value: unknown } | { readonly problem: string }

const isExact = (text: string): boolean => {
  const value = Number(text)
  return Number.isFinite(value) && (!/^-?\d+$/.test(text) || Number.isSafeInteger(value))
}

/** No more brackets inside each other: the engine's own limit is some thousands, less where less of the stack is left. */
const deepest = 500

export const exactJson = (text: string): Read => {
  let isKept = true
  try {
    const value: unknown = JSON.parse(text, (_key, value: unknown, { source }: { readonly source?: string } = {}) => {
      if (typeof value === "number" && source !== undefined && !isExact(source)) isKept = false
      return value
    })
    if (isDeeper(value, deepest)) return tooDeep
    return isKept ? { value } : { problem: "has a number with more digits than are kept: put it into quotes" }
  } catch (error) {
    return error instanceof RangeError ? tooDeep : { problem: `is no JSON${placeIn(error)}` }
  }
}

const tooDeep = { problem: `has more than ${deepest} brackets inside each other` }

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === "object" && value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))

/** Nothing else of what the engine says, which repeats a part of the text. */
const placeIn = (error: unknown): string => {
  const { message } = error as SyntaxError
  const place = /\((line \d+ column \d+)\)/.exec(message)?.[1]
  return place !== undefined ? `, at ${place}` : /end of JSON/.test(message) ? ": it ends too early" : ""
}
