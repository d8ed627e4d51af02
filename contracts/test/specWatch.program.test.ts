/** `pnpm spec:watch` as a process; `specDiff.test.ts` has what it finds. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Stream from "effect/Stream"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"

const document = "openapi: 3.0.2\ninfo: { version: 18.0.0 }\npaths: {}"

const line =
  /^changed: 18\.0\.0, compared with \S+: \d+ operations \(.*\), \d+ schemas \(.*\), \d+ servers \(.*\); run spec:diff\n$/

layer(NodeServices.layer)("spec:watch", (it) => {
  const command = fileURLToPath(new URL("../bin/specWatch.ts", import.meta.url))

  const run = Effect.fnUntraced(function*(spec: string) {
    const child = yield* ChildProcess.make(process.execPath, [command, "--spec", spec], {
      env: { PATH: process.env["PATH"], NO_COLOR: "1" },
      stdin: "ignore"
    })
    const text = (bytes: typeof child.stdout) => Stream.mkString(Stream.decodeText(bytes))
    return yield* Effect.all({ stdout: text(child.stdout), stderr: text(child.stderr), exitCode: child.exitCode }, {
      concurrency: "unbounded"
    })
  }, Effect.scoped)

  const serve = Effect.acquireRelease(
    Effect.callback<{ readonly url: string; readonly close: () => void }>((resume) => {
      const server = createServer(({ url }, response) => {
        response.writeHead(url?.startsWith("/openapi.yaml") === true ? 200 : 404)
        response.end(document)
      })
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo
        resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, close: () => server.close() }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )

  it.effect("says in one line what changes, of a file and of a URL, and exits with 1", () =>
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const file = yield* files.makeTempFileScoped({ suffix: ".yaml" })
      yield* files.writeFileString(file, document)
      const { url } = yield* serve
      for (const spec of [file, `${url}/openapi.yaml`]) {
        const { exitCode, stderr, stdout } = yield* run(spec)
        assert.deepStrictEqual([exitCode, stderr], [1, ""])
        assert.match(stdout, line)
      }
    }))

  it.effect.each<[string, (served: string) => string, RegExp]>([
    ["a file that is not there", () => "/none.yaml", /^\/none\.yaml: NotFound: .*\n$/],
    [
      "a URL that has none, without what it keeps secret",
      (served) => `${served}/none.yaml?token=secret`,
      /^http:\/\/127\.0\.0\.1:\d+\/none\.yaml: an answer of status 404\n$/
    ],
    [
      "a URL that nobody answers, and its credentials",
      () => "https://user:secret@127.0.0.1:1/openapi.yaml",
      /^https:\/\/127\.0\.0\.1:1\/openapi\.yaml: no answer\n$/
    ],
    [
      "a URL that anybody can answer",
      () => "http://example.com/o.yaml",
      /^http:\/\/example\.com\/o\.yaml: this is no URL of https:\/\/ \(http:\/\/ is for loopback only\)\n$/
    ]
  ])("exits with 2, and says in a line what is wrong with %s", ([, spec, expected]) =>
    Effect.gen(function*() {
      const { url } = yield* serve
      const { exitCode, stderr, stdout } = yield* run(spec(url))
      assert.deepStrictEqual([exitCode, stdout], [2, ""])
      assert.match(stderr, expected)
    }))
})
