import { readFileSync } from "node:fs"
import { assert, describe, inject, it } from "vitest"

const spaced = (text: string): string => text.replaceAll(/[\s*/`]+/g, " ")

const notice = spaced(readFileSync(new URL("../../NOTICE.md", import.meta.url), "utf8"))

const modules = inject("bundled")

const packages = Array.from(
  new Set(modules.map((module) => /.*node_modules\/(@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? ""))
)

describe("NOTICE.md", () => {
  it("has the packages that are in the bundle, with their versions", () => {
    const missing = packages.filter((directory) => {
      const { license, name, version } = JSON.parse(readFileSync(`${directory}/package.json`, "utf8"))
      return license !== "MIT" || !new RegExp(`\\[ ${name.replace("/", " ")} \\]\\(.*?\\) ${version} `).test(notice)
    })
    assert.deepStrictEqual(missing, [])
    assert.isAtLeast(packages.length, 5)
  })

  it("has who has written what is in the modules", () => {
    const authors = modules.flatMap((module) =>
      Array.from(readFileSync(module, "utf8").matchAll(/copyright \(c\) .*/gi), ([line]) => spaced(line).trim())
    )
    assert.isAtLeast(authors.length, 5)
    assert.deepStrictEqual(authors.filter((author) => !notice.toLowerCase().includes(author.toLowerCase())), [])
  })
})
