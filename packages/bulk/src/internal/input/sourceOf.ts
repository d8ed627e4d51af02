import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { InputError } from "../../InputError.ts"
import type { ChunkSource } from "../ChunkSource.ts"
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
