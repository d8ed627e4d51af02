import { assert, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { accountOf, inTerminal, running, sunco, temporaryDirectory } from "./Sunco.ts"

const ndjson = (rows: ReadonlyArray<object>): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("")

const people = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => ({
    externalId: `crm-${index + from}`,
    profile: { givenName: `G${index + from}` }
  }))

/** A directory with a file of rows, and how commands are run in it: the jobs are in a file of it, too. */
const prepared = Effect.fnUntraced(function*(rows: ReadonlyArray<object> = []) {
  const emulator = yield* Emulator
  yield* emulator.reset
  const home = yield* temporaryDirectory
  writeFileSync(join(home, "users.ndjson"), ndjson(rows))
  const options = { cwd: home, env: { ...accountOf(emulator), XDG_STATE_HOME: home, NO_COLOR: "1" } }
  return {
    home,
    emulator,
    options,
    bulk: (...args: ReadonlyArray<string>) => sunco(["bulk", ...args], options),
    write: (name: string, text: string) => writeFileSync(join(home, name), text),
    read: (name: string) => readFileSync(join(home, name), "utf8")
  }
})

/** The users at the vendor, and how often each was made there. */
const usersOf = Effect.fnUntraced(function*(emulator: Emulator["Service"]) {
  const all = (yield* emulator.stored("Users")).map(({ externalId }) => externalId)
  return { all: all.length, distinct: new Set(all).size }
})

const importing = ["import", "users.ndjson", "--job", "crm", "--mode", "create"]

layer(Emulator.layer({ requestsKept: 20_000 }), { excludeTestServices: true })("sunco bulk", (it) => {
  it.effect("imports users, and says how it went in lines where there is no terminal", () =>
    Effect.gen(function*() {
      const { bulk, emulator, home, options } = yield* prepared(people(300))
      const { exitCode, stderr, stdout } = yield* bulk(...importing, "--json")
      assert.deepStrictEqual([exitCode, stderr], [0, "100%, 300 of 300 rows\n"])
      const { seconds: _, ...report } = JSON.parse(stdout)
      assert.deepStrictEqual(report, {
        job: "crm",
        kind: "import",
        state: "finished",
        rows: 300,
        outcomes: { created: 300 },
        reasons: {}
      })
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 300, distinct: 300 })
      assert.strictEqual(statSync(join(home, "sunco")).mode & 0o777, 0o700)
      assert.strictEqual(statSync(join(home, "sunco", "bulk.db")).mode & 0o777, 0o600)
      const env = { ...options.env, SUNCO_APP_ID: "5d8cff3cd55b040010928b5c" }
      assert.deepStrictEqual(yield* sunco(["bulk", "status", "crm"], { ...options, env }), {
        stdout: "",
        stderr: "error: the job crm is of another app; --profile, or the environment, says which app it is\n",
        exitCode: 3
      })
      // To start it again is to join it.
      const again = yield* bulk(...importing)
      assert.strictEqual(again.exitCode, 0)
      assert.match(again.stdout, /^outcomes\.created\t300$/m)
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 300, distinct: 300 })
    }))

  it.effect("is interrupted, tells another process how far it is, and is resumed: nobody is lost, and nobody made twice", () =>
    Effect.scoped(Effect.gen(function*() {
      const { bulk, emulator, options } = yield* prepared(people(400))
      const command = yield* running(["bulk", ...importing, "--rate", "50/second", "--in-flight", "4"], options)
      yield* Effect.repeat(emulator.requests, { until: (requests) => requests.length > 20 })
      const other = JSON.parse((yield* bulk("status", "crm", "--json")).stdout)
      assert.deepStrictEqual([other.state, other.rows], ["running", 400])
      yield* command.kill("SIGINT")
      const { exitCode, stderr, stdout } = yield* command.ended
      assert.deepStrictEqual([exitCode, stdout], [130, ""])
      assert.match(stderr, /stopping: what is in flight may finish/)
      assert.match(stderr, /interrupted: \d+ of 400 rows done; `sunco bulk resume crm` goes on\n$/)
      // What was told is what there is: no request was cut.
      const [, done] = /interrupted: (\d+) of/.exec(stderr) ?? []
      assert.strictEqual(`${(yield* usersOf(emulator)).all}`, done)
      assert.isBelow(Number(done), 400)
      const resumed = yield* bulk("resume", "crm")
      assert.strictEqual(resumed.exitCode, 0, resumed.stderr)
      assert.match(resumed.stdout, /^outcomes\.created\t400$/m)
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 400, distinct: 400 })
    })))

  it.effect.each(["SIGTERM", "SIGHUP"] as const)(
    "is interrupted by %s, too",
    (signal) =>
      Effect.scoped(Effect.gen(function*() {
        const { emulator, options } = yield* prepared(people(100))
        const command = yield* running(["bulk", ...importing, "--rate", "50/second"], options)
        yield* Effect.repeat(emulator.requests, { until: (requests) => requests.length > 0 })
        yield* command.kill(signal)
        const { exitCode, stderr } = yield* command.ended
        const [, done] = /interrupted: (\d+) of 100 rows done;/.exec(stderr) ?? []
        assert.deepStrictEqual([exitCode, done], [130, `${(yield* usersOf(emulator)).all}`])
      }))
  )

  it.effect("ends at once when it is interrupted twice", () =>
    Effect.scoped(Effect.gen(function*() {
      const { emulator, options } = yield* prepared(people(20))
      yield* emulator.faults.next(...Array.from({ length: 20 }, () => Fault.slowHeaders("30 seconds")))
      const command = yield* running(["bulk", ...importing], options)
      yield* Effect.repeat(emulator.requests, { until: (requests) => requests.length > 0 })
      yield* command.kill("SIGINT")
      yield* command.until("stopping", "stderr")
      yield* Effect.sleep("500 millis")
      yield* command.kill("SIGINT")
      const { exitCode, stderr } = yield* command.ended
      assert.deepStrictEqual([exitCode, /interrupted:/.test(stderr)], [130, false])
    })))

  it.effect("ends with 3 where rows are not done, and lists them", () =>
    Effect.gen(function*() {
      const { bulk, emulator } = yield* prepared([...people(2), { externalId: "crm-1" }, { external_id: "x" }])
      const { exitCode, stderr } = yield* bulk(...importing)
      assert.strictEqual(exitCode, 3)
      assert.match(stderr, /^error: 2 of 4 rows not done: 2 refused; `sunco bulk report crm --failed` lists them$/m)
      assert.strictEqual((yield* usersOf(emulator)).all, 2)
      const report = yield* bulk("report", "crm", "--failed")
      const lines = report.stdout.trimEnd().split("\n").map((line) => JSON.parse(line))
      assert.deepStrictEqual(lines.map(({ line, outcome, reason }) => [line, outcome, reason]), [
        [3, "refused", "Duplicate"],
        [4, "refused", "Invalid"]
      ])
      const csv = yield* bulk("report", "crm", "--failed", "--format", "csv")
      assert.match(csv.stdout, /^line,outcome,reason,.*\r\n3,refused,Duplicate,.*\r\n4,refused,Invalid,.*\r\n$/)
    }))

  it.effect("reads the input, and sends nothing, with --dry-run", () =>
    Effect.gen(function*() {
      const { bulk, emulator, home, write } = yield* prepared()
      write("users.csv", "No.,profile.email,x\n1,a@example.com,\n2,b@example.com,\n1,c@example.com,\n")
      const flags = ["import", "users.csv", "--job", "crm", "--mode", "create", "--dry-run"]
      const columns = ["--column", "No.=externalId", "--column", "x="]
      const { exitCode, stderr, stdout } = yield* bulk(...flags, ...columns)
      assert.match(stdout, /^4\tDuplicate\t[^\n]*\n$/)
      assert.deepStrictEqual([exitCode, stderr], [
        3,
        "3 rows, 1 of them refused\nerror: 1 of 3 rows would be refused; nothing was sent\n"
      ])
      const last = yield* bulk(...flags, ...columns, "--duplicates", "last", "--json")
      assert.match(last.stdout, /^\{"line":2,"outcome":"refused","reason":"Duplicate"/)
      assert.deepStrictEqual([(yield* emulator.requests).length, existsSync(join(home, "sunco"))], [0, false])
    }))

  it.effect("takes externalIds from a field of the row", () =>
    Effect.gen(function*() {
      const { bulk, emulator } = yield* prepared([{ profile: { email: "ada@example.com" } }])
      const { exitCode, stderr } = yield* bulk(...importing, "--external-id-from", "profile.email")
      assert.strictEqual(exitCode, 0, stderr)
      assert.deepStrictEqual((yield* emulator.stored("Users")).map(({ externalId }) => externalId), ["ada@example.com"])
    }))

  it.effect("stops where the file is another one than was planned, and starts no other job by that name", () =>
    Effect.gen(function*() {
      const { bulk, emulator, write } = yield* prepared(people(300))
      const planned = yield* bulk(...importing, "--detach", "--json")
      assert.deepStrictEqual([planned.exitCode, JSON.parse(planned.stdout).state], [0, "running"])
      write("users.ndjson", ndjson(people(300, 1000)))
      const again = yield* bulk(...importing)
      assert.deepStrictEqual([again.exitCode, again.stdout], [2, ""])
      assert.match(
        again.stderr,
        /^error: the job crm is there already, with another input: .* needs another name; `sunco bulk resume crm` /
      )
      const resumed = yield* bulk("resume", "crm")
      assert.strictEqual(resumed.exitCode, 4)
      assert.match(resumed.stderr, /^error: the job crm is blocked: InputChanged; the file is not what it was/m)
      assert.strictEqual((yield* usersOf(emulator)).all, 0)
      write("users.ndjson", ndjson(people(300)))
      assert.strictEqual((yield* bulk("resume", "crm")).exitCode, 0)
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 300, distinct: 300 })
    }))

  it.effect("is blocked where the key is refused, and sends no row", () =>
    Effect.gen(function*() {
      const { emulator, options } = yield* prepared(people(50))
      const env = { ...options.env, SUNCO_KEY_SECRET: "another" }
      const { exitCode, stderr } = yield* sunco(["bulk", ...importing], { ...options, env })
      assert.strictEqual(exitCode, 4)
      assert.match(stderr, /^error: the job crm is blocked: Unauthorized; the key or its secret is wrong/m)
      assert.strictEqual((yield* usersOf(emulator)).all, 0)
    }))

  it.effect("updates, exports and erases users, with evidence", () =>
    Effect.gen(function*() {
      const { bulk, emulator, read, write } = yield* prepared()
      yield* emulator.seed({ users: people(30) })
      const ids = people(30).map(({ externalId }) => externalId)
      write("changes.csv", `externalId,metadata.plan\n${ids.map((id) => `${id},pro\n`).join("")}`)
      write("ids", `${ids.join("\n")}\nnobody\n`)
      const updated = yield* bulk("update", "changes.csv", "--job", "plans")
      assert.match(updated.stdout, /^outcomes\.updated\t30$/m)
      const exported = yield* bulk("export", "ids", "--input", "ids", "--job", "copy", "--to", "out.ndjson")
      assert.deepStrictEqual([exported.exitCode, /1 of 31 rows not done: 1 absent/.test(exported.stderr)], [
        3,
        true
      ])
      const lines = read("out.ndjson").trimEnd().split("\n").map((line) => JSON.parse(line))
      assert.deepStrictEqual(
        lines.map(({ externalId, metadata }) => `${externalId} ${metadata.plan}`),
        ids.map((id) => `${id} pro`)
      )
      const erase = ["erase", "ids", "--input", "ids", "--job", "gdpr", "--how", "delete", "--requested-by", "legal"]
      const unasked = yield* bulk(...erase)
      assert.strictEqual(unasked.exitCode, 2)
      assert.match(unasked.stderr, /Delete 31 users with all their conversations: not without --yes/)
      assert.strictEqual((yield* usersOf(emulator)).all, 30)
      const erased = yield* bulk(...erase, "--yes")
      // Of whom nobody is there, there is nothing to erase.
      assert.strictEqual(erased.exitCode, 0, erased.stderr)
      assert.match(erased.stdout, /^outcomes\.accepted\t30$/m)
      assert.strictEqual((yield* usersOf(emulator)).all, 0)
      const evidence = (yield* bulk("report", "gdpr", "--evidence")).stdout.trimEnd().split("\n")
      assert.strictEqual(evidence.length, 30)
      assert.include(JSON.parse(evidence[0]!), {
        line: 1,
        requestedBy: "legal",
        operation: "Users.delete",
        answer: "200"
      })
      assert.strictEqual((yield* bulk("purge", "gdpr")).exitCode, 2)
      assert.strictEqual((yield* bulk("purge", "gdpr", "--yes")).exitCode, 0)
      assert.strictEqual((yield* bulk("status", "gdpr")).exitCode, 3)
    }))

  it.effect("asks whoever erases for the number of users, on a terminal", () =>
    Effect.scoped(Effect.gen(function*() {
      const { emulator, options, write } = yield* prepared()
      yield* emulator.seed({ users: people(3) })
      write("ids.txt", "crm-1\ncrm-2\ncrm-2\n")
      const args = [
        "bulk",
        "erase",
        "ids.txt",
        "--job",
        "g",
        "--how",
        "personal-information",
        "--requested-by",
        "legal"
      ]
      const wrong = yield* inTerminal(args, options)
      yield* wrong.until("Type 2 to do it")
      yield* wrong.type("3\r")
      const refused = yield* wrong.ended
      assert.deepStrictEqual([refused.exitCode, /not confirmed; nothing was done/.test(refused.stdout)], [1, true])
      assert.strictEqual((yield* emulator.requests).length, 0)
      const right = yield* inTerminal(args, options)
      yield* right.until("Type 2 to do it")
      yield* right.type("2\r")
      const { exitCode, stdout } = yield* right.ended
      assert.deepStrictEqual([exitCode, /outcomes\.erased +2\b/.test(stdout)], [3, true])
    })))

  it.effect("erases those of whom it was asked, and nobody else, whatever becomes of the file meanwhile", () =>
    Effect.scoped(Effect.gen(function*() {
      const { bulk, emulator, options, write } = yield* prepared()
      write("ids.txt", "ada\ngrace\n")
      yield* emulator.seed({ users: [{ externalId: "ada" }, { externalId: "grace" }, { externalId: "eve" }] })
      const args = ["bulk", "erase", "ids.txt", "--job", "g", "--how", "delete", "--requested-by", "legal"]
      const terminal = yield* inTerminal(args, options)
      yield* terminal.until("Type 2 to do it")
      write("ids.txt", "eve\nsomebody\n")
      yield* terminal.type("2\r")
      const { exitCode, stdout } = yield* terminal.ended
      assert.deepStrictEqual([exitCode, /InputChanged/.test(stdout)], [4, true], stdout)
      assert.strictEqual((yield* emulator.stored("Users")).length, 3)
      // And whoever does not type it leaves nothing.
      assert.strictEqual((yield* bulk("purge", "g", "--yes")).exitCode, 0)
      const left = yield* inTerminal(args, options)
      yield* left.until("Type 2 to do it")
      yield* left.type("no\r")
      assert.strictEqual((yield* left.ended).exitCode, 1)
      assert.strictEqual((yield* bulk("status", "g")).exitCode, 3)
    })))

  it.effect("draws a bar that fits on a line of a terminal", () =>
    Effect.scoped(Effect.gen(function*() {
      const { options } = yield* prepared(people(200))
      const terminal = yield* inTerminal(["bulk", ...importing, "--rate", "100/second"], options)
      const { exitCode, stdout } = yield* terminal.ended
      assert.strictEqual(exitCode, 0, stdout)
      const drawn = stdout.replaceAll("\x1b[2K", "").split(/[\r\n]/).filter((line) => /[█░]/.test(line))
      assert.isAbove(drawn.length, 2)
      assert.deepStrictEqual(drawn.filter((line) => line.length > 79 || line.includes("\x1b")), [])
      assert.match(stdout, /\n?█+  100%  200 of 200 rows\r\n/)
    })))

  it.effect("waits for nobody who pauses the job in another process, and says how it goes on", () =>
    Effect.scoped(Effect.gen(function*() {
      const { bulk, options } = yield* prepared(people(300))
      const importer = yield* running(["bulk", ...importing, "--rate", "20/second"], options)
      yield* Effect.repeat(bulk("status", "crm"), { until: ({ stdout }) => /^state\trunning$/m.test(stdout) })
      yield* bulk("pause", "crm")
      const { exitCode, stderr } = yield* importer.ended
      assert.strictEqual(exitCode, 4, stderr)
      assert.match(stderr, /error: the job crm is paused; `sunco bulk resume crm` goes on\n$/)
      const again = yield* bulk(...importing, "--rate", "20/second")
      assert.strictEqual(again.exitCode, 4, again.stderr)
      yield* bulk("resume", "crm", "--detach")
      const left = yield* bulk("status", "crm")
      assert.include(left.stderr, "nobody works on it: `sunco bulk resume crm` does\n")
      const none = yield* bulk("status", "--db", "none.db")
      assert.deepStrictEqual([none.exitCode, none.stdout], [0, ""])
    })))

  it.effect("is paused, resumed and cancelled from another process, and worked on by one that has not started it", () =>
    Effect.scoped(Effect.gen(function*() {
      const { bulk, emulator, options } = yield* prepared(people(300))
      yield* bulk(...importing, "--detach", "--rate", "20/second")
      assert.match((yield* bulk("pause", "crm")).stdout, /^state\tpaused$/m)
      const worker = yield* running(["bulk", "worker", "--in-flight", "2"], options)
      yield* worker.until("working on the jobs of the app", "stderr")
      assert.match((yield* bulk("resume", "crm", "--detach")).stdout, /^state\trunning$/m)
      yield* Effect.repeat(emulator.requests, { until: (requests) => requests.length > 0 })
      assert.match((yield* bulk("cancel", "crm")).stdout, /^state\tcancelled$/m)
      const finished = yield* Effect.repeat(bulk("status", "crm", "--json"), {
        until: ({ stdout }) => /"done":300/.test(stdout)
      })
      const { outcomes } = JSON.parse(finished.stdout)
      assert.strictEqual(outcomes.created, (yield* usersOf(emulator)).all)
      assert.strictEqual(outcomes.created + outcomes.cancelled, 300)
      assert.deepStrictEqual(
        [(yield* bulk("resume", "crm")).stderr],
        ["error: the job crm is cancelled: it cannot be resumed\n"]
      )
      yield* worker.kill("SIGINT")
      assert.strictEqual((yield* worker.ended).exitCode, 130)
    })))

  it.effect("tries again what did not go through", () =>
    Effect.gen(function*() {
      const { bulk, emulator } = yield* prepared(people(3))
      yield* emulator.faults.next(Fault.status(400))
      const first = yield* bulk(...importing)
      assert.deepStrictEqual((yield* bulk("status")).stdout, "crm\timport\tfinished\t\t3\t3\n")
      assert.deepStrictEqual([first.exitCode, /1 of 3 rows not done: 1 failed/.test(first.stderr)], [3, true])
      const retried = yield* bulk("retry", "crm")
      assert.deepStrictEqual([retried.exitCode, retried.stderr.split("\n")[0]], [0, "1 rows are tried again"])
      assert.deepStrictEqual(yield* usersOf(emulator), { all: 3, distinct: 3 })
    }))

  it.effect.each(
    [
      [["import", "users.ndjson", "--mode", "create"], 2, /--job is missing/],
      [["import", "users.ndjson", "--job", "a"], 2, /--mode is missing/],
      [[...importing, "--mode", "replace"], 2, /mode/],
      [[...importing, "--rate", "fast"], 2, /such as 600\/minute/],
      [[...importing, "--in-flight", "0"], 2, /in-flight/],
      [["import", "users.ndjson", "--job", "a b", "--mode", "create"], 2, /--job must be 1 to 100 letters/],
      [["import", "nothing.ndjson", "--job", "a", "--mode", "create"], 2, /nothing\.ndjson/],
      [["import", "users", "--job", "a", "--mode", "create"], 2, /--input has to say what it is/],
      [[...importing, "--delimiter", ";"], 2, /are for CSV/],
      [[...importing, "--external-id-from", "a", "--external-id-hash", "b"], 2, /each for themselves/],
      [[...importing, "--db", "mysql://127.0.0.1/jobs"], 2, /--db takes a file of SQLite, or the URL of a database/],
      [[...importing, "--db", "nowhere/jobs.db"], 1, /the jobs in nowhere\/jobs\.db cannot be reached/],
      [["erase", "ids.txt", "--job", "a", "--how", "delete"], 2, /--requested-by is missing/],
      [["export", "ids.txt", "--job", "a"], 2, /--to is missing/],
      [["status", "crm"], 3, /there are no jobs in .*bulk\.db; --db says where to look/],
      [["report", "crm", "--format", "csv", "--json"], 2, /each for themselves/]
    ] as const
  )("%j: %d", ([args, code, said]) =>
    Effect.gen(function*() {
      const { bulk, emulator } = yield* prepared(people(1))
      const { exitCode, stderr, stdout } = yield* bulk(...args)
      assert.deepStrictEqual([exitCode, stdout], [code, ""])
      assert.match(stderr, said)
      assert.match(stderr, /^[^\n]+\n$/)
      assert.strictEqual((yield* emulator.requests).length, 0)
    }))
})
