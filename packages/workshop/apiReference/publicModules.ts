import { globSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** A module as a program imports it. */
export interface PublicModule {
  /** Such as `@sunco/client/Users`. */
  readonly specifier: string
  readonly file: string
}

/** Every module that the exports map of a package opens, `internal/*` and other closed ones left out; a private package has none. */
export const publicModules = (packageFile: string): ReadonlyArray<PublicModule> => {
  const directory = dirname(packageFile)
  const { exports, name, private: isPrivate }: {
    readonly name: string
    readonly private?: boolean
    readonly exports: Record<string, string | null>
  } = JSON.parse(readFileSync(packageFile, "utf8"))
  return Object.entries(isPrivate === true ? {} : exports).flatMap(([subpath, target]) => {
    if (target?.endsWith(".ts") !== true) return []
    const [before = "", after] = join(directory, target).split("*")
    return globSync(join(directory, target)).map((file) => ({
      file,
      specifier: join(
        name,
        after === undefined ? subpath : subpath.replace("*", file.slice(before.length, -after.length))
      )
    }))
  }).filter(({ file }, index, all) => all.findIndex((other) => other.file === file) === index)
}
