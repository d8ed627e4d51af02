/**
 * Part of `pnpm build`: joins the modules of a package that are only ever loaded together. The compiler writes a file for each
 * module, and it is the number of files that Node takes its time for (`pnpm bench:import`).
 *
 * Each public module stays a file of its own, so no program loads what it does not import.
 */
import { globSync, rmSync } from "node:fs"
import { join } from "node:path"
import { rolldown } from "rolldown"
import * as Arguments from "sunco-workshop/commandLine/Arguments"
import { root } from "./pack.ts"

/** What a program that calls the API imports. */
const packages = ["schemas", "client"] as const

export const bundle = async (name: typeof packages[number], directory: string): Promise<void> => {
  const sources = join(root, "packages", name, "src")
  const modules = globSync("*.ts", { cwd: sources }).map((file) => [file.replace(/\.ts$/, ""), join(sources, file)])
  await using bundled = await rolldown({
    input: Object.fromEntries(modules),
    external: /^[^./]/,
    platform: "neutral",
    treeshake: { moduleSideEffects: false }
  })
  await bundled.write({ dir: directory, chunkFileNames: "internal/[name].js", sourcemap: true })
}

if (import.meta.main) {
  Arguments.read("bundle.ts")
  for (const name of packages) {
    const directory = join(root, "packages", name, "dist")
    for (const file of globSync("**/*.js{,.map}", { cwd: directory })) rmSync(join(directory, file))
    await bundle(name, directory)
  }
}
