/** Where the jobs of `sunco bulk` are kept, and how a failure of one is said. */
import type { BlockReason, BulkError } from "@sunco/bulk"
import { Bulk } from "@sunco/bulk/Bulk"
import { StoreUnavailable } from "@sunco/bulk/BulkError"
import * as SqliteClient from "@sunco/bulk/SqliteClient"
import type { Sunshine } from "@sunco/client/Sunshine"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as UserDirectories from "effect/persistence/UserDirectories"
import * as Redacted from "effect/Redacted"
import type { SqlClient } from "effect/sql/SqlClient"
import * as Account from "./Account.ts"
import { type ClientFailure, Failure } from "./Failure.ts"
import * as JobProgress from "./JobProgress.ts"

/** What every command of a job says of where it is. */
type Db = Option.Option<string>

/** The file that counts where none is named: whatever directory a command is run in, it finds the job. */
const ownFile = Effect.gen(function*() {
  const directory = yield* UserDirectories.make().state("sunco")
  return { directory, file: (yield* Path.Path).join(directory, "bulk.db") }
}).pipe(
  Effect.mapError(() =>
    new Failure({
      kind: "usage",
      message: "there is no place for jobs: HOME is not set",
      hint: "--db names a file"
    })
  )
)

/** Makes the directory of what is kept where none is named; a staged row or a key in it is for nobody else. */
const fileToWrite = (db: Db) =>
  Effect.gen(function*() {
    if (Option.isSome(db)) return yield* named(db.value)
    const { directory, file } = yield* ownFile
    const files = yield* FileSystem.FileSystem
    yield* files.makeDirectory(directory, { recursive: true, mode: 0o700 }).pipe(
      Effect.mapError(({ reason }) =>
        new Failure({ kind: "failed", message: `${directory} cannot be made (${reason._tag})` })
      )
    )
    return file
  })

/** Who only looks makes no file. */
const fileToRead = (db: Db) =>
  Effect.gen(function*() {
    const file = Option.isSome(db) ? yield* named(db.value) : (yield* ownFile).file
    const isThere = yield* Effect.orElseSucceed(
      Effect.flatMap(FileSystem.FileSystem, (files) => files.exists(file)),
      () => false
    )
    if (!isThere) {
      return yield* new Failure({ kind: "not-found", message: `there are no jobs in ${file}`, hint: whichDb })
    }
    return file
  })

const whichDb = "--db says where to look"

const named = (db: string): Effect.Effect<string, Failure> =>
  /^[a-z]+:\/\//i.test(db)
    ? Effect.fail(
      new Failure({
        kind: "usage",
        message: "--db takes a file of SQLite only",
        hint: "a program with @sunco/bulk has its jobs in PostgreSQL"
      })
    )
    : Effect.succeed(db)

/** What the work on rows warns of, in words of this command; a bar is drawn again after it. */
const warnings = Logger.layer([
  Logger.make(({ logLevel, message }) => {
    if (logLevel !== "Warn" && logLevel !== "Error" && logLevel !== "Fatal") return
    const text = Array.isArray(message) ? message.map(String).join(" ") : String(message)
    Effect.runFork(JobProgress.warn(text))
  })
])

const jobsIn = (filename: string): Layer.Layer<Bulk | SqlClient, BulkError, Sunshine> =>
  Layer.provideMerge(
    Bulk.layer(),
    SqliteClient.layer({ filename }).pipe(
      Layer.catchTag("SqlError", (error) => Layer.effectContext(new StoreUnavailable({ cause: Redacted.make(error) })))
    )
  )

const useFile = (filename: string) => <A, R>(command: Effect.Effect<A, BulkError | ClientFailure, R>) =>
  command.pipe(
    Effect.provide(jobsIn(filename)),
    Effect.mapError(failureIn(filename)),
    Effect.provide(warnings),
    Account.use(Layer.empty)
  )

/** Runs a command that starts jobs or works on them. */
export const use = (db: Db) => <A, R>(command: Effect.Effect<A, BulkError | ClientFailure, R>) =>
  Effect.flatMap(fileToWrite(db), (file) => useFile(file)(command))

/** Runs a command about a job that is there. */
export const look = (db: Db) => <A, R>(command: Effect.Effect<A, BulkError | ClientFailure, R>) =>
  Effect.flatMap(fileToRead(db), (file) => useFile(file)(command))

/** Runs a command whose jobs nobody keeps: what is planned is not begun. */
export const inMemory = useFile(":memory:")

const remedies: { readonly [Reason in BlockReason]: string } = {
  Unauthorized: "the key or its secret is wrong, or was revoked",
  Forbidden: "the key is of another app, or of a scope that does not reach this",
  AppNotFound: "see the id of the app, and whether the server is that of its region",
  CredentialsUnavailable: "the credentials could not be had",
  InputChanged: "the file is not what it was when the job was planned",
  InputUnreadable: "the file is not where it was when the job was planned",
  OutputUnwritable: "see whether there is room, and who may write there",
  TooManyFailures: "more than half of the last 200 rows failed: see `sunco bulk report`"
}

/** Says what is wrong with a job. */
const failureIn = (filename: string) => (error: BulkError | ClientFailure): ClientFailure => {
  switch (error._tag) {
    case "InputError":
      return new Failure({ kind: "usage", message: error.message, hint: "nothing was sent" })
    case "InvalidOptions":
      return new Failure({
        kind: "usage",
        message: error.problems.map(({ option, problem }) => `--${flagOf(option)} ${problem}`).join("; "),
        hint: "nothing was sent"
      })
    case "JobConflict":
      return new Failure({
        kind: "usage",
        message: error.message,
        hint: `\`sunco bulk resume ${error.job}\` goes on with what was planned`
      })
    case "JobNotFound":
      return new Failure({ kind: "not-found", message: `${error.message} in ${filename}`, hint: whichDb })
    case "JobBlocked":
      return new Failure({
        kind: "blocked",
        message: error.message,
        hint: `${remedies[error.reason]}; then \`sunco bulk resume ${error.job}\``
      })
    case "OutputError":
    case "WrongState":
      return new Failure({ kind: "failed", message: error.message })
    case "StoreUnavailable":
      return new Failure({
        kind: "failed",
        message: `the jobs in ${filename} cannot be reached`,
        hint: "see whether its directory is there, who may write there, and whether it is such a file"
      })
    default:
      return error
  }
}

const flagOf = (option: string): string => option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
