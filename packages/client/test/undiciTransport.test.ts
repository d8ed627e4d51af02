import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import { Agent } from "undici"
import * as LoopbackServer from "./LoopbackServer.ts"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"

describe("UndiciTransport", () => {
  it.live("goes by the TLS settings of the caller's agent, and leaves it open", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.https((_, response) => LoopbackServer.json(response, 200, { user: ada }))
      const agent = new Agent({ connect: { ca: LoopbackServer.certificate } })
      const { users } = yield* Effect.scoped(TestClient.at(url, UndiciTransport.layerDispatcher(agent)))
      assert.deepStrictEqual(yield* users.get("ada"), ada)
      assert.isFalse(agent.closed || agent.destroyed)
      yield* Effect.promise(() => agent.close())

      const ofItsOwn = yield* TestClient.at(
        url,
        UndiciTransport.layerAgent({ connect: { ca: LoopbackServer.certificate } })
      )
      assert.deepStrictEqual(yield* ofItsOwn.users.get("ada"), ada)
    }))

  it.live("closes the connections of an agent of its own with its scope", () =>
    Effect.gen(function*() {
      const closed = yield* Deferred.make<void>()
      const { url } = yield* LoopbackServer.httpAfterRequest((response, { socket }) => {
        socket.once("close", () => Deferred.doneUnsafe(closed, Effect.void))
        LoopbackServer.json(response, 200, { user: ada })
      })
      yield* Effect.scoped(Effect.flatMap(TestClient.at(url, UndiciTransport.layer), ({ users }) => users.get("ada")))
      yield* Deferred.await(closed)
    }))

  it.live("refuses an answer that says that it is too large without waiting for it", () =>
    Effect.gen(function*() {
      const { url } = yield* LoopbackServer.httpAfterRequest((response) =>
        response.writeHead(200, { "content-length": 2_000_000 }).flushHeaders()
      )
      const { users } = yield* TestClient.at(url, UndiciTransport.layer)
      const error = yield* Effect.flip(users.get("ada", { retry: "never" }))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "UnexpectedResponse", problem: "too-large" })
    }))

  it.live("fails a call on an agent that is closed", () =>
    Effect.gen(function*() {
      const { users } = yield* Effect.scoped(TestClient.at(LoopbackServer.nobody, UndiciTransport.layer))
      const error = yield* Effect.flip(users.get("ada", { retry: "never" }))
      assert(error._tag === "SunshineError")
      assert.deepInclude(error.reason, { _tag: "Transport", code: "UND_ERR_DESTROYED" })
    }))
})

describe("the proxy of the environment", () => {
  const environment = (env: Record<string, string>) =>
    ConfigProvider.layer(ConfigProvider.fromEnv({ env, preserveEmptyStrings: true }))

  /** Who answers a call: the proxy, or the server itself. */
  const answering = (variables: (proxy: string, server: string) => Record<string, string>) =>
    Effect.gen(function*() {
      const proxy = yield* LoopbackServer.proxy
      const { url } = yield* LoopbackServer.http((_, response) => LoopbackServer.json(response, 200, { user: ada }))
      const transport = Layer.provide(UndiciTransport.layer, environment(variables(proxy.url, url)))
      const { users } = yield* TestClient.at(url, transport)
      const { id } = yield* users.get("ada")
      assert.deepStrictEqual(proxy.asked, id === ada.id ? [] : [`GET ${url}/v2/apps/${TestClient.appId}/users/ada`])
      return id === ada.id ? "server" : "proxy"
    })

  const on = { NODE_USE_ENV_PROXY: "1" }

  it.live.each<readonly [who: string, variables: (proxy: string, server: string) => Record<string, string>]>([
    ["server", (proxy) => ({ HTTP_PROXY: proxy })],
    ["server", (proxy) => ({ NODE_USE_ENV_PROXY: "0", HTTP_PROXY: proxy })],
    ["server", (proxy) => ({ NODE_USE_ENV_PROXY: "true", HTTP_PROXY: proxy })],
    ["server", () => on],
    ["proxy", (proxy) => ({ ...on, HTTP_PROXY: proxy })],
    ["proxy", (proxy) => ({ ...on, http_proxy: proxy })],
    ["proxy", (proxy) => ({ ...on, http_proxy: proxy, HTTP_PROXY: LoopbackServer.nobody })],
    ["server", (proxy) => ({ ...on, http_proxy: "", HTTP_PROXY: proxy })],
    ["server", (proxy) => ({ ...on, HTTPS_PROXY: proxy })],
    ["server", (proxy) => ({ ...on, HTTP_PROXY: proxy, NO_PROXY: "example.com,127.0.0.1" })],
    ["server", (proxy) => ({ ...on, HTTP_PROXY: proxy, no_proxy: "*", NO_PROXY: "" })],
    ["proxy", (proxy) => ({ ...on, HTTP_PROXY: proxy, no_proxy: "", NO_PROXY: "*" })],
    ["server", (proxy, server) => ({ ...on, HTTP_PROXY: proxy, NO_PROXY: new URL(server).host })],
    ["proxy", (proxy) => ({ ...on, HTTP_PROXY: proxy, NO_PROXY: "127.0.0.1:1" })]
  ])("is asked as Node's own fetch does: %#, %s", ([who, variables]) =>
    Effect.gen(function*() {
      assert.strictEqual(yield* answering(variables), who)
    }))

  it.live("tunnels TLS with the settings of the agent, and the process's own environment is not asked", () =>
    Effect.gen(function*() {
      const proxy = yield* LoopbackServer.proxy
      const { url } = yield* LoopbackServer.https((_, response) => LoopbackServer.json(response, 200, { user: ada }))
      const server = url.replace("127.0.0.1", "localhost")
      const { users } = yield* TestClient.at(
        server,
        UndiciTransport.layerAgent({ connect: { ca: LoopbackServer.certificate, timeout: 5000 } }).pipe(
          Layer.provide(environment({ ...on, https_proxy: proxy.url }))
        )
      )
      assert.strictEqual((yield* users.get("ada")).id, ada.id)
      assert.deepStrictEqual(proxy.asked, [`CONNECT ${new URL(server).host}`])
    }))

  it.live("is read when the transport is made", () =>
    Effect.gen(function*() {
      const proxy = yield* LoopbackServer.proxy
      const { url } = yield* LoopbackServer.http((_, response) => LoopbackServer.json(response, 200, { user: ada }))
      yield* Effect.acquireRelease(
        Effect.sync(() => Object.assign(process.env, on, { http_proxy: proxy.url, no_proxy: "" })),
        () =>
          Effect.sync(() =>
            ["NODE_USE_ENV_PROXY", "http_proxy", "no_proxy"].forEach((name) => delete process.env[name])
          )
      )
      const before = yield* TestClient.at(url, UndiciTransport.layer)
      assert.strictEqual((yield* before.users.get("ada")).id, "proxied")
      process.env["no_proxy"] = "*"
      assert.strictEqual((yield* before.users.get("ada")).id, "proxied")
      const after = yield* TestClient.at(url, UndiciTransport.layer)
      assert.strictEqual((yield* after.users.get("ada")).id, ada.id)
    }))

  it.effect.each<readonly [problem: string, layer: Layer.Layer<HttpClient.HttpClient>]>([
    ...["proxy.example", "proxy.example:3128", "ftp://proxy.example", "http://a:%zz1@proxy.example"].map((url) =>
      [
        "HTTP_PROXY must be the URL of a proxy, such as http://proxy.example:3128",
        Layer.provide(UndiciTransport.layer, environment({ ...on, HTTP_PROXY: url }))
      ] as const
    ),
    ...([
      ["factory must be a function.", { factory: 5 }],
      ["invalid connections", { connections: -1 }],
      ["invalid keepAliveTimeout", { keepAliveTimeout: "soon" }],
      ["connect must be a function or an object", { connect: 5 }]
    ] as const).map(([why, options]) =>
      [
        `UndiciTransport must have options that undici takes: ${why}`,
        // @ts-expect-error: what a caller without a compiler may write
        UndiciTransport.layerAgent(options)
      ] as const
    )
  ])("%s, says the client", ([problem, layer]) =>
    Effect.gen(function*() {
      const client = Users.layer({ appId: "1", subdomain: "example" }).pipe(
        Layer.provide([layer, Credentials.layerBasic(TestClient.key)])
      )
      const error = yield* Effect.flip(Layer.build(client))
      assert.strictEqual(error.message, problem)
    }))
})
