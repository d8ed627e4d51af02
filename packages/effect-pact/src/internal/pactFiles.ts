import * as Effect from "effect/Effect"
import { readdir, readFile, stat } from "node:fs/promises"
import { join, resolve } from "node:path"

const attempt = <A>(read: () => Promise<A>): Effect.Effect<A, string> =>
  Effect.tryPromise({ try: read, catch: (error) => error instanceof Error ? error.message : String(error) })

/** The file itself, or the pact files in a directory, with absolute paths. */
export const list = (path: string): Effect.Effect<ReadonlyArray<string>, string> =>
  attempt(async () => {
    if (!(await stat(path)).isDirectory()) return [resolve(path)]
    return (await readdir(path)).filter((name) => name.endsWith(".json")).sort().map((name) =>
      resolve(join(path, name))
    )
  })

export const readText = (file: string): Effect.Effect<string, string> => attempt(() => readFile(file, "utf8"))
