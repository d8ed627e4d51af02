import type { ChunkSource } from "../ChunkSource.ts"

/** Under which an input has what jobs read. */
export const TypeId = "~@sunco/bulk/Input"

/** An input as those see it who make one. */
export interface Opaque {
  readonly [TypeId]: unknown
}

export const make = (source: ChunkSource): Opaque => ({ [TypeId]: source })

/** What jobs read. Nobody else can make one. */
export const sourceOf = (input: Opaque): ChunkSource => input[TypeId] as ChunkSource
