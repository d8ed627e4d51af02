/**
 * Part of `pnpm build`: joins the modules of a package that are loaded together. The compiler writes a file for each module, and
 * Node takes its time for each import in each file, more than for the code (`pnpm bench:import`).
 *
 * Most of what there is comes in two files: what every resource needs and what users need, which most programs call, and what all
 * other resources have. Each public module stays a file of its own, if only one that exports from these, and what only some
 * programs need, such as a transport, stays out of both.
 */
import { globSync, rmSync } from "node:fs"
import { join } from "node:path"
import { type Plugin, rolldown } from "rolldown"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { leftOutUnlessUsed } from "./leftOut.ts"
import { root } from "./pack.ts"

/** What a program that calls the API imports: of each package, the modules that are joined with all that they import. */
const packages = {
  schemas: {
    users: ["Ids", "Metadata", "Reading", "UnknownFields", "UsersOperations", "Writing"],
    resources: ["SunshineOperations"]
  },
  client: {
    users: ["Credentials", "FetchTransport", "Users"],
    resources: ["AllResources", "promise"]
  }
} as const

type Name = keyof typeof packages

const isName = (name: string): name is Name => Object.hasOwn(packages, name)

export const bundle = async (name: Name, directory: string): Promise<void> => {
  const sources = join(root, "packages", name, "src")
  const groups: Readonly<Record<string, ReadonlyArray<string>>> = packages[name]
  const fileOf = (module: string) => join(sources, `${module}.ts`)
  const modules = globSync("*.ts", { cwd: sources }).map((file) => file.replace(/\.ts$/, ""))
  const deferred = name === "schemas" ? fileOf("internal/deferred") : undefined
  await using bundled = await rolldown({
    input: Object.fromEntries(modules.map((module) => [module, fileOf(module)])),
    external: /^[^./]/,
    platform: "neutral",
    plugins: [leavingOut(deferred)],
    treeshake: { moduleSideEffects: false }
  })
  await bundled.write({
    dir: directory,
    chunkFileNames: "internal/[name].js",
    codeSplitting: {
      // The first takes what several need.
      groups: Object.entries(groups).map(([group, joined]) => ({
        name: group,
        test: (file) => joined.some((module) => file === fileOf(module))
      }))
    },
    // They are in the declarations.
    comments: { jsdoc: false },
    sourcemap: true
  })
}

const leavingOut = (deferred: string | undefined): Plugin => ({
  name: "leaving out",
  transform: {
    filter: { id: /\.ts$/ },
    handler: (source, file) => ({ code: leftOutUnlessUsed(source, file, deferred), map: null })
  }
})

if (import.meta.main) {
  Arguments.read("bundle.ts")
  for (const name of Object.keys(packages).filter(isName)) {
    const directory = join(root, "packages", name, "dist")
    for (const file of globSync("**/*.js{,.map}", { cwd: directory })) rmSync(join(directory, file))
    await bundle(name, directory)
  }
}
