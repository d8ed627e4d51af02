/**
 * Pact files, as far as this package and whoever checks their completeness needs to read them.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Internal from "./internal/pactFiles.ts"

const Name = Schema.Struct({ name: Schema.NonEmptyString })

/**
 * One interaction of a pact file; a message has neither request nor response.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Entry = Schema.Struct({
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
 * A pact file of any version of the specification.
 *
 * @category schemas
 * @since 0.1.0
 */
export const PactFile = Schema.Struct({
  consumer: Name,
  provider: Name,
  interactions: Schema.Array(Entry).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  messages: Schema.Array(Entry).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

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
export class InvalidPact extends Schema.TaggedError<InvalidPact>()("InvalidPact", {
  file: Schema.String,
  problem: Schema.String
}) {
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
 * Reads pact files; of a directory, every file in it that ends in `.json`. Fails with `InvalidPact`, also for a
 * directory without any.
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
