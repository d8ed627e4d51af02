/**
 * `node runner.ts PROGRAM...`: runs programs one after another. Each begins when the one before has nothing left to do, so that
 * they share what takes the longest, loading Effect, and the emulator that `SUNCO_*` names, which is reset for each.
 *
 * What stands on stdout and stderr behind a mark is of the program that the mark names.
 */
import { env, stderr, stdout } from "node:process"
import { pathToFileURL } from "node:url"
import { markOf } from "./marks.ts"

const programs = process.argv.slice(2)

let limit: NodeJS.Timeout | undefined

process.on("beforeExit", async () => {
  const program = programs.shift()
  if (program === undefined) return
  const { ok } = await fetch(`${env["SUNCO_BASE_URL"]}/_emulator/reset`, { method: "POST" })
  if (!ok) throw new Error("the emulator cannot be reset")
  stdout.write(markOf(program))
  stderr.write(markOf(program))
  clearTimeout(limit)
  limit = setTimeout(() => {
    stderr.write("It does not end.")
    process.exit(1)
  }, 30_000).unref()
  await import(pathToFileURL(program).href)
})
