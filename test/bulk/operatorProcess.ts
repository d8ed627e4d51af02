/** A process of an operator: it starts the job, or joins it, works on it, tells how it ended, and ends. */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeRedis from "@effect/platform-node/NodeRedis"
import * as PgClient from "@effect/sql-pg/PgClient"
import { Bulk, BulkWorker, Input, type Report, SqliteClient } from "@sunco/bulk"
import { Credentials, Sunshine } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as RateLimiter from "effect/persistence/RateLimiter"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import type { Settings } from "./Operator.ts"

const settings: Settings = JSON.parse(process.argv[2]!)

const faults: ReadonlyArray<Fault.Fault> = [
  Fault.status(500),
  Fault.status(503, { applied: true }),
  Fault.rateLimited({ retryAfter: 0 }),
  Fault.htmlBody({ applied: true }),
  Fault.truncatedBody(),
  Fault.mistypedBody(),
  Fault.cutBeforeApplied,
  Fault.cutAfterApplied
]

const faulty = HttpClient.mapRequest((request) => {
  if (Math.random() >= settings.faults) return request
  const fault = faults[Math.floor(Math.random() * faults.length)]
  return HttpClientRequest.setHeader(request, Fault.header, JSON.stringify(fault))
})

const Transport = settings.faults === 0
  ? UndiciTransport.layer
  : Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, faulty)).pipe(
    Layer.provide(UndiciTransport.layer)
  )

const SunshineLayer = Sunshine.layer({ appId: settings.appId, baseUrl: settings.url }).pipe(
  Layer.provide([
    Credentials.layerBasic({ keyId: settings.keyId, secret: Redacted.make(settings.keySecret) }),
    Transport
  ])
)

/** Each statement is a span, and has its text before it is sent. */
const dying = ({ nth = 1, statement }: NonNullable<Settings["diesAt"]>): Tracer.Tracer => {
  let came = 0
  return Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      const attribute = span.attribute.bind(span)
      return Object.assign(span, {
        attribute: (key: string, value: unknown) => {
          attribute(key, value)
          const text = key === "db.query.text" ? String(value).replaceAll(/\s+/g, " ") : ""
          if (text.includes(statement) && ++came === nth) process.kill(process.pid, "SIGKILL")
        }
      })
    }
  })
}

const SqlLayer = "sqlite" in settings.store
  ? SqliteClient.layer({ filename: settings.store.sqlite })
  : PgClient.layer({ url: Redacted.make(settings.store.postgres), maxConnections: 4 })

const worker: BulkWorker.Options = {
  inFlight: settings.inFlight,
  lease: settings.leaseMillis,
  pollInterval: "200 millis",
  retryDelay: "200 millis"
}

const WorkLayer = Layer.mergeAll(Bulk.layer(worker), BulkWorker.layer(worker)).pipe(
  Layer.provide(SqlLayer),
  Layer.provide(SunshineLayer)
)

const BulkLayer = settings.redis === undefined ? WorkLayer : WorkLayer.pipe(
  Layer.provide(RateLimiter.layer.pipe(
    Layer.provide(RateLimiter.layerStoreRedis()),
    Layer.provide(NodeRedis.layer({ url: settings.redis }))
  ))
)

const program = Effect.gen(function*() {
  const { importUsers } = yield* Bulk
  const { chunkRows, file, job, mode, perSecond } = settings
  const rate = perSecond === undefined ? undefined : { limit: perSecond, window: "1 second" as const }
  const started = yield* Effect.retry(importUsers({ job, mode, input: Input.ndjsonFile(file), chunkRows, rate }), {
    while: ({ _tag }) => _tag === "StoreUnavailable"
  })
  return yield* Effect.retry(started.finished, { while: ({ _tag }) => _tag === "StoreUnavailable" })
})

const told = (report: Report) =>
  Effect.callback<void>((resume) => void process.send!(report, () => resume(Effect.void)))

// SIGTERM closes the scopes, and what is in flight may end.
NodeRuntime.runMain(
  program.pipe(
    Effect.provide(BulkLayer),
    Effect.flatMap(told),
    Effect.ensuring(Effect.sync(() => process.disconnect())),
    settings.diesAt === undefined ? identity : Effect.provideService(Tracer.Tracer, dying(settings.diesAt))
  )
)
