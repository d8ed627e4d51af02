/** Where the jobs of `sunco bulk` are kept: a file of SQLite, or a database of PostgreSQL that several machines reach. */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as UserDirectories from "effect/persistence/UserDirectories"
import * as Redacted from "effect/Redacted"
import { Failure } from "./Failure.ts"
import type * as PostgresStore from "./PostgresStore.ts"

/** What every command of a job says of where it is. */
export type Db = Option.Option<string>

/** `name` is what people are told, and has no password. */
export type Place =
  | { readonly _tag: "File"; readonly name: string }
  | { readonly _tag: "Postgres"; readonly name: string; readonly settings: PostgresStore.Settings }

/** As a person would type it after this. */
export const commandFor = (command: string, job: string, db: Db): string =>
  `sunco bulk ${command} ${job}${Option.isSome(db) ? ` --db ${db.value}` : ""}`

export const whichDb = "--db says where to look"

/** Beside the flag a variable, as no flag takes a secret. */
const variable = "SUNCO_BULK_DB"

const setting = (name: string) =>
  Config.Redacted(name).pipe(
    Config.option,
    Effect.mapError(() => new Failure({ kind: "usage", message: `${name} cannot be read` }))
  )

/** The file that counts where none is named: whatever directory a command is run in, it finds the job. */
const ownFile = Effect.gen(function*() {
  const directory = yield* UserDirectories.make().state("sunco")
  return { directory, file: (yield* Path.Path).join(directory, "bulk.db") }
}).pipe(
  Effect.mapError(() =>
    new Failure({
      kind: "usage",
      message: "there is no place for jobs: there is no home directory",
      hint: "--db names a file"
    })
  )
)

/** The place that is named, by the flag or else by the variable. */
const named = (db: Db) =>
  Effect.gen(function*() {
    if (Option.isSome(db)) return Option.some(yield* placeOf("--db", db.value))
    const set = yield* setting(variable)
    return Option.isNone(set) ? Option.none() : Option.some(yield* placeOf(variable, Redacted.value(set.value)))
  })

const usage = (message: string, hint: string) => new Failure({ kind: "usage", message, hint })

const placeOf = (from: "--db" | typeof variable, text: string) =>
  Effect.gen(function*() {
    const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? []
    if (scheme === undefined) return { _tag: "File", name: text } as const
    // What is wrong is never repeated: it may have a password in it.
    if (!/^postgres(ql)?$/i.test(scheme) || !URL.canParse(text)) {
      return yield* usage(
        `${from} takes a file of SQLite, or the URL of a database of PostgreSQL`,
        "such as postgres://user@db.example/jobs"
      )
    }
    const url = new URL(text)
    const hasPassword = url.password !== "" || url.searchParams.has("password")
    if (hasPassword && from === "--db") {
      return yield* usage(
        "--db has a password, which others see in the list of processes",
        `PGPASSWORD says it, or ${variable} the whole URL`
      )
    }
    const password = hasPassword ? Option.none() : yield* setting("PGPASSWORD")
    return {
      _tag: "Postgres",
      name: withoutPassword(url),
      settings: { url: Redacted.make(encrypted(url)), password: Option.getOrUndefined(password) }
    } as const
  })

const withoutPassword = (url: URL): string => {
  const shown = new URL(url)
  shown.password = ""
  // To delete what is not there would write the rest in another way.
  if (shown.searchParams.has("password")) shown.searchParams.delete("password")
  return shown.href
}

/** As `psql` does: encrypted where the server can, unless the URL says what is to be. On this machine nobody listens. */
const encrypted = (url: URL): string => {
  const whole = new URL(url)
  if (!url.searchParams.has("sslmode") && !isOwn(url)) whole.searchParams.set("sslmode", "prefer")
  return whole.href
}

const isOwn = ({ hostname, searchParams }: URL): boolean =>
  /^(|localhost|127\..*|\[::1\]|%2f.*|\/.*)$/i.test(searchParams.get("host") ?? hostname)

/** Makes the directory of what is kept where none is named; a staged row or a key in it is for nobody else. */
export const toWrite = (db: Db) =>
  Effect.gen(function*() {
    const place = yield* named(db)
    if (Option.isSome(place)) return place.value
    const { directory, file } = yield* ownFile
    const files = yield* FileSystem.FileSystem
    yield* files.makeDirectory(directory, { recursive: true, mode: 0o700 }).pipe(
      Effect.mapError(({ reason }) =>
        new Failure({ kind: "failed", message: `${directory} cannot be made (${reason._tag})` })
      )
    )
    return { _tag: "File", name: file } as const
  })

/** Who only looks makes no file. */
export const toRead = (db: Db) =>
  Effect.gen(function*() {
    const said = yield* named(db)
    const place: Place = Option.isSome(said) ? said.value : { _tag: "File", name: (yield* ownFile).file }
    if (place._tag === "Postgres") return place
    const isThere = yield* Effect.orElseSucceed(
      Effect.flatMap(FileSystem.FileSystem, (files) => files.exists(place.name)),
      () => false
    )
    if (!isThere) {
      return yield* new Failure({ kind: "not-found", message: `there are no jobs in ${place.name}`, hint: whichDb })
    }
    return place
  })
