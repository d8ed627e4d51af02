import { SunshineApi } from "@sunco/schemas/SunshineApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { withEsbuild } from "../bench/size/bundle.ts"
import { bundle } from "../release/bundle.ts"
import { leftOutUnlessUsed } from "../release/leftOut.ts"
import { root } from "../release/pack.ts"

describe("what a module computes when it is loaded", () => {
  it.each(Object.entries({
    "const a = f(1)": "const a = /* @__PURE__ */ (() => (f(1)))()",
    "export const a: A = b.c": "export const a: A = /* @__PURE__ */ (() => (b.c))()",
    "const a = { b: [f()] } as const": "const a = /* @__PURE__ */ (() => ({ b: [f()] } as const))()",
    "const a = 1, b = f(\n)\nconst c = f()":
      "const a = 1, b = /* @__PURE__ */ (() => (f(\n)))()\nconst c = /* @__PURE__ */ (() => (f()))()",
    "export class A extends f<A>() {}": "export const A = /* @__PURE__ */ (() => class A extends f<A>() {})();",
    "class A { static a = f() }": "const A = /* @__PURE__ */ (() => class A { static a = f() })();"
  }))("is in a function that can be left out: %s", (source, result) => {
    assert.strictEqual(leftOutUnlessUsed(source, "a.ts"), result)
  })

  it.each([
    "import { a } from \"a\"\nexport { a }\nexport * from \"b\"",
    "const a = () => f()",
    "const a = { b: [1, a], c() {} } as const satisfies A",
    "function f() { return g() }",
    "export class A { a = f()\nstatic b() {} }",
    "export type A = B\nexport interface C {}"
  ])("is nothing: %s", (source) => {
    assert.strictEqual(leftOutUnlessUsed(source, "a.ts"), source)
  })

  it.each(Object.entries({
    "export const a: Schema.Codec<A, unknown> = f(1)":
      "import { deferred } from \"b.ts\";export const a: Schema.Codec<A, unknown> = /* @__PURE__ */ deferred(() => (f(1)))",
    "const a: Schema.Struct<A> = f(1)": "const a: Schema.Struct<A> = /* @__PURE__ */ (() => (f(1)))()",
    "const a: Schema.Codec<A> = b": "const a: Schema.Codec<A> = b"
  }))("is deferred where it is a codec: %s", (source, result) => {
    assert.strictEqual(leftOutUnlessUsed(source, "a.ts", "b.ts"), result)
  })

  it.each(["f()", "const { a } = f()", "if (a) b()", "export default f()"])(
    "must not be what nobody can leave out: %s",
    (source) => {
      assert.throws(() => leftOutUnlessUsed(source, "a.ts"), "a.ts")
    }
  )
})

it("the built schemas are those of the sources", { timeout: 60_000 }, async () => {
  using directory = mkdtempDisposableSync(join(import.meta.dirname, "built-"))
  await bundle("schemas", directory.path)
  const built: { readonly SunshineApi: typeof SunshineApi } = await import(join(directory.path, "SunshineApi.js"))
  assert.deepStrictEqual(OpenApi.fromApi(built.SunshineApi), OpenApi.fromApi(SunshineApi))
})

it("a bundle of the built packages weighs what one of the sources does", { timeout: 60_000 }, async () => {
  using directory = mkdtempDisposableSync(join(import.meta.dirname, "installed-"))
  for (const name of ["schemas", "client"] as const) {
    const installed = join(directory.path, "built/node_modules/@sunco", name)
    await bundle(name, join(installed, "dist"))
    const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"))
    writeFileSync(join(installed, "package.json"), JSON.stringify({ ...manifest, ...manifest.publishConfig }))
  }
  mkdirSync(join(directory.path, "sources"))
  const sizeIn = async (folder: string, entry: string) => {
    const file = join(directory.path, folder, "entry.ts")
    writeFileSync(file, entry)
    return (await withEsbuild(file)).length
  }
  for (
    const entry of [
      readFileSync(join(import.meta.dirname, "../bench/size/entry.ts"), "utf8"),
      "export { Participants } from \"@sunco/client/promise\"",
      "export { SunshineError } from \"@sunco/client\"",
      "export { User } from \"@sunco/schemas/User\""
    ]
  ) assert.isAtMost(await sizeIn("built", entry) / await sizeIn("sources", entry), 1.01, entry)
})
