/** The sessions of the emulator's README in other languages, as they stand there. */
import { assert, describe, it } from "vitest"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { text } from "node:stream/consumers"
import { fileURLToPath } from "node:url"
import { Emulator } from "@sunco/emulator/promise"
import { inMarkdown } from "./examples.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

const blocks = inMarkdown(readFileSync(join(root, "packages/emulator/README.md"), "utf8"))

const run = async (command: string, args: ReadonlyArray<string>, path = "") => {
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: [path, process.env["PATH"]].filter(Boolean).join(delimiter), NO_PROXY: "127.0.0.1" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 30_000
  })
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")])
  assert.strictEqual(status, 0, `${stdout}${stderr}`)
  return stdout
}

/** What a program says that it prints: the comments below what prints. */
const said = (code: string) => Array.from(code.matchAll(/^print\(.*\)\n# (.*)$/gm), ([, line = ""]) => line)

describe("the session of the README", { timeout: 60_000 }, () => {
  it("in curl does what it says", async () => {
    await using emulator = await Emulator.start()
    const session = blocks.find(({ code }) => code.startsWith("url=http://127.0.0.1:4010"))?.code ?? ""
    const lines = (await run("bash", [
      "-ec",
      `curl() { command curl --silent --show-error --fail-with-body --write-out '\\n' "$@"; }
       ${session.replace("http://127.0.0.1:4010", emulator.url)}`
    ])).trim().split("\n")
    const [health, created, read, seeded, stored, added, left, cleared, seen, ...others] = lines.map((line) =>
      JSON.parse(line)
    )
    assert.deepStrictEqual(health, { status: "ok" })
    assert.deepStrictEqual([created.user.externalId, read], ["grace", created])
    assert.deepStrictEqual(seeded.users[0].zendeskId, "35436")
    assert.deepStrictEqual(stored.Users, [created.user, seeded.users[0]])
    assert.deepStrictEqual([added.faults[0].times, left, cleared], [2, added, {}])
    assert.deepStrictEqual(seen.requests.map(({ status }: { readonly status: number }) => status), [201, 200])
    assert.strictEqual(others[0].keyId, "app_new")
    assert.deepStrictEqual(others.slice(1), [{}, {}, {}])
  })

  it("in Python prints what it says, and leaves no emulator behind", async () => {
    const session = blocks.find(({ language }) => language === "python")?.code ?? ""
    using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-python-"))
    // What `npx -y pnpm@12 emulator` comes to, without asking a registry for pnpm.
    writeFileSync(
      join(directory.path, "npx"),
      `#!/bin/sh
test "$1 $2 $3" = "-y pnpm@12 emulator" || exit 1
shift 3
exec '${process.execPath}' '${root}packages/emulator/bin/emulator.ts' "$@"
`
    )
    chmodSync(join(directory.path, "npx"), 0o755)
    writeFileSync(join(directory.path, "session.py"), session)
    const printed = await run("python3", [join(directory.path, "session.py")], directory.path)
    assert.deepStrictEqual(printed.trim().split("\n"), said(session))
    assert.lengthOf(said(session), 4)
  })
})
