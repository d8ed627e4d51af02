import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { InputError } from "../../InputError.ts"
import type { ChunkSource } from "../ChunkSource.ts"
import type { Problem } from "../optionChecks.ts"
import { chunkSource } from "./chunkSource.ts"
import { DescriptionJson } from "./description.ts"
import { wholeFile } from "./file.ts"

/** Under which an input has what jobs read. */
export const TypeId = "~@sunco/bulk/Input"

/** An input as those see it who make one. */
export interface Opaque {
  readonly [TypeId]: unknown
}

export const make = (source: ChunkSource): Opaque => ({ [TypeId]: source })

/** Of options that mean nothing: what is wrong is said where a job is started, as an input is made where nothing can fail. */
class Invalid {
  readonly problems: ReadonlyArray<Problem>

  constructor(problems: ReadonlyArray<Problem>) {
    this.problems = problems
  }
}

export const makeInvalid = (problems: ReadonlyArray<Problem>): Opaque => ({ [TypeId]: new Invalid(problems) })

export const isInput = (value: unknown): value is Opaque =>
  typeof value === "object" && value !== null && Object.hasOwn(value, TypeId)

/** As those of the option that the input is. */
export const problemsOfInput = ({ [TypeId]: source }: Opaque, option: string): ReadonlyArray<Problem> =>
  source instanceof Invalid
    ? source.problems.map(({ option: name, problem }) => ({ option: `${option}.${name}`, problem }))
    : []

/** What jobs read. Nobody else can make one. */
export const sourceOf = (input: Opaque): ChunkSource => input[TypeId] as ChunkSource

/** What another process makes of a description. */
export const fromDescription = (json: string): Effect.Effect<ChunkSource, InputError> =>
  Schema.decodeEffect(DescriptionJson)(json).pipe(
    Effect.mapError(() =>
      new InputError({ kind: "Unreadable", problem: "the input was described by another version of @sunco/bulk" })
    ),
    Effect.map((description) => chunkSource(description, blocksOfPath(description.path)))
  )

export const blocksOfPath = (path: string | undefined): Stream.Stream<Buffer, InputError> =>
  path === undefined
    ? Stream.fail(
      new InputError({ kind: "Unreadable", problem: "the rows of a stream are only in the process that has it" })
    )
    : wholeFile(path)
