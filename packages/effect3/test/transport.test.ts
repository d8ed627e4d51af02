import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Headers from "@effect/platform/Headers"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { Sunshine } from "@sunco/effect3/Sunshine"
import type { SunshineError } from "@sunco/effect3/SunshineError"
import { Users } from "@sunco/effect3/Users"
import * as Fault from "@sunco/emulator/Fault"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import * as Vendor from "./Vendor.ts"

const get = Effect.flatMap(Users, (users) => users.get("ada"))

const failed = (effect: Effect.Effect<unknown, unknown, Users>): Effect.Effect<SunshineError, unknown, Users> =>
  Effect.flip(effect) as Effect.Effect<SunshineError, unknown, Users>

describe("the application's own HttpClient", () => {
  it("gets the request as the client wants it sent", async () => {
    const { httpClient, sent } = ScriptedTransport.make([ScriptedTransport.json(201, { user: ScriptedTransport.ada })])
    await Effect.runPromise(
      Effect.flatMap(Users, (users) => users.create({ externalId: "a/b %ü" })).pipe(
        Effect.zipRight(Effect.flatMap(Users, (users) => Effect.ignore(users.get("a/b %ü?#")))),
        Effect.provide(ScriptedTransport.users(httpClient))
      )
    )
    const [create, read] = sent.map(({ request }) => request)
    assert(create?.body._tag === "Uint8Array")
    assert.strictEqual(new TextDecoder().decode(create.body.body), "{\"externalId\":\"a/b %ü\"}")
    assert.strictEqual(create.method, "POST")
    assert.deepInclude({ ...create.headers }, {
      authorization: `Basic ${btoa(`app_1:${Redacted.value(ScriptedTransport.key.secret)}`)}`,
      accept: "application/json",
      "content-type": "application/json"
    })
    assert.strictEqual(
      read?.url,
      "https://example.zendesk.com/sc/v2/apps/app/users/a%2Fb%20%25%C3%BC%3F%23"
    )
  })

  it("keeps what it was given: request changes, services and FiberRefs of the calling fiber", async () => {
    const { httpClient, sent } = ScriptedTransport.make([ScriptedTransport.found])
    const Region = Context.GenericTag<string>("Region")
    const tenant = FiberRef.unsafeMake("nobody")
    const own = httpClient.pipe(
      HttpClient.mapRequestEffect((request) =>
        Effect.gen(function*() {
          const region = yield* Effect.serviceOption(Region)
          return HttpClientRequest.setHeaders(request, {
            "x-region": region._tag === "Some" ? region.value : "none",
            "x-tenant": yield* FiberRef.get(tenant)
          })
        })
      )
    )
    await Effect.runPromise(
      get.pipe(
        Effect.provideService(Region, "eu"),
        Effect.locally(tenant, "acme"),
        Effect.provide(ScriptedTransport.users(own))
      )
    )
    const { headers } = sent[0]!.request
    assert.deepStrictEqual([headers["x-region"], headers["x-tenant"]], ["eu", "acme"])
  })

  it("keeps headers that are its own as they are: those of an answer are of Effect 3 after the call, too", async () => {
    const headers = Headers.fromInput({ "x-request-id": "1" })
    const { httpClient } = ScriptedTransport.make([
      (request) =>
        Effect.succeed(
          new Proxy(HttpClientResponse.fromWeb(request, Response.json({ user: ScriptedTransport.ada })), {
            get: (response, name) => name === "headers" ? headers : Reflect.get(response, name, response)
          })
        )
    ])
    await Effect.runPromise(Effect.provide(get, ScriptedTransport.users(httpClient)))
    assert.isTrue(Headers.isHeaders(headers))
  })

  it.each<[code: string, expected: Partial<SunshineError>]>([
    ["ECONNREFUSED", { applied: "no", retryStopped: "attempts", attempts: 2 }],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", { applied: "no", retryStopped: "not-retryable", attempts: 1 }],
    ["ECONNRESET", { applied: "unknown", retryStopped: "unsafe", attempts: 1 }]
  ])("is classified by the code of its failure: %s", async (code, expected) => {
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.failure(code)])
    const error = await Effect.runPromise(
      failed(Effect.flatMap(Users, (users) => users.create({}, { retry: { attempts: 2, baseDelay: 0 } }))).pipe(
        Effect.provide(ScriptedTransport.users(httpClient))
      )
    )
    assert.deepInclude(error, expected)
    assert.deepInclude(error.reason, { _tag: "Transport", code })
  })

  it("is classified by the failure that it made a defect of", async () => {
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.failure("ECONNRESET")])
    const error = await Effect.runPromise(
      failed(get).pipe(
        Effect.provide(
          ScriptedTransport.users(HttpClient.transformResponse(httpClient, Effect.orDie), { retry: "never" })
        )
      )
    )
    assert.deepInclude(error.reason, { _tag: "Transport", code: "ECONNRESET" })
  })

  it("tells a body that was lost from an answer that never came", async () => {
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.cut(201, "UND_ERR_SOCKET")])
    const error = await Effect.runPromise(
      failed(Effect.flatMap(Users, (users) => users.create({}))).pipe(
        Effect.provide(ScriptedTransport.users(httpClient))
      )
    )
    assert.deepInclude(error, { applied: "yes", attempts: 1 })
    assert.deepInclude(error.reason, { _tag: "Transport", status: 201, code: "UND_ERR_SOCKET" })
  })

  it("takes an answer without a body for an empty one", async () => {
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.answer(null, { status: 204 })])
    const { body } = await Effect.runPromise(
      Effect.flatMap(
        Sunshine,
        (sunshine) => sunshine.request({ operation: "Switchboards.delete", method: "DELETE", path: ["v2"] })
      ).pipe(
        Effect.provide(ScriptedTransport.users(httpClient))
      )
    )
    assert.isUndefined(body)
  })

  it("may write again into the buffers of what it has handed over", async () => {
    const [first = 0, ...rest] = new TextEncoder().encode(JSON.stringify({ user: ScriptedTransport.ada }))
    const buffer = new Uint8Array(64 * 1024)
    const byteByByte = new ReadableStream<Uint8Array>(
      {
        start: (controller) => controller.enqueue(Uint8Array.of(first)),
        pull: (controller) => {
          const next = rest.shift()
          if (next === undefined) return controller.close()
          buffer[0] = next
          controller.enqueue(buffer.subarray(0, 1))
        }
      },
      { highWaterMark: 0 }
    )
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.answer(byteByByte)])
    const user = await Effect.runPromise(Effect.provide(get, ScriptedTransport.users(httpClient)))
    assert.deepStrictEqual(user, ScriptedTransport.ada)
  })

  it("is read no further than the limit, and then let go", async () => {
    let pulled = 0
    let canceled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled++
        controller.enqueue(new Uint8Array(1024).fill(32))
      },
      cancel: () => {
        canceled = true
      }
    })
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.answer(endless)])
    const { reason } = await Effect.runPromise(
      failed(get).pipe(Effect.provide(ScriptedTransport.users(httpClient, { maxResponseBytes: 4096 })))
    )
    assert.deepInclude(reason, { _tag: "UnexpectedResponse", problem: "too-large" })
    assert.isAtMost(pulled, 8)
    assert.isTrue(canceled)
  })
})

describe("FetchHttpClient", () => {
  it("follows no redirect, and keeps what else the application says about its requests", async () => {
    await using vendor = await Vendor.start()
    const inits: Array<RequestInit | undefined> = []
    const fetching: typeof fetch = (input, init) => {
      inits.push(init)
      return fetch(input, init)
    }
    const transport = FetchHttpClient.layer.pipe(
      Layer.provide(Layer.succeed(FetchHttpClient.Fetch, fetching)),
      Layer.provide(Layer.succeed(FetchHttpClient.RequestInit, { cache: "no-store" }))
    )
    await vendor.failNext(Fault.redirect(`${vendor.url}/elsewhere`))
    const { reason } = await Effect.runPromise(Effect.provide(failed(get), vendor.users({}, transport)))
    assert.deepInclude(reason, { _tag: "UnexpectedResponse", status: 302 })
    assert.lengthOf(await vendor.requests(), 1)
    assert.deepInclude(inits[0], { cache: "no-store", redirect: "manual" })
  })
})
