import { assert, describe, it } from "@effect/vitest"
import { Bulk, BulkWorker, Input } from "@sunco/bulk"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { layerNoWorker, rowsOf } from "./Jobs.ts"

/** What a caller gives whom no compiler has looked at. */
const unchecked = (value: unknown) => value as never

const kinds = {
  importUsers: { mode: "create" },
  updateUsers: {},
  eraseUsers: { how: "delete", requestedBy: "privacy@example.com" },
  exportUsers: { to: "users.ndjson" }
}

type Starts = keyof typeof kinds

/** Why a job is not started. */
const refusalOf = (starts: Starts, options: unknown) =>
  Effect.flatMap(Bulk, (bulk) => {
    const start: (options: never) => Effect.Effect<unknown, { readonly _tag: string; readonly message: string }> =
      bulk[starts]
    return Effect.map(Effect.flip(start(unchecked(options))), ({ _tag, message }) => {
      assert.strictEqual(_tag, "InvalidOptions")
      return message
    })
  })

const ofEveryJob: ReadonlyArray<readonly [options: object, message: string]> = [
  [{ input: undefined }, "input must be an Input, such as Input.ndjsonFile(path)"],
  [{ input: {} }, "input must be an Input, such as Input.ndjsonFile(path)"],
  [{ input: "users.ndjson" }, "input must be an Input, such as Input.ndjsonFile(path)"],
  [{ input: Input.ndjsonFile(unchecked(undefined)) }, "input.path must be the path of a file"],
  [
    { input: Input.ids("ids.txt", unchecked({ staged: "yes", maxRowBytes: NaN })) },
    "input.maxRowBytes must be a whole number above zero; input.staged must be true or false"
  ],
  [
    { input: Input.csvFile("users.csv", unchecked({ colums: {} })) },
    "input.colums is no such option: did you mean columns?"
  ],
  [
    { input: Input.csvFile("users.csv", unchecked({ columns: { a: { field: "b", as: "numbers" } }, delimiter: 5 })) },
    "input.columns must be names of fields, null, or a field and how it is read (as); input.delimiter must be text"
  ],
  [{ input: Input.ndjsonFile("users.ndjson", unchecked(null)) }, "input.options must be an object"],
  [{ input: Input.stream(unchecked([{ externalId: "ada" }])) }, "input.rows must be a Stream"],
  [{ job: undefined }, "job must be 1 to 100 letters, digits and ._:-"],
  [{ chunkRows: 0.5 }, "chunkRows must be a whole number from 1 to 5000"],
  [{ chunkRow: 3 }, "chunkRow is no such option: did you mean chunkRows?"],
  [{ dupliactes: "last" }, "dupliactes is no such option: did you mean duplicates?"],
  [{ "ada@example.com": true }, "options must be an object of known options only"],
  [{ duplicates: "first" }, "duplicates must be one of refuse, last"],
  [{ includeIds: "yes" }, "includeIds must be true or false"],
  [{ paused: 1 }, "paused must be true or false"],
  [{ rate: 5 }, "rate must have a limit and a window above zero"],
  [{ rate: null }, "rate must have a limit and a window above zero"],
  [{ rate: { limit: "5", window: "1 second" } }, "rate must have a limit and a window above zero"],
  [{ rate: { limit: 5, window: {} } }, "rate must have a limit and a window above zero"],
  [{ rate: { limit: 5, window: { second: 1 } } }, "rate must have a limit and a window above zero"],
  [{ rate: { limit: 5, window: NaN } }, "rate must have a limit and a window above zero"],
  [{ rate: { limit: 1e-300, window: 1 } }, "rate must let a request a day through, or more"],
  [{ rate: { limit: 1, window: "25 hours" } }, "rate must let a request a day through, or more"],
  [{ rate: { limit: 1, window: "1 second", burst: 5 } }, "rate.burst is no such option"],
  [
    {
      get includeIds() {
        throw new Error()
      }
    },
    "options must be readable"
  ]
]

const ofOne: ReadonlyArray<readonly [starts: Starts, options: object, message: string]> = [
  ["importUsers", { mode: undefined }, "mode must be one of create, upsert, getOrCreate"],
  ["importUsers", { externalIdFrom: "profile.email" }, "externalIdFrom must be an object"],
  ["importUsers", { externalIdFrom: {} }, "externalIdFrom.field must be text"],
  [
    "importUsers",
    { externalIdFrom: { field: "profile.email", hash: "yes" } },
    "externalIdFrom.hash must be true or false"
  ],
  [
    "importUsers",
    { externalIdFrom: { field: "profile.email", hahs: true } },
    "externalIdFrom.hahs is no such option: did you mean hash?"
  ],
  ["importUsers", { strict: true }, "strict is no such option"],
  ["updateUsers", { strict: "no" }, "strict must be true or false"],
  ["eraseUsers", { how: undefined }, "how must be one of delete, personalInformation"],
  ["eraseUsers", { requestedBy: 7 }, "requestedBy must say who has asked for it"],
  ["exportUsers", { to: undefined }, "to must be the path of a file"]
]

describe("a job is not started", () => {
  it.effect.each(Object.entries(kinds))(
    "with what means nothing to any: %s",
    ([starts, options]) =>
      Effect.gen(function*() {
        for (const [given, message] of ofEveryJob) {
          const all = Object.defineProperties({ job: "j", input: rowsOf(), ...options }, {
            ...Object.getOwnPropertyDescriptors(given)
          })
          assert.strictEqual(yield* refusalOf(starts as Starts, all), message)
        }
        for (const given of [undefined, null, "j", []]) {
          assert.strictEqual(yield* refusalOf(starts as Starts, given), "options must be an object")
        }
      }).pipe(Effect.provide(layerNoWorker()))
  )

  it.effect("with what means nothing to its kind", () =>
    Effect.gen(function*() {
      for (const [starts, given, message] of ofOne) {
        const all = { job: "j", input: rowsOf(), ...kinds[starts], ...given }
        assert.strictEqual(yield* refusalOf(starts, all), message)
      }
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("and is, with each that means something", () =>
    Effect.gen(function*() {
      const { importUsers, updateUsers } = yield* Bulk
      const windows = [86_400_000, "1 minute", { seconds: 1 }, [1, 0], Duration.millis(1), 5n] as const
      for (const [n, window] of windows.entries()) {
        yield* importUsers({
          job: `j-${n}`,
          mode: "upsert",
          input: Input.stream(Stream.empty, { maxRowBytes: 100 }),
          rate: { limit: 1, window },
          chunkRows: 5000,
          duplicates: "last",
          includeIds: true,
          externalIdFrom: { field: "profile.email", hash: true }
        })
      }
      yield* updateUsers({ job: "updates", input: rowsOf(), strict: undefined, rate: undefined })
    }).pipe(Effect.provide(layerNoWorker())))
})

const workers: ReadonlyArray<readonly [options: unknown, message: string]> = [
  [null, "options must be an object"],
  [{ chunks: 0 }, "chunks must be a whole number above zero"],
  [{ inFlight: "8" }, "inFlight must be a whole number above zero"],
  ...["soon", NaN, null, {}, { second: 30 }, "1 second", Infinity, -5, true].map((lease) =>
    [{ lease }, "lease must be a finite length of time of 2 seconds or more, such as \"5 seconds\""] as const
  ),
  ...["x", NaN, null, {}, 0, -1, Infinity].map((pollInterval) =>
    [{ pollInterval }, "pollInterval must be a finite length of time above zero, such as \"5 seconds\""] as const
  ),
  ...["x", NaN, null, {}, Infinity, -5].map((retryDelay) =>
    [{ retryDelay }, "retryDelay must be a finite length of time, such as \"5 seconds\""] as const
  ),
  [{ inflight: 8 }, "inflight is no such option: did you mean inFlight?"]
]

const sqlite: ReadonlyArray<readonly [options: unknown, message: string]> = [
  [undefined, "options must be an object"],
  [{}, "filename must be text"],
  [{ filename: "" }, "filename must be text"],
  [{ fileName: ":memory:" }, "filename must be text; fileName is no such option: did you mean filename?"],
  [{ filename: ":memory:", busyTimeoutMillis: 0.5 }, "busyTimeoutMillis must be a whole number of milliseconds"],
  [{ filename: ":memory:", chunks: 0 }, "chunks must be a whole number above zero"]
]

describe("nobody works", () => {
  it.effect("with what means nothing", () =>
    Effect.gen(function*() {
      const refused = <A, R>(layer: Layer.Layer<A, { readonly _tag: string; readonly message: string }, R>) =>
        Effect.map(Effect.flip(Effect.scoped(Layer.build(layer))), ({ _tag, message }) => {
          assert.strictEqual(_tag, "InvalidOptions")
          return message
        })
      for (const [options, message] of workers) {
        assert.strictEqual(yield* refused(BulkWorker.layer(unchecked(options))), message)
        assert.strictEqual(yield* refused(Layer.fresh(Bulk.layer(unchecked(options)))), message)
      }
      for (const [options, message] of sqlite) {
        assert.strictEqual(yield* refused(Bulk.layerSqlite(unchecked(options))), message)
      }
    }).pipe(Effect.provide(layerNoWorker())))

  it.effect("and does, with each that means something", () =>
    Effect.asVoid(Effect.scoped(Layer.build(Bulk.layerSqlite({
      filename: ":memory:",
      busyTimeoutMillis: 0,
      chunks: 1,
      inFlight: 1,
      lease: { seconds: 2 },
      pollInterval: 1,
      retryDelay: 0
    })))).pipe(Effect.provide(layerNoWorker())))
})
