/**
 * Files are handed on while they come, from wherever a message names them: bounded, and with credentials for nobody else.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { assert, describe, it } from "@effect/vitest"
import { Attachments } from "@sunco/client/Attachments"
import * as Credentials from "@sunco/client/Credentials"
import * as FetchTransport from "@sunco/client/FetchTransport"
import { Attachments as Promises } from "@sunco/client/promise"
import type { SunshineErrorReason } from "@sunco/client/SunshineError"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"
import type * as Http from "node:http"
import { inspect } from "node:util"
import { mediaUrl } from "../src/internal/conversations/mediaUrl.ts"
import * as LoopbackServer from "./LoopbackServer.ts"
import * as RecordingTracer from "./RecordingTracer.ts"
import { appId, key, throughTime, turn } from "./TestClient.ts"

const wrapped = (layer: Layer.Layer<HttpClient.HttpClient>) =>
  Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, HttpClient.mapRequest((request) => request)))
    .pipe(Layer.provide(layer))

const streaming: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["UndiciTransport", UndiciTransport.layer],
  ["FetchTransport", FetchTransport.layer],
  ["FetchHttpClient", FetchHttpClient.layer],
  ["NodeHttpClient.layerUndici", NodeHttpClient.layerUndici],
  ["NodeHttpClient.layerNodeHttp", NodeHttpClient.layerNodeHttp]
]

const transports: typeof streaming = [
  ...streaming,
  ["UndiciTransport that somebody wrapped", wrapped(UndiciTransport.layer)],
  ["FetchTransport that somebody wrapped", wrapped(FetchTransport.layer)]
]

interface Asked {
  readonly host: string | undefined
  readonly path: string | undefined
  readonly authorization: string | undefined
}

/** Answers as it is told, and notes who asks with what. */
const server = (respond: (response: Http.ServerResponse, request: Http.IncomingMessage, count: number) => void) =>
  Effect.gen(function*() {
    const asked: Array<Asked> = []
    const { url } = yield* LoopbackServer.httpAfterRequest((response, request) => {
      const { headers, url } = request
      asked.push({ host: headers.host, path: url, authorization: headers.authorization })
      respond(response, request, asked.length)
    })
    return { url, asked }
  })

const attachmentsAt = (baseUrl: string, transport: Layer.Layer<HttpClient.HttpClient>) =>
  Attachments.layer({ appId, baseUrl, retry: { attempts: 2, baseDelay: 0 } }).pipe(
    Layer.provide([transport, Credentials.layerBasic(key)]),
    Layer.build,
    Effect.orDie,
    Effect.map((context) => Context.get(context, Attachments))
  )

const bytesOf = <E>(stream: Stream.Stream<Uint8Array, E>): Effect.Effect<string, E> =>
  Effect.map(Stream.runCollect(stream), (pieces) => Buffer.concat(Array.from(pieces)).toString("latin1"))

const reasonIn = (error: unknown): SunshineErrorReason => {
  assert.propertyVal(error, "_tag", "SunshineError")
  return (error as { readonly reason: SunshineErrorReason }).reason
}

describe.each(transports)("%s", (_, transport) => {
  it.live("gives the bytes of a file of the client's own origin, to which it shows its credentials", () =>
    Effect.gen(function*() {
      const file = "\0\xff".repeat(100_000)
      const { asked, url } = yield* server((response) => response.end(Buffer.from(file, "latin1")))
      const attachments = yield* attachmentsAt(`${url}/sc`, transport)
      assert.strictEqual(yield* bytesOf(attachments.download(`${url}/files/1?token=2#3`)), file)
      assert.deepStrictEqual(asked.map(({ path }) => path), ["/files/1?token=2"])
      assert.match(asked[0]!.authorization!, /^Basic /)
    }))

  it.live("gives an empty file", () =>
    Effect.gen(function*() {
      const { url } = yield* server((response) => response.end())
      const attachments = yield* attachmentsAt(url, transport)
      assert.strictEqual(yield* bytesOf(attachments.download(`${url}/empty`)), "")
    }))

  it.live("shows no credentials to another origin, be it another port, nor after a redirect, not even back", () =>
    Effect.gen(function*() {
      const own = yield* server((response, { url }) =>
        url === "/moved"
          ? response.writeHead(302, { location: `${foreign.url}/there` }).end("moved")
          : response.end("mine")
      )
      const foreign: { readonly url: string; readonly asked: Array<Asked> } = yield* server((response, { url }) =>
        url === "/back" ? response.writeHead(307, { location: `${own.url}/file` }).end() : response.end("theirs")
      )
      const attachments = yield* attachmentsAt(own.url, transport)
      assert.strictEqual(yield* bytesOf(attachments.download(`${foreign.url}/file`)), "theirs")
      assert.strictEqual(yield* bytesOf(attachments.download(`${own.url}/moved`)), "theirs")
      assert.strictEqual(yield* bytesOf(attachments.download(`${foreign.url}/back`)), "mine")
      assert.strictEqual(
        yield* bytesOf(attachments.download(`${own.url.replace("127.0.0.1", "localhost")}/file`)),
        "mine"
      )
      const shown = [...own.asked, ...foreign.asked].filter(({ authorization }) => authorization !== undefined)
      assert.deepStrictEqual(shown.map(({ path }) => path), ["/moved"])
    }))

  it.live("follows a redirect that is relative, and five at most", () =>
    Effect.gen(function*() {
      const { asked, url } = yield* server((response, { url = "" }) => {
        const left = Number(url.slice(1))
        return left === 0 ? response.end("there") : response.writeHead(301, { location: String(left - 1) }).end()
      })
      const attachments = yield* attachmentsAt(url, transport)
      assert.strictEqual(yield* bytesOf(attachments.download(`${url}/5`)), "there")
      assert.lengthOf(asked, 6)
      const reason = reasonIn(yield* Effect.flip(bytesOf(attachments.download(`${url}/6`))))
      assert.deepInclude(reason, { _tag: "UnexpectedResponse", status: 301 })
    }))

  it.live("follows no redirect to where nobody may be sent", () =>
    Effect.gen(function*() {
      const { asked, url } = yield* server((response) =>
        response.writeHead(302, { location: "https://169.254.169.254/latest/meta-data" }).end()
      )
      const attachments = yield* attachmentsAt(url, transport)
      const reason = reasonIn(yield* Effect.flip(bytesOf(attachments.download(`${url}/file`))))
      assert.strictEqual(reason._tag, "InvalidInput")
      assert.lengthOf(asked, 1)
    }))

  it.live("asks again while nothing was handed on, and never from then on", () =>
    Effect.gen(function*() {
      const flaky = yield* server((response, _, count) => {
        if (count > 1) return response.end("whole")
        return response.writeHead(200, { "content-length": 5 }).flushHeaders(), response.destroy()
      })
      const attachments = yield* attachmentsAt(flaky.url, transport)
      assert.strictEqual(yield* bytesOf(attachments.download(`${flaky.url}/file`)), "whole")

      const busy = yield* server((response, _, count) => response.writeHead(count > 1 ? 200 : 503).end("there"))
      assert.strictEqual(yield* bytesOf(attachments.download(`${busy.url}/file`)), "there")
    }))

  it.live.each([404, 410])("says that a file is not there: %s", (status) =>
    Effect.gen(function*() {
      const { asked, url } = yield* server((response) => response.writeHead(status).end("<Error>NoSuchKey</Error>"))
      const attachments = yield* attachmentsAt(url, transport)
      const error = yield* Effect.flip(bytesOf(attachments.download(`${url}/file`)))
      assert.strictEqual(error._tag, "AttachmentNotFound")
      assert.lengthOf(asked, 1)
    }))

  it.live("reads no more of a file than it was told to", () =>
    Effect.gen(function*() {
      const { asked, url } = yield* server((response, request) => {
        if (request.url === "/said") response.setHeader("content-length", 1001)
        response.write("x".repeat(500))
        response.end("x".repeat(501))
      })
      const attachments = yield* attachmentsAt(url, transport)
      for (const path of ["/said", "/unsaid"]) {
        const reason = reasonIn(yield* Effect.flip(bytesOf(attachments.download(url + path, { maxBytes: 1000 }))))
        assert.deepInclude(reason, { _tag: "UnexpectedResponse", status: 200, problem: "too-large" })
        assert.lengthOf(yield* bytesOf(attachments.download(url + path, { maxBytes: 1001 })), 1001)
      }
      assert.lengthOf(asked, 4)
    }))
})

describe.each(streaming)("%s, which streams,", (_, transport) => {
  it.live("hands on what is there, ends with an error where the file is cut, and does not ask again", () =>
    Effect.gen(function*() {
      let sent: Http.ServerResponse | undefined
      const { asked, url } = yield* server((response) => {
        response.writeHead(200, { "content-length": 10 }).write("begun")
        sent = response
      })
      const attachments = yield* attachmentsAt(url, transport)
      const got: Array<string> = []
      const error = yield* attachments.download(`${url}/file`).pipe(
        Stream.runForEach((piece) =>
          Effect.sync(() => {
            got.push(Buffer.from(piece).toString())
            sent!.destroy()
          })
        ),
        Effect.flip
      )
      assert.deepStrictEqual(got, ["begun"])
      assert.deepInclude(reasonIn(error), { _tag: "Transport", status: 200 })
      assert.deepInclude(error, { attempts: 1, applied: "no", retryStopped: "not-retryable" })
      assert.lengthOf(asked, 1)
    }))

  it.live("reads from the connection what somebody wants, and closes it when nobody does", () =>
    Effect.gen(function*() {
      let written = 0
      let closed = false
      const { url } = yield* server((response) => {
        response.on("close", () => {
          closed = true
        })
        const piece = Buffer.alloc(64 * 1024)
        const write = () => {
          do written += piece.length
          while (response.write(piece))
          response.once("drain", write)
        }
        write()
      })
      const attachments = yield* attachmentsAt(url, transport)
      let read = 0
      yield* attachments.download(`${url}/endless`, { maxBytes: 1024 ** 3 }).pipe(
        Stream.tap((piece) => Effect.delay(Effect.sync(() => read += piece.length), "2 millis")),
        Stream.takeUntil(() => read > 2_000_000),
        Stream.runDrain
      )
      // What the sockets of both sides and a transport hold in between.
      assert.isBelow(written - read, 16_000_000)
      yield* Effect.repeat(Effect.sleep("5 millis"), { until: () => closed, times: 400 })
      assert.isTrue(closed)
    }))
})

it.effect("a fetch that does not count is counted for", () =>
  Effect.gen(function*() {
    const fetch = () => Promise.resolve(new Response("abc", { headers: { "content-length": "10" } }))
    const attachments = yield* attachmentsAt("https://acme.zendesk.com", FetchTransport.layerFetch(fetch))
    const reason = reasonIn(yield* Effect.flip(bytesOf(attachments.download("https://example.com/a"))))
    assert.deepInclude(reason, { _tag: "Transport", status: 200 })
  }))

describe("time", () => {
  const slow = (body: string) => server((response) => void response.writeHead(200).write(body))

  it.effect.each(["", "begun"])(
    "ends after 30 seconds in which nothing came, behind %j",
    (body) =>
      Effect.gen(function*() {
        const { url } = yield* slow(body)
        const attachments = yield* attachmentsAt(url, UndiciTransport.layer)
        const started = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
        const read = bytesOf(attachments.download(`${url}/file`, { retry: "never" }))
        const error = yield* throughTime(Effect.delay(Effect.andThen(turn, Effect.flip(read)), 0))
        assert.deepInclude(reasonIn(error), { _tag: "Timeout", limit: "idle" })
        assert.isAtLeast((yield* Effect.clockWith((clock) => clock.currentTimeMillis)) - started, 30_000)
      })
  )

  it.effect("has one deadline over everything, what its reader takes included", () =>
    Effect.gen(function*() {
      const { url } = yield* server((response) => {
        response.write("begun")
        setImmediate(() => response.end("ended"))
      })
      const attachments = yield* attachmentsAt(url, UndiciTransport.layer)
      const fiber = attachments.download(`${url}/file`, { deadline: "20 seconds" }).pipe(
        Stream.tap(() => TestClock.adjust("20 seconds")),
        Stream.runDrain,
        Effect.flip
      )
      const error = yield* fiber
      assert.deepInclude(reasonIn(error), { _tag: "Timeout", limit: "deadline" })
      assert.propertyVal(error, "retryStopped", "deadline")
    }))
})

describe("an address", () => {
  const expectedOf = (given: unknown, own = "https://acme.zendesk.com") =>
    Result.match(mediaUrl(given, undefined, own), { onFailure: (expected) => expected, onSuccess: () => undefined })

  it.each([
    "https://acme.zendesk.com/sc/a.png",
    "https://media.example.com/a.png",
    "https://8.8.8.8/a",
    "https://172.15.0.1/a",
    "https://172.32.0.1/a",
    "https://100.128.0.1/a",
    "https://[2606:4700::1111]/a",
    "https://localhost.example.com/a",
    "https://10.example.com/a"
  ])("may be %s", (url) => assert.isUndefined(expectedOf(url)))

  it.each([
    "http://media.example.com/a.png",
    "http://acme.zendesk.com/sc/a.png",
    "ftp://example.com/a",
    "data:text/plain,a",
    "file:///etc/passwd",
    "//media.example.com/a",
    "a.png",
    "",
    undefined,
    null,
    new URL("https://example.com"),
    "https://ada@example.com/a",
    "https://:secret@example.com/a",
    "https://ada:secret@acme.zendesk.com/a",
    "https://10.0.0.1/a",
    "https://172.16.0.1/a",
    "https://172.31.255.255/a",
    "https://192.168.1.1/a",
    "https://169.254.169.254/latest",
    "https://100.64.0.1/a",
    "https://127.0.0.1/a",
    "http://127.0.0.1/a",
    "https://127.1/a",
    "https://2130706433/a",
    "https://0x7f.1/a",
    "https://0.0.0.0/a",
    "https://0/a",
    "https://255.255.255.255/a",
    "https://[::1]/a",
    "https://[::]/a",
    "https://[fc00::1]/a",
    "https://[fdff::1]/a",
    "https://[fe80::1]/a",
    "https://[febf::1]/a",
    "https://[::ffff:10.0.0.1]/a",
    "https://[::ffff:127.0.0.1]/a",
    "https://[64:ff9b::10.0.0.1]/a",
    "https://[2002:a00:1::]/a",
    "https://localhost/a",
    "https://LOCALHOST./a",
    "https://a.localhost/a",
    "https://metadata/a",
    "https://metadata.google.internal/a",
    "https://printer.local/a"
  ])("may not be %s", (url) => assert.isString(expectedOf(url)))

  it.each(["http://127.0.0.1:2/a", "http://localhost/a", "https://[::1]/a", "http://a.localhost/a"])(
    "may be %s where the client's own is on this machine",
    (url) => assert.isUndefined(expectedOf(url, "http://127.0.0.1:1"))
  )

  it.each(["https://10.0.0.1/a", "http://example.com/a", "https://0.0.0.0/a"])(
    "may not be %s there either",
    (url) => assert.isString(expectedOf(url, "http://127.0.0.1:1"))
  )

  it("may be on the client's own origin, whatever that is, and on no other of that host", () => {
    assert.isUndefined(expectedOf("https://10.0.0.1:8443/a", "https://10.0.0.1:8443"))
    assert.isString(expectedOf("https://10.0.0.1/a", "https://10.0.0.1:8443"))
  })

  it.effect("that may not be asked for is refused, with nothing sent", () =>
    Effect.gen(function*() {
      let sent = 0
      const transport = HttpClient.make(() => Effect.suspend(() => Effect.die(sent++)))
      const attachments = yield* attachmentsAt(
        "https://acme.zendesk.com",
        Layer.succeed(HttpClient.HttpClient, transport)
      )
      const error = yield* Effect.flip(bytesOf(attachments.download("https://ada:secret@example.com/Zsecret")))
      assert.deepInclude(reasonIn(error), { issues: [{ path: ["mediaUrl"], expected: "a URL without credentials" }] })
      const options = { maxBytes: 0, maxByte: 1 }
      const wrong = yield* Effect.flip(bytesOf(attachments.download("https://example.com/a", options)))
      assert.strictEqual(reasonIn(wrong)._tag, "InvalidInput")
      assert.strictEqual(sent, 0)
    }))

  it.live("is in no span, log line or error", () =>
    Effect.gen(function*() {
      const { url } = yield* server((response, { url }) =>
        url?.startsWith("/Zmoved") === true
          ? response.writeHead(302, { location: "/Zcut" }).end()
          : response.writeHead(url === "/Zcut" ? 200 : 418, { "content-length": 10 }).end(
            "Zbegun",
            () => response.destroy()
          )
      )
      const tracer = RecordingTracer.make()
      for (const [, transport] of transports) {
        const attachments = yield* attachmentsAt(url, transport)
        for (const path of ["/Zmoved?Zquery", "/Zstrange"]) {
          const exit = yield* tracer.provide(Effect.exit(bytesOf(attachments.download(url + path))))
          assert.isTrue(Exit.isFailure(exit))
          if (Exit.isFailure(exit)) {
            const told = [Cause.pretty(exit.cause), inspect(exit.cause, { depth: 20 }), JSON.stringify(exit)]
            assert.notMatch(told.join(), /Zmoved|Zcut|Zquery|Zstrange/)
          }
        }
      }
      const names = new Set(tracer.spans.map(({ name }) => name))
      assert.deepStrictEqual(names, new Set(["Attachments.download", "GET /:mediaUrl"]))
      for (const { attributes } of tracer.spans) {
        assert.notMatch(inspect(Array.from(attributes), { depth: 20 }), /Zmoved|Zcut|Zquery|Zstrange/)
      }
    }))
})

describe("with promises", () => {
  it.live("a file is read with for await, and leaving it closes the request", () =>
    Effect.gen(function*() {
      let closed = false
      const { url } = yield* server((response) => {
        response.on("close", () => {
          closed = true
        })
        response.write("begun")
      })
      const attachments = Promises.make({ appId, baseUrl: url, credentials: { token: "token" } })
      const got: Array<string> = []
      yield* Effect.promise(async () => {
        for await (const piece of attachments.download(`${url}/file`)) {
          got.push(Buffer.from(piece).toString())
          break
        }
        const aborting = new AbortController()
        const aborted = async () => {
          for await (const _ of attachments.download(`${url}/file`, { signal: aborting.signal })) aborting.abort()
        }
        await aborted().then(() => assert.fail("it went on"), (error) => assert.strictEqual(error.name, "AbortError"))
      })
      assert.deepStrictEqual(got, ["begun"])
      yield* Effect.repeat(Effect.sleep("5 millis"), { until: () => closed, times: 400 })
      assert.isTrue(closed)
      yield* Effect.promise(() => attachments.close())
    }))
})
