import { assert, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import type * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { sunco as tree } from "../../src/tree/sunco.ts"
import { prepared } from "./Prepared.ts"
import { receiver } from "./Receiver.ts"
import { inShell, running, sunco, temporaryDirectory } from "./Sunco.ts"

const examplesOf = (command: Command.Command.Any): ReadonlyArray<string> => [
  ...command.examples.map(({ command }) => command),
  ...command.subcommands.flatMap(({ commands }) => commands.flatMap(examplesOf))
]

/** Examples that have an end of their own: what is printed on the standard error, and the exit code. */
const otherEnds: Readonly<Record<string, { readonly stderr: RegExp; readonly exitCode: number }>> = {
  // In a terminal it asks, as another test sees.
  "sunco login": { stderr: /nobody can be asked here/, exitCode: 2 }
}

/** Those that run until somebody ends them. */
const endless = [
  "sunco messages tail $CONVERSATION",
  "sunco emulator",
  "sunco emulator --json --quiet --port 0",
  "sunco bulk worker",
  "sunco bulk worker --db $DATABASE",
  "sunco listen --port 0",
  "sunco listen --port 0 --forward-to $RECEIVER"
]

const token = "an-access-token"

layer(Emulator.layer({ accessTokens: [Redacted.make(token)] }), {
  excludeTestServices: true
})("the examples of the help", (it) => {
  it.effect.each(Array.from(new Set(examplesOf(tree))))("%s", (example) =>
    Effect.gen(function*() {
      const { env } = yield* prepared
      const home = yield* temporaryDirectory
      writeFileSync(join(home, "key"), `${env.SUNCO_KEY_SECRET}\n`)
      writeFileSync(join(home, "token"), `${token}\n`)
      writeFileSync(join(home, "tea.png"), new Uint8Array([137, 80, 78, 71]))
      writeFileSync(
        join(home, "card.json"),
        JSON.stringify({
          content: { type: "text", text: "Tea?", actions: [{ type: "reply", text: "Yes", payload: "y" }] }
        })
      )
      const { SUNCO_APP_ID: APP, SUNCO_BASE_URL: URL, SUNCO_KEY_ID: KEY, ...rest } = env
      const RECEIVER = yield* receiver
      const DATABASE = join(home, "shared.db")
      const settings = { ...rest, RECEIVER, DATABASE, APP, URL, KEY, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home }
      writeFileSync(join(home, "users.ndjson"), "{\"externalId\":\"b\"}\n{\"externalId\":\"c\"}\n")
      writeFileSync(join(home, "crm.csv"), "No.,profile.givenName\n1,Ada\n2,Grace\n")
      writeFileSync(join(home, "changes.csv"), "externalId,metadata.plan\nada,pro\n")
      writeFileSync(join(home, "ids.txt"), "ada\n")
      const login = ["login", "-p", "work", "--app-id", APP, "--base-url", URL, "--key-id", KEY, "--with-secret"]
      yield* sunco(login, { env: settings, stdin: env.SUNCO_KEY_SECRET })
      // Where there are no variables, the profile counts.
      const { SUNCO_KEY_SECRET: _, ...withProfile } = settings
      const [, job] = /^sunco bulk \w+ (crm|gdpr-7)(?= |$)/.exec(example) ?? []
      if (job !== undefined) {
        const begun = job === "crm"
          ? ["import", "users.ndjson", "--mode", "create"]
          : ["erase", "ids.txt", "--how", "delete", "--requested-by", "legal", "--yes"]
        const [verb = "", file = "", ...more] = begun
        // A job that is at work cannot be purged, and one that is over cannot be stopped.
        const left = /pause|resume|cancel/.test(example) ? ["--detach"] : []
        const planned = yield* sunco(["bulk", verb, file, "--job", job, ...more, ...left], {
          cwd: home,
          env: withProfile
        })
        assert.strictEqual(planned.exitCode, 0, planned.stderr)
      }
      if (endless.includes(example)) {
        const args = example.split(" ").slice(1).map((word) =>
          word.startsWith("$") ? settings[word.slice(1) as keyof typeof settings] : word
        )
        const command = yield* running(args, { cwd: home, env: withProfile })
        yield* command.until(/\n/, /listen|worker/.test(example) ? "stderr" : "stdout")
        yield* command.kill("SIGINT")
        const { exitCode, stderr } = yield* command.ended
        assert.strictEqual(exitCode, 130)
        return assert.notInclude(stderr, "error")
      }
      const { exitCode, stderr, stdout } = yield* inShell(example, { cwd: home, env: withProfile })
      const other = otherEnds[example]
      if (other === undefined) {
        assert.strictEqual(exitCode, 0, stderr)
        assert.notInclude(stderr, "error")
      } else {
        assert.match(stderr, other.stderr)
        assert.strictEqual(exitCode, other.exitCode)
      }
      for (const secret of [env.SUNCO_KEY_SECRET, token]) assert.notInclude(stdout + stderr, secret)
    }))
})
