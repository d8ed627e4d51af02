import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import { decodeSeed } from "@sunco/emulator/Seed"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as ChildProcess from "effect/process/ChildProcess"
import type { ChildProcessHandle } from "effect/process/ChildProcessSpawner"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { mkdtempDisposableSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const program = new URL("../bin/emulator.ts", import.meta.url).pathname

const command = (...flags: ReadonlyArray<string>) => ChildProcess.make(process.execPath, [program, ...flags])

const firstLine = (bytes: ChildProcessHandle["stdout"]) =>
  bytes.pipe(Stream.decodeText, Stream.splitLines, Stream.take(1), Stream.mkString)

const get = ({ appId, keyId, keySecret, url }: typeof Access.Type, user: string, headers?: Record<string, string>) =>
  HttpClient.execute(
    HttpClientRequest.get(`${url}/v2/apps/${appId}/users/${user}`, { headers }).pipe(
      HttpClientRequest.basicAuth(keyId, keySecret)
    )
  )

const Access = Schema.fromJsonString(
  Schema.Struct({ url: Schema.String, appId: Schema.String, keyId: Schema.String, keySecret: Schema.String })
)

const services = Layer.merge(NodeServices.layer, FetchHttpClient.layer)

describe("pnpm emulator", () => {
  it.live.each(["SIGINT", "SIGTERM"] as const)(
    "prints one line of JSON, serves, and stops at once on %s",
    (killSignal) =>
      Effect.gen(function*() {
        const emulator = yield* command("--json")
        const [line = ""] = yield* emulator.stdout.pipe(
          Stream.decodeText,
          Stream.splitLines,
          Stream.take(1),
          Stream.runCollect
        )
        const { appId, keyId, keySecret, url } = yield* Schema.decodeEffect(Access)(line)
        const response = yield* HttpClient.execute(
          HttpClientRequest.get(`${url}/v2/apps/${appId}/users/nobody`).pipe(
            HttpClientRequest.basicAuth(keyId, keySecret)
          )
        )
        assert.strictEqual(response.status, 404)
        yield* emulator.kill({ killSignal })
        assert.strictEqual(yield* emulator.exitCode, 130)
      }).pipe(Effect.scoped, Effect.provide(services))
  )

  it.live("prints where it is, what to use, and a curl line", () =>
    Effect.gen(function*() {
      const emulator = yield* command()
      const text = yield* emulator.stdout.pipe(
        Stream.decodeText,
        Stream.takeUntil((text) => text.endsWith("/users\n\n")),
        Stream.mkString
      )
      const { appId, keyId, keySecret, url } =
        /url +(?<url>\S+)[^]*app +(?<appId>\S+)[^]*key +(?<keyId>\S+)[^]*secret +(?<keySecret>\S+)/u
          .exec(text)?.groups ?? {}
      assert.include(text, `curl -u ${keyId}:${keySecret} `)
      assert.include(text, ` ${url}/v2/apps/${appId}/users\n`)
      assert.include(text, `SUNCO_BASE_URL=${url} SUNCO_APP_ID=${appId} `)
    }).pipe(Effect.scoped, Effect.provide(services)))

  it.live("starts with the app, key, secret and users that it is given, and does not print the secret to a reader", () =>
    Effect.gen(function*() {
      using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-emulator-"))
      const seed = join(directory.path, "seed.json")
      writeFileSync(
        seed,
        JSON.stringify({ users: [{ externalId: "ada", something: "new" }], zendeskUsers: [{ id: "1" }] })
      )
      const flags = ["--app", "mine", "--key", "int_mine", "--seed", seed, "--quiet"]
      const env = { SUNCO_EMULATOR_SECRET: "of-my-own" }
      const emulator = yield* ChildProcess.make(process.execPath, [program, ...flags, "--json"], {
        env,
        extendEnv: true
      })
      const access = yield* Schema.decodeEffect(Access)(yield* firstLine(emulator.stdout))
      assert.deepStrictEqual(access, { url: access.url, appId: "mine", keyId: "int_mine", keySecret: "of-my-own" })
      assert.strictEqual((yield* get(access, "ada")).status, 200)

      const forReader = yield* ChildProcess.make(process.execPath, [program, ...flags], { env, extendEnv: true })
      const text = yield* forReader.stdout.pipe(
        Stream.decodeText,
        Stream.takeUntil((text) => text.endsWith("/users\n\n")),
        Stream.mkString
      )
      assert.include(text, "-u int_mine:$SUNCO_EMULATOR_SECRET ")
      assert.notInclude(text, "of-my-own")
    }).pipe(Effect.scoped, Effect.provide(services)))

  it.live.each<[string, string]>([
    [
      "{\"zendeskUsers\":[{\"id\":\"1\",\"mail\":\"a\"}]}",
      "zendeskUsers.0.mail: Expected no key but id, givenName, surname, externalId, email"
    ],
    ["{\"users\":[{\"id\":1}],\"zendeskUsers\":[{}]}", "users.0.id: Expected string; zendeskUsers.0.id: Missing key"],
    ["{", "it is no JSON"],
    ["", "it is no JSON"]
  ])("refuses the seed %j in one line, and ends with 2", ([text, problem]) =>
    Effect.gen(function*() {
      using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-emulator-"))
      const seed = join(directory.path, "seed.json")
      writeFileSync(seed, text)
      const emulator = yield* command("--seed", seed)
      const error = yield* emulator.stderr.pipe(Stream.decodeText, Stream.mkString)
      assert.strictEqual(error, `sunco-emulator: --seed ${seed}: ${problem}\n`)
      assert.strictEqual(yield* emulator.exitCode, 2)
    }).pipe(Effect.scoped, Effect.provide(services)))

  it.live("refuses a seed that is not there", () =>
    Effect.gen(function*() {
      const emulator = yield* command("--seed", "/no/such/file")
      const error = yield* emulator.stderr.pipe(Stream.decodeText, Stream.mkString)
      assert.strictEqual(error, "sunco-emulator: --seed /no/such/file: it cannot be read (NotFound)\n")
      assert.strictEqual(yield* emulator.exitCode, 2)
    }).pipe(Effect.scoped, Effect.provide(services)))

  it.live("prints a line for each request with status and fault, and not where it is to be quiet", () =>
    Effect.gen(function*() {
      const printed = (...flags: ReadonlyArray<string>) =>
        Effect.scoped(Effect.gen(function*() {
          const emulator = yield* command("--json", ...flags)
          const access = yield* Schema.decodeEffect(Access)(yield* firstLine(emulator.stdout))
          yield* get(access, "nobody?brandId=1")
          yield* get(access, "nobody", { "x-sunco-fault": "RateLimited" })
          yield* Effect.exit(get(access, "nobody", { "x-sunco-fault": "CutBeforeApplied" }))
          yield* emulator.kill()
          return (yield* emulator.stderr.pipe(Stream.decodeText, Stream.mkString)).replaceAll(access.appId, "APP")
        }))
      assert.strictEqual(
        yield* printed(),
        `404 GET /v2/apps/APP/users/nobody User not found
429 GET /v2/apps/APP/users/nobody (RateLimited)
cut GET /v2/apps/APP/users/nobody (CutBeforeApplied)
`
      )
      assert.strictEqual(yield* printed("--quiet"), "")
    }).pipe(Effect.provide(services)))

  it.live("prints a line for each attempt to deliver to a webhook, without the query of its target", () =>
    Effect.gen(function*() {
      using directory = mkdtempDisposableSync(join(tmpdir(), "sunco-emulator-"))
      const seed = join(directory.path, "seed.json")
      const webhooks = ["http://127.0.0.1:1/hook?token=t", "https://app.example/hook"].map((target) => ({
        target,
        triggers: ["user:remove"]
      }))
      writeFileSync(seed, JSON.stringify({ integrations: [{ type: "custom", webhooks }] }))
      const emulator = yield* command("--json", "--seed", seed)
      const { url } = yield* Schema.decodeEffect(Access)(yield* firstLine(emulator.stdout))
      yield* HttpClient.execute(
        HttpClientRequest.post(`${url}/_emulator/events`).pipe(
          HttpClientRequest.bodyJsonUnsafe({ type: "user:remove" })
        )
      )
      const lines = yield* emulator.stderr.pipe(Stream.decodeText, Stream.splitLines, Stream.take(2), Stream.runCollect)
      assert.deepStrictEqual(Array.from(lines).sort(), [
        "no answer user:remove to http://127.0.0.1:1/hook (again in 60 s)",
        "not allowed user:remove to https://app.example/hook (given up)"
      ])
    }).pipe(Effect.scoped, Effect.provide(services)))

  it.live("says in its help what a seed takes", () =>
    Effect.gen(function*() {
      const emulator = yield* command("--help")
      const help = yield* emulator.stdout.pipe(Stream.decodeText, Stream.mkString)
      const { problems: [said = ""] } = yield* Effect.flip(decodeSeed({ nothing: [] }))
      const [, keys = ""] = /Expected no key but (.+)$/.exec(said) ?? []
      assert.isAbove(keys.split(", ").length, 12)
      for (const key of keys.split(", ")) assert.include(help, key)
    }).pipe(Effect.scoped, Effect.provide(services)))

  it.live("ends with whoever started it, even if that one is killed", () =>
    Effect.gen(function*() {
      const parent = yield* ChildProcess.make(process.execPath, [
        "--input-type=module",
        "--eval",
        `import { spawn } from "node:child_process"
         spawn(process.execPath, [${
          JSON.stringify(program)
        }, "--json", "--with-parent"], { stdio: ["pipe", "inherit", "inherit"] })`
      ])
      const { url } = yield* Schema.decodeEffect(Access)(yield* firstLine(parent.stdout))
      yield* HttpClient.get(`${url}/_emulator/health`)
      yield* parent.kill({ killSignal: "SIGKILL" })
      yield* HttpClient.get(`${url}/_emulator/health`).pipe(
        Effect.andThen(Effect.sleep("20 millis")),
        Effect.forever,
        Effect.flip
      )
    }).pipe(Effect.scoped, Effect.provide(services)))

  it.live("says in one line that a port is in use", () =>
    Effect.gen(function*() {
      const { url } = yield* Emulator
      const port = new URL(url).port
      const emulator = yield* command("--port", port)
      const error = yield* emulator.stderr.pipe(Stream.decodeText, Stream.mkString)
      assert.strictEqual(error, `port ${port} of 127.0.0.1 is in use\n`)
      assert.strictEqual(yield* emulator.exitCode, 1)
    }).pipe(Effect.scoped, Effect.provide([services, Emulator.layer()])))

  it.live.each<[ReadonlyArray<string>, string]>([
    [["--nope"], "Unrecognized flag: --nope in command sunco-emulator"],
    [["nope"], "Unexpected positional argument: \"nope\""],
    [["--port"], "Missing value for flag --port."],
    [["--port", "70000"], "Invalid value for flag --port: \"70000\"."],
    [["--port", "80.5"], "Invalid value for flag --port: \"80.5\"."],
    [["--app", "a/b"], "Invalid value for flag --app: \"a/b\". Expected letters, digits and any of . _ ~ -"],
    [["--key", "a:b"], "Invalid value for flag --key: \"a:b\"."],
    [["--secret", "s"], "Unrecognized flag: --secret"],
    [["--log-level", "none"], "Unrecognized flag: --log-level"]
  ])("refuses %j in one line that names what it takes, and ends with 2", ([flags, problem]) =>
    Effect.gen(function*() {
      const emulator = yield* command(...flags)
      const text = (bytes: typeof emulator.stdout) => Stream.mkString(Stream.decodeText(bytes))
      const [stdout, stderr] = yield* Effect.all([text(emulator.stdout), text(emulator.stderr)], { concurrency: 2 })
      assert.strictEqual(stdout, "")
      assert.match(stderr, /^sunco-emulator: .+; it takes --host <string>, .+, --with-parent, --help, --version\n$/)
      assert.include(stderr, problem)
      assert.strictEqual(yield* emulator.exitCode, 2)
    }).pipe(Effect.scoped, Effect.provide(services)))
})
