/** Whether another document of the vendor changes anything, in one line. */
import type * as SpecDiff from "./SpecDiff.ts"

export interface SpecWatch {
  readonly isChanged: boolean
  readonly line: string
}

/** How many names of a kind the line has. */
const named = 5

export const of = ({ changes, from, others, schemas, servers, to }: SpecDiff.SpecDiff): SpecWatch => {
  const changed = [
    counted("operation", [...changes.map(({ operation }) => operation.operationId), ...all(others)]),
    counted("schema", all(schemas)),
    counted("server", [...servers.gone, ...servers.appeared])
  ].filter((text) => text !== undefined)
  const isChanged = changed.length > 0
  const line = isChanged
    ? `changed: ${to}, compared with ${from}: ${changed.join(", ")}; run spec:diff`
    : `unchanged: ${to}${to === from ? "" : ` says what ${from} says`}`
  // The document may be anybody's.
  return { isChanged, line: line.replaceAll(/\p{Cc}+/gu, " ") }
}

const all = (
  { appeared, changed, gone }: SpecDiff.Digested
): ReadonlyArray<string> => [...appeared, ...gone, ...changed]

const counted = (thing: string, names: ReadonlyArray<string>): string | undefined => {
  const unique = Array.from(new Set(names))
  if (unique.length === 0) return undefined
  const more = unique.length - named
  const shown = [...unique.slice(0, named), ...(more > 0 ? [`${more} more`] : [])]
  return `${unique.length} ${thing}${unique.length === 1 ? "" : "s"} (${shown.join(", ")})`
}
