import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join, resolve } from "node:path"
import { withLock } from "./pactFileLock.ts"
import { fileName, type Names } from "./pactFileName.ts"

const attempt = <A>(read: () => Promise<A>): Effect.Effect<A, string> =>
  Effect.tryPromise({ try: read, catch: (error) => error instanceof Error ? error.message : String(error) })

/** The file itself, or the pact files in a directory, with absolute paths. */
export const list = (path: string): Effect.Effect<ReadonlyArray<string>, string> =>
  attempt(async () => {
    if (!(await stat(path)).isDirectory()) return [resolve(path)]
    return (await readdir(path)).filter((name) => name.endsWith(".json")).sort().map((name) =>
      resolve(join(path, name))
    )
  })

/** Some editors put it before a text, and `JSON.parse` and Pact refuse it. */
const byteOrderMark = "\ufeff"

const withoutMark = (text: string) => text.startsWith(byteOrderMark) ? text.slice(1) : text

export const readText = (file: string): Effect.Effect<string, string> =>
  Effect.map(attempt(() => readFile(file, "utf8")), withoutMark)

/** Gone with its scope, and nobody else's. */
export const temporaryDirectory: Effect.Effect<string, never, Scope.Scope> = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "effect-pact-"))),
  (directory) => Effect.promise(() => rm(directory, { recursive: true, force: true }))
)

/** The file as Pact reads it: a copy where there is a byte order mark. */
export const forPact = (file: string): Effect.Effect<string, never, Scope.Scope> =>
  Effect.gen(function*() {
    const text = yield* Effect.promise(() => readFile(file, "utf8"))
    if (!text.startsWith(byteOrderMark)) return file
    const copy = join(yield* temporaryDirectory, basename(file))
    yield* Effect.promise(() => writeFile(copy, withoutMark(text)))
    return copy
  })

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const nameIn = (pact: unknown, role: keyof Names): unknown => {
  const party = Predicate.isObject(pact) ? pact[role] : undefined
  return Predicate.isObject(party) ? party["name"] : undefined
}

/** What is in the file already, to be merged with; Pact's own refusal does not say why. */
const present = (file: string, names: Names): string => {
  const text = withoutMark(readFileSync(file, "utf8"))
  const pact = parse(text)
  const [consumer, provider] = [nameIn(pact, "consumer"), nameIn(pact, "provider")]
  if (consumer === undefined || provider === undefined) throw new Error(`${file} is no pact`)
  if (consumer !== names.consumer || provider !== names.provider) {
    throw new Error(`${file} is the contract of ${consumer} with ${provider}`)
  }
  return text
}

/**
 * Has the native library write, which makes a path of the names, in a place where that does no harm, and puts the result
 * where it belongs at once.
 */
export const write = (directory: string, names: Names, native: (directory: string) => void): void =>
  withLock(directory, (lock) => {
    const file = join(directory, fileName(names))
    const staged = join(lock, `${names.consumer}-${names.provider}.json`)
    if (existsSync(file)) {
      mkdirSync(dirname(staged), { recursive: true })
      writeFileSync(staged, present(file, names))
    }
    native(lock)
    renameSync(staged, file)
  })
