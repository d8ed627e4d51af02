import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"

const command = (...flags: ReadonlyArray<string>) =>
  ChildProcess.make(process.execPath, [new URL("../bin/emulator.ts", import.meta.url).pathname, ...flags])

const Access = Schema.fromJsonString(
  Schema.Struct({ url: Schema.String, appId: Schema.String, keyId: Schema.String, keySecret: Schema.String })
)

const services = Layer.merge(NodeServices.layer, FetchHttpClient.layer)

describe("pnpm emulator", () => {
  it.live("prints one line of JSON, serves, and stops at once when it is interrupted", () =>
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
      yield* emulator.kill({ killSignal: "SIGINT" })
      assert.strictEqual(yield* emulator.exitCode, 130)
    }).pipe(Effect.scoped, Effect.provide(services)))

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
    [["--nope"], "Unrecognized flag: --nope in command emulator"],
    [["nope"], "Unexpected positional argument: \"nope\""],
    [["--port"], "Missing value for flag --port."],
    [["--port", "70000"], "Invalid value for flag --port: \"70000\"."],
    [["--port", "80.5"], "Invalid value for flag --port: \"80.5\"."],
    [["--log-level", "none"], "Unrecognized flag: --log-level"]
  ])("refuses %j in one line that names what it takes, and ends with 2", ([flags, problem]) =>
    Effect.gen(function*() {
      const emulator = yield* command(...flags)
      const text = (bytes: typeof emulator.stdout) => Stream.mkString(Stream.decodeText(bytes))
      const [stdout, stderr] = yield* Effect.all([text(emulator.stdout), text(emulator.stderr)], { concurrency: 2 })
      assert.strictEqual(stdout, "")
      assert.match(stderr, /^sunco-emulator: .+; it takes --port <integer>, --json, --help, --version\n$/)
      assert.include(stderr, problem)
      assert.strictEqual(yield* emulator.exitCode, 2)
    }).pipe(Effect.scoped, Effect.provide(services)))
})
