/** `pnpm contracts:vendor` as a process; `vendor.test.ts` has what it finds. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import { SunshineApi } from "@sunco/schemas/SunshineApi"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as OpenApi from "effect/http-api/OpenApi"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Stream from "effect/Stream"
import { fileURLToPath } from "node:url"

layer(NodeServices.layer)("contracts:vendor", (it) => {
  const command = fileURLToPath(new URL("../bin/vendor.ts", import.meta.url))

  it.effect("fails where a deviation has no reason, and where a reason has no deviation", () =>
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const spec = yield* files.makeTempFileScoped({ suffix: ".json" })
      // What is declared here deviates from nothing, so that no reason is for anything, but for one operation more.
      const document = OpenApi.fromApi(SunshineApi)
      const added = { operationId: "FindUsers", tags: ["Users"], responses: {} }
      const paths = { ...document.paths, "/v2/users": { get: added } }
      yield* files.writeFileString(spec, JSON.stringify({ ...document, paths }))
      const child = yield* ChildProcess.make(process.execPath, [command, "--spec", spec], {
        env: { PATH: process.env["PATH"], NO_COLOR: "1" },
        stdin: "ignore"
      })
      const stdout = yield* Stream.mkString(Stream.decodeText(child.stdout))
      assert.strictEqual(yield* child.exitCode, 1)
      assert.include(stdout, "UNEXPLAINED: operation: documented by the vendor, absent here\n  FindUsers\n")
      assert.match(stdout, /^OUTDATED: query brandId: maxLength is none at the vendor, 24 here$/m)
      assert.match(stdout, /^[1-9]\d* outdated, [1-9]\d* unexplained$/m)
    }).pipe(Effect.scoped))
})
