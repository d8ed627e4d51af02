import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"
import { createServer as createPlainServer, type RequestListener } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo, Server } from "node:net"
import { fileURLToPath } from "node:url"
import { receiver } from "./Receiver.ts"
import { accountOf, inShell, interactiveShell, inTerminal, running, sunco } from "./Sunco.ts"

/** Of `localhost`, valid until 2120, and known to nobody. */
const certificate = fileURLToPath(new URL("../../../client/test/self-signed-cert.pem", import.meta.url))
const privateKey = fileURLToPath(new URL("../../../client/test/self-signed-key.pem", import.meta.url))

const portOf = (make: () => Server & { readonly closeAllConnections: () => void }) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<ReturnType<typeof make>>((resume) => {
        const server = make()
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) =>
        Effect.sync(() => {
          server.closeAllConnections()
          server.close()
        })
    ),
    (server) => (server.address() as AddressInfo).port
  )

const checksOf = (stdout: string) => stdout.trimEnd().split("\n").map((line) => line.split("\t"))

const states = (stdout: string) => checksOf(stdout).map(([status, name]) => `${name} ${status}`)

const none = {
  SUNCO_APP_ID: "",
  SUNCO_BASE_URL: "",
  SUNCO_KEY_ID: "",
  SUNCO_KEY_SECRET: "",
  XDG_CONFIG_HOME: "/nowhere"
}

const known = ["node ok", "settings ok", "credentials ok"]

layer(Emulator.layer(), { excludeTestServices: true })("doctor", (it) => {
  const doctor = Effect.fnUntraced(function*(env: Record<string, string>, ...args: ReadonlyArray<string>) {
    const account = accountOf(yield* Emulator)
    const ended = yield* sunco(["doctor", ...args], { env: { ...account, ...env } })
    assert.notInclude(ended.stdout + ended.stderr, account.SUNCO_KEY_SECRET)
    return ended
  })

  it.effect("is content where everything is as it should be", () =>
    Effect.gen(function*() {
      const { exitCode, stderr, stdout } = yield* doctor({})
      assert.deepStrictEqual({ exitCode, stderr, states: states(stdout) }, {
        exitCode: 0,
        stderr: "",
        states: [...known, "dns ok", "connection ok", "clock ok", "api ok"]
      })
      const { checks, ok } = JSON.parse((yield* doctor({}, "--json")).stdout)
      assert.deepStrictEqual([ok, checks.length, checks[0].name], [true, 7, "node"])
    }))

  it.effect.each<[string, Record<string, string>, ReadonlyArray<string>, RegExp, number]>([
    ["there are no settings", none, ["node ok", "settings failed"], /`sunco login` makes a profile/, 4],
    [
      "the app is missing",
      { SUNCO_APP_ID: "" },
      ["node ok", "settings failed", "credentials ok"],
      /the environment does not say the app\tsee `sunco help environment`/,
      4
    ],
    [
      "the client would refuse them",
      { SUNCO_BASE_URL: "https://u:hunter2@127.0.0.1" },
      ["node ok", "settings failed", "credentials ok"],
      /^(?!.*hunter2).*SUNCO_BASE_URL/s,
      4
    ],
    [
      "the secret is missing",
      { SUNCO_KEY_SECRET: "" },
      ["node ok", "settings ok", "credentials failed", "dns ok", "connection ok"],
      /has no secret\tthe secret was shown when the key was made; make another key/,
      4
    ],
    [
      "the secret has white space",
      { SUNCO_KEY_SECRET: "a b" },
      ["node ok", "settings ok", "credentials failed", "dns ok", "connection ok"],
      /white space\tcopy it again/,
      4
    ],
    [
      "the id of the key is none",
      { SUNCO_KEY_ID: "mine" },
      ["node ok", "settings ok", "credentials warning", "dns ok", "connection ok", "clock ok", "api failed"],
      /begin with app_, int_, act_ or svc_/,
      4
    ],
    [
      "the secret is wrong",
      { SUNCO_KEY_SECRET: "wrong" },
      [...known, "dns ok", "connection ok", "clock ok", "api failed"],
      /401 unauthorized.*\tthe key or its secret is wrong, or was revoked/,
      4
    ],
    [
      "the name has no address",
      // Longer than a name may be, so that nobody is asked for it.
      { SUNCO_BASE_URL: `https://${"a".repeat(64)}.example` },
      [...known, "dns failed"],
      /has no address \(ENOTFOUND\)\tsee the subdomain or the base URL/,
      1
    ],
    [
      "nobody listens",
      { SUNCO_BASE_URL: "http://127.0.0.1:1" },
      [...known, "dns ok", "connection failed"],
      /127\.0\.0\.1:1 \(ECONNREFUSED\)\tnothing listens there/,
      1
    ],
    [
      "the proxy cannot be reached",
      { SUNCO_BASE_URL: "", SUNCO_SUBDOMAIN: "acme", https_proxy: "http://127.0.0.1:1" },
      [...known, "proxy failed"],
      /127\.0\.0\.1:1 \(https_proxy\) cannot be reached \(ECONNREFUSED\)\tsee https_proxy/,
      1
    ]
  ])("says what is wrong and what to do, where %s", ([, env, expected, remedy, code]) =>
    Effect.gen(function*() {
      const { exitCode, stderr, stdout } = yield* doctor(env)
      assert.deepStrictEqual(states(stdout), expected)
      assert.match(stdout, remedy)
      assert.match(stderr, /^error: one thing is wrong: |^error: 2 things are wrong/)
      assert.strictEqual(exitCode, code)
    }))

  it.effect("goes to this machine through no proxy", () =>
    Effect.gen(function*() {
      assert.deepInclude(yield* doctor({ HTTP_PROXY: "http://127.0.0.1:1" }), { exitCode: 0 })
    }))

  it.effect("sees certificates that nobody knows, and a clock that is wrong", () =>
    Effect.gen(function*() {
      const answer: RequestListener = (_, response) =>
        response.writeHead(401, {
          "content-type": "application/json",
          "date": new Date(Date.now() - 3_600_000).toUTCString()
        }).end("{\"errors\":[{\"code\":\"unauthorized\",\"title\":\"No\"}]}")
      const port = yield* portOf(() =>
        createTlsServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, answer)
      )
      const env = { SUNCO_BASE_URL: `https://localhost:${port}` }
      const unknown = yield* doctor(env)
      assert.deepStrictEqual(states(unknown.stdout), [...known, "dns ok", "tls failed"])
      assert.match(unknown.stdout, /SELF_SIGNED_CERT\)\ta proxy looks into TLS: NODE_EXTRA_CA_CERTS names/)
      const trusted = yield* doctor({ ...env, NODE_EXTRA_CA_CERTS: certificate })
      assert.deepStrictEqual(states(trusted.stdout), [...known, "dns ok", "tls ok", "clock warning", "api failed"])
      assert.match(trusted.stdout, /TLSv1\.3, certificate by .+, \d+ days left/)
      assert.match(trusted.stdout, /\n\w+\tclock\t36\d\d seconds ahead of the server's\tset it/)
    }))

  it.effect("asks a receiver of webhooks", () =>
    Effect.scoped(Effect.gen(function*() {
      const url = yield* receiver
      const taken = yield* doctor({}, "--webhooks", url)
      assert.match(taken.stdout, /\nwarning\twebhooks\t200 in .*\tonly the emulator reaches this machine/)
      assert.strictEqual(taken.exitCode, 0)
      const listen = yield* running(["listen"], { env: { SUNCO_WEBHOOK_SECRET: "s3cret" } })
      const [address = ""] = /http:\S+/.exec(yield* listen.until("listening on", "stderr")) ?? []
      const stranger = yield* doctor({}, "--webhooks", address.replace(/,$/, ""))
      assert.match(stranger.stdout, /\nfailed\twebhooks\t401 in .*: lost.*\tsay the secret of the webhook/)
      assert.strictEqual(stranger.exitCode, 1)
      const known = yield* doctor({ SUNCO_WEBHOOK_SECRET: "s3cret" }, "--webhooks", address.replace(/,$/, ""))
      assert.strictEqual(known.exitCode, 0, known.stdout)
      assert.strictEqual(listen.stdout(), "")
      const missing = yield* portOf(() => createPlainServer((_, response) => response.writeHead(404).end()))
      const lost = yield* doctor({}, "--webhooks", `http://127.0.0.1:${missing}/`)
      assert.match(lost.stdout, /\nfailed\twebhooks\t404 in .*: lost.*\tthe receiver has no such path/)
      const mistyped = yield* doctor({}, "--webhooks", "http//ada:hunter2@127.0.0.1/")
      assert.match(mistyped.stdout, /\nfailed\twebhooks\t--webhooks is no URL\t/)
      assert.notInclude(mistyped.stdout, "hunter2")
      const unread = yield* doctor({}, "--webhooks", url, "--secret-file", "/nowhere/secret", "--json")
      const { checks, ok } = JSON.parse(unread.stdout)
      assert.deepStrictEqual([unread.exitCode, ok, checks.length], [2, false, 8])
      assert.deepStrictEqual(checks.at(-1), {
        name: "webhooks",
        status: "failed",
        text: "--secret-file /nowhere/secret: it cannot be read (NotFound)"
      })
    })))

  it.effect("is a list of marks on a terminal", () =>
    Effect.scoped(Effect.gen(function*() {
      const account = accountOf(yield* Emulator)
      const env = { ...account, SUNCO_BASE_URL: "http://127.0.0.1:1", NO_COLOR: "1" }
      const { exitCode, stdout } = yield* (yield* inTerminal(["doctor"], { env })).ended
      assert.strictEqual(exitCode, 1)
      assert.match(stdout, /^✓ node +\d+\.\d+\.\d+\r\n✓ settings +from the environment/)
      assert.include(
        stdout,
        "\r\n✗ connection  127.0.0.1:1 (ECONNREFUSED); nothing listens there: see the base\r\n" +
          "              URL, and its port\r\n"
      )
      const long = { ...env, SUNCO_BASE_URL: "http://127.0.0.1:1/a/long/path/behind/another/one" }
      const { stdout: lines } = yield* (yield* inTerminal(["doctor"], { env: long })).ended
      assert.match(lines, /✓ settings    from the environment: app \S+ at\r\n {14}http:\S+\/one\r\n/)
      assert.deepStrictEqual(lines.split("\r\n").filter((line) => line.length > 80), [])
    })))
})

describe("completion", () => {
  /** What the shell offers for a line, whose end is where the Tab is pressed. */
  const offered = (words: ReadonlyArray<string>) =>
    inShell(`
      source <(sunco completion bash)
      handler=$(complete -p sunco | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
      COMP_CWORD=${words.length - 1} COMP_LINE="\${COMP_WORDS[*]}" COMP_POINT=\${#COMP_LINE} COMP_TYPE=9
      "$handler" sunco "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "\${COMPREPLY[@]}"
    `)

  it.live.each<[ReadonlyArray<string>, ReadonlyArray<string>]>([
    [["sunco", "us"], ["users"]],
    [["sunco", "messages", ""], ["list", "post", "tail"]],
    [["sunco", "users", "get", "--js"], ["--json"]],
    [["sunco", "completion", ""], ["bash", "zsh", "fish"]],
    [["sunco", "request", "PAT"], ["PATCH"]]
  ])("of bash offers what fits %j", ([words, expected]) =>
    Effect.gen(function*() {
      const { stderr, stdout } = yield* offered(words)
      assert.strictEqual(stderr, "")
      assert.includeMembers(stdout.split("\n").map((word) => word.trim()), Array.from(expected))
    }))

  it.live("of bash offers the paths of the API", () =>
    Effect.gen(function*() {
      const { stdout } = yield* offered(["sunco", "request", "GET", "/v2/apps/{appId}/us"])
      assert.include(stdout.replaceAll("\\", ""), "users/{userIdOrExternalId}")
    }))

  it.live("of bash is what Tab does", () =>
    Effect.scoped(Effect.gen(function*() {
      const shell = yield* interactiveShell()
      // What it is run with says what the line was.
      yield* shell.type("source <(sunco completion bash); sunco() { printf '<%s>' \"$@\"; }; echo read''y\n")
      yield* shell.until("ready")
      yield* shell.type("sunco mess\tta\t--hel\t\n")
      yield* shell.until("<messages><tail><--help>")
      yield* shell.type("sunco trigger user:m\t--hel\t\n")
      yield* shell.until("<trigger><user:merge><--help>")
      yield* shell.type("sunco request POST '/v2/apps/{appId}/attachments/r\t\n")
      yield* shell.until("<request><POST></v2/apps/{appId}/attachments/remove>")
      yield* shell.type("exit\n")
      yield* shell.ended
    })))

  it.live("of zsh and fish are scripts that these shells take", () =>
    Effect.gen(function*() {
      const { exitCode, stderr, stdout } = yield* inShell(
        `
        sunco completion zsh > /dev/stdout | zsh -n /dev/stdin && echo zsh
        sunco completion fish > "$TMPDIR/sunco.fish"
        fish --no-config -c 'source "$TMPDIR/sunco.fish"; complete --do-complete "sunco us"; complete --do-complete "sunco messages "'
      `,
        { env: { TMPDIR: process.env["TMPDIR"] ?? "/tmp", HOME: "/tmp" } }
      )
      assert.strictEqual(exitCode, 0, stderr)
      const offered = stdout.split("\n").map((line) => line.split("\t")[0])
      assert.includeMembers(offered, ["zsh", "users", "list", "post", "tail"])
      assert.notInclude(offered, "webhooks")
    }))
})

describe("help", () => {
  it.live("has pages of commands and of what no command says alone", () =>
    Effect.gen(function*() {
      const page = yield* sunco(["help", "messages", "tail"])
      assert.deepStrictEqual(page, yield* sunco(["messages", "tail", "--help"]))
      assert.deepStrictEqual(yield* sunco(["help"]), yield* sunco(["--help"]))
      for (const topic of ["environment", "exit-codes", "formatting"]) {
        const { exitCode, stdout } = yield* sunco(["help", topic])
        assert.deepStrictEqual([exitCode, stdout.length > 300], [0, true])
      }
      assert.deepStrictEqual(yield* sunco(["help", "messages", "none"]), {
        stdout: "",
        stderr:
          "error: there is no command and no topic \"messages none\"; the topics are environment, exit-codes, formatting\n",
        exitCode: 2
      })
    }))
})
