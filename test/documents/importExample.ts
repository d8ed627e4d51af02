import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { inMarkdown } from "./examples.ts"

/** What the first example of a document that has a text in it exports, of which the caller says what it is. */
export const importExample = async <Exports>(document: string, text: string): Promise<Exports> => {
  const from = (path: string) => new URL(`../../${path}`, import.meta.url)
  const { code, line } = inMarkdown(readFileSync(from(document), "utf8")).find(({ code }) => code.includes(text))!
  // Not where the tests of the documents put theirs, which remove what is there.
  const module = from(`test/.tsbuild/examples/${document}.${line}.ts`)
  mkdirSync(dirname(module.pathname), { recursive: true })
  writeFileSync(module, code)
  return import(module.href)
}
