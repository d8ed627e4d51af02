/** A process of its own for one import: all users of a file, as a job or by the calls alone. */
import { Bulk, Input } from "@sunco/bulk"
import { Credentials, Users } from "@sunco/client"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { createReadStream } from "node:fs"
import { createInterface } from "node:readline"

/** Of a whole run: processor time of a row in microseconds, and the largest heap after a collection, in megabytes. */
export interface Imported {
  readonly micros: number
  readonly heap: number
}

const [name, file = "", database = "", rows = "1"] = process.argv.slice(2)

const headers = { "content-type": "application/json" }
const body = JSON.stringify({ user: { id: "7494535bff5cef41a15be74d", externalId: "customer" } })
const atOnce = HttpClient.make((request) =>
  Effect.sync(() => HttpClientResponse.fromWeb(request, new Response(body, { status: 201, headers })))
)

const UsersLayer = Users.layer({ appId: "5d8cff3cd55b040010928b5b", baseUrl: "http://localhost" }).pipe(
  Layer.provide([
    Layer.succeed(HttpClient.HttpClient, atOnce),
    Credentials.layerBasic({ keyId: "app_1", secret: Redacted.make("secret") })
  ])
)

const lines = Stream.fromAsyncIterable(createInterface({ input: createReadStream(file) }), (error) => error)

const bare = Effect.gen(function*() {
  const users = yield* Users
  yield* lines.pipe(
    Stream.mapEffect((line) => users.create(JSON.parse(line)), { concurrency: 64, unordered: true }),
    Stream.runDrain
  )
}).pipe(Effect.provide(UsersLayer))

const bulk = Effect.gen(function*() {
  const { importUsers } = yield* Bulk
  const job = yield* importUsers({ job: "bench", input: Input.ndjsonFile(file), mode: "create" })
  const { outcomes } = yield* job.finished
  if (outcomes.created !== Number(rows)) throw new Error(`${JSON.stringify(outcomes)} of ${rows} rows`)
}).pipe(
  Effect.provide(Bulk.layerSqlite({ filename: database, pollInterval: "200 millis" }).pipe(Layer.provide(UsersLayer)))
)

let heap = 0
const watch = setInterval(() => {
  globalThis.gc!()
  heap = Math.max(heap, process.memoryUsage().heapUsed)
}, 2000)
const before = process.cpuUsage()
await Effect.runPromise(name === "bare" ? bare : bulk)
const { system, user } = process.cpuUsage(before)
clearInterval(watch)
globalThis.gc!()
const imported: Imported = {
  micros: (user + system) / Number(rows),
  heap: Math.max(heap, process.memoryUsage().heapUsed) / 1e6
}
process.send!(imported, () => process.exit(0))
