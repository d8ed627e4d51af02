import { assert, describe, it } from "@effect/vitest"
import * as Circuit from "@sunco/client/Circuit"
import * as Limiter from "@sunco/client/Limiter"
import {
  ClientClosed,
  type Options,
  SettingsError,
  Sunshine,
  SunshineError,
  UserAlreadyExists,
  UserNotFound,
  Users
} from "@sunco/client/promise"
import * as Errors from "@sunco/client/SunshineError"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as EffectUsers from "@sunco/client/Users"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { createHmac } from "node:crypto"
import { getEventListeners } from "node:events"
import { setImmediate } from "node:timers/promises"
import { inspect } from "node:util"
import * as LoopbackServer from "./LoopbackServer.ts"
import { ada } from "./Operations.ts"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId } from "./TestClient.ts"

interface Sent {
  readonly url: string
  readonly init: RequestInit
  readonly authorization: string | null
}

type Reply = (sent: Sent) => Promise<Response>

const json = (status: number, body: unknown, headers?: Record<string, string>): Reply => () =>
  Promise.resolve(
    new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } })
  )

const failure = (status: number, code: string) => json(status, { errors: [{ code, title: "Zs1VendorText" }] })

const found = json(200, { user: ada })

/** As `fetch` behaves when nobody answers. */
const silence: Reply = ({ init: { signal } }) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)))

/** A `fetch` that gives one reply per request, the last one again and again, and keeps what it was asked. */
const scripted = (...script: readonly [Reply, ...Array<Reply>]) => {
  const sent: Array<Sent> = []
  const fetch: typeof globalThis.fetch = (url, init = {}) => {
    const request = { url: String(url), init, authorization: new Headers(init.headers).get("authorization") }
    sent.push(request)
    return (script[sent.length - 1] ?? script.at(-1)!)(request)
  }
  return { sent, fetch }
}

const secret = "Zs2KeySecret"

const credentials = { keyId: "app_5d8cff3cd55b040010928b5b", secret }

const make = (transport: Options["transport"], options?: Partial<Options>) =>
  Users.make({ appId, subdomain: "example", credentials, transport, ...options })

/** What the promise is rejected with. */
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then((value) => assert.fail(`resolved with ${String(value)}`), (error: unknown) => error)

/** What is thrown. */
const thrown = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  return assert.fail("threw nothing")
}

const environment = (variables: Record<string, string>) =>
  ConfigProvider.layer(ConfigProvider.fromEnv({ env: variables }))

describe("an error", () => {
  const lost: Reply = () =>
    Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) }))

  const unavailable = Layer.succeed(Limiter.Limiter, {
    admit: () => Effect.fail(new Errors.LimiterUnavailable({ cause: Redacted.make("away") })),
    slowDown: () => Effect.void
  })

  const reasons: Record<Errors.SunshineErrorReason["_tag"], (retry: { readonly retry: "never" }) => Promise<unknown>> =
    {
      InvalidInput: () => make(scripted(found).fetch).get(""),
      BadRequest: () => make(scripted(failure(400, "bad_request")).fetch).get("ada"),
      Unauthorized: () => make(scripted(failure(401, "unauthorized")).fetch).get("ada"),
      Forbidden: () => make(scripted(failure(403, "forbidden")).fetch).get("ada"),
      AppNotFound: () => make(scripted(failure(404, "app_not_found")).fetch).get("ada"),
      PayloadTooLarge: () => make(scripted(failure(413, "payload_too_large")).fetch).create({}),
      RateLimited: (options) => make(scripted(failure(429, "too_many_requests")).fetch).get("ada", options),
      ServerError: (options) => make(scripted(failure(503, "unavailable")).fetch).get("ada", options),
      Transport: (options) => make(scripted(lost).fetch).get("ada", options),
      Timeout: (options) => make(scripted(silence).fetch).get("ada", { ...options, attemptTimeout: 1 }),
      CredentialsUnavailable: (options) =>
        make(scripted(found).fetch, { credentials: { token: () => Promise.reject(new Error("no token")) } })
          .get("ada", options),
      LimiterUnavailable: (options) => make(scripted(found).fetch, { layers: [unavailable] }).get("ada", options),
      CircuitOpen: async (options) => {
        const users = make(scripted(failure(503, "unavailable")).fetch, { layers: [Circuit.layer({ failures: 1 })] })
        await rejection(users.get("ada", options))
        return users.get("ada", options)
      },
      UnexpectedResponse: () => make(scripted(json(200, {})).fetch).get("ada")
    }

  it.each(Object.entries(reasons))("is a SunshineError of the reason %s, itself", async (tag, call) => {
    const error = await rejection(call({ retry: "never" }))
    assert.instanceOf(error, Error)
    assert.instanceOf(error, SunshineError)
    assert.strictEqual(error._tag, "SunshineError")
    assert.strictEqual(error.reason._tag, tag)
    assert.match(error.message, /^Users\.(get|create): .+; \d attempts?/)
    assert.include(error.stack, `SunshineError: ${error.message}`)
  })

  it("is an outcome of the domain by its class", async () => {
    const missing = await rejection(make(scripted(failure(404, "user_not_found")).fetch).get("nobody"))
    assert.instanceOf(missing, Error)
    assert.instanceOf(missing, UserNotFound)
    assert.strictEqual(missing.message, "Users.get: the user does not exist")
    assert.include(missing.stack, "UserNotFound: Users.get: the user does not exist")
    assert.strictEqual(Redacted.value(missing.response).status, 404)

    const taken = await rejection(make(scripted(failure(409, "conflict")).fetch).create({ externalId: "ada" }))
    assert.instanceOf(taken, UserAlreadyExists)
    assert.strictEqual(taken.message, "Users.create: another user has the externalId")
  })

  it("is the defect where there is one", async () => {
    const defect = new Error("a bug of a limiter")
    const broken = Layer.succeed(Limiter.Limiter, { admit: () => Effect.die(defect), slowDown: () => Effect.void })
    assert.strictEqual(await rejection(make(scripted(found).fetch, { layers: [broken] }).get("ada")), defect)
  })

  it("is a rejection, never thrown by the call", async () => {
    const users = make(scripted(found).fetch)
    // @ts-expect-error: what a caller without a compiler may write
    const error = await rejection(users.get("ada", { deadline: "soon" }))
    assert.instanceOf(error, Error)
    // @ts-expect-error: what a caller without a compiler may write
    assert.instanceOf(await rejection(users.get()), SunshineError)
    assert.instanceOf(
      await rejection(users.withResponse(() => {
        throw new RangeError("thrown")
      })),
      RangeError
    )
  })

  it("prints no secret and no text of the vendor", async () => {
    const error = await rejection(make(scripted(failure(400, "bad_request")).fetch).get("Zs3Id"))
    for (const text of [String(error), JSON.stringify(error), inspect(error, { depth: null, showHidden: true })]) {
      assert.notMatch(text, /Zs\d/)
    }
  })
})

describe("a signal", () => {
  const reason = new Error("the caller went away")

  it("that is aborted already sends nothing", async () => {
    const { fetch, sent } = scripted(found)
    const signal = AbortSignal.abort(reason)
    assert.strictEqual(await rejection(make(fetch).get("ada", { signal })), reason)
    assert.lengthOf(sent, 0)
    assert.lengthOf(getEventListeners(signal, "abort"), 0)
  })

  it("that is aborted meanwhile ends the call with its reason, and the request with it", async () => {
    const { fetch, sent } = scripted(silence)
    const controller = new AbortController()
    const call = rejection(make(fetch).create({ externalId: "ada" }, { signal: controller.signal }))
    await setImmediate()
    assert.lengthOf(getEventListeners(controller.signal, "abort"), 1)
    assert.isFalse(sent[0]?.init.signal?.aborted)
    controller.abort(reason)
    assert.strictEqual(await call, reason)
    assert.isTrue(sent[0]?.init.signal?.aborted)
    assert.lengthOf(sent, 1)
    assert.lengthOf(getEventListeners(controller.signal, "abort"), 0)
  })

  it("has fetch's own reason where it is given none", async () => {
    const controller = new AbortController()
    const call = rejection(make(scripted(silence).fetch).get("ada", { signal: controller.signal }))
    controller.abort()
    const error = await call
    assert.instanceOf(error, DOMException)
    assert.strictEqual(error.name, "AbortError")
    const timedOut = await rejection(make(scripted(silence).fetch).get("ada", { signal: AbortSignal.timeout(1) }))
    assert.instanceOf(timedOut, DOMException)
    assert.strictEqual(timedOut.name, "TimeoutError")
  })

  it("ends a wait between attempts", async () => {
    const { fetch, sent } = scripted(json(429, {}, { "retry-after": "20" }))
    const controller = new AbortController()
    const call = rejection(make(fetch).get("ada", { signal: controller.signal }))
    while (sent.length === 0) await setImmediate()
    await setImmediate()
    controller.abort(reason)
    assert.strictEqual(await call, reason)
    assert.lengthOf(sent, 1)
  })

  it("ends a wait for a token, and tells the function when nobody waits any more", async () => {
    const { fetch, sent } = scripted(found)
    const controller = new AbortController()
    let asked: AbortSignal | undefined
    const token = (signal: AbortSignal) => {
      asked = signal
      return new Promise<string>(() => {})
    }
    const call = rejection(make(fetch, { credentials: { token } }).get("ada", { signal: controller.signal }))
    await setImmediate()
    assert.isFalse(asked?.aborted)
    controller.abort(reason)
    assert.strictEqual(await call, reason)
    assert.isTrue(asked?.aborted)
    assert.lengthOf(sent, 0)
  })

  it("has no listener left when the call is over, however it ended", async () => {
    const { signal } = new AbortController()
    const users = make(scripted(found, failure(404, "user_not_found"), found).fetch)
    await users.get("ada", { signal })
    assert.lengthOf(getEventListeners(signal, "abort"), 0)
    await rejection(users.get("nobody", { signal }))
    assert.lengthOf(getEventListeners(signal, "abort"), 0)
    await Promise.all(Array.from({ length: 50 }, () => users.get("ada", { signal })))
    assert.lengthOf(getEventListeners(signal, "abort"), 0)
  })

  it("that is aborted when the call is over changes nothing", async () => {
    const controller = new AbortController()
    const call = make(scripted(found).fetch).get("ada", { signal: controller.signal })
    assert.strictEqual((await call).id, ada.id)
    controller.abort(reason)
    assert.strictEqual((await call).id, ada.id)
  })

  it("that is aborted when the call has failed leaves the failure", async () => {
    const controller = new AbortController()
    const call = rejection(make(scripted(found).fetch).get("", { signal: controller.signal }))
    controller.abort(reason)
    assert.instanceOf(await call, SunshineError)
  })

  it("ends its own call alone", async () => {
    const controller = new AbortController()
    const answer = Promise.withResolvers<Response>()
    const users = make(scripted(silence, () => answer.promise).fetch)
    const aborted = rejection(users.get("ada", { signal: controller.signal }))
    const other = users.get("ada")
    await setImmediate()
    controller.abort(reason)
    assert.strictEqual(await aborted, reason)
    answer.resolve(Response.json({ user: ada }))
    assert.strictEqual((await other).id, ada.id)
  })

  it("closes the request on the wire", () =>
    Effect.gen(function*() {
      const closed = Promise.withResolvers<void>()
      const asked = Promise.withResolvers<void>()
      const { url } = yield* LoopbackServer.http((_, response) => {
        response.on("close", closed.resolve)
        asked.resolve()
      })
      yield* Effect.promise(async () => {
        await using users = make(undefined, { subdomain: undefined, baseUrl: url })
        const controller = new AbortController()
        const call = rejection(users.get("ada", { signal: controller.signal }))
        await asked.promise
        controller.abort(reason)
        assert.strictEqual(await call, reason)
        await closed.promise
      })
    }).pipe(Effect.scoped, Effect.runPromise))
})

describe("close", () => {
  it("ends what is pending, and its requests", async () => {
    const { fetch, sent } = scripted(silence)
    const users = make(fetch)
    const calls = [users.get("ada"), users.create({}), users.withResponse((users) => users.get("ada"))].map(rejection)
    await setImmediate()
    await users.close()
    for (const error of await Promise.all(calls)) {
      assert.instanceOf(error, ClientClosed)
      assert.instanceOf(error, Error)
      assert.strictEqual(error.message, "the client is closed")
    }
    assert.deepStrictEqual(sent.map(({ init }) => init.signal?.aborted), [true, true, true])
  })

  it("may come again, and lets nothing be sent any more", async () => {
    const { fetch, sent } = scripted(found)
    const users = make(fetch)
    const closing = users.close()
    assert.instanceOf(await rejection(users.get("ada")), ClientClosed)
    await Promise.all([closing, users.close(), users[Symbol.asyncDispose]()])
    await users.close()
    assert.instanceOf(await rejection(users.get("ada")), ClientClosed)
    assert.instanceOf(await rejection(users.withResponse((users) => users.get("ada"))), ClientClosed)
    assert.lengthOf(sent, 0)
  })

  it("leaves the reason to a signal that was aborted before", async () => {
    const users = make(scripted(silence).fetch)
    const controller = new AbortController()
    const call = rejection(users.get("ada", { signal: controller.signal }))
    await setImmediate()
    controller.abort("first")
    await users.close()
    assert.strictEqual(await call, "first")
  })

  it("gives back what transport and layers hold, once, also at the end of a block or when nothing is made", async () => {
    let held = 0
    const { httpClient } = ScriptedTransport.make([ScriptedTransport.json(200, { user: ada })])
    const hold = Effect.acquireRelease(Effect.sync(() => held++), () => Effect.sync(() => held--))
    const transport = Layer.effect(HttpClient.HttpClient, Effect.as(hold, httpClient))
    const layers = [Layer.effectDiscard(hold)]
    {
      await using users = make(transport, { layers })
      assert.strictEqual((await users.get("ada")).id, ada.id)
      assert.strictEqual(held, 2)
    }
    assert.strictEqual(held, 0)
    thrown(() => make(transport, { appId: "", layers }))
    assert.strictEqual(held, 0)
    thrown(() => make(transport, { layers: [...layers, Layer.effectDiscard(Effect.never)] }))
    await setImmediate()
    assert.strictEqual(held, 0)
  })
})

describe("a client", () => {
  const settings: ReadonlyArray<readonly [what: string, run: () => unknown, message: string]> = [
    ["no app", () => make(undefined, { appId: "" }), "appId must be set"],
    [
      "two addresses",
      () => make(undefined, { baseUrl: "https://api.smooch.io" }),
      "baseUrl and subdomain are both set: keep one of them"
    ],
    [
      "plain http",
      () => make(undefined, { subdomain: undefined, baseUrl: "http://example.com" }),
      "baseUrl must begin with https:// (http:// is for loopback only)"
    ],
    [
      "no credentials",
      // @ts-expect-error: what a caller without a compiler may write
      () => Users.make({ appId, subdomain: "example" }),
      "credentials must be a keyId with its secret, or a token"
    ],
    [
      "a key and a token",
      () => make(undefined, { credentials: { ...credentials, token: "token" } }),
      "credentials must be a keyId with its secret, or a token"
    ],
    [
      "no keyId",
      () => make(undefined, { credentials: { ...credentials, keyId: "" } }),
      "credentials.keyId must be set"
    ],
    // @ts-expect-error: what a caller without a compiler may write
    ["half a key", () => make(undefined, { credentials: { keyId: "app_1" } }), "credentials.secret must be set"],
    [
      "an empty secret",
      () => make(undefined, { credentials: { keyId: "app_1", secret: "" } }),
      "credentials.secret must be set"
    ],
    ["an empty token", () => make(undefined, { credentials: { token: "" } }), "credentials.token must be set"],
    [
      "an empty environment",
      () => Users.fromEnv({ layers: [environment({})] }),
      "SUNCO_APP_ID must be set; SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set; " +
      "SUNCO_KEY_ID and SUNCO_KEY_SECRET, or SUNCO_TOKEN, must be set"
    ],
    [
      "a layer that waits",
      () => make(undefined, { layers: [Layer.effectDiscard(Effect.sleep(1))] }),
      "transport and layers must not have to wait for anything to be made"
    ]
  ]

  it.each(settings)("is not made of wrong settings: %s", (_, run, message) => {
    const error = thrown(run)
    assert.instanceOf(error, Error)
    assert.instanceOf(error, SettingsError)
    assert.strictEqual(error.message, message)
  })

  it("is made of the environment", async () => {
    const { fetch, sent } = scripted(found)
    const layers = [environment({ SUNCO_APP_ID: appId, SUNCO_SUBDOMAIN: "example", SUNCO_TOKEN: "a token" })]
    await using users = Users.fromEnv({ transport: fetch, layers })
    await users.get("ada")
    assert.strictEqual(users.appId, appId)
    assert.strictEqual(sent[0]?.url, `https://example.zendesk.com/sc/v2/apps/${appId}/users/ada`)
    assert.strictEqual(sent[0]?.authorization, "Bearer a token")
  })

  it("is made of the environment as it is then, not as it was when another was made", async () => {
    const before = { ...process.env }
    const { fetch, sent } = scripted(found)
    try {
      Object.assign(process.env, { SUNCO_APP_ID: "app1", SUNCO_SUBDOMAIN: "one", SUNCO_TOKEN: "token1" })
      await Users.fromEnv({ transport: fetch }).get("ada")
      Object.assign(process.env, { SUNCO_APP_ID: "app2", SUNCO_SUBDOMAIN: "two", SUNCO_TOKEN: "token2" })
      await Users.fromEnv({ transport: fetch }).get("ada")
      delete process.env["SUNCO_TOKEN"]
      assert.include(String(thrown(() => Users.fromEnv({ transport: fetch }))), "SUNCO_TOKEN, must be set")
      Object.assign(process.env, { SUNCO_KEY_ID: "app_1", SUNCO_KEY_SECRET: "secret" })
      const layer = EffectUsers.Users.layerFromConfig().pipe(
        Layer.provide(FetchHttpClient.layer),
        Layer.provideMerge(Layer.succeed(FetchHttpClient.Fetch, fetch))
      )
      const get = Effect.flatMap(EffectUsers.Users, (users) => users.get("ada"))
      await Effect.runPromise(Effect.provide(get, layer))
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
      Object.assign(process.env, before)
    }
    assert.deepStrictEqual(sent.map(({ authorization, url }) => [url, authorization]), [
      ["https://one.zendesk.com/sc/v2/apps/app1/users/ada", "Bearer token1"],
      ["https://two.zendesk.com/sc/v2/apps/app2/users/ada", "Bearer token2"],
      ["https://two.zendesk.com/sc/v2/apps/app2/users/ada", "Basic YXBwXzE6c2VjcmV0"]
    ])
  })

  it("uses the fetch that is global when a call is made", async () => {
    const before = globalThis.fetch
    const users = make(undefined)
    const { fetch, sent } = scripted(found)
    try {
      globalThis.fetch = fetch
      await users.get("ada")
    } finally {
      globalThis.fetch = before
    }
    assert.lengthOf(sent, 1)
  })

  it("names what is missing also where its transport takes time to close", async () => {
    for (const transport of [UndiciTransport.layer, UndiciTransport.layerAgent({ connections: 1 })]) {
      assert.strictEqual(
        String(thrown(() => Users.fromEnv({ transport, layers: [environment({ SUNCO_TOKEN: "a.b.c" })] }))),
        "SettingsError: SUNCO_APP_ID must be set; SUNCO_SUBDOMAIN or SUNCO_BASE_URL must be set"
      )
    }
  })

  it.each<readonly [parts: object, problem: string]>([
    [{ transport: 5 }, "transport must be a fetch or a layer of an HttpClient"],
    [{ transport: Promise.resolve() }, "transport must be a fetch or a layer of an HttpClient"],
    [{ layers: Circuit.layer() }, "layers must be an array of layers"],
    [{ layers: [Circuit.layer] }, "layers must be an array of layers"],
    [{ deadline: "soon" }, "deadline must be a length of time above zero"],
    [{ appId: "app1" }, "appId is no such option"],
    [{ layer: [] }, "layer is no such option"]
  ])("is not made of the environment and %o", (parts, problem) => {
    const error = thrown(() => Users.fromEnv({ ...parts }))
    assert.instanceOf(error, SettingsError)
    assert.include(error.message, problem)
    // And of what else is missing.
    assert.include(error.message, "SUNCO_APP_ID must be set")
  })

  it.each<readonly [credentials: unknown, problem: string]>([
    [undefined, "credentials must be a keyId with its secret, or a token"],
    [null, "credentials must be a keyId with its secret, or a token"],
    ["a.b.c", "credentials must be a keyId with its secret, or a token"],
    [{ ...credentials, lifetime: "1 hour" }, "credentials.lifetime is no such option"],
    [{ ...credentials, scope: "apps" }, "credentials.scope must be \"app\" or \"integration\" or \"account\""],
    [{ ...credentials, keyId: "a:b" }, "credentials.keyId must be without a colon, which Basic cannot carry"],
    [{ token: "a", timeToLve: 1 }, "credentials.timeToLve is no such option: did you mean timeToLive?"],
    [{ token: 5 }, "credentials.token must be text"]
  ])("is not made of credentials %o", (credentials, problem) => {
    // @ts-expect-error: what a caller without a compiler may write
    const error = thrown(() => make(undefined, { credentials, deadline: NaN }))
    assert.instanceOf(error, SettingsError)
    assert.deepStrictEqual(error.message.split("; ").slice(1), [problem])
  })

  it("is not made of a resource of the other face", () => {
    // @ts-expect-error: what a caller without a compiler may write
    const error = thrown(() => Sunshine.fromEnv({ users: EffectUsers, others: undefined }))
    assert.instanceOf(error, SettingsError)
    assert.strictEqual(
      error.message,
      "resources.users must be a resource of @sunco/client/promise; resources.others must be a resource of @sunco/client/promise"
    )
  })

  it("prints none of its secrets", () => {
    const plain = make(scripted(found).fetch, { credentials: { ...credentials, scope: "app" } })
    const token = make(scripted(found).fetch, { credentials: { token: "Zs4Token" } })
    for (const users of [plain, token]) {
      const texts = [
        String(users),
        JSON.stringify(users),
        inspect(users, { depth: null, showHidden: true, getters: true })
      ]
      for (const text of texts) assert.notMatch(text, /Zs\d/)
    }
  })

  it("takes its methods apart from it", async () => {
    const { get } = make(scripted(found).fetch)
    assert.strictEqual((await get("ada")).id, ada.id)
  })

  it("hands its options and those of a call on", async () => {
    const { fetch, sent } = scripted(json(503, {}), json(503, {}), found)
    const users = make(fetch, { userAgent: "support-bot/2.0", retry: { attempts: 2, baseDelay: 0 } })
    const error = await rejection(users.get("ada"))
    assert.deepInclude(error, { attempts: 2, retryStopped: "attempts" })
    await users.get("ada", { brandId: "9477922990333" })
    assert.match(new Headers(sent[2]?.init.headers).get("user-agent") ?? "", /^support-bot\/2\.0 sunco-client\//)
    assert.strictEqual(new URL(sent[2]!.url).search, "?brandId=9477922990333")
    assert.strictEqual(sent[2]?.init.redirect, "manual")
  })

  it("gives each of many calls its own answer", async () => {
    const users = make(
      scripted(async ({ url }) => {
        await setImmediate()
        return Response.json({ user: { id: url.split("/").at(-1) } })
      }).fetch
    )
    const ids = Array.from({ length: 200 }, (_, index) => `id${index}`)
    assert.deepStrictEqual((await Promise.all(ids.map((id) => users.get(id)))).map(({ id }) => id), ids)
  })

  it("has its calls limited and traced by layers", async () => {
    const spans: Array<string> = []
    const tracer = Layer.succeed(
      Tracer.Tracer,
      Tracer.make({
        span: (options) => {
          spans.push(options.name)
          return new Tracer.NativeSpan(options)
        }
      })
    )
    const limiter = Limiter.layerMemory({ limit: 1, window: "1 minute" })
    const users = make(scripted(found).fetch, { layers: [tracer, limiter] })
    await users.get("ada")
    const late = await rejection(users.get("ada", { deadline: 1 }))
    assert.deepNestedInclude(late, { "reason._tag": "Timeout", attempts: 0 })
    assert.deepStrictEqual(spans, ["Users.get", "GET /v2/apps/:appId/users/:userIdOrExternalId", "Users.get"])
  })

  it("leaves no rejection unhandled", async () => {
    const unhandled: Array<unknown> = []
    const note = (error: unknown) => unhandled.push(error)
    process.on("unhandledRejection", note)
    const late = Promise.withResolvers<Response>()
    const lateToken = Promise.withResolvers<string>()
    const controller = new AbortController()
    const { signal } = controller
    const users = make(() => late.promise)
    const fetching = make(scripted(found).fetch, { credentials: { token: () => lateToken.promise } })
    const calls = [users.get("ada", { signal }), users.get("ada"), fetching.get("ada", { signal })].map(rejection)
    await setImmediate()
    controller.abort()
    await users.close()
    await Promise.all(calls)
    // Only now, when nobody waits for them any more.
    late.reject(new Error("late"))
    lateToken.reject(new Error("late"))
    await setImmediate()
    await setImmediate()
    process.off("unhandledRejection", note)
    assert.deepStrictEqual(unhandled, [])
  })
})

describe("credentials", () => {
  const sentWith = async (credentials: Options["credentials"], ...script: readonly [Reply, ...Array<Reply>]) => {
    const { fetch, sent } = scripted(...script)
    const users = make(fetch, { credentials })
    const results = await Promise.allSettled([users.get("ada"), users.get("ada")])
    return { results, authorizations: sent.map(({ authorization }) => authorization) }
  }

  it("are a key, plain or Redacted", async () => {
    const basic = `Basic ${Buffer.from(`${credentials.keyId}:${secret}`).toString("base64")}`
    for (const given of [secret, Redacted.make(secret)]) {
      const { authorizations } = await sentWith({ ...credentials, secret: given }, found)
      assert.deepStrictEqual(authorizations, [basic, basic])
    }
  })

  it("are a key that signs one JWT for many calls, where there is a scope", async () => {
    const { authorizations } = await sentWith({ ...credentials, scope: "app", lifetime: "1 hour" }, found)
    const [header, claims, signature] = authorizations[0]!.replace("Bearer ", "").split(".")
    assert.strictEqual(createHmac("sha256", secret).update(`${header}.${claims}`).digest("base64url"), signature)
    const { exp, scope } = JSON.parse(Buffer.from(claims!, "base64url").toString())
    assert.strictEqual(scope, "app")
    assert.isAbove(exp, Date.now() / 1000 + 3000)
    assert.strictEqual(new Set(authorizations).size, 1)
  })

  it("are a token", async () => {
    for (const token of ["a token", Redacted.make("a token")]) {
      assert.deepStrictEqual((await sentWith({ token }, found)).authorizations, ["Bearer a token", "Bearer a token"])
    }
  })

  it("are a function, asked once for many calls, and again after a while or a 401", async () => {
    let asked = 0
    const token = () => Promise.resolve(`token ${++asked}`)
    const { authorizations } = await sentWith({ token, timeToLive: "1 hour" }, found)
    assert.deepStrictEqual(authorizations, ["Bearer token 1", "Bearer token 1"])

    const { fetch, sent } = scripted(failure(401, "unauthorized"), found)
    await make(fetch, { credentials: { token: () => Promise.resolve(Redacted.make(`token ${++asked}`)) } }).get("ada")
    assert.deepStrictEqual(sent.map(({ authorization }) => authorization), ["Bearer token 2", "Bearer token 3"])

    const users = make(scripted(found).fetch, { credentials: { token, timeToLive: 0 } })
    await users.get("ada")
    await users.get("ada")
    assert.strictEqual(asked, 5)
  })

  it("are not there when the function throws, rejects, or gives no text", async () => {
    const thrower = () => {
      throw new Error("no token")
    }
    const tokens = [
      thrower,
      () => Promise.reject(new Error("no token")),
      () => Promise.resolve(undefined),
      () => Promise.resolve("")
    ]
    for (const token of tokens) {
      // @ts-expect-error: what a caller without a compiler may write
      const { authorizations, results } = await sentWith({ token }, found)
      for (const result of results) {
        assert.deepNestedInclude(result, { "reason.reason._tag": "CredentialsUnavailable" })
      }
      assert.lengthOf(authorizations, 0)
    }
  })
})

describe("withResponse", () => {
  it("gives status and headers of the last answer beside the value", async () => {
    const users = make(scripted(found, json(201, { user: ada }, { "x-request-id": "1" })).fetch)
    const { response, value } = await users.withResponse(async (users) => {
      await users.get("ada")
      return users.create({ externalId: "ada" })
    })
    assert.strictEqual(value.id, ada.id)
    assert.strictEqual(response?.status, 201)
    assert.strictEqual(response?.headers["x-request-id"], "1")
  })

  it("sees its own calls alone", async () => {
    const users = make(
      scripted(({ url }) => Promise.resolve(Response.json({ user: ada }, { headers: { for: url } }))).fetch
    )
    const outside = () => users.get("outside")
    const results = await Promise.all([
      users.withResponse((users) => users.get("one")),
      users.withResponse((users) => users.get("two")),
      users.withResponse(outside)
    ])
    assert.deepStrictEqual(
      results.map(({ response }) => response?.headers["for"]?.split("/").at(-1)),
      ["one", "two", undefined]
    )
  })
})

it("a server that ends the connection is a Transport error with the platform's code", () =>
  Effect.gen(function*() {
    const { url } = yield* LoopbackServer.tcp((socket) => socket.once("data", () => socket.resetAndDestroy()))
    yield* Effect.promise(async () => {
      await using users = make(undefined, { subdomain: undefined, baseUrl: url })
      const error = await rejection(users.get("ada", { retry: "never" }))
      assert.deepNestedInclude(error, { "reason._tag": "Transport", "reason.code": "ECONNRESET" })
    })
  }).pipe(Effect.scoped, Effect.runPromise))
