import { build, type BuildOptions } from "esbuild"
import { dirname } from "node:path"
import { rolldown } from "rolldown"

/** The minified code of a bundle for browsers. */
export type Bundle = (entry: string) => Promise<string>

const esbuild = async (options: BuildOptions): Promise<string> => {
  const { outputFiles: [output] } = await build({
    bundle: true,
    format: "esm",
    platform: "browser",
    ...options,
    outfile: "bundle.js",
    write: false
  })
  return output!.text
}

export const withEsbuild: Bundle = (entry) => esbuild({ entryPoints: [entry], minify: true })

/** The same where modules of the client, by the names of their files, have other contents. */
export const withEsbuildAnd = (contents: Readonly<Record<string, string>>): Bundle => (entry) =>
  esbuild({
    entryPoints: [entry],
    minify: true,
    plugins: [{
      name: "other contents",
      setup: ({ onLoad }) =>
        Object.entries(contents).forEach(([name, contents]) =>
          onLoad(
            { filter: new RegExp(`packages/client/src/${name}$`) },
            ({ path }) => ({ contents, resolveDir: dirname(path), loader: "ts" })
          )
        )
    }]
  })

export const withRolldown: Bundle = async (entry) => {
  await using bundle = await rolldown({ input: entry, platform: "browser" })
  const { output: [{ code }] } = await bundle.generate({ format: "esm", minify: true })
  return code
}

/** A module that exports what a bundle of the entry would have of these packages, and nothing else. */
export const importsFrom = async (packages: ReadonlyArray<string>, entry: string): Promise<string> => {
  const bundle = await esbuild({ entryPoints: [entry], external: packages.map((name) => `${name}/*`) })
  // A name in a comment is no use of it.
  const code = bundle.replace(/^\s*(\/\/|\/?\*).*$/gm, "")
  const uses = new Set<string>()
  for (const [, namespace, module] of code.matchAll(/^import \* as (\w+) from (".+");$/gm)) {
    for (const [, name] of code.matchAll(new RegExp(`\\b${namespace}\\.(\\w+)`, "g"))) uses.add(`${name} ${module}`)
  }
  for (const [, names, module] of code.matchAll(/^import \{ (.+) \} from (".+");$/gm)) {
    for (const name of names!.split(", ")) uses.add(`${name.split(" as ")[0]} ${module}`)
  }
  return Array.from(uses, (use, index) => {
    const [name, module] = use.split(" ")
    return `export { ${name} as export${index} } from ${module}\n`
  }).join("")
}
