/** Runs the commands of `sunco bulk` on the jobs of a place, and says how a failure of one is said. */
import type { BlockReason, BulkError } from "@sunco/bulk"
import { Bulk } from "@sunco/bulk/Bulk"
import { StoreUnavailable } from "@sunco/bulk/BulkError"
import * as SqliteClient from "@sunco/bulk/SqliteClient"
import type { Sunshine } from "@sunco/client/Sunshine"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type { SqlClient } from "effect/sql/SqlClient"
import { isSqlError, type SqlError } from "effect/sql/SqlError"
import * as Account from "./Account.ts"
import { type ClientFailure, Failure } from "./Failure.ts"
import * as JobPlace from "./JobPlace.ts"
import * as JobProgress from "./JobProgress.ts"

/** What the work on rows warns of, in words of this command; a bar is drawn again after it. */
const warnings = Logger.layer([
  Logger.make(({ logLevel, message }) => {
    if (logLevel !== "Warn" && logLevel !== "Error" && logLevel !== "Fatal") return
    const text = Array.isArray(message) ? message.map(String).join(" ") : String(message)
    Effect.runFork(JobProgress.warn(text))
  })
])

const sqlOf = (place: JobPlace.Place): Layer.Layer<SqlClient, SqlError> =>
  place._tag === "File"
    ? SqliteClient.layer({ filename: place.name })
    : Layer.unwrap(
      Effect.map(Effect.promise(() => import("./PostgresStore.ts")), ({ layer }) => layer(place.settings))
    )

const jobsIn = (place: JobPlace.Place): Layer.Layer<Bulk | SqlClient, BulkError, Sunshine> =>
  Layer.provideMerge(
    Bulk.layer(),
    sqlOf(place).pipe(
      Layer.catchTag("SqlError", (error) => Layer.effectContext(new StoreUnavailable({ cause: Redacted.make(error) })))
    )
  )

const usePlace =
  (place: JobPlace.Place, db: JobPlace.Db) => <A, R>(command: Effect.Effect<A, BulkError | ClientFailure, R>) =>
    command.pipe(
      Effect.provide(jobsIn(place)),
      Effect.mapError(failureIn(place, db)),
      Effect.provide(warnings),
      Account.use(Layer.empty)
    )

/** Runs a command that starts jobs or works on them. */
export const use = (db: JobPlace.Db) => <A, R>(command: Effect.Effect<A, BulkError | ClientFailure, R>) =>
  Effect.flatMap(JobPlace.toWrite(db), (place) => usePlace(place, db)(command))

/** Runs a command about a job that is there. */
export const look = (db: JobPlace.Db) => <A, R>(command: Effect.Effect<A, BulkError | ClientFailure, R>) =>
  Effect.flatMap(JobPlace.toRead(db), (place) => usePlace(place, db)(command))

/** Runs a command whose jobs nobody keeps: what is planned is not begun. */
export const inMemory = usePlace({ _tag: "File", name: ":memory:" }, Option.none())

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
const failureIn = (place: JobPlace.Place, db: JobPlace.Db) => (error: BulkError | ClientFailure): ClientFailure => {
  switch (error._tag) {
    case "InputError":
      return new Failure({
        kind: "usage",
        message: error.message,
        hint: /\bcolumn\b/.test(error.problem)
          ? "nothing was sent; --column NAME=FIELD says which field a column is, and --column NAME= leaves it out"
          : "nothing was sent"
      })
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
        hint: `\`${JobPlace.commandFor("resume", error.job, db)}\` goes on with what was planned`
      })
    case "JobNotFound":
      return new Failure({
        kind: "not-found",
        ...(error.ofAnotherApp === undefined
          ? { message: `${error.message} in ${place.name}`, hint: JobPlace.whichDb }
          : { message: error.message, hint: "--profile, or the environment, says which app it is" })
      })
    case "JobBlocked":
      return new Failure({
        kind: "blocked",
        message: error.message,
        hint: `${remedies[error.reason]}; then \`${JobPlace.commandFor("resume", error.job, db)}\``
      })
    case "OutputError":
    case "WrongState":
      return new Failure({ kind: "failed", message: error.message })
    case "StoreUnavailable":
      return unreachable(place, Redacted.value(error.cause))
    default:
      return error
  }
}

const flagOf = (option: string): string => option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** What the database said, or the driver, if anything: it is behind the failure of what was asked. */
const sqlErrorIn = (cause: unknown): SqlError | undefined =>
  isSqlError(cause)
    ? cause
    : Predicate.hasProperty(cause, "cause")
    ? sqlErrorIn(cause.cause)
    : undefined

/** The platform's code, such as `ECONNREFUSED`, or that of PostgreSQL, such as `3D000`. */
const codeOf = (cause: unknown): string | undefined =>
  Predicate.hasProperty(cause, "code") && typeof cause.code === "string" ? cause.code : undefined

const remediesOfCode: { readonly [code: string]: string } = {
  ECONNREFUSED: "nothing listens there: see the host and the port",
  ENOTFOUND: "see the host, and the network",
  EAI_AGAIN: "see the network, and its name server",
  ENOENT: "nothing listens there: see the directory of the socket",
  SELF_SIGNED_CERT_IN_CHAIN: "NODE_EXTRA_CA_CERTS names the certificate of the authority",
  DEPTH_ZERO_SELF_SIGNED_CERT: "NODE_EXTRA_CA_CERTS names its certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "NODE_EXTRA_CA_CERTS names the certificate of the authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "the certificate is of another host",
  "3D000": "there is no such database: `createdb` makes one",
  "53300": "the server has no connection left for this",
  "57P03": "the server is starting, or going down"
}

const passwordRemedy = "see the user; PGPASSWORD says the password, or SUNCO_BULK_DB the whole URL"

const unreachable = (place: JobPlace.Place, cause: unknown): Failure => {
  const error = sqlErrorIn(cause)
  const code = codeOf(error === undefined ? cause : error.reason.cause)
  const message = `the jobs in ${place.name} cannot be reached`
  if (place._tag === "File" || error === undefined) {
    return new Failure({
      kind: "failed",
      message: code === undefined ? message : `${message} (${code})`,
      hint: "see whether its directory is there, who may write there, and whether it is such a file"
    })
  }
  switch (error.reason._tag) {
    case "AuthenticationError":
      return new Failure({
        kind: "credentials",
        message: `the database ${place.name} does not take the user or the password`,
        hint: passwordRemedy
      })
    case "AuthorizationError":
      return new Failure({
        kind: "credentials",
        message: `the user may not use the tables of the jobs in ${place.name}`,
        hint: "who starts the first job there needs the right to make tables"
      })
    default: {
      const hint = code === undefined ? undefined : remediesOfCode[code]
      return new Failure({
        kind: "failed",
        // What the driver says names its module.
        message: `${message} (${code ?? error.message.replace(/^Pg\w+: /, "")})`,
        hint: hint ?? "see the URL, the network, and the log of the server"
      })
    }
  }
}
