/**
 * The package as build.ts makes it.
 */
import { spawnSync } from "node:child_process"
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"

const root = join(import.meta.dirname, "..")

let directory: string

const node = (...args: ReadonlyArray<string>): string => {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8" })
  assert.strictEqual(status, 0, stdout + stderr)
  return stdout
}

const files = (pattern: string): ReadonlyArray<readonly [path: string, text: string]> =>
  globSync(pattern, { cwd: join(directory, "dist") }).map((path) => [
    path,
    readFileSync(join(directory, "dist", path), "utf8")
  ])

/** What a module imports, statically, dynamically or in a type. Code that Effect generates has imports in strings. */
const importsOf = (text: string): ReadonlyArray<string> =>
  Array.from(
    text.replaceAll(/\/\*\*[^]*?\*\//g, "").matchAll(
      /(?:^(?:import|export|\}).* from |^import |\bimport\()"([^"]+)"/gm
    ),
    ([, specifier]) => specifier!
  )

/** Whatever makes one look into where a text comes from: copyrights, licenses, origins, and links to where code is. */
const attributionsIn = (text: string): ReadonlyArray<string> =>
  [
    /[\w ]*(?:\(c\)|©|copyright) \d{4}.*/gi,
    /\b(?:MIT|BSD|ISC|Apache|MPL|L?GPL|Unlicense)\b[-\w. ]* licen[sc]e|SPDX-License-Identifier/gi,
    /\b(?:adapted|ported|vendored|lifted) from\b|\b(?:based on|port of|fork of) (?=http|[`@])|\b(?:taken|copied|borrowed|derived) from (?=http|@)/gi,
    /https?:\/\/(?:[\w-]+\.)*(?:github|gitlab|bitbucket|stackoverflow|stackexchange|sourceforge|codeberg)\.\w+\/[^\s)|>`"']+/gi
  ].flatMap((pattern) => text.match(pattern) ?? []).map((found) => found.trim()).filter((found) =>
    !/github\.com\/Effect-TS\//i.test(found)
  )

beforeAll(() => {
  // Inside the package, so that its dependencies are found from there.
  mkdirSync(join(root, ".tsbuild"), { recursive: true })
  directory = mkdtempSync(join(root, ".tsbuild/package-"))
  node(join(root, "build.ts"), join(directory, "dist"))
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).publishConfig
  writeFileSync(
    join(directory, "package.json"),
    JSON.stringify({ name: "@sunco/effect3", type: "module", exports })
  )
}, 60_000)

afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe("the declarations", () => {
  it("name Effect 3, its platform and one another, and nothing else", () => {
    const declarations = files("**/*.d.ts")
    assert.isNotEmpty(declarations)
    for (const [path, text] of declarations) {
      for (const specifier of importsOf(text)) {
        assert.match(specifier, /^(effect\/|@effect\/platform\/|\.)/, path)
        if (specifier.startsWith(".")) {
          const target = join(dirname(path), specifier).replace(/\.js$/, ".d.ts")
          assert.include(declarations.map(([path]) => path), target, path)
        }
      }
    }
  })

  it("are there for every module that the package exports", () => {
    const modules = globSync("*.ts", { cwd: join(root, "src") }).map((path) => path.replace(/\.ts$/, ""))
    assert.sameMembers(files("*.d.ts").map(([path]) => path.replace(/\.d\.ts$/, "")), modules)
    assert.sameMembers(files("*.js").map(([path]) => path.replace(/\.js$/, "")), modules)
  })

  it("are valid where the compiler checks libraries too", () => {
    writeFileSync(
      join(directory, "program.ts"),
      globSync("*.ts", { cwd: join(root, "src") }).map((path, index) =>
        `export * as module${index} from "@sunco/effect3${
          path === "index.ts" ? "" : `/${path.replace(/\.ts$/, "")}`
        }"\n`
      ).join("")
    )
    writeFileSync(
      join(directory, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          target: "es2022",
          lib: ["es2022", "dom", "dom.iterable"],
          types: [],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true
        },
        files: ["program.ts"]
      })
    )
    node(join(root, "../../node_modules/typescript/bin/tsc"))
  }, 60_000)
})

describe("the modules", () => {
  it("import Effect 3, its platform and one another, and the copies among them nothing but one another", () => {
    for (const [path, text] of files("**/*.js")) {
      const isCopy = /^internal\/(client|schemas|effect-4)\//.test(path)
      for (const specifier of importsOf(text)) {
        assert.match(specifier, isCopy ? /^\./ : /^(effect\/|@effect\/platform\/|\.)/, path)
        if (specifier.startsWith(".")) {
          assert.isTrue(existsSync(join(directory, "dist", dirname(path), specifier)), path)
        }
      }
    }
  })

  it("of Effect 4 are as its package has them, and NOTICE.md has its version and license", () => {
    const effect4 = join(root, "node_modules/effect-4")
    const withoutMap = (text: string) => text.replace(/\/\/# sourceMappingURL=.*/, "")
    for (const [path, text] of files("internal/effect-4/**/*.js")) {
      const original = join(effect4, "dist", path.slice("internal/effect-4/".length))
      assert.strictEqual(withoutMap(text), withoutMap(readFileSync(original, "utf8")), path)
    }
    const notice = readFileSync(join(root, "NOTICE.md"), "utf8")
    assert.include(notice, `${JSON.parse(readFileSync(join(effect4, "package.json"), "utf8")).version}, unchanged`)
    assert.include(notice, readFileSync(join(effect4, "LICENSE"), "utf8"))
  })

  it("of Effect 4 that have code of others are in NOTICE.md, with whose it is, and with what their licenses say", () => {
    const spaced = (text: string) => text.replaceAll(/^[ *]+|[<>]/gm, " ").replaceAll(/\s+/g, " ")
    const notice = spaced(readFileSync(join(root, "NOTICE.md"), "utf8"))
    const others = files("internal/effect-4/**/*.js").flatMap(([path, text]) => {
      const module = path.slice("internal/effect-4/".length)
      // The compiler leaves out a comment that stands above a type or an import.
      const source = readFileSync(join(root, "node_modules/effect-4/src", module.replace(/js$/, "ts")), "utf8")
      return attributionsIn(text + source).map((attribution) => ({ module, attribution: spaced(attribution).trim() }))
    })
    assert.includeMembers(others.map(({ module }) => module), ["Path.js", "Random.js", "crypto/internal/md5.js"])
    assert.deepStrictEqual(others.filter(({ module }) => !notice.includes(`\`${module}\``)), [])
    assert.deepStrictEqual(
      others.filter(({ attribution }) => /copyright|^https/i.test(attribution) && !notice.includes(attribution)),
      []
    )
  })

  it.each([
    [
      " * Copyright (c) 2022 Paul Miller (https://paulmillr.com)",
      "Copyright (c) 2022 Paul Miller (https://paulmillr.com)"
    ],
    ["/*! (c) 2019 Ada", "(c) 2019 Ada"],
    ["// under the BSD 3-clause license", "BSD 3-clause license"],
    [" * Adapted from the source of Python", "Adapted from"],
    ["// ported from fp-ts", "ported from"],
    ["// based on `pure-rand`", "based on"],
    ["// SPDX-License-Identifier: Apache-2.0", "SPDX-License-Identifier"],
    ["// see https://gist.github.com/ada/1 for more", "https://gist.github.com/ada/1"]
  ])("are found to have code of others where they say %j", (text, attribution) => {
    assert.include(attributionsIn(text), attribution)
  })

  it("import no part of the client that is not needed", () => {
    const shipped = files("internal/**/*.js").map(([path]) => path)
    assert.include(shipped, join("internal", "client", "Sunshine.js"))
    assert.notInclude(shipped, join("internal", "client", "UndiciTransport.js"))
    assert.notInclude(shipped, join("internal", "schemas", "UsersApi.js"))
  })

  it("have maps that carry their sources", () => {
    for (const [path, text] of files("{*,internal/*,internal/{client,schemas}/**/*}.js")) {
      assert.include(text, "//# sourceMappingURL=", path)
      const map = JSON.parse(readFileSync(join(directory, "dist", `${path}.map`), "utf8"))
      assert.lengthOf(map.sourcesContent, map.sources.length, path)
    }
  })

  it("do nothing when they are imported, and call the vendor when they are asked to", () => {
    writeFileSync(
      join(directory, "program.js"),
      `import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { Credentials, Users } from "@sunco/effect3"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

console.log(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length)
const found = HttpClient.make((request) =>
  Effect.succeed(HttpClientResponse.fromWeb(request, Response.json({ user: { id: request.url } }))))
const { id } = await Effect.runPromise(
  Effect.flatMap(Users, (users) => users.get("ada")).pipe(
    Effect.provide(Users.layer({ appId: "app", subdomain: "example" })),
    Effect.provide(Credentials.layerBearer(Redacted.make("token"))),
    Effect.provideService(HttpClient.HttpClient, found)
  )
)
console.log(id)
`
    )
    assert.strictEqual(node("program.js"), "0\nhttps://example.zendesk.com/sc/v2/apps/app/users/ada\n")
  })
})
