import { assert, it } from "@effect/vitest"
import { Credentials, Users } from "@sunco/client"
import { Users as Promises } from "@sunco/client/promise"
import { Emulator } from "@sunco/emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Otlp from "effect/observability/Otlp"
import type * as OtlpTracer from "effect/observability/OtlpTracer"
import * as References from "effect/References"
import { OtlpCollector } from "./OtlpCollector.ts"

/** An application that knows nothing of telemetry. */
const signUp = Effect.gen(function*() {
  const users = yield* Users
  const ada = yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
  yield* Effect.logInfo("signed up")
  return ada
}).pipe(Effect.withSpan("signUp"))

const usersLayer = (options?: { readonly propagateTrace: boolean }) =>
  Layer.unwrap(
    Effect.map(Emulator, ({ appId, keyId, keySecret, url }) =>
      Users.layer({ appId, baseUrl: url, ...options }).pipe(
        Layer.provide([Credentials.layerBasic({ keyId, secret: keySecret }), FetchHttpClient.layer])
      ))
  )

/** All that it takes to have traces, logs and metrics in a collector: one layer at the edge of the application. */
const TelemetryLayer = Layer.unwrap(
  Effect.map(OtlpCollector, ({ url }) => Otlp.layerJson({ baseUrl: url, resource: { serviceName: "sign-up" } }))
).pipe(Layer.provide(FetchHttpClient.layer))

/** In the order in which they began. */
const exportedSpans = Effect.map(
  OtlpCollector,
  (collector) =>
    collector.received("traces").flatMap((body) =>
      (JSON.parse(body) as OtlpTracer.TraceData).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans)
      )
    ).toSorted((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)))
)

const valueOf = (value: object): unknown => Object.values(value)[0]

it.live("an application's calls, their attempts, logs and metrics arrive at an OpenTelemetry collector", () =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    const collector = yield* OtlpCollector
    yield* emulator.faults.next(Fault.cutAfterApplied)
    yield* signUp.pipe(Effect.provide(usersLayer()), Effect.provide(TelemetryLayer))

    const spans = yield* exportedSpans
    const named = (id: string | undefined) => spans.find(({ spanId }) => spanId === id)?.name
    const create = "POST /v2/apps/:appId/users"
    const lookUp = "GET /v2/apps/:appId/users/:userIdOrExternalId"
    assert.deepStrictEqual(spans.map(({ name, parentSpanId }) => [name, named(parentSpanId)]), [
      ["signUp", undefined],
      ["Users.create", "signUp"],
      [create, "Users.create"],
      [create, "Users.create"],
      [lookUp, "Users.create"]
    ])
    assert.lengthOf(new Set(spans.map(({ traceId }) => traceId)), 1)

    const port = Number(new URL(emulator.url).port)
    const server = { "server.address": "127.0.0.1", "server.port": port }
    const post = { "http.request.method": "POST", "url.template": "/v2/apps/:appId/users", ...server }
    assert.deepStrictEqual(
      spans.slice(2).map(({ attributes }) =>
        Object.fromEntries(attributes.map(({ key, value }) => [key, valueOf(value)]))
      ),
      [
        { ...post, "error.type": "ECONNRESET" },
        { ...post, "http.request.resend_count": 1, "http.response.status_code": 409, "error.type": "409" },
        {
          ...post,
          "http.request.method": "GET",
          "url.template": "/v2/apps/:appId/users/:userIdOrExternalId",
          "http.request.resend_count": 2,
          "http.response.status_code": 200
        }
      ]
    )

    const [log] = collector.received("logs")
    assert.include(log, "signed up")
    assert.include(log, spans[0]!.traceId)

    const metrics = collector.received("metrics").join()
    for (const name of ["sunco.client.requests", "sunco.client.retries", "sunco.client.waits"]) {
      assert.include(metrics, name)
    }
  }).pipe(Effect.provide([Emulator.layer(), OtlpCollector.layer])))

it.live("the vendor is told of the trace where that is asked for: of the span of each attempt", () =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    yield* emulator.faults.next(Fault.status(503))
    yield* signUp.pipe(Effect.provide(usersLayer({ propagateTrace: true })), Effect.provide(TelemetryLayer))
    const attempts = (yield* exportedSpans).slice(2)
    assert.deepStrictEqual(
      (yield* emulator.requests).map(({ headers }) => headers["traceparent"]),
      attempts.map(({ spanId, traceId }) => `00-${traceId}-${spanId}-01`)
    )
  }).pipe(Effect.provide([Emulator.layer(), OtlpCollector.layer])))

it.live("a client without Effect exports too, and what is left when it is closed", () =>
  Effect.gen(function*() {
    const { appId, keyId, keySecret, url } = yield* Emulator
    const collector = yield* OtlpCollector
    yield* Effect.promise(async () => {
      await using users = Promises.make({
        appId,
        baseUrl: url,
        credentials: { keyId, secret: keySecret },
        layers: [
          Otlp.layerJson({
            baseUrl: collector.url,
            resource: { serviceName: "sign-up" },
            loggerMergeWithExisting: false
          }).pipe(Layer.provide(FetchHttpClient.layer)),
          Layer.succeed(References.MinimumLogLevel, "Debug")
        ]
      })
      await users.create({ externalId: "ada" })
    })
    assert.deepStrictEqual((yield* exportedSpans).map(({ name }) => name), [
      "Users.create",
      "POST /v2/apps/:appId/users"
    ])
    assert.include(String(collector.received("metrics")), "sunco.client.requests")
    assert.include(String(collector.received("logs")), "Users.create: 201")
  }).pipe(Effect.provide([Emulator.layer(), OtlpCollector.layer])))
