/**
 * The command line of a program that takes no flags, in the manner of `CommandLine`.
 *
 * As a program, `node Arguments.ts PROGRAM [ARGUMENT...]`, for a script of several commands that takes nothing: what such a script
 * is given would otherwise go to the last of them.
 */

/** Says in one line what is wrong, and ends with 2. */
export const refuse = (program: string, problem: string): never => {
  console.error(`${program}: ${problem}`)
  process.exit(2)
}

/** What was given: as many arguments as there are names or fewer, or any number where the last name ends with dots. */
export const read = (
  program: string,
  names: ReadonlyArray<string> = [],
  given: ReadonlyArray<string> = process.argv.slice(2)
): ReadonlyArray<string> => {
  const unknown = given.find((argument) => argument.startsWith("-")) ??
    (names.at(-1)?.endsWith("...") === true ? undefined : given[names.length])
  if (unknown === undefined) return given
  return refuse(program, `unexpected ${JSON.stringify(unknown)}; it takes ${names.join(", ") || "nothing"}`)
}

if (import.meta.main) {
  const [program = "", ...given] = process.argv.slice(2)
  read(program, [], given)
}
