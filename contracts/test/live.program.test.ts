/** `pnpm contracts:live` as a process, with an emulator in the vendor's place. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import type { Assumptions } from "@sunco/emulator/Assumptions"
import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import { Stored } from "@sunco/emulator/Stored"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as ChildProcess from "effect/process/ChildProcess"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as AST from "effect/SchemaAST"
import * as Stream from "effect/Stream"
import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { allFacts } from "../live/allFacts.ts"
import { LiveReport } from "../live/LiveReport.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

const command = fileURLToPath(new URL("../bin/live.ts", import.meta.url))

const start = (args: ReadonlyArray<string>, env: Record<string, string> = {}) =>
  ChildProcess.make(process.execPath, [command, ...args], {
    cwd: root,
    // Not the environment of whoever runs this, which may name the vendor's API and a key for it.
    env: { PATH: process.env["PATH"], NO_COLOR: "1", PACT_DO_NOT_TRACK: "true", ...env },
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

/** The settings under which the emulator is found, and how one agrees to it. */
const settings = Effect.map(Emulator, ({ appId, keyId, keySecret, url }) => ({
  env: {
    SUNCO_APP_ID: appId,
    SUNCO_BASE_URL: url,
    SUNCO_KEY_ID: keyId,
    SUNCO_KEY_SECRET: Redacted.value(keySecret)
  },
  agreed: ["--yes-this-account", appId, "--per-second", "1000"]
}))

const decodeReport = Schema.decodeEffect(Schema.fromJsonString(LiveReport))

const reported = Effect.fnUntraced(function*(...args: ReadonlyArray<string>) {
  const { agreed, env } = yield* settings
  const { exitCode, stderr, stdout } = yield* run([...agreed, "--json", ...args], env)
  assert.notInclude(stdout + stderr, env.SUNCO_KEY_SECRET)
  assert.notMatch(stdout + stderr, /eyJ|Basic |Bearer /)
  return { exitCode, stderr, report: yield* decodeReport(stdout) }
})

const resources = AST.isObjects(Stored.ast)
  ? Stored.ast.propertySignatures.map(({ name }) => name as keyof Stored)
  : []

/** All that the app keeps. */
const stored = Effect.flatMap(
  Emulator,
  (emulator) =>
    Effect.forEach(resources, (resource) => Effect.map(emulator.stored(resource), (all) => [resource, all] as const))
)

/** Waits until the emulator has seen it as often. */
const seen = (operation: string, times = 1): Effect.Effect<void, never, Emulator> =>
  Effect.gen(function*() {
    const { requests } = yield* Emulator
    while ((yield* requests).filter((request) => request.operation === operation).length < times) {
      yield* Effect.sleep("10 millis")
    }
  })

const withEmulator = (options?: EmulatorOptions) =>
  Effect.provide(Layer.merge(Layer.orDie(Emulator.layer(options)), NodeServices.layer))

/** Whether nothing can be told because it takes a key of another scope. */
const isUnreached = ({ why = "" }: { readonly why?: string | undefined }) =>
  why.includes("the credentials do not reach")

/** Whether they can be asked depends on the key, or on another answer. */
const depending = new Set(["accountScope", "sameTarget"])

const byVerdict = <A extends { readonly verdict: string }>(all: ReadonlyArray<A>, verdict: A["verdict"]) =>
  all.filter((one) => one.verdict === verdict)

/** Who is in the account already, and has what the contracts name. */
const strangers = {
  users: [{ externalId: "your-own-id", identities: [{ type: "email", value: "sue@example.org" }] }, {
    externalId: "ada"
  }],
  conversations: [{
    type: "sdkGroup",
    participants: [{ userExternalId: "your-own-id" }],
    messages: [{ content: { type: "text", text: "Hello!" } }]
  }],
  attachments: [{ mediaType: "text/plain", base64: "SGVsbG8h" }]
} satisfies EmulatorOptions

describe("pnpm contracts:live", { concurrent: true, timeout: 120_000 }, () => {
  it.live("says which settings are missing, and asks nothing", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* run([]), {
        exitCode: 2,
        stdout: "",
        stderr: "contracts:live: SUNCO_APP_ID must be set; SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set; " +
          "SUNCO_KEY_ID and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set\n"
      })
    }).pipe(Effect.provide(NodeServices.layer)))

  it.live.each([["nobody"], ["for another app"]])(
    "asks nothing where it is agreed to by %s",
    ([who]) =>
      Effect.gen(function*() {
        const { appId, requests, url } = yield* Emulator
        const { env } = yield* settings
        const agreed = who === "nobody" ? [] : ["--yes-this-account", "another-app"]
        const { exitCode, stderr, stdout } = yield* run(agreed, env)
        assert.deepStrictEqual([exitCode, stdout], [2, ""])
        assert.strictEqual(
          stderr,
          `contracts:live: it would make users, conversations and messages in app ${appId} at ${url}, which its agents and ` +
            `webhooks see, and delete them again: --yes-this-account ${appId} agrees\n`
        )
        assert.deepStrictEqual(yield* requests, [])
      }).pipe(withEmulator())
  )

  it.live("makes nothing where the credentials are refused", () =>
    Effect.gen(function*() {
      const { requests } = yield* Emulator
      const { agreed, env } = yield* settings
      const { exitCode, stderr, stdout } = yield* run(agreed, { ...env, SUNCO_KEY_SECRET: "another" })
      assert.deepStrictEqual([exitCode, stdout, stderr], [
        2,
        "",
        "contracts:live: the credentials do not reach it (401 unauthorized)\n"
      ])
      assert.lengthOf(yield* requests, 1)
    }).pipe(withEmulator()))

  it.live.each(["app_live", "act_live"])(
    "finds with the key %s in an emulator what is assumed of the vendor, and leaves all that was there as it was",
    (keyId) =>
      Effect.gen(function*() {
        const before = yield* stored
        const files = readdirSync(root)
        const { exitCode, report } = yield* reported("--brand", "9477922990333", "--switchboard")
        const { cleanUp, contracts, facts, falseIds } = report
        assert.deepStrictEqual(
          [contracts, facts, falseIds].flatMap((all) => byVerdict<{ verdict: string }>(all, "otherwise")),
          []
        )
        assert.strictEqual(exitCode, 0)
        assert.deepStrictEqual(cleanUp, { made: cleanUp.made, deleted: cleanUp.made, left: [] })
        assert.deepStrictEqual(yield* stored, before)
        assert.deepStrictEqual(readdirSync(root), files)

        assert.isAbove(byVerdict(contracts, "held").length, 90)
        assert.deepStrictEqual(
          byVerdict(facts, "untold").filter((fact) => !isUnreached(fact) && !depending.has(fact.name))
            .map(({ name }) => name),
          allFacts.flatMap((fact) => "unasked" in fact ? [fact.name] : [])
        )
        assert.deepStrictEqual(byVerdict(falseIds, "untold").filter((falseId) => !isUnreached(falseId)), [])
        const untold = byVerdict(contracts, "untold")
        assert.deepStrictEqual(untold.filter(({ why }) => why === undefined || why === "no answer came"), [])
        for (
          const why of [
            "it would take 30,000 messages",
            "users of Zendesk itself are no matter of this API",
            "a device is there when an SDK runs on it"
          ]
        ) assert.include(untold.map(({ why }) => why), why)
      }).pipe(withEmulator({ ...strangers, keyId }))
  )

  const deviations: Required<Assumptions> = {
    joinTwice: "refused",
    secondPersonalConversation: "refused",
    listOrder: "newestFirst",
    messageOrder: "newestFirst",
    metadataUpdate: "replaced",
    strangerAsAuthor: "notFound",
    missingMessage: "deleted",
    goneCursor: "refused",
    accountScope: "everything",
    secondWebhook: "another",
    sameTarget: "refused",
    meOfKey: "notFound",
    meOfNone: "forbidden",
    missingIntegrationKey: "keyNotFound",
    keySecrets: "onceOnly",
    missingAppKey: "notFound",
    keysOfDeletedApp: "kept",
    refusedCode: "badRequest",
    unknownIntegrationType: "refused",
    failedControl: "badRequest",
    sameControlName: "shared",
    outsideSwitchboard: "nothing",
    turnOfDeletedIntegration: "kept"
  }

  const assumptionsOf = (facts: ReadonlyArray<{ readonly assumption?: string | undefined }>) =>
    new Set(facts.flatMap(({ assumption }) => assumption ?? []))

  /** What it takes a key of the account to ask. */
  const ofAccount = new Set(["accountScope", "missingAppKey"])

  const askable = Array.from(assumptionsOf(allFacts.filter((fact) => "ask" in fact)))

  it("has a question for everything that the emulator may assume", () => {
    assert.deepStrictEqual(Array.from(assumptionsOf(allFacts)).sort(), Object.keys(deviations).sort())
  })

  it.live.each<[string, ReadonlyArray<string>, Assumptions]>([
    ["app_live", askable.filter((name) => !ofAccount.has(name)), deviations],
    ["act_live", Array.from(ofAccount), deviations],
    ["app_live", ["secondPersonalConversation"], { secondPersonalConversation: "existing" }]
  ])(
    "names with the key %s what is otherwise in an emulator that deviates",
    ([keyId, told, assume]) =>
      Effect.gen(function*() {
        const before = yield* stored
        const { exitCode, report } = yield* reported("--only", "facts", "--switchboard")
        assert.strictEqual(exitCode, 1)
        const expected = new Map<string, string | undefined>(Object.entries(assume))
        for (const { assumption = "", found, name, verdict } of report.facts) {
          const deviation = expected.get(assumption)
          if (deviation === undefined) assert.notStrictEqual(verdict, "otherwise", name)
          else if (verdict !== "untold") assert.deepStrictEqual([name, found?.name], [name, deviation])
        }
        const otherwise = assumptionsOf(byVerdict(report.facts, "otherwise"))
        for (const name of told) assert.isTrue(otherwise.has(name), `${name} with ${keyId}`)
        assert.deepStrictEqual(yield* stored, before)
        assert.deepStrictEqual(report.cleanUp.left, [])
      }).pipe(withEmulator({ assume, keyId }))
  )

  it.live("names what the vendor answers otherwise than a contract, and not what failed", () =>
    Effect.gen(function*() {
      const { faults, requests } = yield* Emulator
      const before = yield* stored
      // What the vendor says may be anybody's.
      const conflict = Fault.status(409, { code: "sue@example.org", title: "sue@example.org is taken" })
      yield* faults.add(conflict, { when: { operation: "Users.update" } })
      yield* faults.add(Fault.status(500), { when: { operation: "Participants.leave" } })
      const { exitCode, report } = yield* reported("--only", "contracts")
      assert.strictEqual(exitCode, 1)
      const otherwise = byVerdict(report.contracts, "otherwise")
      assert.deepInclude(otherwise, {
        interaction: "a request to update a user who does not exist",
        operation: "UpdateUser",
        verdict: "otherwise",
        expected: 404,
        answered: "409",
        differences: [{ part: "status", path: "", expected: "404", found: "409" }]
      })
      assert.notInclude(JSON.stringify(report), "sue@example.org")
      // Nobody has agreed to it.
      assert.notInclude((yield* requests).map(({ operation }) => operation), "Switchboards.create")
      assert.deepStrictEqual(otherwise.filter(({ operation }) => operation !== "UpdateUser"), [])
      const failed = report.contracts.filter(({ operation }) => operation === "LeaveConversation")
      assert.lengthOf(failed, 4)
      for (const { why } of failed) assert.match(why ?? "", /^the vendor failed \(500/)
      assert.deepStrictEqual(yield* stored, before)
    }).pipe(withEmulator()))

  it.live("waits where there are too many requests, and tells how that was said", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      const rule = { times: 2, when: { operation: "Users.get" } } as const
      yield* faults.add(Fault.status(429, { headers: { "retry-after": "1" }, body: "slow down" }), rule)
      const { report } = yield* reported("--only", "contracts")
      const { count, withRetryAfter } = report.answers.tooMany
      assert.deepStrictEqual([count, withRetryAfter], [2, 2])
      assert.deepStrictEqual(byVerdict(report.contracts, "otherwise"), [])
    }).pipe(withEmulator()))

  it.live("does with a token what it can", () =>
    Effect.gen(function*() {
      const { addAccessToken, appId, url } = yield* Emulator
      yield* addAccessToken(Redacted.make("an-access-token"))
      const { agreed } = yield* settings
      const env = { SUNCO_APP_ID: appId, SUNCO_BASE_URL: url, SUNCO_TOKEN: "an-access-token" }
      const { exitCode, stdout } = yield* run([...agreed, "--json", "--only", "facts"], env)
      assert.strictEqual(exitCode, 0)
      assert.notInclude(stdout, env.SUNCO_TOKEN)
      const { facts } = yield* decodeReport(stdout)
      const expired = facts.find(({ name }) => name === "expiredToken")
      assert.strictEqual(expired?.why, "SUNCO_TOKEN is a token already, and without a key there is no other")
    }).pipe(withEmulator()))

  it.live("names what it could not delete, and ends with 1", () =>
    Effect.gen(function*() {
      const { faults } = yield* Emulator
      const { agreed, env } = yield* settings
      yield* faults.add(Fault.status(403), { when: { operation: "Users.delete" } })
      const { exitCode, stdout } = yield* run([...agreed, "--only", "facts"], env)
      assert.strictEqual(exitCode, 1)
      const left = (yield* Effect.flatMap(Emulator, ({ stored }) => stored("Users"))).map(({ id }) => id)
      assert.isNotEmpty(left)
      assert.deepStrictEqual(
        Array.from(stdout.matchAll(/LEFT, please look: user (\w+)/g), ([, id]) => id).sort(),
        left.sort()
      )
      assert.notMatch(stdout, /LEFT, please look: (?!user)/)
    }).pipe(withEmulator()))

  it.live.each([["SIGINT", "Messages.delete"], ["SIGHUP", "Participants.leave"]] as const)(
    "deletes what it has made when it is interrupted by %s",
    ([signal, operation]) =>
      Effect.gen(function*() {
        const { faults } = yield* Emulator
        const { agreed, env } = yield* settings
        const before = yield* stored
        yield* faults.add(Fault.slowHeaders(Number.POSITIVE_INFINITY), { when: { operation } })
        const child = yield* start(agreed, env)
        const stderr = yield* Effect.forkChild(text(child.stderr))
        yield* Effect.forkChild(Stream.runDrain(child.stdout))
        yield* seen(operation)
        assert.notDeepEqual(yield* stored, before)
        yield* faults.clear
        yield* Effect.forkChild(child.kill({ killSignal: signal }))
        assert.strictEqual(yield* child.exitCode, 130)
        assert.match(yield* Fiber.join(stderr), /interrupted; made: (\d+), deleted again: \1\n$/)
        assert.deepStrictEqual(yield* stored, before)
      }).pipe(Effect.scoped, withEmulator())
  )

  it.live("waits for what the replay makes when it is interrupted, and deletes that too", () =>
    Effect.gen(function*() {
      const { faults, requests } = yield* Emulator
      const { agreed, env } = yield* settings
      const before = yield* stored
      // The first two are of states.
      yield* faults.add(Fault.slowHeaders("700 millis", { applied: "last" }), {
        when: { operation: "Attachments.upload" }
      })
      const child = yield* start([...agreed, "--only", "contracts"], env)
      yield* Effect.forkChild(Stream.runDrain(child.all))
      yield* seen("Attachments.upload", 3)
      yield* Effect.forkChild(child.kill({ killSignal: "SIGINT" }))
      assert.strictEqual(yield* child.exitCode, 130)
      const uploads = (yield* requests).filter(({ operation }) => operation === "Attachments.upload")
      assert.deepStrictEqual(uploads.map(({ applied }) => applied), [true, true, true])
      assert.deepStrictEqual(yield* stored, before)
    }).pipe(Effect.scoped, withEmulator()))

  it.live("writes its report where it is asked to, and people read the other", () =>
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const directory = yield* files.makeTempDirectoryScoped()
      const { agreed, env } = yield* settings
      const { exitCode, stdout } = yield* run(
        [...agreed, "--only", "facts", "--report", `${directory}/report.json`],
        env
      )
      assert.strictEqual(exitCode, 0)
      const report = yield* Effect.flatMap(files.readFileString(`${directory}/report.json`), decodeReport)
      assert.deepStrictEqual(report.contracts, [])
      const held = byVerdict(report.facts, "held").length
      const [first = "", , facts = ""] = stdout.split("\n")
      assert.match(first, /^http:\/\/127\.0\.0\.1:\d+, app \w+, run sunco-live-\w+$/)
      assert.strictEqual(facts, `FACTS: ${held} as assumed, 0 otherwise, ${report.facts.length - held} untold`)
      assert.include(stdout, "  held: joinTwice: Who takes part joins again: 201 with the participant that there is\n")
      assert.include(stdout, `MADE: ${report.cleanUp.made}, deleted again: ${report.cleanUp.made}\n`)
    }).pipe(Effect.scoped, withEmulator()))
})
