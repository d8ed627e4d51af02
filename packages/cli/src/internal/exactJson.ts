/** JSON that is what it was: JavaScript keeps no more than some sixteen digits of a number. */

const isExact = (text: string): boolean => {
  const value = Number(text)
  return Number.isFinite(value) && (!/^-?\d+$/.test(text) || Number.isSafeInteger(value))
}

/** What is in a text of JSON; `undefined` where a number of it would become another one. */
export const exactJson = (text: string): unknown => {
  let isKept = true
  const value: unknown = JSON.parse(text, (_key, value: unknown, { source }: { readonly source?: string } = {}) => {
    if (typeof value === "number" && source !== undefined && !isExact(source)) isKept = false
    return value
  })
  return isKept ? value : undefined
}
