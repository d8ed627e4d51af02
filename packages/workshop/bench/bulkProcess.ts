/** A process of its own that imports all users of a file, as a job or by the calls alone, and tells what that took. */
import * as PgClient from "@effect/sql-pg/PgClient"
import { Bulk, BulkWorker, Input, SqliteClient } from "@sunco/bulk"
import { Credentials, Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"
import { appId, key } from "./credentials.ts"
import { type Sample, timed } from "./rounds.ts"

/** How a vendor is reached that is in another process. */
export interface Access {
  readonly url: string
  readonly appId: string
  readonly keyId: string
  readonly keySecret: string
}

export interface Settings {
  readonly file: string
  readonly rows: number
  /** `bare` is the calls alone, and keeps nothing. */
  readonly store: "bare" | { readonly sqlite: string } | { readonly postgres: string }
  readonly job: string
  /** `instant` is in this process and has its answer ready. */
  readonly vendor: "instant" | Access
  readonly leaseMillis: number
  /** What would disturb the other figures: the heap is collected each second, and statements are counted by a tracer. */
  readonly watch: "nothing" | "heap" | "statements"
}

/** Of a whole import. */
export interface Imported extends Sample {
  /** The most that was ever left after a collection, buffers included, in bytes; what is there at the end where nobody watches. */
  readonly heap: number
  /** Statements that write, by their texts; none where nobody counts. */
  readonly writes: number
}

const inFlight = 64

const settings: Settings = JSON.parse(process.argv[2]!)
const { file, job, leaseMillis, rows, store, vendor, watch } = settings

const headers = { "content-type": "application/json" }
const body = JSON.stringify({ user: { id: "7494535bff5cef41a15be74d", externalId: "customer" } })
const atOnce = HttpClient.make((request) =>
  Effect.sync(() => HttpClientResponse.fromWeb(request, new Response(body, { status: 201, headers })))
)

const access = vendor === "instant"
  ? { url: "http://localhost", appId, keyId: key.keyId, keySecret: key.secret }
  : vendor

const UsersLayer = Users.layer({ appId: access.appId, baseUrl: access.url }).pipe(
  Layer.provide([
    vendor === "instant" ? Layer.succeed(HttpClient.HttpClient, atOnce) : UndiciTransport.layer,
    Credentials.layerBasic({ keyId: access.keyId, secret: Redacted.make(access.keySecret) })
  ])
)

const lines = Stream.fromAsyncIterable(createInterface({ input: createReadStream(file) }), (error) => error)

const bare = Effect.gen(function*() {
  const users = yield* Users
  yield* lines.pipe(
    Stream.mapEffect((line) => users.create(JSON.parse(line)), { concurrency: inFlight, unordered: true }),
    Stream.runDrain
  )
}).pipe(Effect.provide(UsersLayer))

const worker: BulkWorker.Options = { inFlight, lease: leaseMillis, pollInterval: "200 millis" }

const SqlLayer = (kept: Exclude<Settings["store"], "bare">) =>
  "sqlite" in kept
    ? SqliteClient.layer({ filename: kept.sqlite })
    : PgClient.layer({ url: Redacted.make(kept.postgres), maxConnections: 4 })

const bulk = (kept: Exclude<Settings["store"], "bare">) =>
  Effect.gen(function*() {
    const { importUsers } = yield* Bulk
    const { finished } = yield* importUsers({ job, input: Input.ndjsonFile(file), mode: "create" })
    const { outcomes } = yield* finished
    // What another process had when it was killed is found.
    if ((outcomes.created ?? 0) + (outcomes.found ?? 0) !== rows) {
      throw new Error(`${JSON.stringify(outcomes)} of ${rows} rows`)
    }
  }).pipe(
    Effect.provide(
      Layer.merge(Bulk.layer(worker), BulkWorker.layer(worker)).pipe(
        Layer.provide(SqlLayer(kept)),
        Layer.provide(UsersLayer)
      )
    )
  )

let writes = 0

class CountingSpan extends Tracer.NativeSpan {
  override attribute(name: string, value: unknown) {
    // In PostgreSQL the queue writes in a query.
    if (name === "db.query.text" && /^\s*(WITH \w+ AS \(\s*)?(INSERT|UPDATE|DELETE)\b/.test(String(value))) writes++
  }
}

const counting = Tracer.make({ span: (options) => new CountingSpan(options) })

/** For as long programs may still be loaded, whose texts are in memory until they are read. */
const loadingMillis = 2000

let heap = 0
const collect = () => {
  if (performance.now() < loadingMillis) return
  globalThis.gc?.()
  // Buffers that the first one has found are let go of by the second.
  globalThis.gc?.()
  const { external, heapUsed } = process.memoryUsage()
  heap = Math.max(heap, heapUsed + external)
}
const watching = watch === "heap" ? setInterval(collect, 1000) : undefined

const whole = store === "bare" ? bare : bulk(store)
const sample = await timed(rows, () =>
  Effect.runPromise<void, unknown>(
    watch === "statements" ? Effect.provideService(whole, Tracer.Tracer, counting) : whole
  ))
clearInterval(watching)
collect()
const imported: Imported = { ...sample, heap, writes }
process.send!(imported, () => process.exit(0))
