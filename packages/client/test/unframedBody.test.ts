import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import type * as HttpClient from "effect/http/HttpClient"
import type * as Layer from "effect/Layer"
import { isCut } from "../src/internal/transport/cutBody.ts"
import * as LoopbackServer from "./LoopbackServer.ts"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"

const transports: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["UndiciTransport", UndiciTransport.layer],
  ["FetchTransport", FetchTransport.layer],
  ["FetchHttpClient", FetchHttpClient.layer],
  ["NodeHttpClient.layerUndici", NodeHttpClient.layerUndici]
]

const user = JSON.stringify({ user: ada })

/** Ends with its connection, as in HTTP/1.0. */
const endingWithConnection = (status: number, body: string) =>
  LoopbackServer.tcp((socket) =>
    socket.once("data", () => socket.end(`HTTP/1.1 ${status} Status\r\nconnection: close\r\n\r\n${body}`))
  )

describe.each(transports)("a body that ends with its connection, over %s,", (_, transport) => {
  const create = (status: number, body: string) =>
    Effect.gen(function*() {
      const { url } = yield* endingWithConnection(status, body)
      const { users } = yield* TestClient.at(url, transport, { retry: { attempts: 2, baseDelay: 0 } })
      return yield* users.create({})
    })

  it.live("is whole when its JSON is", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* create(201, user), ada)
    }))

  it.live.each(["", "{", user.slice(0, 20), user.slice(0, -1)])(
    "is lost when its JSON is not: %j",
    (body) =>
      Effect.gen(function*() {
        const error = yield* Effect.flip(create(201, body))
        assert(error._tag === "SunshineError")
        assert.deepInclude(error.reason, { _tag: "Transport", status: 201 })
        assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied: "yes" })
      })
  )

  it.live("is none of the API when it is none of JSON", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(create(201, "<!DOCTYPE html><title>Log in"))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", status: 201, problem: "body" })
      assert.deepInclude(error, { attempts: 1, retryStopped: "not-retryable", applied: "yes" })
    }))

  it.live("is lost when it refuses and its JSON is not whole", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(create(409, "{\"errors\":[{\"code\":\"conf"))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "Transport", status: 409 })
      assert.deepInclude(error, { attempts: 1, retryStopped: "unsafe", applied: "unknown" })
    }))

  it.live("may be none where it refuses", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(create(403, ""))
      assert(error._tag === "SunshineError")
      assert.strictEqual(error.reason._tag, "Forbidden")
      assert.deepInclude(error, { attempts: 1, retryStopped: "not-retryable", applied: "no" })
    }))
})

describe("every beginning of an answer", () => {
  const text = JSON.stringify({ user: { ...ada, note: "Zoë } ] \" \\ 🦊" } })

  it("is cut, and the whole of it is not", () => {
    const cut = (body: string, unframed = true) =>
      isCut({ _tag: "Answer", status: 200, headers: {}, body, tooLarge: false, unframed })
    for (let length = 0; length < text.length; length++) {
      assert.isTrue(cut(text.slice(0, length)), text.slice(0, length))
    }
    assert.isFalse(cut(text))
    assert.isTrue(cut(`\ufeff ${text.slice(0, -1)}`))
    assert.isFalse(cut(text.slice(0, 20), false))
  })
})
