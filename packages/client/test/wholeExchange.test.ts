import { assert, describe, it } from "@effect/vitest"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as UrlParams from "effect/http/UrlParams"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as LoopbackServer from "./LoopbackServer.ts"

const transports = [
  ["UndiciTransport", UndiciTransport.makeAgent()],
  ["FetchTransport", Effect.sync(() => FetchTransport.make())]
] as const

describe.each(transports)("%s for any other user of HttpClient", (_, makeHttpClient) => {
  const echo = LoopbackServer.http((request, response) => {
    response.writeHead(200, { "x-method": request.method, "x-url": request.url, "set-cookie": ["a=1", "b=2"] })
    request.pipe(response)
  })

  const requests: ReadonlyArray<readonly [what: string, body: HttpBody.HttpBody, received: string]> = [
    ["no body", HttpBody.empty, ""],
    ["text", HttpBody.text("Zoë"), "Zoë"],
    ["bytes", HttpBody.uint8Array(new Uint8Array([65, 100, 97])), "Ada"],
    ["JSON", HttpBody.jsonUnsafe({ a: 1 }), "{\"a\":1}"],
    ["a stream", HttpBody.stream(Stream.make(new Uint8Array([65]), new Uint8Array([100, 97]))), "Ada"],
    ["URL parameters", HttpBody.urlParams(UrlParams.fromInput({ a: "1 2" })), "a=1+2"]
  ]
  it.live.each(requests)("sends %s", ([, body, received]) =>
    Effect.gen(function*() {
      const { url } = yield* echo
      const httpClient = yield* makeHttpClient
      const response = yield* httpClient.execute(
        HttpClientRequest.post(`${url}/a b?c=1#d`, { urlParams: { e: "ü" }, body })
      )
      assert.strictEqual(response.status, 200)
      assert.deepInclude(response.headers, { "x-method": "POST", "x-url": "/a%20b?c=1&e=%C3%BC" })
      assert.strictEqual(yield* response.text, received)
    }))

  it.live("sends a form", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.http((request, response) => {
        response.writeHead(200, { "content-type": request.headers["content-type"] ?? "" })
        request.pipe(response)
      })
      const httpClient = yield* makeHttpClient
      const form = new FormData()
      form.set("name", "Ada")
      const response = yield* httpClient.post(url, { body: HttpBody.formData(form) })
      assert.strictEqual((yield* response.formData).get("name"), "Ada")
    }))

  it.live("gives an answer in every form that HttpClient knows", () =>
    Effect.gen(function*() {
      const { url } = yield* echo
      const httpClient = yield* makeHttpClient
      const answered = (body: string) => httpClient.post(url, { body: HttpBody.text(body) })
      const response = yield* answered("{\"a\":1}")
      assert.strictEqual(yield* response.text, "{\"a\":1}")
      assert.deepStrictEqual(yield* response.json, { a: 1 })
      assert.deepStrictEqual(new Uint8Array(yield* response.arrayBuffer), new TextEncoder().encode("{\"a\":1}"))
      assert.strictEqual(yield* Stream.mkString(Stream.decodeText(response.stream)), "{\"a\":1}")
      assert.deepStrictEqual(
        UrlParams.getFirst(yield* (yield* answered("a=1+2")).urlParamsBody, "a"),
        Option.some("1 2")
      )
      assert.isNull(yield* (yield* answered("")).json)
      assert.strictEqual((yield* Effect.flip((yield* answered("<html>")).json)).reason._tag, "DecodeError")
    }))

  it.live("keeps to MaxBodySize", () =>
    Effect.gen(function*() {
      const { url } = yield* echo
      const httpClient = yield* makeHttpClient
      const response = yield* httpClient.post(url, { body: HttpBody.text("Ada") }).pipe(
        Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(2))
      )
      assert.strictEqual((yield* Effect.flip(response.text)).reason._tag, "DecodeError")
    }))

  it.live("fails on what is no URL", () =>
    Effect.gen(function*() {
      const httpClient = yield* makeHttpClient
      assert.strictEqual((yield* Effect.flip(httpClient.get("nowhere"))).reason._tag, "InvalidUrlError")
      const refused = yield* Effect.flip(httpClient.get(LoopbackServer.nobody))
      assert.strictEqual(refused.reason._tag, "TransportError")
    }))
})
