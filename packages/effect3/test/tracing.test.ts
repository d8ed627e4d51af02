import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import { UserNotFound } from "@sunco/effect3/Outcomes"
import { Users } from "@sunco/effect3/Users"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Tracer from "effect/Tracer"
import { assert, describe, it } from "vitest"
import { parentOf } from "./RecordingTracer.ts"
import * as RecordingTracer from "./RecordingTracer.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"

/** The spans of a call, by their names. */
const recording = () => {
  const { spans, tracer } = RecordingTracer.make()
  const named = (name: string) => {
    const span = spans.find((span) => span.name === name)
    assert(span !== undefined, `${name} is none of ${spans.map(({ name }) => name)}`)
    return span
  }
  return { tracer, spans, named }
}

const get = Effect.flatMap(Users, (users) => users.get("ada"))

const unavailable = ScriptedTransport.errors(503, "service_unavailable")

const attempt = "GET /v2/apps/:appId/users/:userIdOrExternalId"

describe("the application's tracer", () => {
  it("sees the method and its attempts below its own span, and nothing of the transport", async () => {
    const { named, spans, tracer } = recording()
    const { httpClient } = ScriptedTransport.make([unavailable, ScriptedTransport.found])
    await Effect.runPromise(
      get.pipe(
        Effect.withSpan("checkout"),
        Effect.annotateSpans("tenant", "acme"),
        Effect.provide(ScriptedTransport.users(httpClient, { retry: { baseDelay: 0 } })),
        Effect.withTracer(tracer)
      )
    )
    const attempts = spans.filter(({ name }) => name === attempt)
    assert.deepStrictEqual(spans.map(({ name }) => name), ["checkout", "Users.get", attempt, attempt])
    assert.strictEqual(parentOf(named("Users.get")), named("checkout").spanId)
    assert.deepStrictEqual(attempts.map(parentOf), [named("Users.get").spanId, named("Users.get").spanId])
    assert.strictEqual(new Set(spans.map(({ traceId }) => traceId)).size, 1)
    assert.isTrue(spans.every(({ status }) => status._tag === "Ended"))
    assert.deepStrictEqual(attempts.map(({ attributes }) => attributes.get("http.response.status_code")), [503, 200])
    assert.deepStrictEqual(attempts.map(({ kind }) => kind), ["client", "client"])
    assert.strictEqual(named("Users.get").attributes.get("tenant"), "acme")
    assert.notInclude(JSON.stringify(spans.map(({ attributes }) => Array.from(attributes))), "ada")
  })

  it("sees the transport's own spans below the attempts where the transport was told so", async () => {
    const { spans, tracer } = recording()
    const { httpClient } = ScriptedTransport.make([unavailable, ScriptedTransport.found])
    const traced = HttpClient.withTracerDisabledWhen(httpClient, () => false)
    await Effect.runPromise(
      get.pipe(
        Effect.provide(ScriptedTransport.users(traced, { retry: { baseDelay: 0 } })),
        Effect.withTracer(tracer)
      )
    )
    const attempts = spans.filter(({ name }) => name === attempt)
    const exchanges = spans.filter(({ name }) => name === "http.client GET")
    assert.lengthOf(exchanges, 2)
    assert.deepStrictEqual(exchanges.map(parentOf), attempts.map(({ spanId }) => spanId))
  })

  it("meets failures of Effect 3 alone", async () => {
    const { named, tracer } = recording()
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.errors(404, "user_not_found")])
    await Effect.runPromise(
      get.pipe(Effect.flip, Effect.provide(ScriptedTransport.users(httpClient)), Effect.withTracer(tracer))
    )
    const { status } = named("Users.get")
    assert(status._tag === "Ended" && Exit.isFailure(status.exit))
    assert.instanceOf(Cause.squash(status.exit.cause), UserNotFound)
  })

  it("continues a trace from elsewhere, and not below a span that wants no children", async () => {
    const { named, tracer } = recording()
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.found])
    const elsewhere = Tracer.externalSpan({ traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" })
    await Effect.runPromise(
      get.pipe(
        Effect.withSpan("quiet", { context: Tracer.DisablePropagation.context(true) }),
        Effect.withParentSpan(elsewhere),
        Effect.provide(ScriptedTransport.users(httpClient)),
        Effect.withTracer(tracer)
      )
    )
    assert.strictEqual(named("Users.get").traceId, elsewhere.traceId)
    assert.strictEqual(parentOf(named("Users.get")), elsewhere.spanId)
  })

  it("starts nothing where tracing is switched off", async () => {
    const { spans, tracer } = recording()
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.found])
    await Effect.runPromise(
      get.pipe(
        Effect.provide(ScriptedTransport.users(httpClient)),
        Effect.withTracerEnabled(false),
        Effect.withTracer(tracer)
      )
    )
    assert.lengthOf(spans, 0)
  })
})

describe("the vendor", () => {
  const headersSent = async (propagateTrace: boolean) => {
    const { spans, tracer } = recording()
    const headers: Array<Headers> = []
    const fetching: typeof fetch = async (_, init) => {
      headers.push(new Headers(init?.headers))
      return new Response(JSON.stringify({ user: ScriptedTransport.ada }))
    }
    const users = Effect.map(HttpClient.HttpClient, (client) => ScriptedTransport.users(client, { propagateTrace }))
    await Effect.runPromise(
      get.pipe(
        Effect.provide(Layer.provide(Layer.unwrapEffect(users), FetchHttpClient.layer)),
        Effect.provideService(FetchHttpClient.Fetch, fetching),
        Effect.withTracer(tracer)
      )
    )
    return { headers: headers[0]!, attempt: spans.find(({ name }) => name === attempt)! }
  }

  it("is told nothing of the trace", async () => {
    const { headers } = await headersSent(false)
    assert.deepStrictEqual([headers.get("traceparent"), headers.get("b3")], [null, null])
  })

  it("is told of the attempt where the application wants it", async () => {
    const { attempt, headers } = await headersSent(true)
    assert.strictEqual(headers.get("traceparent"), `00-${attempt.traceId}-${attempt.spanId}-01`)
    assert.isNotNull(headers.get("b3"))
  })
})
