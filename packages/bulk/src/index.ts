/**
 * Bulk work on users: import, update, erase and export by the million, resumable, on one machine or many.
 *
 * @since 0.1.0
 */
export {
  Bulk,
  type Chunk,
  type EraseOptions,
  type ExportOptions,
  type ImportOptions,
  type JobOptions,
  type Rate,
  type UpdateOptions
} from "./Bulk.ts"
export {
  type BlockReason,
  type BulkError,
  InvalidOptions,
  JobBlocked,
  JobConflict,
  JobNotFound,
  OutputError,
  type StartError,
  StoreUnavailable,
  WrongState
} from "./BulkError.ts"
export * as BulkWorker from "./BulkWorker.ts"
export type { Evidence } from "./Evidence.ts"
export * as Input from "./Input.ts"
export { InputError } from "./InputError.ts"
export type { Counts, Job, Kind, Progress, Report, State } from "./Job.ts"
export { type Outcome, type OutcomeName, outcomesInCsv, outcomesInNdjson } from "./Outcome.ts"
export * as SqliteClient from "./SqliteClient.ts"
export type { UpdateRow, UserAddress } from "./UserRows.ts"
