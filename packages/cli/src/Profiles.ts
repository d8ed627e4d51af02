/** The profiles: settings of accounts by name, in a file that only its owner can read. */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import * as UserDirectories from "effect/persistence/UserDirectories"
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

/**
 * Puts the profiles in the place of those that are there, whole or not at all: written beside, and renamed.
 */
export const write = (profiles: Profiles) =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const wanted = yield* file
    const content = yield* Schema.encodeEffect(FileSchema)(profiles)
    const pretty = `${JSON.stringify(JSON.parse(content), undefined, 2)}\n`
    yield* files.makeDirectory(path.dirname(wanted), { recursive: true, mode: 0o700 })
    // Where it is a link, what it leads to is what is meant.
    const target = yield* Effect.orElseSucceed(files.realPath(wanted), () => wanted)
    const directory = yield* files.makeTempDirectoryScoped({ directory: path.dirname(target), prefix: ".profiles-" })
    const beside = path.join(directory, "profiles.json")
    yield* files.writeFileString(beside, pretty, { mode: 0o600, flag: "wx" })
    yield* files.rename(beside, target)
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
