import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { environment } from "../src/internal/pactCli.ts"
import { lockOf, withLock } from "../src/internal/pactFileLock.ts"
import { temporaryDirectory } from "./Fixtures.ts"

const sourcesOf = (directory: URL): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(new URL(file, directory), "utf8"))

describe("effect-pact", () => {
  it("keeps its internal modules to itself", () => {
    const { exports } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"))
    assert.isNull(exports["./internal/*"])
  })

  it("knows no provider in particular", () => {
    for (const source of sourcesOf(new URL("../src/", import.meta.url))) {
      assert.notMatch(source, /sunshine|sunco|zendesk|smooch/i)
    }
  })

  it("lets its child processes know what they need, report to nobody, and keeps proxies away from this machine", () => {
    const before = { ...process.env }
    const needed = {
      PATH: "/bin",
      HOME: "/home/ada",
      TMPDIR: "/tmp",
      SSL_CERT_FILE: "/ca.pem",
      https_proxy: "http://p.test"
    }
    for (const name of Object.keys(process.env)) delete process.env[name]
    Object.assign(process.env, {
      ...needed,
      AWS_SECRET_ACCESS_KEY: "s3cret",
      NPM_TOKEN: "s3cret",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.test",
      PACT_DO_NOT_TRACK: "false",
      PACT_BROKER_TOKEN: "t",
      NO_PROXY: "example.com",
      HTTP_PROXY: "http://proxy.test"
    })
    try {
      const child = environment({ PACT_BROKER_BASE_URL: "http://broker.test" })
      assert.deepStrictEqual(child, {
        ...needed,
        PACT_DO_NOT_TRACK: "true",
        PACT_BROKER_BASE_URL: "http://broker.test",
        NO_PROXY: "example.com,127.0.0.1",
        HTTP_PROXY: "http://proxy.test"
      })
      const near = environment({ PACT_BROKER_BASE_URL: "http://localhost:9292" })
      assert.strictEqual(near["NO_PROXY"], "example.com,127.0.0.1,localhost")
    } finally {
      for (const name of Object.keys(process.env)) delete process.env[name]
      Object.assign(process.env, before)
    }
  })
})

describe("writers of one contract", () => {
  it.effect("do not wait for one that was killed while it wrote", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      const lock = lockOf(directory)
      mkdirSync(lock)
      utimesSync(lock, 0, 0)
      let written = 0
      withLock(directory, () => written++)
      assert.strictEqual(written, 1)
      assert.isFalse(existsSync(lock))
    }))

  it.effect("lock in the directory of the contract, where only those write who may, and leave nothing there", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      withLock(directory, (lock) => {
        assert.deepStrictEqual(readdirSync(directory).map((name) => join(directory, name)), [lock])
        assert.strictEqual(statSync(lock).mode & 0o077, 0)
      })
      assert.deepStrictEqual(readdirSync(directory), [])
    }))
})
