import { assert, describe, it, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { PostgresServer } from "sunco-workshop/servers/PostgresServer"
import { inject } from "vitest"
import { accountOf, running, sunco, temporaryDirectory } from "./Sunco.ts"

const password = "a password/of:the@database"

/** A directory with a file of rows, and how commands are run in it, or in one that has nothing. */
const prepared = Effect.fnUntraced(function*(count: number) {
  const emulator = yield* Emulator
  const { restart, url } = yield* PostgresServer
  yield* emulator.reset
  const home = yield* temporaryDirectory
  const elsewhere = join(home, "elsewhere")
  mkdirSync(elsewhere)
  const rows = Array.from({ length: count }, (_, index) => `${JSON.stringify({ externalId: `crm-${index + 1}` })}\n`)
  writeFileSync(join(home, "users.ndjson"), rows.join(""))
  const env = { ...accountOf(emulator), XDG_STATE_HOME: home, NO_COLOR: "1", USER: "nobody", PGPASSWORD: password }
  return {
    emulator,
    url,
    restart,
    env,
    file: join(home, "users.ndjson"),
    here: { cwd: home, env },
    elsewhere: { cwd: elsewhere, env }
  }
})

const usersOf = Effect.fnUntraced(function*(emulator: Emulator["Service"]) {
  const all = (yield* emulator.stored("Users")).map(({ externalId }) => externalId)
  return { all: all.length, distinct: new Set(all).size }
})

const Servers = Layer.merge(Emulator.layer({ requestsKept: 20_000 }), PostgresServer.layerWithPassword(password))

layer(Servers, { excludeTestServices: true })("sunco bulk in PostgreSQL", (it) => {
  it.effect("is started by one process, watched by another, and worked on by two that have no file", () =>
    Effect.scoped(Effect.gen(function*() {
      const { elsewhere, emulator, file, here, url } = yield* prepared(2000)
      const started = yield* sunco(
        ["bulk", "import", "users.ndjson", "--job", "two", "--mode", "create", "--detach", "--staged", "--db", url],
        here
      )
      assert.deepStrictEqual([started.exitCode, started.stderr], [0, ""])
      assert.match(started.stdout, /^state\trunning\nrows\t2000$/m)
      rmSync(file)
      const working = ["bulk", "worker", "--in-flight", "2", "--db", url]
      const first = yield* running(working, elsewhere)
      yield* Effect.repeat(emulator.requests, { until: (requests) => requests.length > 20 })
      const second = yield* running(working, elsewhere)
      yield* second.until("working on the jobs of the app", "stderr")
      const watched = yield* sunco(["bulk", "status", "two", "--json", "--db", url], elsewhere)
      assert.deepInclude(JSON.parse(watched.stdout), { state: "running", rows: 2000 })
      yield* first.kill("SIGINT")
      assert.strictEqual((yield* first.ended).exitCode, 130)
      assert.isBelow((yield* usersOf(emulator)).all, 2000)
      const { stdout } = yield* Effect.repeat(sunco(["bulk", "status", "two", "--json", "--db", url], elsewhere), {
        until: ({ stdout }) => /"state":"finished"/.test(stdout)
      })
      assert.deepInclude(JSON.parse(stdout), { done: 2000, outcomes: { created: 2000 } })
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 2000, distinct: 2000 })
      yield* second.kill("SIGINT")
      assert.strictEqual((yield* second.ended).exitCode, 130)
    })))

  it.effect("is interrupted, resumed as it says, and purged; the whole URL may be in the environment", () =>
    Effect.scoped(Effect.gen(function*() {
      const { emulator, env, here, url } = yield* prepared(300)
      const importing = ["bulk", "import", "users.ndjson", "--job", "one", "--mode", "create"]
      const command = yield* running([...importing, "--rate", "100/second", "--in-flight", "4", "--db", url], here)
      yield* Effect.repeat(emulator.requests, { until: (requests) => requests.length > 20 })
      yield* command.kill("SIGINT")
      const { exitCode, stderr } = yield* command.ended
      assert.strictEqual(exitCode, 130)
      assert.match(stderr, /interrupted: \d+ of 300 rows done; `sunco bulk resume one --db postgres:.*` goes on\n$/)
      assert.notInclude(stderr, encodeURIComponent(password))
      const inEnvironment = {
        ...here,
        env: { ...env, PGPASSWORD: undefined, SUNCO_BULK_DB: url.replace("@", `:${encodeURIComponent(password)}@`) }
      }
      const resumed = yield* sunco(["bulk", "resume", "one"], inEnvironment)
      assert.strictEqual(resumed.exitCode, 0, resumed.stderr)
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 300, distinct: 300 })
      assert.strictEqual((yield* sunco(["bulk", "purge", "one", "--yes"], inEnvironment)).exitCode, 0)
      assert.deepStrictEqual(yield* sunco(["bulk", "status", "one"], inEnvironment), {
        stdout: "",
        stderr: `error: there is no job one in ${url}; --db says where to look\n`,
        exitCode: 3
      })
    })))

  it.effect("goes on when the server is back", () =>
    Effect.scoped(Effect.gen(function*() {
      const { emulator, here, restart, url } = yield* prepared(1500)
      const importing = ["bulk", "import", "users.ndjson", "--job", "back", "--mode", "create", "--db", url]
      const command = yield* running([...importing, "--in-flight", "2"], here)
      yield* Effect.repeat(emulator.requests, { until: (requests) => requests.length > 20 })
      yield* restart("fast", 500)
      const { exitCode, stderr, stdout } = yield* command.ended
      assert.strictEqual(exitCode, 0, stderr)
      assert.match(stdout, /^rows\t1500$/m)
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 1500, distinct: 1500 })
    })))

  it.effect.each(
    [
      [
        "with a password in the flag",
        (url: string) => url.replace("@", ":s3cret@"),
        {},
        2,
        "--db has a password, which"
      ],
      ["with one in the query of it", (url: string) => `${url}?password=s3cret`, {}, 2, "--db has a password, which"],
      ["with a wrong password", (url: string) => url, { PGPASSWORD: "s3cret" }, 4, "does not take the user or the"],
      ["without one", (url: string) => url, { PGPASSWORD: "" }, 4, "PGPASSWORD says the password, or SUNCO_BULK_DB"],
      ["of no such database", (url: string) => url.replace(/postgres$/, "none"), {}, 1, "(3D000); there is no such"],
      ["where nothing listens", (url: string) => url.replace(/:\d+/, ":1"), {}, 1, "(ECONNREFUSED); nothing listens"],
      ["without TLS", (url: string) => `${url}?sslmode=require`, {}, 1, "(Server refused TLS)"],
      ["of another kind", () => "mysql://bulk:s3cret@127.0.0.1/jobs", {}, 2, "the URL of a database of PostgreSQL"],
      ["that is none", () => "postgres://bulk:s3cret@127.0.0.1:port/", {}, 2, "the URL of a database of PostgreSQL"]
    ] as const
  )("%s: says so in a line, without the password", ([, of, other, code, said]) =>
    Effect.gen(function*() {
      const { env, here, url } = yield* prepared(1)
      const { exitCode, stderr, stdout } = yield* sunco(["bulk", "status", "crm", "--db", of(url)], {
        ...here,
        env: { ...env, ...other }
      })
      assert.deepStrictEqual([exitCode, stdout], [code, ""])
      assert.match(stderr, /^error: [^\n]+\n$/)
      assert.include(stderr, said)
      assert.notInclude(stderr, "s3cret")
      assert.notInclude(stderr, password)
    }))
})

describe("the driver of PostgreSQL", () => {
  it("is loaded by nothing but jobs that are there", () => {
    const files = globSync("*.js", { cwd: dirname(inject("sunco")) })
      .map((name) => ({ name, text: readFileSync(join(dirname(inject("sunco")), name), "utf8") }))
    assert.deepStrictEqual(
      files.filter(({ text }) => text.includes("SCRAM-SHA-256")).map(({ name }) => name),
      ["PostgresStore.js"]
    )
    assert.deepStrictEqual(files.filter(({ text }) => /from"\.\/PostgresStore\.js"/.test(text)), [])
    assert.deepStrictEqual(
      files.filter(({ text }) => /import\(.\.\/PostgresStore\.js.\)/.test(text)).map(({ name }) => name),
      ["bulk.js"]
    )
  })
})
