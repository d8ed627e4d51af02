import {
  Bulk,
  type BulkError,
  BulkWorker,
  type Chunk,
  type EraseOptions,
  type ExportOptions,
  type ImportOptions,
  Input,
  type InputError,
  type InvalidOptions,
  type Job,
  type JobBlocked,
  type JobConflict,
  type JobNotFound,
  type Outcome,
  type OutcomeName,
  outcomesInCsv,
  outcomesInNdjson,
  type OutputError,
  type Progress,
  type Report,
  SqliteClient,
  type StartError,
  type StoreUnavailable,
  type UpdateOptions,
  type WrongState
} from "@sunco/bulk"
import type { Evidence } from "@sunco/bulk/Evidence"
import type { Sunshine } from "@sunco/client"
import type * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import type { SqlClient } from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import { describe, expect, test } from "tstyche"

declare const bulk: Bulk["Service"]
declare const job: Job

const input = Input.ndjsonFile("users.ndjson")

describe("what starts a job", () => {
  test("gives the job, fails with what may be wrong before anything is sent, and needs nothing more", () => {
    expect(bulk.importUsers).type.toBe<(options: ImportOptions) => Effect.Effect<Job, StartError>>()
    expect(bulk.updateUsers).type.toBe<(options: UpdateOptions) => Effect.Effect<Job, StartError>>()
    expect(bulk.eraseUsers).type.toBe<(options: EraseOptions) => Effect.Effect<Job, StartError>>()
    expect(bulk.exportUsers).type.toBe<(options: ExportOptions) => Effect.Effect<Job, StartError>>()
    expect<StartError>().type.toBe<InputError | InvalidOptions | JobConflict | OutputError | StoreUnavailable>()
    expect<BulkError>().type.toBe<
      | InputError
      | InvalidOptions
      | JobBlocked
      | JobConflict
      | JobNotFound
      | OutputError
      | StoreUnavailable
      | WrongState
    >()
  })

  test("takes a name and an input, and nothing that is mistyped", () => {
    const options = { job: "crm", input, mode: "create" } as const
    expect(bulk.importUsers).type.toBeCallableWith(options)
    expect(bulk.importUsers).type.toBeCallableWith({ ...options, chunkRows: undefined, rate: undefined })
    expect(bulk.importUsers).type.toBeCallableWith({ ...options, rate: { limit: 600, window: "1 minute" } })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...options, rate: 600 })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...options, rate: { limit: 600 } })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...options, rate: { limit: 600, window: "1 fortnight" } })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...options, duplicates: "first" })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...options, chunkSize: 100 })
    expect(bulk.importUsers).type.not.toBeCallableWith({ job: "crm", mode: "create" })
    expect(bulk.importUsers).type.not.toBeCallableWith({ input, mode: "create" })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...options, input: "users.ndjson" })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...options, input: Stream.make({ externalId: "crm-1" }) })
  })

  test("takes no option of another kind", () => {
    const start = { job: "crm", input }
    expect(bulk.importUsers).type.not.toBeCallableWith(start)
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...start, mode: "replace" })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...start, mode: "create", strict: true })
    expect(bulk.importUsers).type.not.toBeCallableWith({ ...start, mode: "create", externalIdFrom: "profile.email" })
    expect(bulk.importUsers).type.toBeCallableWith({
      ...start,
      mode: "create",
      externalIdFrom: { field: "profile.email", hash: true }
    })
    expect(bulk.updateUsers).type.toBeCallableWith(start)
    expect(bulk.updateUsers).type.not.toBeCallableWith({ ...start, mode: "upsert" })
    expect(bulk.eraseUsers).type.toBeCallableWith({ ...start, how: "personalInformation", requestedBy: "legal" })
    expect(bulk.eraseUsers).type.not.toBeCallableWith({ ...start, how: "personal-information", requestedBy: "legal" })
    // An erasure of which nobody knows who has asked for it is no evidence.
    expect(bulk.eraseUsers).type.not.toBeCallableWith({ ...start, how: "delete" })
    expect(bulk.exportUsers).type.toBeCallableWith({ ...start, to: "users.ndjson" })
    expect(bulk.exportUsers).type.not.toBeCallableWith(start)
  })
})

describe("what there is", () => {
  test("is looked at by name, or all of it", () => {
    expect(bulk.job).type.toBe<(id: string) => Effect.Effect<Job, JobNotFound | StoreUnavailable>>()
    expect(bulk.jobs).type.toBe<Stream.Stream<Progress, StoreUnavailable>>()
    expect(bulk.userRemoved).type.toBe<(userId: string) => Effect.Effect<number, StoreUnavailable>>()
  })

  test("is for engines of others in data that JSON has", () => {
    expect(bulk.chunks).type.toBe<
      (job: string) => Effect.Effect<ReadonlyArray<Chunk>, JobNotFound | StoreUnavailable>
    >()
    expect(bulk.runChunk).type.toBe<(chunk: Chunk) => Effect.Effect<boolean, StoreUnavailable>>()
    expect<{ readonly job: string; readonly no: number; readonly round: number }>().type.toBeAssignableTo<Chunk>()
  })
})

describe("a job", () => {
  test("is looked at", () => {
    expect(job.status).type.toBe<Effect.Effect<Progress, JobNotFound | StoreUnavailable>>()
    expect(job.progress).type.toBe<Stream.Stream<Progress, JobNotFound | StoreUnavailable>>()
    expect(job.outcomes).type.toBe<Stream.Stream<Outcome, JobNotFound | StoreUnavailable>>()
    expect(job.evidence).type.toBe<Stream.Stream<Evidence, JobNotFound | StoreUnavailable>>()
  })

  test("is waited for: that it is blocked is a failure, and that rows have failed is none", () => {
    expect(job.finished).type.toBe<
      Effect.Effect<Report, JobBlocked | JobNotFound | OutputError | StoreUnavailable>
    >()
    expect<Report["state"]>().type.toBe<"finished" | "cancelled">()
    expect<keyof Report["outcomes"]>().type.toBe<OutcomeName>()
  })

  test("is told what to do", () => {
    type Told<A, E = never> = Effect.Effect<A, E | JobNotFound | StoreUnavailable | WrongState>
    expect(job.pause).type.toBe<Told<void>>()
    expect(job.resume).type.toBe<Told<void, InputError | OutputError>>()
    expect(job.cancel).type.toBe<Told<void>>()
    expect(job.retryFailed).type.toBe<Told<number>>()
    expect(job.purge).type.toBe<Told<void, OutputError>>()
  })
})

describe("the layers", () => {
  test("need the client, and a database unless they have their own", () => {
    expect(Bulk.layer()).type.toBe<Layer.Layer<Bulk, InvalidOptions | StoreUnavailable, SqlClient | Sunshine>>()
    expect(Bulk.layerSqlite({ filename: "jobs.db" })).type.toBe<
      Layer.Layer<Bulk, InvalidOptions | StoreUnavailable, Sunshine>
    >()
    expect(BulkWorker.layer()).type.toBe<
      Layer.Layer<never, InvalidOptions | StoreUnavailable, SqlClient | Sunshine>
    >()
    expect(SqliteClient.layer({ filename: "jobs.db" })).type.toBe<Layer.Layer<SqlClient, SqlError>>()
  })

  test("take how much at once where they work, and no more where they only run what they are given", () => {
    expect(Bulk.layer).type.toBeCallableWith({ inFlight: 8, lease: "10 seconds", retryDelay: "1 second" })
    expect(Bulk.layer).type.not.toBeCallableWith({ chunks: 4 })
    expect(BulkWorker.layer).type.toBeCallableWith({ chunks: 4, inFlight: 8, pollInterval: "200 millis" })
    expect(BulkWorker.layer).type.not.toBeCallableWith({ concurrency: 8 })
    expect(BulkWorker.layer).type.not.toBeCallableWith({ lease: "soon" })
    expect(Bulk.layerSqlite).type.not.toBeCallableWith({ chunks: 4 })
  })
})

describe("an input", () => {
  test("is of a file, or of rows", () => {
    expect(Input.ids("ids.txt", { staged: true })).type.toBe<Input.Input>()
    expect(Input.stream(Stream.make({ externalId: "crm-1" }), { maxRowBytes: 1000 })).type.toBe<Input.Input>()
    // What is read once is always kept.
    expect(Input.stream).type.not.toBeCallableWith(Stream.make({ externalId: "crm-1" }), { staged: false })
    expect(Input.stream).type.not.toBeCallableWith([{ externalId: "crm-1" }])
    expect(Input.ndjsonFile).type.not.toBeCallableWith("users.ndjson", { delimiter: ";" })
    expect(Input.ids).type.not.toBeCallableWith("ids.txt", { columns: ["id"] })
  })

  test("of CSV says which field a column is", () => {
    expect(Input.csvFile).type.toBeCallableWith("crm.csv", {
      columns: { No: "externalId", Seats: { field: "metadata.seats", as: "number" }, Notes: null }
    })
    expect(Input.csvFile).type.toBeCallableWith("crm.csv", { columns: ["externalId", null], delimiter: ";" })
    expect(Input.csvFile).type.not.toBeCallableWith("crm.csv", {
      columns: { Seats: { field: "metadata.seats", as: "date" } }
    })
    expect(Input.csvFile).type.not.toBeCallableWith("crm.csv", { columns: { Seats: 3 } })
  })
})

describe("outcomes as text", () => {
  test("fail and need what the outcomes do", () => {
    expect(outcomesInCsv(job.outcomes)).type.toBe<Stream.Stream<string, JobNotFound | StoreUnavailable>>()
    expect(outcomesInNdjson(job.outcomes)).type.toBe<Stream.Stream<string, JobNotFound | StoreUnavailable>>()
    expect(outcomesInCsv).type.not.toBeCallableWith(job.progress)
  })
})
