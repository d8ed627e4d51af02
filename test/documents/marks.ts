/** What `runner.ts` prints before what a program prints. */
export const markOf = (program: string): string => `\0${program}\0`

/** What the programs below a directory printed, by their names there, in their order. */
export const byProgram = (output: string, directory: string): ReadonlyMap<string, string> => {
  const [, ...pieces] = output.split("\0")
  return new Map(
    pieces.flatMap((piece, index) => index % 2 === 0 ? [[piece.slice(directory.length), pieces[index + 1] ?? ""]] : [])
  )
}
