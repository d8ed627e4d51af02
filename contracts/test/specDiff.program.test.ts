/** `pnpm spec:diff` as a process; `specDiff.test.ts` has what it finds. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as ChildProcess from "effect/process/ChildProcess"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { fileURLToPath } from "node:url"
import { recordedFingerprint } from "../openapi/recordedFingerprint.ts"
import type * as SpecReport from "../openapi/SpecReport.ts"

layer(NodeServices.layer)("spec:diff", (it) => {
  const command = fileURLToPath(new URL("../bin/specDiff.ts", import.meta.url))

  const run = Effect.fnUntraced(function*(args: ReadonlyArray<string>) {
    const child = yield* ChildProcess.make(process.execPath, [command, ...args], {
      env: { PATH: process.env["PATH"], NO_COLOR: "1" },
      stdin: "ignore"
    })
    const text = (bytes: typeof child.stdout) => Stream.mkString(Stream.decodeText(bytes))
    return yield* Effect.all({ stdout: text(child.stdout), stderr: text(child.stderr), exitCode: child.exitCode }, {
      concurrency: "unbounded"
    })
  }, Effect.scoped)

  const withFile = Effect.fnUntraced(function*(content: string) {
    const files = yield* FileSystem.FileSystem
    const file = yield* files.makeTempFileScoped({ suffix: ".yaml" })
    yield* files.writeFileString(file, content)
    return file
  })

  it.effect("exits with 1 where there is something to do, and prints JSON for programs", () =>
    Effect.gen(function*() {
      const { exitCode, stderr, stdout } = yield* run([
        "--json",
        "--spec",
        yield* withFile("openapi: 3.0.2\ninfo: { version: 18.0.0 }\npaths: {}")
      ])
      assert.deepStrictEqual([exitCode, stderr], [1, ""])
      const { findings, ...report } = JSON.parse(stdout) as SpecReport.SpecReport
      assert.deepInclude(findings, {
        weight: "breaks",
        meaning: "this client has a method for it",
        operation: "SyncUser",
        change: "operation: gone (request POST /v2/apps/{appId}/users/{zendeskId}/sync)"
      })
      assert.deepInclude(report, { from: recordedFingerprint().version, to: "18.0.0" })
      assert.strictEqual(report.others.gone.length, Object.keys(recordedFingerprint().others).length)
    }))

  it.effect.each<[string, Effect.Effect<ReadonlyArray<string>, unknown, FileSystem.FileSystem | Scope.Scope>, RegExp]>([
    ["a file that is not there", Effect.succeed(["--spec", "/none.yaml"]), /^\/none\.yaml: NotFound: .*\n$/],
    [
      "a file of another kind",
      Effect.map(withFile("swagger: '2.0'"), (file) => ["--spec", file]),
      /^\/.*: This is no OpenAPI document: Missing key at \["openapi"\]\n$/
    ],
    [
      "a file that is no YAML",
      Effect.map(withFile("a: b: c"), (file) => ["--spec", file]),
      /^\/.*: This is no OpenAPI document: .*\n$/
    ],
    ["no file", Effect.succeed([]), /--spec/]
  ])("exits with 2, and says in a line what is wrong with %s", ([, args, expected]) =>
    Effect.gen(function*() {
      const { exitCode, stderr } = yield* run(yield* args)
      assert.strictEqual(exitCode, 2)
      assert.match(stderr, expected)
    }))
})
