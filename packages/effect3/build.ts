/**
 * `node build.ts [directory]`: makes the package, in `dist` unless another directory is named.
 *
 * The client is written once, for Effect 4. An application on Effect 3 cannot load it: `effect` means Effect 3 there. So this
 * package carries a copy of the modules that it needs, in which `effect` says `effect-4`, and a copy of the modules of Effect 4
 * that these need. As a dependency of its own, `effect-4` would not do: pnpm 11 and 12 take it for the peer `effect`.
 *
 * What an application sees are plain data and Effect 3. So of the copies' declarations only those are shipped that the public
 * ones name, and the build fails when one of them names Effect 4.
 */
import { execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempDisposableSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import * as Arguments from "sunco-workshop/commandLine/Arguments"

const root = import.meta.dirname
const [directory = join(root, "dist")] = Arguments.read("build.ts", ["DIRECTORY"])
const target = resolve(directory)

mkdirSync(join(root, ".tsbuild"), { recursive: true })
/** Inside the package, so that the compiler finds its dependencies. */
using temporary = mkdtempDisposableSync(join(root, ".tsbuild/build-"))
const staging = temporary.path
const staged = join(staging, "src")
const compiled = join(staging, "out")

/** Where the modules of the other packages go. */
const copies = { client: "internal/client", schemas: "internal/schemas" } as const

const isPublic = (module: string): boolean => !module.startsWith("internal/")

const modulesIn = (directory: string): ReadonlyArray<string> => globSync("**/*.ts", { cwd: directory })

/** The specifiers of imports and exports. Examples in comments are not at the beginning of a line. */
const specifiers = /(?<=^(?:import|export|\})[^"\n]*")[^"\n]+(?=";?$)/gm

const specifierOf = (from: string, to: string): string => {
  const path = relative(dirname(from), to)
  return path.startsWith(".") ? path : `./${path}`
}

/** What a module of the package has to say for what its source says. */
const renamed = (module: string, specifier: string): string => {
  const isCopy = Object.values(copies).some((copy) => module.startsWith(copy))
  if (isCopy && /^effect(\/|$)/.test(specifier)) return specifier.replace("effect", "effect-4")
  for (const [name, copy] of Object.entries(copies)) {
    const path = specifier.startsWith(`@sunco/${name}/`)
      ? `${specifier.slice(`@sunco/${name}/`.length)}.ts`
      : specifier.split(`../${name}/src/`)[1]
    if (path !== undefined) return specifierOf(module, join(copy, path))
  }
  return specifier
}

const stage = (directory: string, copy: string): void => {
  for (const path of modulesIn(directory)) {
    const module = join(copy, path)
    const source = readFileSync(join(directory, path), "utf8")
    mkdirSync(dirname(join(staged, module)), { recursive: true })
    writeFileSync(join(staged, module), source.replace(specifiers, (specifier) => renamed(module, specifier)))
  }
}

const effect4 = join(root, "node_modules/effect-4")

/** The JavaScript of a module, with Effect 4 where it is in this package. */
const javaScriptOf = (module: string): string =>
  module.startsWith("internal/effect-4/")
    ? readFileSync(join(effect4, "dist", `${relative("internal/effect-4", module)}.js`), "utf8")
      .replace(/\/\/# sourceMappingURL=.*/, "")
    : readFileSync(join(compiled, `${module}.js`), "utf8").replace(specifiers, (specifier) =>
      specifier.startsWith("effect-4/") ? `${specifierOf(module, `internal/${specifier}`)}.js` : specifier)

/** The modules that some modules import, themselves included, and their JavaScript. */
const reachable = (entries: ReadonlyArray<string>): ReadonlyMap<string, string> => {
  const found = new Map(entries.map((module) => [module, javaScriptOf(module)]))
  for (const [module, text] of found) {
    for (const [specifier] of text.matchAll(specifiers)) {
      const imported = moduleOf(module, specifier)
      if (specifier.startsWith(".") && !found.has(imported)) found.set(imported, javaScriptOf(imported))
    }
  }
  return found
}

const moduleOf = (from: string, specifier: string): string => join(dirname(from), specifier.replace(/\.[jt]s$/, ""))

/** One statement of a module's declarations, with the comment above it. */
interface Statement {
  readonly text: string
  readonly names: ReadonlyArray<string>
  readonly isType: boolean
  /** Where an import or a re-export has its names from. */
  readonly from: string | undefined
}

/** The compiler begins a statement, and nothing else, at the beginning of a line. */
const statementsOf = (module: string): ReadonlyArray<Statement> =>
  readFileSync(join(compiled, `${module}.d.ts`), "utf8")
    .replace(/\/\/# sourceMappingURL=.*/, "")
    .split(/^(?=\/\*\*)|^(?<!\*\/\n)(?=import |export |declare |interface |type )/m)
    .map((text) => {
      const code = codeOf(text)
      const [, isTypeOnly, list = "", from] = /^(?:import|export) (type )?(.+) from "(.+)";$/m.exec(code) ?? []
      const [, kind, name] = /^(?:export )?(?:declare )?(interface|type|class|const|enum) (\w+)/.exec(code) ?? []
      return {
        text,
        names: name === undefined ? Array.from(list.matchAll(/\w+(?= ?[,}]|$)/g), ([name]) => name) : [name],
        isType: isTypeOnly !== undefined || /^(interface|type|enum)$/.test(kind ?? ""),
        from
      }
    })

/** One name at a time: of what a module imports, not everything may be kept. */
const importsApart = (statements: ReadonlyArray<Statement>): ReadonlyArray<Statement> =>
  statements.flatMap((statement) =>
    /^import .*\{/.test(codeOf(statement.text))
      ? statement.names.map((name) => ({
        ...statement,
        text: `import type { ${name} } from "${statement.from}";\n`,
        names: [name]
      }))
      : statement
  )

const codeOf = (text: string): string => text.replaceAll(/\/\*\*[^]*?\*\//g, "").trimStart()

/** The statements of the internal modules that the public declarations name, and what these name in turn. */
const declarationsOf = (publicModules: ReadonlyArray<string>): ReadonlyMap<string, ReadonlySet<Statement>> => {
  const parsed = new Map<string, ReadonlyArray<Statement>>()
  const kept = new Map<string, Set<Statement>>()
  const keep = (module: string, name: string, typesOnly: boolean): void => {
    const statements = parsed.get(module) ?? importsApart(statementsOf(module))
    parsed.set(module, statements)
    for (const statement of statements) {
      if (!statement.names.includes(name)) continue
      if (typesOnly && !statement.isType && statement.from === undefined) continue
      const keptHere = kept.get(module) ?? new Set()
      kept.set(module, keptHere)
      if (keptHere.has(statement)) continue
      keptHere.add(statement)
      if (statement.from?.startsWith(".")) keep(moduleOf(module, statement.from), name, true)
      for (const [word] of codeOf(statement.text).matchAll(/\w+/g)) {
        if (statement.from === undefined && word !== name) keep(module, word, true)
      }
    }
  }
  for (const module of publicModules) {
    kept.set(module, new Set(statementsOf(module)))
    for (const { from, isType, names } of statementsOf(module)) {
      if (from?.startsWith("./internal/")) names.forEach((name) => keep(moduleOf(module, from), name, isType))
    }
  }
  return kept
}

/** What models name of Effect 4 and are given of Effect 3: the secrets of an application are of its own kind. */
const theirs: ReadonlyMap<string, string> = new Map([["effect-4/Redacted", "effect/Redacted"]])

const importsFirst = (a: string, b: string): number => Number(b.startsWith("import ")) - Number(a.startsWith("import "))

const publicModules = modulesIn(join(root, "src")).filter(isPublic).map((module) => module.replace(/\.ts$/, ""))

stage(join(root, "src"), ".")
for (const [name, copy] of Object.entries(copies)) stage(join(root, "..", name, "src"), copy)
writeFileSync(
  join(staging, "tsconfig.json"),
  JSON.stringify({
    extends: "../../../../tsconfig.base.json",
    compilerOptions: {
      composite: false,
      incremental: false,
      // The sources are not shipped, so the maps carry them.
      inlineSources: true,
      declarationMap: false,
      rootDir: "src",
      outDir: "out",
      types: []
    },
    files: publicModules.map((module) => `src/${module}.ts`)
  })
)
const tsc = join(root, "../../node_modules/typescript/bin/tsc")
execFileSync(process.execPath, [tsc, "--project", staging], { stdio: "inherit" })

rmSync(target, { recursive: true, force: true })
for (const [module, text] of reachable(publicModules)) {
  const file = join(target, `${module}.js`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  const map = join(compiled, `${module}.js.map`)
  if (existsSync(map)) cpSync(map, `${file}.map`)
}
for (const [module, statements] of declarationsOf(publicModules)) {
  const texts = Array.from(statements, ({ text }) => text)
  const text = (isPublic(module) ? texts : texts.sort(importsFirst)).join("")
    .replace(
      specifiers,
      (specifier) => specifier.startsWith(".") ? specifier.replace(/\.ts$/, ".js") : theirs.get(specifier) ?? specifier
    )
  if (/"effect-4/.test(text)) throw new Error(`${module}.d.ts names Effect 4:\n${text}`)
  mkdirSync(dirname(join(target, module)), { recursive: true })
  writeFileSync(join(target, `${module}.d.ts`), text)
}
