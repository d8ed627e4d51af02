import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { join } from "node:path"
import { receiver } from "./Receiver.ts"
import { running, sunco, temporaryDirectory } from "./Sunco.ts"

const addressOf = (text: string): string => /http:\/\/\S+\/webhooks/.exec(text)?.[0] ?? ""

const listening = Effect.fnUntraced(function*(
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {}
) {
  const listen = yield* running(["listen", ...args], { env })
  return { ...listen, url: addressOf(yield* listen.until("listening on", "stderr")) }
})

const secretFile = Effect.fnUntraced(function*(secret: string) {
  const file = join(yield* temporaryDirectory, "secret")
  writeFileSync(file, `${secret}\n`)
  return file
})

describe("without an account", () => {
  it.live("the emulator, a webhook of it, and an event that arrives", () =>
    Effect.scoped(Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      const emulator = yield* running(["emulator", "--json", "--app", "mine", "--key", "app_mine"])
      const line = yield* emulator.until("\n")
      const { appId, keyId, keySecret, url } = JSON.parse(line)
      assert.deepStrictEqual([line.split("\n").length, appId, keyId], [2, "mine", "app_mine"])
      const env = { SUNCO_APP_ID: appId, SUNCO_BASE_URL: url, SUNCO_KEY_ID: keyId, SUNCO_KEY_SECRET: keySecret }
      yield* sunco(["users", "create", "--external-id", "ada"], { env })
      const custom = {
        type: "custom",
        displayName: "Ours",
        webhooks: [{ target: "http://127.0.0.1:9/", triggers: ["user:merge"] }]
      }
      const made = yield* sunco(
        ["request", "POST", "/v2/apps/{appId}/integrations", "-d", JSON.stringify(custom)],
        { env }
      )
      const { integration } = JSON.parse(made.stdout)
      assert.strictEqual(integration.webhooks[0].secret, "<redacted>")
      yield* sunco(["webhooks", "delete", integration.id, integration.webhooks[0].id, "--yes"], { env })
      // It has to be known before the secret is: the first receiver only tells where.
      const first = yield* listening([])
      yield* first.kill("SIGINT")
      yield* first.ended
      const { port } = new URL(first.url)
      const file = join(directory, "secret")
      yield* sunco([
        "webhooks",
        "create",
        integration.id,
        "--target",
        first.url,
        "--trigger",
        "user:remove",
        "--secret-file",
        file
      ], { env })
      const listen = yield* listening(["--port", port, "--secret-file", file, "--json"])
      yield* sunco(["users", "delete", "ada", "--yes"], { env })
      const event = JSON.parse(yield* listen.until("\n"))
      assert.deepStrictEqual([event.type, event.payload.user.externalId], ["user:remove", "ada"])
      // Swagger's pages are left out, and the others are there.
      const page = (path: string) => Effect.promise(() => fetch(url + path).then((response) => response.text()))
      assert.include(yield* page("/docs"), "The pages of Swagger are not in the command")
      assert.include(yield* page("/"), "/openapi.json")
      yield* emulator.kill("SIGINT")
      const ended = yield* emulator.ended
      assert.strictEqual(ended.exitCode, 130)
      assert.include(ended.stderr, "201 POST /v2/apps/mine/users\n")
      assert.notInclude(ended.stderr, keySecret)
    })))

  it.live("the emulator starts with a seed, with a secret that is not printed, and refuses what is none", () =>
    Effect.scoped(Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      const seed = join(directory, "seed.json")
      writeFileSync(seed, JSON.stringify({ users: [{ externalId: "ada" }] }))
      const env = { SUNCO_EMULATOR_SECRET: "of-my-own" }
      const emulator = yield* running(["emulator", "--seed", seed, "--quiet"], { env })
      const text = yield* emulator.until("has its pages")
      assert.notInclude(text, "of-my-own")
      const variables = Object.fromEntries(
        Array.from(text.matchAll(/(SUNCO_\w+)=(\S+)/g), ([, name, value]) => [name, value])
      )
      assert.strictEqual(variables["SUNCO_KEY_SECRET"], "$SUNCO_EMULATOR_SECRET")
      const got = yield* sunco(["users", "get", "ada"], { env: { ...variables, SUNCO_KEY_SECRET: "of-my-own" } })
      assert.strictEqual(got.exitCode, 0)
      assert.strictEqual(emulator.stderr(), "")
      const { port } = new URL(variables["SUNCO_BASE_URL"] ?? "")
      assert.deepStrictEqual(yield* sunco(["emulator", "--port", port]), {
        stdout: "",
        stderr: `error: port ${port} of 127.0.0.1 is in use\n`,
        exitCode: 1
      })
      writeFileSync(seed, "{\"users\":[{\"id\":1}]}")
      assert.deepStrictEqual(yield* sunco(["emulator", "--seed", seed]), {
        stdout: "",
        stderr: `error: --seed ${seed}: users.0.id: Expected string\n`,
        exitCode: 2
      })
    })))

  it.live("a receiver is told of an event, and its answer is said in the words of the vendor", () =>
    Effect.scoped(Effect.gen(function*() {
      const url = yield* receiver
      const taken = yield* sunco(["trigger", "user:remove", "--to", url])
      assert.match(taken.stdout, /^200 in \d+ ms: the vendor is content\n$/)
      assert.deepInclude(taken, { stderr: "", exitCode: 0 })
      const args = ["trigger", "user:new", "--to", url, "-d", "{\"user\":{\"id\":\"bob\"}}", "--json"]
      const { exitCode, stderr, stdout } = yield* sunco(args)
      assert.deepStrictEqual([exitCode, stderr.split("\n").length], [0, 2])
      const { delivery, next, status } = JSON.parse(stdout)
      assert.deepStrictEqual([status, next], [200, "the vendor is content"])
      assert.deepInclude(delivery.events[0], { type: "user:new", payload: { user: { id: "bob" } } })
      const nobody = yield* sunco(["trigger", "user:remove", "--to", "http://127.0.0.1:4/"])
      assert.match(nobody.stderr, /^error: no answer \(ECONNREFUSED\) in \d+ ms: the vendor would send it again/)
      assert.deepInclude(nobody, { stdout: "", exitCode: 1 })
      assert.deepInclude(yield* sunco(["trigger", "user:remove", "--to", "nowhere"]), { exitCode: 2 })
    })))

  it.live("a receiver behind a password gets it, nobody sees it, and no more of an answer is read than is wanted", () =>
    Effect.scoped(Effect.gen(function*() {
      const authorizations: Array<string | undefined> = []
      const endless = yield* Effect.acquireRelease(
        Effect.promise(async () => {
          const server = createServer((request, response) => {
            authorizations.push(request.headers.authorization)
            const more = () => {
              while (response.write("more of it ".repeat(10_000))) { /* Until its reader is behind. */ }
            }
            response.on("drain", more)
            more()
          })
          await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens))
          return server
        }),
        (server) => Effect.sync(() => void server.close().closeAllConnections())
      )
      const { port } = endless.address() as AddressInfo
      const guarded = `http://ada:pa%24%24@127.0.0.1:${port}/`
      const triggered = yield* sunco(["trigger", "user:remove", "--to", guarded])
      assert.match(triggered.stdout, /^200 in \d+ ms: the vendor is content\n$/)
      const listen = yield* listening(["--forward-to", guarded])
      assert.strictEqual((yield* sunco(["trigger", "user:remove", "--to", listen.url])).exitCode, 0)
      assert.include(listen.stderr(), `http://127.0.0.1:${port}/: 200 in `)
      for (const text of [triggered.stdout, triggered.stderr, listen.stderr()]) assert.notMatch(text, /pa(%24|\$)/)
      assert.deepStrictEqual(authorizations, Array(2).fill(`Basic ${Buffer.from("ada:pa$$").toString("base64")}`))
    })))

  it.live("a delivery is printed and answered, where it brings the secret", () =>
    Effect.scoped(Effect.gen(function*() {
      const file = yield* secretFile("s3cret")
      const listen = yield* listening(["--secret-file", file])
      const stranger = yield* sunco(["trigger", "user:remove", "--to", listen.url])
      assert.match(
        stranger.stderr,
        /^error: 401 in \d+ ms: lost: the vendor would not send it again; SUNCO_WEBHOOK_SECRET or/
      )
      assert.strictEqual(stranger.exitCode, 1)
      const trigger = ["trigger", "conversation:message", "--to", listen.url, "--secret-file", file]
      const known = yield* sunco([
        ...trigger,
        "-d",
        "{\"message\":{\"content\":{\"type\":\"text\",\"text\":\"a\\u001bb\"}}}"
      ])
      assert.strictEqual(known.exitCode, 0, known.stderr)
      assert.strictEqual((yield* sunco(trigger, { env: { SUNCO_WEBHOOK_SECRET: "other" } })).exitCode, 0)
      yield* listen.kill("SIGINT")
      const { exitCode, stderr, stdout } = yield* listen.ended
      assert.strictEqual(exitCode, 130)
      assert.include(stderr, "warning: a delivery was answered 401 (unknown key)\n")
      const [first = "", second = ""] = stdout.split("\n")
      assert.match(first, /^\w+\t\S+Z\tconversation:message\t\w+\t\w+\ta\\x1bb$/)
      assert.match(second, /\tHello$/)
      for (const text of [stdout, stderr, known.stdout]) assert.notInclude(text, "s3cret")
    })))

  it.live(
    "ends within a second or so, whoever is slow: who delivers, or to whom it is handed on",
    () =>
      Effect.scoped(Effect.gen(function*() {
        const silent = yield* Effect.acquireRelease(
          Effect.promise(async () => {
            const server = createServer(() => {})
            await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens))
            return server
          }),
          (server) => Effect.sync(() => void server.close().closeAllConnections())
        )
        const { port } = silent.address() as AddressInfo
        const listen = yield* listening(["--forward-to", `http://127.0.0.1:${port}/`])
        const half = connect(Number(new URL(listen.url).port), "127.0.0.1")
        half.on("error", () => {}).write("POST /webhooks HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{")
        const trigger = yield* running(["trigger", "user:remove", "--to", listen.url])
        yield* Effect.callback<void>((resume) => void silent.once("request", () => resume(Effect.void)))
        yield* listen.kill("SIGINT")
        // Without an end this test has none: the other side never answers.
        assert.strictEqual((yield* listen.ended).exitCode, 130)
        assert.strictEqual((yield* trigger.ended).exitCode, 1)
        half.destroy()
        const odd = yield* sunco(["listen", "--forward-to", "ftp://127.0.0.1/"])
        assert.strictEqual(odd.exitCode, 2)
      })),
    30_000
  )

  it.live("a delivery goes through the proxy of the environment, but for this machine and for whom NO_PROXY names", () =>
    Effect.scoped(Effect.gen(function*() {
      const asked: Array<string> = []
      const proxy = yield* Effect.acquireRelease(
        Effect.promise(async () => {
          const server = createServer((request, response) => {
            asked.push(`${request.method} ${request.url} ${request.headers["x-api-key"]}`)
            request.resume().on("end", () => response.writeHead(202).end())
          }).on("connect", ({ url }, socket) => {
            asked.push(`CONNECT ${url}`)
            socket.end("HTTP/1.1 403 Forbidden\r\n\r\n")
          })
          await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens))
          return server
        }),
        (server) => Effect.sync(() => void server.close().closeAllConnections())
      )
      const { port } = proxy.address() as AddressInfo
      const env = { HTTP_PROXY: `http://127.0.0.1:${port}`, SUNCO_WEBHOOK_SECRET: "s3cret" }
      // Longer than a name may be, so that nobody is asked for it.
      const host = `${"a".repeat(64)}.example`
      const trigger = (to: string, more: Record<string, string> = {}) =>
        sunco(["trigger", "user:remove", "--to", to], { env: { ...env, ...more } })
      assert.match((yield* trigger(`http://${host}/hook`)).stdout, /^202 in /)
      assert.deepStrictEqual(asked, [`POST http://${host}/hook s3cret`])
      assert.match(
        (yield* trigger(`https://${host}/hook`)).stderr,
        /^error: no answer \(HTTP_PROXY: refused with 403\) in /
      )
      assert.deepStrictEqual(asked.slice(1), [`CONNECT ${host}:443`])
      assert.match((yield* trigger(yield* receiver)).stdout, /^200 in /)
      assert.match((yield* trigger(`http://${host}/`, { NO_PROXY: host })).stderr, /no answer \(ENOTFOUND\)/)
      assert.match(
        (yield* trigger(`http://${host}/`, { HTTP_PROXY: "none" })).stderr,
        /\(HTTP_PROXY: no URL of a proxy\)/
      )
      assert.strictEqual(asked.length, 2)
    })))

  it.live("a delivery is handed on, and answered as the other answers", () =>
    Effect.scoped(Effect.gen(function*() {
      const behind = yield* listening([], { SUNCO_WEBHOOK_SECRET: "s3cret" })
      const front = yield* listening(["--forward-to", behind.url])
      const refused = yield* sunco(["trigger", "user:remove", "--to", front.url])
      assert.match(refused.stderr, /^error: 401 /)
      const env = { SUNCO_WEBHOOK_SECRET: "s3cret" }
      assert.strictEqual((yield* sunco(["trigger", "user:remove", "--to", front.url], { env })).exitCode, 0)
      yield* behind.until("user:remove")
      yield* behind.kill("SIGINT")
      yield* behind.ended
      const lost = yield* sunco(["trigger", "user:remove", "--to", front.url], { env })
      assert.match(lost.stderr, /^error: 502 in \d+ ms: the vendor would send it again/)
      assert.match(front.stderr(), /: no answer \(ECONNREFUSED\) in \d+ ms: the vendor would send it again/)
      assert.strictEqual(front.stdout().split("user:remove").length - 1, 3)
    })))
})
