import type { KeyFrom } from "../ChunkSource.ts"
import type { EraseHow } from "./eraseRow.ts"
import type { ImportMode } from "./importRow.ts"

/** What a job was told, as it is kept in the database: JSON, in this order of fields. */
export interface ImportJobOptions extends JobOptionsOfAll {
  readonly kind: "import"
  readonly mode: ImportMode
  readonly externalIdFrom?: KeyFrom | undefined
}

/** @internal */
export interface JobOptionsOfAll {
  /** Of those that were told it; otherwise they grow. */
  readonly chunkRows?: number | undefined
  readonly duplicates: "refuse" | "last"
  readonly includeIds: boolean
  /** Until somebody resumes it. */
  readonly paused?: true
  /** Requests a second of all workers together. */
  readonly perSecond?: number | undefined
}

/** @internal */
export interface UpdateJobOptions extends JobOptionsOfAll {
  readonly kind: "update"
  readonly strict: boolean
}

/** @internal */
export interface EraseJobOptions extends JobOptionsOfAll {
  readonly kind: "erase"
  readonly how: EraseHow
  readonly requestedBy: string
}

/** @internal */
export interface ExportJobOptions extends JobOptionsOfAll {
  readonly kind: "export"
  /** Absolute, so that it is the same file from wherever a worker was started. */
  readonly to: string
}

/** @internal */
export type JobOptions = ExportJobOptions | ImportJobOptions | UpdateJobOptions | EraseJobOptions
