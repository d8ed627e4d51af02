/**
 * The migration guide of `@sunco/client` does what it says: its programs run, before and after, and nothing of the vendor's
 * client is missing.
 */
import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, join } from "node:path"
import { promisify } from "node:util"
import { afterAll } from "vitest"
import { expectedOutput, inMarkdown } from "../documents/examples.ts"
import { migrationErrors, type Rejection } from "./migrationErrors.ts"
import * as VendorClient from "sunco-workshop/bench/VendorClient"

const guide = readFileSync(join(import.meta.dirname, "../../packages/client/MIGRATION.md"), "utf8")

const tableRows = guide.split("\n").filter((line) => line.startsWith("| "))

// Beside this file, so that a program finds the packages of both clients; with a dot, so that no compiler looks into it.
const directory = mkdtempSync(join(import.meta.dirname, ".migration-"))

afterAll(() => rmSync(directory, { recursive: true }))

const run = promisify(execFile)

/** The sections that show a program, before and after. */
const sections = guide.split(/^(?=##)/m).flatMap((section, index) => {
  const blocks = inMarkdown(section).filter(({ language }) => language !== "sh")
  const [heading = ""] = section.split("\n")
  const programs = blocks.map(({ code, language }, block) => {
    const program = join(directory, `section${index}.${block}.${language === "js" ? "mjs" : "ts"}`)
    writeFileSync(program, code)
    return { code, language, program }
  })
  return programs.length === 0 ? [] : [{ heading: heading.replace(/^#+ /, ""), programs }]
})

/** In all others, what is printed and sent after is what was printed and sent before. */
const meantToDiffer = {
  printed: ["Where they differ on purpose"],
  // What cannot be right is not sent.
  sent: ["Handling them"]
}

/** What a program prints and what it sends. */
const outcome = (program: string) =>
  Effect.gen(function*() {
    const { appId, keyId, keySecret, requests, url } = yield* Emulator
    const { stderr, stdout } = yield* Effect.promise(() =>
      run(process.execPath, [program], {
        env: {
          PATH: process.env["PATH"],
          SUNCO_APP_ID: appId,
          SUNCO_BASE_URL: url,
          SUNCO_KEY_ID: keyId,
          SUNCO_KEY_SECRET: Redacted.value(keySecret)
        },
        timeout: 10_000
      })
    )
    assert.strictEqual(stderr, "")
    const sent = (yield* requests).map(({ authentication, body, headers, method, path, query, status }) => ({
      authentication,
      body,
      method,
      query,
      status,
      // The ids of what is made are others for each.
      path: path.replace(/(?<=\/(?:users|conversations|integrations)\/)[0-9a-f]{24}/, "id"),
      namesItself: headers["user-agent"]?.startsWith("support-bot/2.0")
    }))
    return { printed: stdout.replace(/\n$/, "").split("\n"), sent }
  }).pipe(Effect.provide(Emulator.layer()), Effect.orDie)

describe("the programs of the migration guide", () => {
  it("compile, but for those of the vendor's client, which has no types", async () => {
    const tsc = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc")
    const flags = "--ignoreConfig --noEmit --pretty false --strict --exactOptionalPropertyTypes " +
      "--noUncheckedIndexedAccess --allowImportingTsExtensions --module nodenext --lib es2024,esnext,dom --types node"
    const programs = sections.flatMap(({ programs }) => programs.map(({ program }) => basename(program)))
    const after = programs.filter((program) => program.endsWith(".ts"))
    assert.isAbove(after.length, 0)
    const { stdout } = await run(process.execPath, [tsc, ...flags.split(" "), ...after], { cwd: directory }).catch(
      (failure: { readonly stdout: string }) => failure
    )
    assert.strictEqual(stdout, "")
  }, 60_000)

  for (const { heading, programs } of sections) {
    it.live(
      `print what they say, and print and send before what they do after: ${heading}`,
      () =>
        Effect.gen(function*() {
          assert.deepStrictEqual(programs.map(({ language }) => language), ["js", "ts", "ts"])
          const [before, withPromises, withEffect] = yield* Effect.forEach(programs, ({ program }) => outcome(program))
          assert.deepStrictEqual(
            [before, withPromises, withEffect].map((outcome) => outcome?.printed),
            programs.map(({ code }) => Array.from(expectedOutput(code)))
          )
          assert.deepStrictEqual(withPromises, withEffect)
          for (const what of ["printed", "sent"] as const) {
            if (meantToDiffer[what].includes(heading)) assert.notDeepEqual(withPromises?.[what], before?.[what])
            else assert.deepStrictEqual(withPromises?.[what], before?.[what])
          }
        }),
      60_000
    )
  }
})

/** The vendor's module, enumerated, so that a name which the guide does not know is found. */
const vendor: Readonly<Record<string, object>> = createRequire(import.meta.url)("sunshine-conversations-client")

const apiClient = new VendorClient.ApiClient()

const namesOf = (value: object) => Object.getOwnPropertyNames(value).filter((name) => name !== "constructor")

const ofEveryClass = ["length", "name", "prototype"]

const classes = Object.keys(vendor).filter((name) => name.endsWith("Api"))

const names: Readonly<Record<string, ReadonlyArray<string>>> = {
  "method of the UsersApi": namesOf(VendorClient.UsersApi.prototype),
  "method of the other classes": classes.filter((name) => name !== "UsersApi")
    .flatMap((name) => namesOf((vendor[name] as { readonly prototype: object }).prototype))
    // One row has them all.
    .filter((name) => !name.endsWith("WithHttpInfo")),
  "property of an ApiClient": [
    ...namesOf(apiClient),
    ...namesOf(apiClient.authentications),
    ...namesOf(Object.getPrototypeOf(apiClient))
  ],
  "property of the ApiClient itself": namesOf(VendorClient.ApiClient).filter((name) => !ofEveryClass.includes(name)),
  "class of operations": classes
}

describe("the migration guide", () => {
  const words = new Set(tableRows.flatMap((row) => row.match(/\w+/g) ?? []))

  it.each(Object.entries(names))("names every %s", (_, names) => {
    assert.isAbove(names.length, 0)
    assert.deepStrictEqual(names.filter((name) => !words.has(name)), [])
  })

  it.live("names every field of a rejection", () =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const api = VendorClient.withBasic(emulator.url, emulator)
      yield* emulator.faults.next(Fault.status(400), Fault.cutBeforeApplied)
      const rejected = Effect.flip(
        Effect.tryPromise({ try: () => api.getUser(emulator.appId, "ada"), catch: (error) => error as Rejection })
      )
      const answered = yield* rejected
      const lost = yield* rejected
      const fields = new Set([answered, lost].flatMap((rejection) => Object.keys(rejection)))
      assert.deepStrictEqual(
        Array.from(fields).filter((field) => !tableRows.some((row) => row.startsWith(`| \`e.${field}\` |`))),
        []
      )
      assert.isUndefined((answered as { readonly statusText?: string }).statusText)
    }).pipe(Effect.provide(Emulator.layer())))

  it.live("says of every error what is measured", () =>
    Effect.gen(function*() {
      const begin = tableRows.findIndex((row) => row.startsWith("| what happens |")) + 2
      const measured = yield* migrationErrors
      assert.deepStrictEqual(tableRows.slice(begin, begin + measured.length), measured)
      assert.match(tableRows[begin + measured.length] ?? "", /^\| field of the rejection/)
    }), 60_000)
})
