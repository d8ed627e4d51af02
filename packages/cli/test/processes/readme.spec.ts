import { assert, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { accountOf, interactiveScript, sunco, temporaryDirectory } from "./Sunco.ts"

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8")

/** Each command of the session below a heading, and what it prints. */
const stepsOf = (heading: string) => {
  const [, session = ""] = new RegExp(`## ${heading}[^]*?\`\`\`text\\n([^]*?)\`\`\``).exec(readme) ?? []
  return session.split(/^\$ /m).slice(1).map((step) => {
    const [command = "", ...printed] = step.trimEnd().split("\n")
    return { command, printed: printed.join("\n") }
  })
}

const steps = stepsOf("A session")

/** Without what is another one each time: ids, times, the port, the Node. */
const settled = (text: string): string =>
  text
    .replaceAll(/(?<=app |app_)\w+/g, "APP")
    .replaceAll(/\b[0-9a-f]{24}\b/g, "ID")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "TIME")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replaceAll(/(?<=seconds +)[\d.]+/g, "SECONDS")
    .replaceAll(/(?<=node +)\d+\.\d+\.\d+/g, "NODE")

layer(Emulator.layer(), { excludeTestServices: true })("the session of the README", (it) => {
  it.effect("goes as it says, in a terminal", () =>
    Effect.scoped(Effect.gen(function*() {
      assert.isAbove(steps.length, 8)
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const { SUNCO_APP_ID, SUNCO_BASE_URL, SUNCO_KEY_ID, SUNCO_KEY_SECRET } = accountOf(emulator)
      yield* sunco(
        ["login", "--app-id", SUNCO_APP_ID, "--base-url", SUNCO_BASE_URL, "--key-id", SUNCO_KEY_ID, "--with-secret"],
        { env: { XDG_CONFIG_HOME: home }, stdin: SUNCO_KEY_SECRET }
      )
      const script = join(home, "session.sh")
      writeFileSync(script, steps.map(({ command }) => `echo @@@\n${command}\n`).join(""))
      const terminal = yield* interactiveScript(script, { env: { XDG_CONFIG_HOME: home, NO_COLOR: "1" } })
      yield* terminal.until("(y/N)")
      yield* terminal.type("y")
      const { exitCode, stdout } = yield* terminal.ended
      assert.strictEqual(exitCode, 0)
      // A question is drawn several times; what is left in the end is what counts.
      const printed = stdout.replaceAll("\r\n", "\n").split("@@@\n").slice(1)
      const asked = steps.length - 1
      assert.deepStrictEqual(
        printed.slice(0, asked).map((text) => settled(text.trimEnd())),
        steps.slice(0, asked).map(({ printed }) => settled(printed))
      )
      const lines = settled(printed[asked] ?? "")
      for (const line of settled(steps[asked]?.printed ?? "").split("\n")) {
        assert.include(lines, line.replace(/\? \(y\/N\) y$/, ""))
      }
    })))

  it.effect("goes as it says with many users, too", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* emulator.reset
      const home = yield* temporaryDirectory
      const rows = Array.from({ length: 300 }, (_, index) => `{"externalId":"crm-${index}"}\n`)
      writeFileSync(join(home, "customers.ndjson"), `${rows.join("")}{"external_id":"crm-300"}\n`)
      const bulk = stepsOf("Many users at once")
      const script = join(home, "session.sh")
      writeFileSync(script, bulk.map(({ command }) => `echo @@@\n${command}\n`).join(""))
      const env = { ...accountOf(emulator), XDG_STATE_HOME: home, NO_COLOR: "1" }
      const { stdout } = yield* (yield* interactiveScript(script, { cwd: home, env })).ended
      const printed = stdout.replaceAll("\r\n", "\n").split("@@@\n").slice(1)
      assert.deepStrictEqual(
        // A bar is drawn several times; what is left in the end is what counts.
        printed.map((text) =>
          settled(text.split("\n").map((line) => line.split("\x1b[2K").at(-1)).join("\n").trimEnd())
        ),
        bulk.map(({ printed }) => settled(printed))
      )
      assert.strictEqual(bulk.length, 3)
    })))
})
