/** The profiles: settings of accounts by name, in a file that only its owner can read. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as UserDirectories from "effect/persistence/UserDirectories"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import { Failure } from "./Failure.ts"
import { hasModes } from "./internal/streams.ts"
import * as Output from "./Output.ts"
import { escaped } from "./Text.ts"

/** What another release has written is kept. */
const rest = [Schema.Record(Schema.String, Schema.Unknown)] as const

const text = Schema.optionalKey(Schema.NonEmptyString)

const ProfileSchema = Schema.StructWithRest(
  Schema.Struct({
    appId: text,
    subdomain: text,
    baseUrl: text,
    keyId: text,
    secret: text,
    token: text,
    credentialsCommand: text
  }),
  rest
)

/** Settings of an account. */
export type Profile = typeof ProfileSchema.Type

const FileSchema = Schema.fromJsonString(
  Schema.StructWithRest(
    Schema.Struct({ default: text, profiles: Schema.Record(Schema.String, ProfileSchema) }),
    rest
  )
)

/** All profiles, and the name of the one that is used where none is named. */
export type Profiles = typeof FileSchema.Type

const none: Profiles = { profiles: {} }

/** Where the file is, or would be. */
export const file = Effect.gen(function*() {
  const directory = yield* UserDirectories.make().config("sunco")
  return (yield* Path.Path).join(directory, "profiles.json")
}).pipe(
  Effect.mapError(() =>
    new Failure({ kind: "credentials", message: "there is no place for profiles: there is no home directory" })
  )
)

/** What is in the file; one that is not there has nothing. Whoever else can read it is told of. */
export const read = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  const path = yield* file
  const content = yield* files.readFileString(path).pipe(
    Effect.catch(({ reason }) =>
      reason._tag === "NotFound"
        ? Effect.succeed(undefined)
        : Effect.fail(unreadable(path, `it cannot be read (${reason._tag})`))
    )
  )
  if (content === undefined) return none
  const { mode } = yield* Effect.mapError(files.stat(path), () => unreadable(path, "it cannot be read"))
  if (hasModes && (mode & 0o077) !== 0) {
    yield* Output.warn(`others can read ${path}: chmod 600 ${path}`)
  }
  // The issue would name values.
  return yield* Effect.mapError(
    Schema.decodeEffect(FileSchema)(content),
    () => unreadable(path, "it is not what `sunco login` writes")
  )
})

const unreadable = (path: string, problem: string): Failure =>
  new Failure({ kind: "credentials", message: `${path}: ${problem}` })

/** Whoever changes the profiles has them for some milliseconds; a lock that is older is of a process that was killed. */
const lockMillis = 10_000

/** One process at a time, as each puts a whole file in the place of the one that it has read. */
const locked = (lock: string) =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const made = files.makeDirectory(lock, { mode: 0o700 }).pipe(
      Effect.tapError(({ reason }) =>
        reason._tag !== "AlreadyExists" ? Effect.void : Effect.ignore(Effect.gen(function*() {
          const since = Option.getOrUndefined((yield* files.stat(lock)).mtime)
          const now = yield* Clock.currentTimeMillis
          if (since !== undefined && now - since.getTime() > lockMillis) yield* files.remove(lock, { recursive: true })
        }))
      ),
      Effect.retry({
        while: ({ reason }) => reason._tag === "AlreadyExists",
        schedule: Schedule.spaced("50 millis"),
        times: 2 * lockMillis / 50
      })
    )
    yield* Effect.acquireRelease(made, () => Effect.ignore(files.remove(lock, { recursive: true })))
  })

const leftovers = ".profiles-"

/**
 * Puts others in the place of the profiles that are there, whole or not at all: written beside, and renamed. Nobody else changes them
 * meanwhile.
 */
export const change = (changed: (profiles: Profiles) => Effect.Effect<Profiles, Failure>) =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const wanted = yield* file
    yield* files.makeDirectory(path.dirname(wanted), { recursive: true, mode: 0o700 })
    // Where it is a link, what it leads to is what is meant.
    const target = yield* Effect.orElseSucceed(files.realPath(wanted), () => wanted)
    const place = path.dirname(target)
    yield* locked(path.join(place, `${leftovers}lock`))
    // Of a process that was killed as it wrote: secrets are in it.
    for (const name of yield* files.readDirectory(place)) {
      if (name.startsWith(leftovers) && name !== `${leftovers}lock`) {
        yield* files.remove(path.join(place, name), { recursive: true })
      }
    }
    const profiles = yield* changed(yield* read)
    const content = yield* Schema.encodeEffect(FileSchema)(profiles)
    const pretty = `${JSON.stringify(JSON.parse(content), undefined, 2)}\n`
    const directory = yield* files.makeTempDirectoryScoped({ directory: place, prefix: leftovers })
    const beside = path.join(directory, "profiles.json")
    yield* files.writeFileString(beside, pretty, { mode: 0o600, flag: "wx" })
    yield* files.rename(beside, target)
    return profiles
  }).pipe(
    Effect.scoped,
    Effect.catchTag("PlatformError", (error) =>
      Effect.fail(
        new Failure({
          kind: "failed",
          message: `the profiles cannot be written: ${codeOf(error.reason)}`,
          hint: "what was there is as it was"
        })
      )),
    Effect.catchTag("SchemaError", () =>
      Effect.fail(new Failure({ kind: "failed", message: "the profiles cannot be written" })))
  )

/** `ENOSPC` where the platform says so. */
const codeOf = (reason: { readonly _tag: string; readonly cause?: unknown }): string => {
  const { cause } = reason
  return typeof cause === "object" && cause !== null && "code" in cause ? escaped(String(cause.code)) : reason._tag
}
