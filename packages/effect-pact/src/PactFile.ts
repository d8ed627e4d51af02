/**
 * Pact files, as far as this package and whoever checks their completeness needs to read them.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as FileName from "./internal/pactFileName.ts"
import * as Internal from "./internal/pactFiles.ts"
import * as NormalForm from "./internal/pactFileSchema.ts"
import { readable } from "./internal/readableError.ts"

const Name = Schema.Struct({ name: Schema.NonEmptyString })

/**
 * One interaction of a pact file, or one message, which has neither request nor response here: what is in messages is
 * not read.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Entry = Schema.Struct({
  type: Schema.Literals(NormalForm.types),
  description: Schema.NonEmptyString,
  providerStates: Schema.optionalKey(Schema.Array(Schema.Struct({
    name: Schema.String,
    params: Schema.optionalKey(Schema.Record(Schema.String, Schema.Json))
  }))),
  request: Schema.optionalKey(Schema.Struct({
    method: Schema.optionalKey(Schema.String),
    path: Schema.optionalKey(Schema.String)
  })),
  response: Schema.optionalKey(Schema.Struct({ status: Schema.optionalKey(Schema.Int) }))
})

/**
 * An interaction of a type that this package does not know, as a later version of the specification may have it: where
 * it is in the file (`$.interactions[2]`), and what it says it is.
 *
 * @category schemas
 * @since 0.1.0
 */
export const LeftOut = Schema.Struct({
  path: Schema.String,
  type: Schema.String,
  description: Schema.optionalKey(Schema.String)
})

/**
 * A pact file of any version of the specification, by any writer.
 *
 * **Details**
 *
 * Version 4 has all in `interactions`, version 3 its messages in `messages`; `type` says what an entry is in every
 * version. `leftOut` has the interactions that could not be read because their type is unknown. Fields of plugins, and
 * other fields that nothing here needs, are passed over; `null` is taken for absent.
 *
 * @category schemas
 * @since 0.1.0
 */
export const PactFile = Schema.Unknown.pipe(Schema.decodeTo(
  Schema.Struct({
    consumer: Name,
    provider: Name,
    interactions: Schema.Array(Entry),
    messages: Schema.Array(Entry),
    leftOut: Schema.Array(LeftOut)
  }),
  {
    decode: SchemaGetter.transform(NormalForm.normalForm),
    encode: SchemaGetter.passthrough({ strict: false })
  }
))

/**
 * What a pact file says.
 *
 * @category models
 * @since 0.1.0
 */
export interface PactFile extends Schema.Schema.Type<typeof PactFile> {}

/**
 * A pact file that is not there, that cannot be read, or that is no pact.
 *
 * @category errors
 * @since 0.1.0
 */
export class InvalidPact extends readable(
  Schema.TaggedError<InvalidPact>()("InvalidPact", {
    file: Schema.String,
    problem: Schema.String
  })
) {
  override get message(): string {
    return `${this.file}: ${this.problem}`
  }
}

/**
 * A pact file and where it was.
 *
 * @category models
 * @since 0.1.0
 */
export interface Located {
  readonly file: string
  readonly pact: PactFile
}

/**
 * The name of the file that `Pact` writes for a consumer and a provider: `<consumer>-<provider>.json`, with each of
 * `/ \\ : * ? " < > | [ ] { } %` as `%` and two hexadecimal digits, so that it is one name in one directory.
 *
 * **Example** (A name with a scope)
 *
 * ```ts
 * import * as PactFile from "effect-pact/PactFile"
 *
 * console.log(PactFile.fileName({ consumer: "@acme/web", provider: "users" }))
 * // @acme%2Fweb-users.json
 * ```
 *
 * @category getters
 * @since 0.1.0
 */
export const fileName = (names: { readonly consumer: string; readonly provider: string }): string =>
  FileName.fileName(names)

/**
 * Reads pact files; of a directory, every file in it that ends in `.json`. Fails with `InvalidPact`, also for a
 * directory without any. Look at `leftOut` of each before you take its interactions for all of them.
 *
 * **Example** (What is under contract)
 *
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as PactFile from "effect-pact/PactFile"
 *
 * export const descriptions = PactFile.read(["pacts"]).pipe(
 *   Effect.map((located) => located.flatMap(({ pact }) => pact.interactions.map((entry) => entry.description)))
 * )
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const read = (paths: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<Located>, InvalidPact> =>
  Effect.forEach(paths, (path) =>
    Internal.list(path).pipe(
      Effect.flatMap((files) => files.length === 0 ? Effect.fail("there is no pact file here") : Effect.succeed(files)),
      Effect.mapError((problem) => new InvalidPact({ file: path, problem })),
      Effect.flatMap(Effect.forEach((file) =>
        Internal.readText(file).pipe(
          Effect.flatMap((text) =>
            Effect.mapError(Schema.decodeUnknownEffect(Schema.fromJsonString(PactFile))(text), (error) => error.message)
          ),
          Effect.mapBoth({
            onSuccess: (pact): Located => ({ file, pact }),
            onFailure: (problem) => new InvalidPact({ file, problem })
          })
        )
      ))
    )).pipe(Effect.map((located) => located.flat()))
