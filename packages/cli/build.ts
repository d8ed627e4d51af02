/**
 * `node build.ts [DIRECTORY]`: makes the command, in `dist` unless another directory is named.
 *
 * All that it needs is inside, so that an installation brings no other package. Each command is a file of its own: a process that
 * shows help parses neither the client nor the emulator.
 */
import { globSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { type Plugin, rolldown } from "rolldown"
import * as Arguments from "sunco-workshop/commandLine/Arguments"

/** Where the sources of this package are. */
const sources = join(import.meta.dirname, "src")

/** Bundles the command into a directory, and gives the paths of all modules that are in it. */
export const build = async (directory: string): Promise<ReadonlyArray<string>> => {
  for (const file of globSync("**/*.js{,.map}", { cwd: directory })) rmSync(join(directory, file))
  await using bundled = await rolldown({
    input: { sunco: join(sources, "internal/sunco.ts") },
    platform: "node",
    plugins: [withoutSwagger, graphemesLater],
    treeshake: { moduleSideEffects: false }
  })
  const { output } = await bundled.write({
    dir: directory,
    chunkFileNames: "[name].js",
    comments: { jsdoc: false, legal: false },
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } }
  })
  return output.flatMap((one) => one.type === "chunk" ? one.moduleIds : [])
}

/** See `src/internal/withoutSwagger.ts`. */
const withoutSwagger: Plugin = {
  name: "without Swagger",
  resolveId: {
    filter: { id: /^effect\/http-api\/HttpApiSwagger$/ },
    handler: () => join(sources, "internal/withoutSwagger.ts")
  }
}

/** See `src/internal/graphemes.ts`. */
const graphemesLater: Plugin = {
  name: "graphemes later",
  transform: {
    filter: { id: /effect[/\\]dist[/\\]cli[/\\]CliOutput\.js$/ },
    handler: (source) => {
      const made = /new Intl\.Segmenter\(undefined, \{\s*granularity: "grapheme"\s*\}\)/
      if (!made.test(source)) throw new Error("effect/cli/CliOutput measures text in another way")
      const module = JSON.stringify(join(sources, "internal/graphemes.ts"))
      return { code: `import { graphemes } from ${module};\n${source.replace(made, "graphemes")}`, map: null }
    }
  }
}

if (import.meta.main) {
  const [directory = join(import.meta.dirname, "dist")] = Arguments.read("build.ts", ["DIRECTORY"])
  await build(resolve(directory))
}
