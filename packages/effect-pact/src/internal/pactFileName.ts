/** The name of a pact file, which the names of consumer and provider must not lead astray. */

export interface Names {
  readonly consumer: string
  readonly provider: string
}

// What some file system or a pattern of paths takes for something else, and the character that says so.
const special = /[/\\:*?"<>|[\]{}%]/g

/** One name in the directory, whatever the names have in them; two pairs of names share it only as `a-b` and `c` do. */
export const fileName = ({ consumer, provider }: Names): string =>
  `${consumer}-${provider}.json`.replace(
    special,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`
  )

const nameProblem = (name: string): string | undefined => {
  if (name.trim() === "") return "is blank"
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(name) || !name.isWellFormed()) return "has a control character, or half a character"
  if (/^([A-Za-z]:|[\\/])/.test(name)) return "is an absolute path"
  if (name.split(/[\\/]/).includes("..")) return "leads out of the directory"
  return undefined
}

/** Why Pact's native library, which takes them for a path, must not get these names. */
export const namesProblem = (names: Names): string | undefined => {
  for (const [role, name] of [["consumer", names.consumer], ["provider", names.provider]] as const) {
    const problem = nameProblem(name)
    if (problem !== undefined) return `the name of the ${role} ${problem}: ${JSON.stringify(name)}`
  }
  return undefined
}
