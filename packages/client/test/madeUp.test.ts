/** What a row can say beyond what those of users do: no app, no credentials, forms, limits of its own. */
import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import type { EffectFace } from "@sunco/client/EffectFace"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as Limiter from "@sunco/client/Limiter"
import type { Options, ServerOptions } from "@sunco/client/Sunshine"
import { Sunshine } from "@sunco/client/Sunshine"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import type * as Http from "node:http"
import { inspect } from "node:util"
import * as LoopbackServer from "./LoopbackServer.ts"
import { Files, Notes, World } from "./MadeUp.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, key, throughTime } from "./TestClient.ts"

const baseUrl = "https://example.zendesk.com/sc"

const bearer = Credentials.layerBearer(Redacted.make("a-token"))

const world = (
  script: Parameters<typeof ScriptedTransport.make>[0],
  credentials: Layer.Layer<Credentials.Credentials> = bearer,
  options?: Partial<ServerOptions>
) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  return World.layer({ baseUrl, ...options }).pipe(
    Layer.provide([credentials, Layer.succeed(HttpClient.HttpClient, httpClient)]),
    Layer.build,
    Effect.orDie,
    Effect.map((context) => ({ world: Context.get(context, World), sent }))
  )
}

const ok = ScriptedTransport.json(200, {})

describe("a client of operations outside of any app", () => {
  it.effect("needs no app, and takes one as an argument where a path has it", () =>
    Effect.gen(function*() {
      const { sent, world: client } = yield* world([ok])
      yield* client.getApp("an app/1")
      yield* client.deleteKey("app1", "key1")
      assert.deepStrictEqual(sent.map(({ method, url }) => `${method} ${url}`), [
        `GET ${baseUrl}/v2/apps/an%20app%2F1`,
        `DELETE ${baseUrl}/v2/apps/app1/keys/key1`
      ])
    }))

  it.effect("sends nothing to an app that no path can carry, and says how the argument is called", () =>
    Effect.gen(function*() {
      const { sent, world: client } = yield* world([ok])
      const error = yield* Effect.flip(client.getApp(".."))
      assert.include(error.message, "appId")
      assert.lengthOf(sent, 0)
    }))

  it.effect("works over a Sunshine that has an app, and does not look at it", () =>
    Effect.gen(function*() {
      const { httpClient, sent } = ScriptedTransport.make([ok])
      const layer = World.layerNoDeps.pipe(
        Layer.provide(Sunshine.layer({ appId, baseUrl })),
        Layer.provide([bearer, Layer.succeed(HttpClient.HttpClient, httpClient)])
      )
      yield* World.use((world) => world.getApp("another")).pipe(Effect.provide(layer))
      assert.deepStrictEqual(sent.map(({ url }) => url), [`${baseUrl}/v2/apps/another`])
    }))

  it.effect("is made of the environment without SUNCO_APP_ID", () =>
    Effect.gen(function*() {
      const { httpClient, sent } = ScriptedTransport.make([ok])
      const environment = ConfigProvider.layer(
        ConfigProvider.fromUnknown({ SUNCO_SUBDOMAIN: "example", SUNCO_TOKEN: "a-token" })
      )
      const layer = World.layerFromConfig().pipe(
        Layer.provide([environment, Layer.succeed(HttpClient.HttpClient, httpClient)])
      )
      yield* World.use((world) => world.getTokenInfo()).pipe(Effect.provide(layer))
      assert.deepStrictEqual(sent.map(({ headers, url }) => [url, headers["authorization"]]), [
        [`${baseUrl}/v2/tokenInfo`, "Bearer a-token"]
      ])
    }))

  it.effect("refuses an app among its options", () =>
    Effect.gen(function*() {
      const options: ServerOptions = Object.assign({ baseUrl }, { appId })
      const error = yield* Layer.build(World.layer(options)).pipe(
        Effect.provide([bearer, FetchHttpClient.layer]),
        Effect.flip
      )
      assert.include(error.message, "appId")
    }))

  it.effect("names the server to a limiter that clients of apps share", () =>
    Effect.gen(function*() {
      const keys: Array<string> = []
      const limiter = Layer.succeed(Limiter.Limiter, {
        admit: (key) => Effect.sync(() => void keys.push(key)).pipe(Effect.as({ epoch: 0 })),
        slowDown: () => Effect.void
      })
      const { httpClient } = ScriptedTransport.make([ok])
      const layer = World.layer({ baseUrl }).pipe(
        Layer.provide([bearer, limiter, Layer.succeed(HttpClient.HttpClient, httpClient)])
      )
      yield* World.use((world) => world.getApp("app1")).pipe(Effect.provide(layer))
      assert.deepStrictEqual(keys, ["{example.zendesk.com/sc/}"])
    }))
})

describe("an operation without credentials", () => {
  const basic = Credentials.layerBasic(key)

  it.effect("sends none, and asks for none", () =>
    Effect.gen(function*() {
      const never = Credentials.layerBearerEffect(Effect.never)
      const { sent, world: client } = yield* world([ok], never)
      yield* client.getToken("a code")
      assert.deepStrictEqual(sent.map(({ body, headers }) => [headers["authorization"], body]), [
        [undefined, "{\"code\":\"a code\"}"]
      ])
    }))

  it.effect("leaves those of the client to its other operations", () =>
    Effect.gen(function*() {
      const { sent, world: client } = yield* world([ok], basic)
      yield* client.getApp("app1")
      yield* client.getToken("a code")
      yield* client.getApp("app1")
      assert.deepStrictEqual(sent.map(({ headers }) => headers["authorization"]?.slice(0, 5)), [
        "Basic",
        undefined,
        "Basic"
      ])
    }))

  it.effect("takes a 401 for the answer, because there is nothing to renew", () =>
    Effect.gen(function*() {
      const { sent, world: client } = yield* world([ScriptedTransport.errors(401, "unauthorized")], basic)
      const error = yield* throughTime(Effect.flip(client.getToken("a code")))
      assert.deepInclude(error, { _tag: "SunshineError", attempts: 1, applied: "no" })
      assert.lengthOf(sent, 1)
    }))
})

describe("an operation for bearer tokens alone", () => {
  it.effect("is not sent with a key", () =>
    Effect.gen(function*() {
      const { sent, world: client } = yield* world([ok], Credentials.layerBasic(key))
      const error = yield* Effect.flip(client.getTokenInfo())
      assert.strictEqual(
        error.message,
        "World.getTokenInfo: credentials: expected a bearer token; 0 attempts"
      )
      assert.lengthOf(sent, 0)
    }))
})

const transports: ReadonlyArray<readonly [name: string, layer: Layer.Layer<HttpClient.HttpClient>]> = [
  ["UndiciTransport", UndiciTransport.layer],
  [
    "UndiciTransport that somebody wrapped",
    Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, HttpClient.mapRequest((request) => request)))
      .pipe(Layer.provide(UndiciTransport.layer))
  ],
  ["FetchTransport", FetchTransport.layer],
  ["FetchHttpClient", FetchHttpClient.layer]
]

describe("an upload over a transport that sees bytes go", () => {
  const impatient = (url: string) =>
    Files.layer({ appId, baseUrl: url, retry: "never" }).pipe(Layer.provide([bearer, UndiciTransport.layer]))

  it.live("is given up when no byte has moved for the idle limit of its row", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.tcp((socket) => socket.pause())
      const large = { name: "a", data: new Uint8Array(32 * 1024 * 1024) }
      const error = yield* Files.use((files) => Effect.flip(files.uploadImpatiently(large))).pipe(
        Effect.provide(impatient(url))
      )
      assert.deepInclude(error, { _tag: "SunshineError", applied: "unknown" })
      assert.include(error.message, "no answer within 1s (idle)")
    }))

  it.live("goes on as long as bytes move", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.http((request, response) => {
        // Longer altogether than the idle limit; what sockets hold back at the end is read in less.
        request.on("data", () => {
          request.pause()
          setTimeout(() => request.resume(), 3)
        }).on("end", () => LoopbackServer.json(response, 201, {}))
      })
      const large = { name: "a", data: new Uint8Array(32 * 1024 * 1024) }
      yield* Files.use((files) => files.uploadImpatiently(large)).pipe(Effect.provide(impatient(url)))
    }))
})

const data = new TextEncoder().encode("--sunco\r\n\0\xff and more")

for (const [name, transport] of transports) {
  const files = (url: string, options?: Partial<Options>) =>
    Files.layer({ appId, baseUrl: url, ...options }).pipe(Layer.provide([bearer, transport]))

  describe(`a form, over ${name}`, () => {
    it.live("arrives with its fields and its file, byte by byte, and again after a 429", () =>
      Effect.gen(function*() {
        const arrived: Array<unknown> = []
        const { url } = yield* LoopbackServer.http((request, response) => {
          const pieces: Array<Buffer> = []
          request.on("data", (piece) => pieces.push(piece)).on("end", async () => {
            const body = Buffer.concat(pieces)
            const form = await new Response(body, { headers: { "content-type": request.headers["content-type"]! } })
              .formData()
            const source = form.get("source")
            arrived.push([
              request.url,
              form.get("note"),
              source instanceof File &&
              [source.name, source.type, Buffer.from(await source.bytes()).toString("latin1")],
              Number(request.headers["content-length"]) === body.length
            ])
            if (arrived.length === 1) response.writeHead(429, { "retry-after": "0" }).end()
            else LoopbackServer.json(response, 201, { ok: true })
          })
        })
        const answer = yield* Files.use((files) =>
          files.upload({ name: "a \"name\".png", contentType: "image/png", data })
        )
          .pipe(Effect.provide(files(url)))
        assert.deepStrictEqual(answer, { ok: true })
        const expected = [
          `/v2/apps/${appId}/files?access=public`,
          "a note",
          ["a \"name\".png", "image/png", Buffer.from(data).toString("latin1")],
          true
        ]
        assert.deepStrictEqual(arrived, [expected, expected])
      }))

    it.live("is not sent where it is larger than the row allows", () =>
      Effect.gen(function*() {
        const { url, connections } = yield* LoopbackServer.http(() => {})
        const large = { name: "large", data: new Uint8Array(52_428_800) }
        const error = yield* Files.use((files) => Effect.flip(files.upload(large))).pipe(Effect.provide(files(url)))
        assert.include(error.message, "expected at most 52428800 bytes altogether")
        assert.strictEqual(connections(), 0)
      }))

    it.live("is refused where a file is none, with nothing sent", () =>
      Effect.gen(function*() {
        const { url, connections } = yield* LoopbackServer.http(() => {})
        const bad: ReadonlyArray<object> = [
          {},
          { name: "", data },
          { name: "a", data: "text" },
          { name: "a", data, contentType: "no type" },
          { name: "a", data, contentType: "text/plain\r\nx: y" }
        ]
        for (const file of bad) {
          const error = yield* Files.use((files) => Effect.flip(files.upload(file as never))).pipe(
            Effect.provide(files(url))
          )
          assert.include(error.message, "source: expected a file")
        }
        assert.strictEqual(connections(), 0)
      }))
  })

  describe(`an upload, over ${name}`, () => {
    it.live("has no time limit for an attempt but that of a call that names one", () =>
      Effect.gen(function*() {
        const { url } = yield* LoopbackServer.httpAfterRequest((response) => {
          setTimeout(() => LoopbackServer.json(response, 201, {}), 300)
        })
        const upload = (options?: EffectFace["options"]) =>
          Files.use((files) => files.upload({ name: "a", data }, options))
        const layer = files(url, { attemptTimeout: "100 millis", retry: "never" })
        yield* Effect.provide(upload(), layer)
        const error = yield* Effect.flip(upload({ attemptTimeout: "100 millis" })).pipe(Effect.provide(layer))
        assert.deepInclude(error, { _tag: "SunshineError", applied: "unknown" })
        assert.include(error.message, "no answer within 100ms (attempt)")
      }))
  })

  describe(`an answer, over ${name}`, () => {
    const large = (bytes: number) => JSON.stringify({ text: "x".repeat(bytes) })

    it.live("may be as large as the row says, where the client has no limit of its own", () =>
      Effect.gen(function*() {
        const { url } = yield* LoopbackServer.http((_, response) => {
          response.writeHead(200, { "content-type": "application/json" }).end(large(8 * 1024 * 1024))
        })
        const list = Files.use((files) => files.list())
        yield* Effect.provide(list, files(url))
        const error = yield* Effect.flip(list).pipe(Effect.provide(files(url, { maxResponseBytes: 1024 * 1024 })))
        assert.include(error.message, "larger than")
      }))
  })
}

describe("a list that the vendor pages", () => {
  const cursor = (index: number) => String(index).padStart(24, "0")

  /** Notes 1 to 5, two on a page, oldest first on each. */
  const paged: Http.RequestListener = (request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost")
    const after = searchParams.get("page[after]")
    const before = searchParams.get("page[before]")
    const first = after === null ? before === null ? 1 : Math.max(1, Number(before) - 2) : Number(after) + 1
    const last = Math.min(5, before === null ? first + 1 : Number(before) - 1)
    LoopbackServer.json(response, 200, {
      notes: Array.from({ length: last - first + 1 }, (_, index) => ({ id: cursor(first + index) })),
      meta: {
        hasMore: before === null ? last < 5 : first > 1,
        ...(last < 5 && { afterCursor: cursor(last) }),
        ...(first > 1 && { beforeCursor: cursor(first) })
      }
    })
  }

  const listing = (handler: Http.RequestListener) =>
    Effect.gen(function*() {
      const asked: Array<string> = []
      const { url } = yield* LoopbackServer.http((request, response) => {
        asked.push(decodeURIComponent(request.url?.split("?")[1] ?? ""))
        handler(request, response)
      })
      const context = yield* Layer.build(
        Notes.layer({ appId, baseUrl: url }).pipe(Layer.provide([bearer, UndiciTransport.layer]))
      )
      return { asked, notes: Context.get(context, Notes) }
    })

  const collected = <E>(stream: Stream.Stream<{ readonly id: string }, E>) =>
    Effect.map(Stream.runCollect(stream), (notes) => notes.map(({ id }) => Number(id)))

  it.live("gives a page with the cursors of its neighbours", () =>
    Effect.gen(function*() {
      const { asked, notes } = yield* listing(paged)
      assert.deepStrictEqual(yield* notes.list("ada", { after: cursor(2) }), {
        items: [{ id: cursor(3) }, { id: cursor(4) }],
        hasMore: true,
        before: cursor(3),
        after: cursor(4)
      })
      assert.deepStrictEqual(asked, [`page[after]=${cursor(2)}`])
    }))

  it.live("streams everything in either direction, and asks for no page that nobody wants", () =>
    Effect.gen(function*() {
      const { asked, notes } = yield* listing(paged)
      assert.deepStrictEqual(yield* collected(notes.stream("ada")), [1, 2, 3, 4, 5])
      assert.deepStrictEqual(yield* collected(notes.stream("ada", { after: cursor(3) })), [4, 5])
      assert.deepStrictEqual(yield* collected(notes.stream("ada", { before: cursor(5) })), [4, 3, 2, 1])
      asked.length = 0
      assert.deepStrictEqual(yield* collected(Stream.take(notes.stream("ada"), 2)), [1, 2])
      assert.deepStrictEqual(asked, [""])
    }))

  it.live("goes backwards from the end where that is the vendor's order", () =>
    Effect.gen(function*() {
      const { asked, notes } = yield* listing((request, response) => {
        if (request.url?.includes("?")) return paged(request, response)
        LoopbackServer.json(response, 200, {
          notes: [{ id: cursor(4) }, { id: cursor(5) }],
          meta: { hasMore: true, beforeCursor: cursor(4) }
        })
      })
      assert.deepStrictEqual(yield* collected(notes.streamBackwards("ada")), [5, 4, 3, 2, 1])
      assert.deepStrictEqual(asked, ["", `page[before]=${cursor(4)}`, `page[before]=${cursor(2)}`])
    }))

  it.live("fails as its page does, after what came before", () =>
    Effect.gen(function*() {
      const { notes } = yield* listing((request, response) =>
        request.url?.includes(cursor(2))
          ? LoopbackServer.json(response, 404, { errors: [{ code: "user_not_found", title: "User not found" }] })
          : paged(request, response)
      )
      const seen: Array<string> = []
      const error = yield* Effect.flip(
        Stream.runForEach(notes.stream("ada"), ({ id }) => Effect.sync(() => void seen.push(id)))
      )
      assert.strictEqual(error._tag, "UserNotFound")
      assert.deepStrictEqual(seen, [cursor(1), cursor(2)])
    }))

  const meta = (meta: unknown) => listing((_, response) => LoopbackServer.json(response, 200, { notes: [], meta }))

  it.live("refuses an answer whose hasMore or cursor is something else", () =>
    Effect.gen(function*() {
      for (const odd of [{ hasMore: "yes" }, { hasMore: 1 }, { hasMore: null }, { hasMore: true, afterCursor: 7 }]) {
        const { notes } = yield* meta(odd)
        const error = yield* Effect.flip(notes.list("ada"))
        assert.deepInclude(error, { _tag: "SunshineError" })
        assert.include(error.message, "meta")
      }
    }))

  it.live("goes on by a cursor where hasMore is absent, and ends at a cursor that leads to itself", () =>
    Effect.gen(function*() {
      const { asked, notes } = yield* listing((_, response) =>
        LoopbackServer.json(response, 200, { notes: [{ id: "1" }], meta: { afterCursor: cursor(1) } })
      )
      assert.deepStrictEqual(yield* collected(notes.stream("ada")), [1, 1])
      assert.deepStrictEqual(asked, ["", `page[after]=${cursor(1)}`])
    }))

  it.live("ends where cursors lead round in a circle, however long it is", () =>
    Effect.gen(function*() {
      for (const length of [2, 3, 7]) {
        const { asked, notes } = yield* listing((request, response) => {
          const after = Number(new URL(request.url ?? "", "http://localhost").searchParams.get("page[after]") ?? 0)
          LoopbackServer.json(response, 200, {
            notes: [{ id: "1" }],
            meta: { hasMore: true, afterCursor: cursor((after % length) + 1) }
          })
        })
        yield* collected(notes.stream("ada"))
        assert.isBelow(asked.length, 4 * length + 4)
      }
    }))

  it.live("ends where there is more and no cursor, and where nothing is said at all", () =>
    Effect.gen(function*() {
      for (const last of [{ hasMore: true }, { hasMore: false, afterCursor: cursor(9) }, {}, undefined]) {
        const { asked, notes } = yield* meta(last)
        assert.deepStrictEqual(yield* collected(notes.stream("ada")), [])
        assert.lengthOf(asked, 1)
      }
    }))

  it.live("refuses a beginning that is none, with nothing sent", () =>
    Effect.gen(function*() {
      const { asked, notes } = yield* listing(paged)
      const bad: ReadonlyArray<unknown> = [{ afterr: cursor(1) }, { after: 1 }, "text", [cursor(1)]]
      for (const from of bad) {
        const error = yield* Effect.flip(notes.list("ada", from as never))
        assert.deepInclude(error, { _tag: "SunshineError", applied: "no" })
        yield* Effect.flip(collected(notes.stream("ada", from as never)))
      }
      assert.lengthOf(asked, 0)
    }))
})

describe("a secret", () => {
  it.effect("is sent as it is, comes back hidden, and is in nothing that is printed", () =>
    Effect.gen(function*() {
      const { httpClient, sent } = ScriptedTransport.make([
        ScriptedTransport.json(201, { id: "1", secret: "s3cret", undeclared: true })
      ])
      const layer = Notes.layer({ appId, baseUrl }).pipe(
        Layer.provide([bearer, Layer.succeed(HttpClient.HttpClient, httpClient)])
      )
      const note = yield* Notes.use((notes) => notes.create({ id: "1", secret: Redacted.make("mine") })).pipe(
        Effect.provide(layer)
      )
      assert.deepStrictEqual(sent.map(({ body }) => body), ["{\"id\":\"1\",\"secret\":\"mine\"}"])
      assert.strictEqual(note.secret && Redacted.value(note.secret), "s3cret")
      assert.notInclude(inspect(note, { depth: null }) + JSON.stringify(note) + String(note), "s3cret")
    }))
})
