/** What a secret never comes into: what is printed, a terminal, a file of others, or another process's file. */
import { assert, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { accountOf, inShell, inTerminal, sunco, temporaryDirectory } from "./Sunco.ts"

/** A server that says in its answer what it was sent; a list is always empty. */
const echoing = (status: number, answer: (authorization: string) => string) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const server = createServer(({ headers, method, url }, response) => {
          const isList = method === "GET" && url?.endsWith("/webhooks")
          response.writeHead(isList ? 200 : status, { "content-type": "application/json" })
          response.end(isList ? "{\"webhooks\":[]}" : answer(headers.authorization ?? ""))
        })
        await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
        return server
      }),
      (server) => Effect.sync(() => void server.close().closeAllConnections())
    ),
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  )

const secret = "s3cret-of-the-key"
const account = (url: string) => ({
  SUNCO_APP_ID: "5d8cff3cd55b040010928b5b",
  SUNCO_BASE_URL: url,
  SUNCO_KEY_ID: "app_key",
  SUNCO_KEY_SECRET: secret
})
const basic = Buffer.from(`app_key:${secret}`).toString("base64")

const flags = ["login", "--app-id", "5d8cff3cd55b040010928b5b", "--key-id", "app_key", "--with-secret"]

layer(Emulator.layer(), { excludeTestServices: true })("a secret", (it) => {
  it.effect("is in no error, whatever the server repeats of what it was sent", () =>
    Effect.scoped(Effect.gen(function*() {
      for (const status of [400, 401, 403, 422, 500]) {
        const url = yield* echoing(
          status,
          (authorization) =>
            JSON.stringify({
              errors: [{ code: "wrong", title: `${authorization} ${secret} ${encodeURIComponent(basic)}` }]
            })
        )
        for (
          const args of [["users", "get", "ada"], ["request", "GET", "/v2/apps/{appId}"], [
            "users",
            "get",
            "ada",
            "--json"
          ]]
        ) {
          const { stderr, stdout } = yield* sunco(args, { env: account(url) })
          assert.notInclude(stdout + stderr, secret)
          assert.notInclude(stdout + stderr, basic)
        }
        const home = yield* temporaryDirectory
        const login = yield* sunco([...flags, "--base-url", url], { env: { XDG_CONFIG_HOME: home }, stdin: secret })
        assert.notInclude(login.stderr, secret)
        assert.notInclude(login.stderr, basic)
      }
    })))

  it.effect("that was just made is in no error, where its answer is cut", () =>
    Effect.scoped(Effect.gen(function*() {
      const url = yield* echoing(201, () => "{\"webhook\":{\"secret\":\"just-made\"")
      const made = yield* sunco(
        [
          "webhooks",
          "create",
          "5e8cff3cd55b040010928b5b",
          "--target",
          "https://example.com",
          "--trigger",
          "message:appUser"
        ],
        { env: account(url) }
      )
      assert.strictEqual(made.exitCode, 5)
      assert.notInclude(made.stderr, "just-made")
    })))

  it.effect("is not typed where it would be seen", () =>
    Effect.scoped(Effect.gen(function*() {
      const home = yield* temporaryDirectory
      const terminal = yield* inTerminal([...flags, "--base-url", "http://127.0.0.1:1"], {
        env: { XDG_CONFIG_HOME: home, TERM: "dumb" }
      })
      const { exitCode, stdout } = yield* terminal.ended
      assert.strictEqual(exitCode, 2)
      assert.include(stdout, "pipe it into the standard input")
    })))

  it.effect("of a profile stays when others log in at the same time", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const env = { XDG_CONFIG_HOME: home }
      const names = ["one", "two", "three", "four"]
      const login = (name: string) =>
        sunco([
          "login",
          "--app-id",
          emulator.appId,
          "--base-url",
          emulator.url,
          "--key-id",
          emulator.keyId,
          "--with-secret",
          "-p",
          name
        ], {
          env,
          stdin: Redacted.value(emulator.keySecret)
        })
      const all = yield* Effect.forEach(names, login, { concurrency: "unbounded" })
      assert.deepStrictEqual(all.map(({ exitCode }) => exitCode), [0, 0, 0, 0])
      const { profiles } = JSON.parse(readFileSync(join(home, "sunco/profiles.json"), "utf8"))
      assert.deepStrictEqual(Object.keys(profiles).sort(), [...names].sort())
    })))

  it.effect("is in nothing that a process left which was killed as it wrote", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const place = join(home, "sunco")
      mkdirSync(join(place, ".profiles-abc"), { recursive: true })
      writeFileSync(join(place, ".profiles-abc/profiles.json"), secret)
      // And one that had the lock.
      mkdirSync(join(place, ".profiles-lock"))
      utimesSync(join(place, ".profiles-lock"), 0, 0)
      const login = yield* sunco(
        ["login", "--app-id", emulator.appId, "--base-url", emulator.url, "--key-id", emulator.keyId, "--with-secret"],
        { env: { XDG_CONFIG_HOME: home }, stdin: Redacted.value(emulator.keySecret) }
      )
      assert.strictEqual(login.exitCode, 0, login.stderr)
      assert.deepStrictEqual(readdirSync(place), ["profiles.json"])
    })))

  it.effect("goes with its profile, when somebody has said that it shall", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      const env = { XDG_CONFIG_HOME: home }
      yield* sunco(
        ["login", "--app-id", emulator.appId, "--base-url", emulator.url, "--key-id", emulator.keyId, "--with-secret"],
        { env, stdin: Redacted.value(emulator.keySecret) }
      )
      const unasked = yield* sunco(["profiles", "delete", "default"], { env })
      assert.strictEqual(unasked.exitCode, 2)
      const gone = yield* sunco(["profiles", "delete", "default", "--yes"], { env })
      assert.deepStrictEqual([gone.exitCode, gone.stderr], [0, "deleted the profile default\n"])
    })))

  it.effect("ends no command early: what became of it is its exit code, also where nobody reads", () =>
    Effect.scoped(Effect.gen(function*() {
      const emulator = yield* Emulator
      const home = yield* temporaryDirectory
      writeFileSync(join(home, "bad.ndjson"), "{\"externalId\":\"ada\"}\n{}\n")
      const env = { ...accountOf(emulator), XDG_STATE_HOME: home, PATH: process.env["PATH"] }
      const left = yield* inShell(
        `sunco bulk import ${home}/bad.ndjson --job left --mode create | true; echo \${PIPESTATUS[0]}; ` +
          "sunco --version | true; echo ${PIPESTATUS[0]}; sunco --version > /dev/full; echo $?",
        { env }
      )
      assert.strictEqual(left.stdout, "3\n0\n1\n")
      assert.notInclude(left.stderr, "at ")
    })))

  it.effect("is hidden in answers of which nothing is known, in whatever form and place", () =>
    Effect.scoped(Effect.gen(function*() {
      const said = {
        token: { v: "hid-1" },
        list: [{ secret: ["hid-2"] }],
        api_key: "hid-3",
        privateKey: "hid-4",
        credentials: { a: { b: "hid-5" } },
        passphrase: 12345678,
        keyId: "shown",
        hasToken: true
      }
      const url = yield* echoing(200, () => JSON.stringify(said))
      const hidden = yield* sunco(["request", "GET", "/v2/odd"], { env: account(url) })
      assert.notMatch(hidden.stdout, /hid-|12345678/)
      assert.include(hidden.stdout, "\"keyId\":\"shown\"")
      const shown = yield* sunco(["request", "GET", "/v2/odd", "--show-secret"], { env: account(url) })
      assert.deepStrictEqual(JSON.parse(shown.stdout), said)
    })))

  it.effect("is refused where a parameter is there twice, as one of them would be lost", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      for (const args of [["/v2/foo?a=1&a=2"], ["/v2/foo?a=1", "-q", "a=2"], ["/v2/foo", "-q", "a=1", "-q", "a=2"]]) {
        const twice = yield* sunco(["request", "GET", ...args], { env: accountOf(emulator) })
        assert.deepStrictEqual([twice.exitCode, twice.stdout], [2, ""])
        assert.include(twice.stderr, "the parameter a is there twice")
      }
    }))
})
