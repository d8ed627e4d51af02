import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { join } from "node:path"
import { inShell, inTerminal, sunco, temporaryDirectory } from "./Sunco.ts"

const file = (home: string) => join(home, "sunco/profiles.json")

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

const loginFlags = ({ appId, keyId, url }: Emulator["Service"]) => [
  "login",
  "--app-id",
  appId,
  "--base-url",
  url,
  "--key-id",
  keyId
]

describe("the command", () => {
  it.live.each<[ReadonlyArray<string>]>([[["--version"]], [["-v"]], [["profiles", "--version"]]])(
    "says its version: %j",
    ([args]) =>
      Effect.gen(function*() {
        const { version } = JSON.parse(
          readFileSync(new URL("../../package.json", import.meta.url), "utf8")
        )
        assert.deepStrictEqual(yield* sunco(args), { stdout: `${version}\n`, stderr: "", exitCode: 0 })
      })
  )

  it.live.each<[ReadonlyArray<string>, string]>([
    [["--nope"], "error: there is no flag --nope; `sunco --help` says more\n"],
    [["profile"], "error: there is no command \"profile\": did you mean profiles?; `sunco --help` says more\n"],
    [
      ["login", "--app-idd", "x"],
      "error: there is no flag --app-idd: did you mean --app-id?; `sunco login --help` says more\n"
    ],
    [["profiles", "use"], "error: NAME is missing; `sunco profiles use --help` says more\n"],
    [["login"], "error: --app-id is missing: nobody can be asked here; `sunco login --help` says more\n"]
  ])("refuses %j in one line", ([args, stderr]) =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* sunco(args), { stdout: "", stderr, exitCode: 2 })
    }))

  it.live("says in JSON what is wrong, where it is asked for JSON", () =>
    Effect.gen(function*() {
      const { exitCode, stderr, stdout } = yield* sunco(["profiles", "use", "--json"])
      assert.deepStrictEqual(JSON.parse(stderr), {
        error: { kind: "usage", exitCode: 2, message: "NAME is missing", hint: "`sunco profiles use --help` says more" }
      })
      assert.deepStrictEqual({ exitCode, stdout }, { exitCode: 2, stdout: "" })
    }))

  it.live("says that an output cannot be written, and is quiet where its reader has left", () =>
    Effect.gen(function*() {
      const full = yield* inShell("sunco --help > /dev/full; sunco profiles list --json > /dev/full", {
        env: { XDG_CONFIG_HOME: "/nowhere" }
      })
      const line = "error: the output cannot be written (ENOSPC)\n"
      const inJson = { error: { kind: "failed", exitCode: 1, message: "the output cannot be written (ENOSPC)" } }
      assert.deepStrictEqual(full, { stdout: "", stderr: `${line}${JSON.stringify(inJson)}\n`, exitCode: 1 })
      const left = yield* inShell("sunco --help | true; echo ${PIPESTATUS[0]}")
      assert.deepStrictEqual(left, { stdout: "0\n", stderr: "", exitCode: 0 })
    }))
})

layer(Emulator.layer(), { excludeTestServices: true })("the settings of an account", (it) => {
  it.effect("become a profile that nobody else can read, once the API has taken the key", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const env = { XDG_CONFIG_HOME: home }
      const secret = Redacted.value(emulator.keySecret)
      const made = yield* sunco([...loginFlags(emulator), "--with-secret", "-p", "work"], { env, stdin: `${secret}\n` })
      assert.deepStrictEqual(made, {
        stdout: "",
        stderr: `the API takes the key; the profile work is in ${file(home)}, and is used where no other is named\n`,
        exitCode: 0
      })
      assert.deepStrictEqual([modeOf(join(home, "sunco")), modeOf(file(home))], ["700", "600"])
      assert.deepStrictEqual(readdirSync(join(home, "sunco")), ["profiles.json"])
      const listed = yield* sunco(["profiles", "list"], { env })
      const { appId, keyId, url } = emulator
      assert.strictEqual(listed.stdout, `work\tdefault\t${appId}\t${url}\t${keyId}\tsecret\n`)
      const asJson = yield* sunco(["profiles", "list", "--json"], { env })
      assert.deepStrictEqual(JSON.parse(asJson.stdout), [
        { name: "work", default: true, appId, server: url, keyId, credentials: "secret" }
      ])
      const again = yield* sunco([...loginFlags(emulator), "--with-secret"], {
        env: { ...env, SUNCO_APP_ID: "other" },
        stdin: secret
      })
      assert.include(again.stderr, "`sunco profiles use default` makes it the one that is used\n")
      assert.include(
        again.stderr,
        "warning: the environment has SUNCO_APP_ID, and goes before it unless --profile names it\n"
      )
      for (const { stderr, stdout } of [made, listed, asJson, again]) assert.notInclude(stdout + stderr, secret)
    }))

  it.effect("are not kept where the API refuses them, nor where it cannot be reached", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const env = { XDG_CONFIG_HOME: home }
      const refused = yield* sunco([...loginFlags(emulator), "--with-secret"], { env, stdin: "wrong-secret" })
      assert.strictEqual(refused.exitCode, 4)
      assert.match(
        refused.stderr,
        /^error: the credentials were refused \(401 unauthorized\).*; nothing was kept \(--unchecked keeps it without asking\)\n$/
      )
      const dead = ["login", "--app-id", "a", "--base-url", "http://127.0.0.1:1", "--key-id", "app_a", "--with-secret"]
      const unreachable = yield* sunco(dead, { env, stdin: "a-secret" })
      assert.strictEqual(unreachable.exitCode, 1)
      assert.match(
        unreachable.stderr,
        /^error: .*no answer from 127\.0\.0\.1:1 \(ECONNREFUSED\).*nothing listens there/
      )
      assert.isFalse(existsSync(file(home)))
      for (const { stderr, stdout } of [refused, unreachable]) {
        assert.notInclude(stdout + stderr, "wrong-secret")
        assert.notInclude(stdout + stderr, "a-secret")
      }
      assert.strictEqual((yield* sunco([...dead, "--unchecked"], { env, stdin: "a-secret" })).exitCode, 0)
      assert.isTrue(existsSync(file(home)))
    }))

  it.effect("stay as they were where the disk is full", () =>
    Effect.gen(function*() {
      const home = yield* temporaryDirectory
      const { exitCode, stdout, stderr } = yield* inShell(
        `
        exec unshare --map-root-user --mount bash --norc -c '
          sunco() { "$NODE" "$PROGRAM" "$@"; }
          login() { sunco login -p "$1" --app-id a --subdomain acme --key-id app_a --with-secret --unchecked; }
          mount -t tmpfs -o size=64k tmpfs "$XDG_CONFIG_HOME"
          echo one | login first 2> /dev/null
          head -c 1000000 /dev/zero > "$XDG_CONFIG_HOME/filler" 2> /dev/null
          before=$(cat "$XDG_CONFIG_HOME/sunco/profiles.json")
          head -c 100000 /dev/zero | tr "\\0" x | login second
          echo "ended with $?"
          [ "$before" = "$(cat "$XDG_CONFIG_HOME/sunco/profiles.json")" ] && ls -A "$XDG_CONFIG_HOME/sunco"
        '`,
        { env: { XDG_CONFIG_HOME: home } }
      )
      assert.strictEqual(
        stderr,
        "error: the profiles cannot be written: ENOSPC; what was there is as it was\n"
      )
      assert.deepStrictEqual({ exitCode, stdout }, { exitCode: 0, stdout: "ended with 1\nprofiles.json\n" })
    }))

  it.effect("are written through a link, and told of where others can read them", () =>
    Effect.gen(function*() {
      const home = yield* temporaryDirectory
      const env = { XDG_CONFIG_HOME: home }
      mkdirSync(join(home, "sunco"))
      mkdirSync(join(home, "elsewhere"))
      const kept = join(home, "elsewhere/kept.json")
      writeFileSync(kept, JSON.stringify({ profiles: { old: { appId: "o", ofTomorrow: { a: 1 } } }, ofTomorrow: 2 }))
      chmodSync(kept, 0o644)
      symlinkSync(kept, file(home))
      const flags = ["login", "-p", "new", "--app-id", "a", "--subdomain", "acme", "--with-token", "--unchecked"]
      const { stderr } = yield* sunco(flags, { env, stdin: "a-token" })
      assert.match(stderr, new RegExp(`^warning: others can read ${file(home)}: chmod 600 ${file(home)}\n`))
      assert.deepStrictEqual(JSON.parse(readFileSync(kept, "utf8")), {
        default: "new",
        profiles: {
          old: { appId: "o", ofTomorrow: { a: 1 } },
          new: { appId: "a", subdomain: "acme", token: "a-token" }
        },
        ofTomorrow: 2
      })
      assert.strictEqual(modeOf(kept), "600")
      const used = yield* sunco(["profiles", "use", "old", "--json"], { env })
      assert.deepStrictEqual(JSON.parse(used.stdout), { name: "old", default: true, appId: "o", credentials: "none" })
      yield* sunco(["profiles", "delete", "new", "--yes"], { env })
      assert.strictEqual((yield* sunco(["profiles", "list"], { env })).stdout, "old\tdefault\to\t\t\tnone\n")
      assert.deepInclude(yield* sunco(["profiles", "use", "new"], { env }), {
        stderr: "error: there is no profile new; `sunco profiles list` has those that there are\n",
        exitCode: 3
      })
    }))

  it.effect("that nobody can read are said to be so, without what is in them", () =>
    Effect.gen(function*() {
      const home = yield* temporaryDirectory
      mkdirSync(join(home, "sunco"))
      writeFileSync(file(home), "{\"profiles\":{\"a\":{\"secret\":\"s3cret", { mode: 0o600 })
      assert.deepStrictEqual(yield* sunco(["profiles", "list"], { env: { XDG_CONFIG_HOME: home } }), {
        stdout: "",
        stderr: `error: ${file(home)}: it is not what \`sunco login\` writes\n`,
        exitCode: 4
      })
    }))
})

layer(Emulator.layer(), { excludeTestServices: true })("a person at a terminal", (it) => {
  it.effect("is asked for what is missing, and the secret is not shown", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const terminal = yield* inTerminal(["login"], { env: { XDG_CONFIG_HOME: home, NO_COLOR: "1" } })
      yield* terminal.until("The id of the app")
      yield* terminal.type(`${emulator.appId}\r`)
      yield* terminal.until("or the base URL")
      yield* terminal.type(`${emulator.url}\r`)
      yield* terminal.until("The id of the API key")
      yield* terminal.type(`${emulator.keyId}\r`)
      yield* terminal.until("The secret of the key")
      yield* terminal.type(`${Redacted.value(emulator.keySecret)}\r`)
      const { exitCode, stdout } = yield* terminal.ended
      assert.strictEqual(exitCode, 0, stdout)
      assert.include(stdout, "the API takes the key; the profile default is in ")
      assert.notInclude(stdout, Redacted.value(emulator.keySecret))
      const { profiles } = JSON.parse(readFileSync(file(home), "utf8"))
      assert.deepStrictEqual(profiles.default, {
        appId: emulator.appId,
        baseUrl: emulator.url,
        keyId: emulator.keyId,
        secret: Redacted.value(emulator.keySecret)
      })
    })))

  it.effect("is asked for a secret that would be read from what is typed, as it would be seen there", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const flags = [...loginFlags(emulator), "--with-secret"]
      const terminal = yield* inTerminal(flags, { env: { XDG_CONFIG_HOME: home } })
      yield* terminal.until("The secret of the key (not shown)")
      yield* terminal.type(`${Redacted.value(emulator.keySecret)}\r`)
      const { exitCode, stdout } = yield* terminal.ended
      assert.strictEqual(exitCode, 0, stdout)
      assert.notInclude(stdout, Redacted.value(emulator.keySecret))
    })))

  it.effect("is asked by the command that gives the secret, where that asks", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const env = { XDG_CONFIG_HOME: home, NO_COLOR: "1" }
      const { appId, keyId, keySecret, url: baseUrl } = emulator
      const credentialsCommand = "printf 'Unlock: ' > /dev/tty && read -r secret < /dev/tty && echo \"$secret\""
      mkdirSync(join(home, "sunco"))
      writeFileSync(
        file(home),
        JSON.stringify({ default: "vault", profiles: { vault: { appId, baseUrl, keyId, credentialsCommand } } }),
        { mode: 0o600 }
      )
      const terminal = yield* inTerminal(["users", "get", "nobody"], { env })
      yield* terminal.until("Unlock: ")
      yield* terminal.type(`${Redacted.value(keySecret)}\r`)
      const { exitCode, stdout } = yield* terminal.ended
      assert.strictEqual(exitCode, 3, stdout)
      // Ctrl-C reaches it, too.
      const interrupted = yield* inTerminal(["users", "get", "nobody"], { env })
      yield* interrupted.until("Unlock: ")
      yield* interrupted.type("\x03")
      assert.strictEqual((yield* interrupted.ended).exitCode, 130)
    })))

  it.effect("ends it with Ctrl-C, and nothing was done", () =>
    Effect.scoped(Effect.gen(function*() {
      const home = yield* temporaryDirectory
      const terminal = yield* inTerminal(["login"], { env: { XDG_CONFIG_HOME: home } })
      yield* terminal.until("The id of the app")
      yield* terminal.type("\x03")
      assert.strictEqual((yield* terminal.ended).exitCode, 130)
      assert.isFalse(existsSync(file(home)))
    })))

  it.effect("sees colors, unless NO_COLOR says none", () =>
    Effect.scoped(Effect.gen(function*() {
      const help = (env: Record<string, string>) =>
        Effect.flatMap(inTerminal(["--help"], { env }), ({ ended }) => Effect.map(ended, ({ stdout }) => stdout))
      assert.include(yield* help({}), "\x1b[1mUSAGE\x1b[0m")
      for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }, { NO_COLOR: "1", FORCE_COLOR: "1" }]) {
        assert.notInclude(yield* help(env), "\x1b[")
      }
      assert.include((yield* sunco(["--help"], { env: { FORCE_COLOR: "1" } })).stdout, "\x1b[1m")
      assert.notInclude((yield* sunco(["--help"], { env: { FORCE_COLOR: "0" } })).stdout, "\x1b[")
    })))
})
