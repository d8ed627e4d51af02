import { assert, describe, it } from "@effect/vitest"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { onTestFinished } from "vitest"
import * as ApiReference from "../apiReference/ApiReference.ts"
import { publicModules } from "../apiReference/publicModules.ts"

/** A directory with these files, as long as the test runs. */
const directoryWith = (files: Record<string, string>): string => {
  const directory = mkdtempSync(join(tmpdir(), "sunco-reference-"))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
  return directory
}

describe("publicModules", () => {
  it("are those that the exports map opens, each once", () => {
    const directory = directoryWith({
      "package.json": JSON.stringify({
        name: "@pets/client",
        exports: {
          ".": "./src/index.ts",
          "./internal/*": null,
          "./*": "./src/*.ts",
          "./package.json": "./package.json"
        }
      }),
      "src/index.ts": "",
      "src/Pets.ts": "",
      "src/internal/hidden.ts": ""
    })
    assert.deepStrictEqual(publicModules(join(directory, "package.json")), [
      { specifier: "@pets/client", file: join(directory, "src/index.ts") },
      { specifier: "@pets/client/Pets", file: join(directory, "src/Pets.ts") }
    ])
  })

  it("are none of a package that is not published", () => {
    const directory = directoryWith({
      "package.json": JSON.stringify({ name: "pets-programs", private: true, exports: { "./*": "./*.ts" } }),
      "Pets.ts": ""
    })
    assert.deepStrictEqual(publicModules(join(directory, "package.json")), [])
  })
})

describe("ApiReference", () => {
  const modulesOf = (texts: Record<string, string>) => {
    const directory = directoryWith({
      ...texts,
      "package.json": JSON.stringify({ name: "pets" }),
      "tsconfig.json": JSON.stringify({ compilerOptions: { module: "nodenext", target: "es2024" }, include: ["*.ts"] })
    })
    return {
      tsconfig: join(directory, "tsconfig.json"),
      modules: Object.keys(texts).map((name) => ({
        specifier: `pets/${name.replace(".ts", "")}`,
        file: join(directory, name)
      }))
    }
  }

  const pets = `/**
 * Pets.
 *
 * @since 0.1.0
 */

/**
 * A pet, see {@link feed}.
 *
 * @category models
 * @since 0.1.0
 */
export interface Pet {
  readonly name: string
}

/**
 * Feeds it.
 *
 * @category combinators
 * @since 0.1.0
 */
export const feed = (pet: Pet): Pet => pet
`

  const index = "/**\n * Everything.\n *\n * @since 0.1.0\n */\nexport * from \"./Pets.ts\"\n"

  it("is written when every export says what it is", async () => {
    const { problems, write } = await ApiReference.make(modulesOf({ "Pets.ts": pets, "index.ts": index }))
    assert.deepStrictEqual(problems, [])
    const out = directoryWith({})
    await write(out)
    assert.include(readFileSync(join(out, "functions/pets_Pets.feed.html"), "utf8"), "Feeds it.")
  }, 30_000)

  it("has what a service offers as members of its class", async () => {
    const tags = "\n *\n * @category services\n * @since 0.1.0\n */\n"
    const kennel = `${pets}
/** What it offers.${tags}export interface Shape<A> { readonly shape: A }

/** As Effect does it.${tags}export declare const Service: <A>() => new(_: never) => Shape<A>

/** Where pets live.${tags}export class Kennel extends Service<Pet & {
  /** Lets them out. */
  readonly open: () => void
}>() {}
`
    const { problems, write } = await ApiReference.make(modulesOf({ "Pets.ts": kennel, "index.ts": index }))
    assert.deepStrictEqual(problems, [])
    const out = directoryWith({})
    await write(out)
    const page = readFileSync(join(out, "classes/pets_Pets.Kennel.html"), "utf8")
    assert.include(page, "id=\"open\"")
    assert.include(page, "Lets them out.")
    assert.notInclude(page, "constructor")
  }, 30_000)

  it("names every export that does not say what it is", async () => {
    const silent = "export interface Pet {}\nexport class Pets { static readonly all: ReadonlyArray<Pet> = [] }\n"
    const { problems } = await ApiReference.make(modulesOf({ "Pets.ts": silent, "index.ts": index }))
    assert.deepStrictEqual(problems, [
      "pets/Pets has no sentence",
      "pets/Pets has no @since",
      "pets/Pets Pet has no sentence",
      "pets/Pets Pet has no @since",
      "pets/Pets Pet has no @category",
      "pets/Pets Pets has no sentence",
      "pets/Pets Pets has no @since",
      "pets/Pets Pets has no @category",
      "pets/Pets Pets all has no sentence",
      "pets/Pets Pets all has no @since"
    ])
  }, 30_000)

  it.each([
    [
      "a link that leads nowhere",
      "{@link feed}",
      "{@link Cat}",
      "Failed to resolve link to \"Cat\" in comment for pets/Pets.Pet"
    ],
    [
      "a type that is not exported",
      "export interface",
      "interface",
      "Pet, defined in pets/Pets.ts, is referenced by pets/Pets.feed but not included in the documentation"
    ],
    [
      "a tag that it does not know",
      "@category models",
      "@category models\n * @sicne 1",
      "Encountered an unknown block tag @sicne"
    ]
  ])("names %s", async (_, from, to, expected) => {
    const { problems } = await ApiReference.make(modulesOf({ "Pets.ts": pets.replace(from, to), "index.ts": index }))
    assert.deepStrictEqual(problems.map((problem) => problem.replace(/^.*\[warning\] /, "")), [expected])
  }, 30_000)
})
