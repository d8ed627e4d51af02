import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import { UsersOperations } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { fileURLToPath } from "node:url"
import { steps } from "../demo/stories.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))

/** Long enough for a machine that is busy with other tests; nothing is measured. */
const patience = 60_000

const operations = Object.keys(UsersOperations).map((name) => `Users.${name}`)

const main = "packages/workshop/demo/main.ts"

const start = (command: string, args: ReadonlyArray<string>, env: Record<string, string | undefined> = {}) =>
  ChildProcess.make(command, args, {
    cwd: root,
    // Not the environment of whoever runs this, which may name the vendor's API and a key for it.
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: `${root}/packages/workshop/.tsbuild/demo`, ...env },
    stdin: "ignore",
    forceKillAfter: "1 second"
  })

const text = (bytes: Stream.Stream<Uint8Array, unknown>) => Stream.mkString(Stream.decodeText(bytes))

const run = Effect.fnUntraced(function*(...options: Parameters<typeof start>) {
  const child = yield* start(...options)
  return yield* Effect.all({ stdout: text(child.stdout), stderr: text(child.stderr), exitCode: child.exitCode }, {
    concurrency: "unbounded"
  })
}, Effect.scoped)

/** The settings under which the demo finds the emulator. */
const settings = Effect.map(Emulator, ({ appId, keyId, keySecret, url }) => ({
  SUNCO_APP_ID: appId,
  SUNCO_BASE_URL: url,
  SUNCO_KEY_ID: keyId,
  SUNCO_KEY_SECRET: Redacted.value(keySecret)
}))

const users = Effect.flatMap(Emulator, ({ stored }) => stored("Users"))

/** Waits until the emulator has seen it. */
const seen = (operation: string): Effect.Effect<void, never, Emulator> =>
  Effect.gen(function*() {
    const { requests } = yield* Emulator
    while (!(yield* requests).some((request) => request.operation === operation)) yield* Effect.sleep("10 millis")
  })

const withEmulator = Effect.provide(Layer.merge(Layer.orDie(Emulator.layer()), NodeServices.layer))

const isReadable = (output: string) => {
  assert.deepStrictEqual(output.split("\n").filter((line) => [...line].length > 80 || line !== line.trimEnd()), [])
  assert.notInclude(output, "\u001b")
}

const keepsSecrets = (output: string, ...secrets: ReadonlyArray<string>) => {
  for (const secret of secrets) assert.notInclude(output, secret)
  // A JWT begins so, and so does the Basic header of a key of an app.
  assert.notMatch(output, /eyJ|YXBwX/)
}

describe("pnpm demo", { timeout: patience }, () => {
  it.live("shows every operation of users and a conversation with both credentials, on this machine whatever SUNCO_* says", () =>
    Effect.gen(function*() {
      const { requests } = yield* Emulator
      const { exitCode, stderr, stdout } = yield* run(process.execPath, [main], {
        ...(yield* settings),
        FORCE_COLOR: "1"
      })
      assert.strictEqual(exitCode, 0, stdout + stderr)
      assert.strictEqual(stderr, "")
      isReadable(stdout)
      keepsSecrets(stdout, "secret_")
      assert.include(stdout, "authorization: Basic <redacted>")
      assert.include(stdout, "authorization: Bearer <redacted>")

      const summary = stdout.slice(stdout.lastIndexOf("Summary"))
      for (const step of steps) assert.include(summary, step.title)
      for (const call of [...operations, "Users.getOrCreate", "Users.upsert"]) {
        assert.match(summary, new RegExp(`${call.replace("Users.", " ")} +✓ \\d +✓ \\d`))
      }
      for (const call of ["Conversations.create", "Attachments.upload", "Messages.postOnce", "Messages.stream"]) {
        assert.match(summary, new RegExp(` ${call} +✓ \\d +✓ \\d`))
      }
      assert.deepStrictEqual(yield* requests, [])
    }).pipe(withEmulator))
})

describe("pnpm demo --live", { timeout: patience }, () => {
  it.live("says in one line which settings are missing, and ends with 1", () =>
    Effect.gen(function*() {
      const { exitCode, stderr, stdout } = yield* run(process.execPath, [main, "--live"])
      assert.deepStrictEqual({ exitCode, stderr, stdout }, {
        exitCode: 1,
        stderr: "SUNCO_APP_ID must be set; SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set;\n" +
          "SUNCO_KEY_ID and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set\n",
        stdout: ""
      })
    }).pipe(Effect.provide(NodeServices.layer)))

  it.live("runs what can be run there, names what cannot and why, and leaves only those whom it found", () =>
    Effect.gen(function*() {
      const { requests, seed } = yield* Emulator
      const { users: strangers } = yield* seed({ users: [{ externalId: "ada" }, { externalId: "grace" }] })
      const env = yield* settings
      const { exitCode, stderr, stdout } = yield* run(process.execPath, [main, "--live"], env)
      assert.strictEqual(exitCode, 0, stdout + stderr)
      isReadable(stdout)
      keepsSecrets(stdout, env.SUNCO_KEY_SECRET)
      for (const { notLive } of steps) assert.include(stdout, notLive ?? "")
      assert.deepStrictEqual(yield* users, strangers)

      const sent = yield* requests
      assert.hasAllKeys(Object.groupBy(sent, ({ operation = "none" }) => operation), [
        "Users.create",
        "Users.get",
        "Users.update",
        "Users.delete",
        "Users.deletePersonalInformation",
        "Conversations.create",
        "Messages.post",
        "Messages.list",
        "Attachments.upload"
      ])
      assert.hasAllKeys(Object.groupBy(sent, ({ authentication = "none" }) => authentication), ["basic", "jwt"])
    }).pipe(withEmulator))

  it.live("does without a JWT where a token is set", () =>
    Effect.gen(function*() {
      const { addAccessToken, requests } = yield* Emulator
      const { SUNCO_APP_ID, SUNCO_BASE_URL } = yield* settings
      const token = "an-access-token"
      yield* addAccessToken(Redacted.make(token))
      const { exitCode, stdout } = yield* run(process.execPath, [main, "--live"], {
        SUNCO_APP_ID,
        SUNCO_BASE_URL,
        SUNCO_TOKEN: token
      })
      assert.strictEqual(exitCode, 0, stdout)
      isReadable(stdout)
      keepsSecrets(stdout, token)
      assert.include(stdout, "Left out: SUNCO_TOKEN")
      assert.isTrue((yield* requests).every(({ authentication }) => authentication === "accessToken"))
      assert.deepStrictEqual(yield* users, [])
    }).pipe(withEmulator))

  it.live("deletes its users when a step fails, and ends with 1", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.add(Fault.status(400), { when: { operation: "Users.update" } })
      const { exitCode, stdout } = yield* run(process.execPath, [main, "--live"], yield* settings)
      assert.strictEqual(exitCode, 1)
      isReadable(stdout)
      assert.include(stdout, "✗ Users.update: the request was refused (400 bad_request)")
      assert.include(stdout, "not run")
      assert.deepStrictEqual(yield* users, [])
    }).pipe(withEmulator))

  it.live.each(["SIGINT", "SIGHUP"] as const)(
    "deletes its users when it is interrupted by %s",
    (signal) =>
      Effect.gen(function*() {
        const { faults } = yield* Emulator
        yield* faults.add(Fault.slowHeaders(Number.POSITIVE_INFINITY), { when: { operation: "Users.update" } })
        const child = yield* start(process.execPath, [main, "--live"], yield* settings)
        yield* Effect.forkChild(Stream.runDrain(child.all))
        yield* seen("Users.update")
        assert.lengthOf(yield* users, 1)
        yield* Effect.forkChild(child.kill({ killSignal: signal }))
        assert.strictEqual(yield* child.exitCode, 130)
        assert.deepStrictEqual(yield* users, [])
      }).pipe(withEmulator)
  )

  it.live("waits for a create that is under way when it is interrupted, and deletes that user too", () =>
    Effect.gen(function*() {
      const { faults, requests } = yield* Emulator
      yield* faults.add(Fault.slowHeaders("500 millis", { applied: "last" }), { when: { operation: "Users.create" } })
      const child = yield* start(process.execPath, [main, "--live"], yield* settings)
      yield* Effect.forkChild(Stream.runDrain(child.all))
      yield* seen("Users.create")
      yield* Effect.forkChild(child.kill({ killSignal: "SIGINT" }))
      assert.strictEqual(yield* child.exitCode, 130)
      const sent = yield* requests
      assert.deepInclude(sent.at(0), { operation: "Users.create", applied: true })
      assert.deepInclude(sent.at(-1), { operation: "Users.delete", applied: true })
    }).pipe(withEmulator))

  it.live("deletes its users when nobody reads on", () =>
    Effect.gen(function*() {
      const { requests } = yield* Emulator
      const { stdout } = yield* run("sh", ["-c", `${process.execPath} ${main} --live | head -n 2`], yield* settings)
      assert.include(stdout, "Sunshine Conversations")
      assert.isNotEmpty(yield* requests)
      assert.deepStrictEqual(yield* users, [])
    }).pipe(withEmulator))

  it.live("names the users whom it could not delete, and ends with 1", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      yield* faults.add(Fault.status(403), { when: { operation: "Users.delete" } })
      const { exitCode, stderr, stdout } = yield* run(process.execPath, [main, "--live"], yield* settings)
      assert.strictEqual(exitCode, 1)
      isReadable(stdout + stderr)
      const left = (yield* users).map(({ externalId }) => externalId)
      assert.lengthOf(left, 2)
      assert.deepStrictEqual(stderr.match(/^sunco-demo-\S+/gm)?.sort(), left.sort())
    }).pipe(withEmulator))
})
