import { assert, describe, it, vi } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import * as FetchTransport from "@sunco/client/FetchTransport"
import { Users } from "@sunco/client/Users"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { gzipSync } from "node:zlib"
import * as LoopbackServer from "./LoopbackServer.ts"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"

type Fetch = typeof globalThis.fetch

const clientOf = (fetch: Fetch, options?: TestClient.Options) =>
  TestClient.at("https://example.zendesk.com/sc", FetchTransport.layerFetch(fetch), options)

const found = () => Response.json({ user: ada })

const streamOf = (...pieces: ReadonlyArray<unknown>) =>
  new ReadableStream({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    }
  })

describe("FetchTransport", () => {
  it.effect("asks the fetch for what the call needs, and nothing else", () =>
    Effect.gen(function*() {
      const asked: Array<readonly [unknown, RequestInit | undefined]> = []
      const { users } = yield* clientOf((url, init) => {
        asked.push([url, init])
        return Promise.resolve(Response.json({ user: ada }, { status: init?.method === "POST" ? 201 : 200 }))
      })
      yield* users.get("ada")
      yield* users.create({ externalId: "ada" })
      const path = `https://example.zendesk.com/sc/v2/apps/${TestClient.appId}/users`
      assert.deepStrictEqual(asked.map(([url]) => url), [`${path}/ada`, path])
      const [get, create] = asked.map(([, init]) => init)
      assert.hasAllKeys(get, ["method", "headers", "redirect", "signal"])
      assert.hasAllKeys(create, ["method", "headers", "body", "redirect", "signal"])
      assert.deepInclude(get, { method: "GET", redirect: "manual" })
      assert.deepInclude(create, { method: "POST", redirect: "manual", body: "{\"externalId\":\"ada\"}" })
      assert.hasAllKeys(get?.headers, ["accept", "authorization", "user-agent"])
    }))

  it.effect("uses the fetch that is global when a request is sent", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.at("https://example.zendesk.com/sc", FetchTransport.layer)
      const fetch = vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(found()))
      yield* Effect.addFinalizer(() => Effect.sync(() => fetch.mockRestore()))
      yield* users.get("ada")
      assert.lengthOf(fetch.mock.calls, 1)
    }))

  it.effect("calls a fetch as a function, as that of a worker has to be called", () =>
    Effect.gen(function*() {
      const { users } = yield* clientOf(function(this: unknown) {
        assert.isUndefined(this)
        return Promise.resolve(found())
      })
      assert.deepStrictEqual(yield* users.get("ada"), ada)
    }))

  it.effect("says to the client that what it was given is no fetch", () =>
    Effect.gen(function*() {
      const client = Users.layer({ appId: "1", subdomain: "example" }).pipe(
        // @ts-expect-error: what a caller without a compiler may write
        Layer.provide([FetchTransport.layerFetch("fetch"), Credentials.layerBasic(TestClient.key)])
      )
      const error = yield* Effect.flip(Layer.build(client))
      assert.strictEqual(error.message, "FetchTransport must have a fetch that is a function")
    }))

  it.effect.each<readonly [what: string, fetch: () => unknown]>([
    ["throws", () => {
      throw new TypeError("no")
    }],
    ["rejects", () => Promise.reject(new TypeError("no"))],
    ["rejects with nothing", () => Promise.reject(undefined)],
    ["gives nothing", () => undefined]
  ])("loses the answer of a fetch that %s", ([, fetch]) =>
    Effect.gen(function*() {
      const { users } = yield* clientOf(fetch as Fetch)
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.strictEqual(error.reason._tag, "Transport")
      assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied: "unknown" })
    }))

  it.effect("takes a response that is there at once", () =>
    Effect.gen(function*() {
      const { users } = yield* clientOf((() => found()) as unknown as Fetch)
      assert.deepStrictEqual(yield* users.get("ada"), ada)
    }))

  it.effect.each([undefined, null])(
    "reads the text where there is no stream of it (%s)",
    (body) =>
      Effect.gen(function*() {
        const answering = (text: string) => () =>
          Promise.resolve({ status: 200, headers: new Headers(), body, text: () => Promise.resolve(text) } as Response)
        const { users } = yield* clientOf(answering(JSON.stringify({ user: ada })))
        assert.deepStrictEqual(yield* users.get("ada"), ada)
        const { users: limited } = yield* clientOf(answering("Zoë".repeat(4)), { maxResponseBytes: 15, retry: "never" })
        const error = yield* Effect.flip(limited.get("ada"))
        assert(error._tag === "SunshineError")
        assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", problem: "too-large" })
      })
  )

  // As a mock in a test gives it. On Node what nobody catches ends the process.
  it.effect.each<readonly [what: string, answer: () => unknown, applied: "unknown" | "yes"]>([
    ["null", () => null, "unknown"],
    ["a status alone", () => ({ status: 200 }), "unknown"],
    ["headers that are a plain object", () => ({ status: 200, headers: {} }), "unknown"],
    ["headers with get alone", () => ({ status: 200, headers: { get: () => null } }), "unknown"],
    ["no text", () => ({ status: 201, headers: new Headers() }), "yes"],
    ["a body of texts", () => new Response(streamOf("{", "}"), { status: 201 }), "yes"],
    ["a body that goes on in texts", () => new Response(streamOf(new Uint8Array(1), "}"), { status: 201 }), "yes"]
  ])("has lost what is no answer: %s", ([, answer, applied]) =>
    Effect.gen(function*() {
      const uncaught: Array<unknown> = []
      const note = (reason: unknown) => void uncaught.push(reason)
      process.on("unhandledRejection", note)
      yield* Effect.addFinalizer(() => Effect.sync(() => process.off("unhandledRejection", note)))
      const { users } = yield* clientOf((() => Promise.resolve(answer())) as unknown as Fetch)
      const error = yield* Effect.flip(users.create({}))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied })
      assert.strictEqual(error.reason._tag, "Transport")
      assert.deepStrictEqual(uncaught, [])
    }))

  it.live("refuses an answer that says that it is too large without waiting for it", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        response.writeHead(200, { "content-length": 2_000_000 }).flushHeaders()
      )
      const { users } = yield* TestClient.at(url, FetchTransport.layer)
      const error = yield* Effect.flip(users.get("ada", { retry: "never" }))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", problem: "too-large" })
    }))

  it.live("counts a compressed answer by what comes out of it", () =>
    Effect.gen(function*() {
      const body = JSON.stringify({ user: { id: "1" } })
      const bytes = gzipSync(body)
      assert.isAbove(bytes.length, body.length)
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        response.writeHead(200, { "content-encoding": "gzip", "content-length": bytes.length }).end(bytes)
      )
      const { users } = yield* TestClient.at(url, FetchTransport.layer, { maxResponseBytes: body.length })
      assert.strictEqual((yield* users.get("ada")).id, "1")
    }))

  describe("over a fetch that does not listen to its signal", () => {
    const cancelled = Effect.gen(function*() {
      const done = yield* Deferred.make<void>()
      const cancel = () => void Deferred.doneUnsafe(done, Effect.void)
      return {
        body: (pull: NonNullable<UnderlyingDefaultSource["pull"]> = () => {}) => new ReadableStream({ pull, cancel }),
        done
      }
    })

    it.live("cancels a body that comes when nobody waits any more", () =>
      Effect.gen(function*() {
        const { body, done } = yield* cancelled
        const asked = yield* Deferred.make<(response: Response) => void>()
        const { users } = yield* clientOf(() =>
          new Promise((resolve) => void Deferred.doneUnsafe(asked, Effect.succeed(resolve)))
        )
        const call = yield* Effect.forkChild(users.get("ada"))
        const resolve = yield* Deferred.await(asked)
        yield* Fiber.interrupt(call)
        resolve(new Response(body()))
        yield* Deferred.await(done)
      }))

    it.live("cancels a body in the midst of it", () =>
      Effect.gen(function*() {
        const { body, done } = yield* cancelled
        const { users } = yield* clientOf(() => Promise.resolve(new Response(body())), { attemptTimeout: "20 millis" })
        const error = yield* Effect.flip(users.create({}))
        assert(error._tag === "SunshineError")
        assert.strictEqual(error.reason._tag, "Timeout")
        // Its status line had come.
        assert.deepInclude(error, { applied: "yes" })
        yield* Deferred.await(done)
      }))

    it.live("cancels a body that is too large", () =>
      Effect.gen(function*() {
        const { body, done } = yield* cancelled
        const endless = () => new Response(body((controller) => controller.enqueue(new Uint8Array(1000))))
        const { users } = yield* clientOf(() => Promise.resolve(endless()))
        const error = yield* Effect.flip(users.get("ada"))
        assert(error._tag === "SunshineError")
        assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", problem: "too-large" })
        yield* Deferred.await(done)
      }))

    it.live("hears nothing of what fails when nobody waits any more", () =>
      Effect.gen(function*() {
        const unhandled: Array<unknown> = []
        const note = (reason: unknown) => void unhandled.push(reason)
        process.on("unhandledRejection", note)
        yield* Effect.addFinalizer(() => Effect.sync(() => process.off("unhandledRejection", note)))
        const failing = new ReadableStream({
          pull: (controller) => new Promise((resolve) => setTimeout(resolve, 40)).then(() => controller.error("late")),
          cancel: () => Promise.reject(new Error("cannot be cancelled"))
        })
        const answers = [
          () => Promise.resolve(new Response(failing)),
          () => new Promise<Response>((_, reject) => setTimeout(reject, 40, "late"))
        ]
        for (const answer of answers) {
          const { users } = yield* clientOf(answer, { attemptTimeout: "20 millis", retry: "never" })
          yield* Effect.flip(users.get("ada"))
        }
        yield* Effect.sleep("60 millis")
        assert.deepStrictEqual(unhandled, [])
      }))
  })
})
