/** What is OAuth's alone: two servers, a state that nobody can guess, a token that is taken away. */
import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import * as Limiter from "@sunco/client/Limiter"
import { OAuth } from "@sunco/client/OAuth"
import type { OAuthMethods } from "@sunco/client/OAuthMethods"
import type { EffectFace } from "@sunco/client/EffectFace"
import type { OAuthOptions } from "@sunco/client/OAuthOptions"
import * as Promises from "@sunco/client/promise"
import { Sunshine } from "@sunco/client/Sunshine"
import * as ConfigProvider from "effect/ConfigProvider"
import * as WebCrypto from "effect/crypto/WebCrypto"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { inspect } from "node:util"
import * as ScriptedTransport from "./ScriptedTransport.ts"
import { appId, key, throughTime } from "./TestClient.ts"

const bridge = "https://oauth-bridge.zendesk.com/sc"

const token = Credentials.layerBearer(Redacted.make("a-token"))

const secret = { code: Redacted.make("a-code"), client_id: "tea-bot", client_secret: Redacted.make("the-secret") }

const issued = ScriptedTransport.json(200, { access_token: "the-token", token_type: "Bearer", refresh_token: "other" })

const connected = ScriptedTransport.json(200, { app: { id: appId, subdomain: "tea" } })

const done = ScriptedTransport.json(200, {})

type Script = Parameters<typeof ScriptedTransport.make>[0]

const made = (script: Script, credentials = token, options?: OAuthOptions) => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  return OAuth.make(options).pipe(
    Effect.provide([credentials, Layer.succeed(HttpClient.HttpClient, httpClient)]),
    Effect.map((oauth) => ({ oauth, sent }))
  )
}

/** Where each of the three went. */
const servers = (oauth: OAuthMethods<EffectFace>, sent: ReadonlyArray<ScriptedTransport.SentRequest>) =>
  Effect.gen(function*() {
    yield* oauth.getToken(secret)
    yield* oauth.tokenInfo()
    yield* Effect.ignore(oauth.revokeAccess())
    return sent.map(({ method, url }) => `${method} ${url}`)
  })

const all: Script = [issued, connected, done]

describe("where OAuth is", () => {
  const account = "https://tea.zendesk.com/sc"

  const at = (bridge: string, account?: string) => [
    `POST ${bridge}/oauth/token`,
    `GET ${bridge}/v2/tokenInfo`,
    ...(account === undefined ? [] : [`DELETE ${account}/oauth/authorization`])
  ]

  it.effect.each<readonly [what: string, options: OAuthOptions | undefined, urls: ReadonlyArray<string>]>([
    ["the vendor's bridge, where nothing is said", undefined, at(bridge)],
    ["the account's, for what is revoked, by its subdomain", { subdomain: "tea" }, at(bridge, account)],
    ["the account's, by its address", { baseUrl: "https://api.smooch.io" }, at(bridge, "https://api.smooch.io")],
    ["another bridge", { bridgeUrl: "https://bridge.example/a/" }, at("https://bridge.example/a")],
    ["another bridge beside an account", { bridgeUrl: "https://bridge.example", subdomain: "tea" }, [
      ...at("https://bridge.example", account)
    ]],
    ["this machine, where the account is", { baseUrl: "http://127.0.0.1:4010" }, [
      ...at("http://127.0.0.1:4010", "http://127.0.0.1:4010")
    ]],
    ["this machine, by IPv6", { baseUrl: "http://[::1]:4010/sc" }, at("http://[::1]:4010/sc", "http://[::1]:4010/sc")],
    ["this machine, where the bridge is", { bridgeUrl: "http://localhost:4010" }, [
      ...at("http://localhost:4010", "http://localhost:4010")
    ]],
    ["two of this machine", { bridgeUrl: "http://localhost:1", baseUrl: "http://localhost:2" }, [
      ...at("http://localhost:1", "http://localhost:2")
    ]]
  ])("is %s", ([, options, urls]) =>
    Effect.gen(function*() {
      const { oauth, sent } = yield* made(all, token, options)
      assert.deepStrictEqual(yield* servers(oauth, sent), urls)
      const { url } = yield* oauth.authorizeUrl({ client_id: "tea-bot" })
      assert.isTrue(url.startsWith(`${urls[0]?.slice("POST ".length, -"/token".length)}/authorize?`))
    }))

  it.effect("is beside the account of a Sunshine that it shares with others", () =>
    Effect.forEach(
      [
        [account, at(bridge, account)],
        ["http://127.0.0.1:4010", at("http://127.0.0.1:4010", "http://127.0.0.1:4010")]
      ] as const,
      ([baseUrl, urls]) =>
        Effect.gen(function*() {
          const { httpClient, sent } = ScriptedTransport.make(all)
          const layer = OAuth.layerNoDeps.pipe(
            Layer.provide(Sunshine.layer({ appId, baseUrl })),
            Layer.provide([token, Layer.succeed(HttpClient.HttpClient, httpClient)])
          )
          const asked = yield* OAuth.use((oauth) => servers(oauth, sent)).pipe(Effect.provide(layer))
          assert.deepStrictEqual(asked, urls)
        })
    ))

  it.effect.each<
    readonly [environment: { readonly [name: string]: string }, urls: ReadonlyArray<string>, header: string | undefined]
  >([
    [{ SUNCO_TOKEN: "a-token", SUNCO_SUBDOMAIN: "tea" }, at(bridge, account), "Bearer a-token"],
    [{ SUNCO_BRIDGE_URL: "https://bridge.example", SUNCO_BASE_URL: account, SUNCO_TOKEN: "a" }, [
      ...at("https://bridge.example", account)
    ], "Bearer a"],
    [{}, at(bridge).slice(0, 1), undefined]
  ])("is what the environment says: %j", ([environment, urls, header]) =>
    Effect.gen(function*() {
      const { httpClient, sent } = ScriptedTransport.make(all)
      const layer = OAuth.layerFromConfig({ retry: "never" }).pipe(
        Layer.provide([
          ConfigProvider.layer(ConfigProvider.fromUnknown(environment)),
          Layer.succeed(HttpClient.HttpClient, httpClient)
        ])
      )
      yield* OAuth.use((oauth) => Effect.exit(servers(oauth, sent))).pipe(Effect.provide(layer))
      assert.deepStrictEqual(sent.map(({ method, url }) => `${method} ${url}`), urls)
      assert.deepStrictEqual(sent[1]?.headers["authorization"], header)
    }))

  it.effect("is asked of nobody where the account is not known whose access is revoked", () =>
    Effect.gen(function*() {
      const { oauth, sent } = yield* made([done])
      const error = yield* Effect.flip(oauth.revokeAccess())
      assert.strictEqual(
        error.message,
        "OAuth.revokeAccess: subdomain: expected that of the account, or its baseUrl, among the options of the client; 0 attempts"
      )
      assert.lengthOf(sent, 0)
    }))

  it.effect("is told with everything else that is wrong", () =>
    Effect.gen(function*() {
      const options: OAuthOptions = Object.assign(
        { bridgeUrl: "http://bridge.example", subdomain: "tea.zendesk.com" },
        {
          appId
        }
      )
      const error = yield* Effect.flip(made([done], Credentials.layerBearer(Redacted.make("")), options))
      assert.sameMembers(error.problems.map(({ setting }) => setting), ["appId", "bridgeUrl", "subdomain", "token"])
      const wrong = yield* Effect.flip(made([done], token, { bridgeUrl: "" }))
      assert.deepStrictEqual(wrong.problems, [{ setting: "bridgeUrl", problem: "must be set" }])
    }))

  it.effect("is named apart from the account to a limiter", () =>
    Effect.gen(function*() {
      const keys: Array<string> = []
      const limiter = Layer.succeed(Limiter.Limiter, {
        admit: (key) => Effect.sync(() => void keys.push(key)).pipe(Effect.as({ epoch: 0 })),
        slowDown: () => Effect.void
      })
      const { oauth, sent } = yield* Effect.provide(made(all, token, { subdomain: "tea" }), limiter)
      yield* servers(oauth, sent)
      assert.deepStrictEqual(keys, [
        "{oauth-bridge.zendesk.com/sc/}",
        "{oauth-bridge.zendesk.com/sc/}",
        "{tea.zendesk.com/sc/}"
      ])
    }))
})

describe("authorizeUrl", () => {
  it.effect("has what the vendor asks a browser for, and a state of 256 random bits", () =>
    Effect.gen(function*() {
      const authorize = { client_id: "tea bot&", redirect_uri: "https://tea.example/done?a=b" }
      const [first, second] = yield* Effect.all([OAuth.authorizeUrl(authorize), OAuth.authorizeUrl(authorize)])
      const url = new URL(first.url)
      assert.strictEqual(url.origin + url.pathname, `${bridge}/oauth/authorize`)
      assert.deepStrictEqual(Object.fromEntries(url.searchParams), {
        ...authorize,
        response_type: "code",
        state: first.state
      })
      assert.match(first.state, /^[\w-]{43}$/)
      assert.notStrictEqual(first.state, second.state)
    }))

  it.effect("takes its randomness from the crypto that is there", () =>
    Effect.gen(function*() {
      const crypto = { getRandomValues: (bytes: Uint8Array) => bytes.fill(255) } as unknown as Crypto
      const { state } = yield* Effect.provideService(
        OAuth.authorizeUrl({ client_id: "tea-bot" }),
        WebCrypto.WebCrypto,
        crypto
      )
      assert.strictEqual(state, `${"_".repeat(42)}8`)
    }))

  it.effect("keeps a state that is given", () =>
    Effect.map(OAuth.authorizeUrl({ client_id: "tea-bot", state: "mine" }), ({ state, url }) => {
      assert.strictEqual(state, "mine")
      assert.strictEqual(url, `${bridge}/oauth/authorize?response_type=code&client_id=tea-bot&state=mine`)
    }))

  it.effect("is at the bridge that is said", () =>
    Effect.map(
      OAuth.authorizeUrl({ client_id: "tea-bot", state: "mine" }, { bridgeUrl: "http://127.0.0.1:4010/" }),
      ({ url }) => assert.isTrue(url.startsWith("http://127.0.0.1:4010/oauth/authorize?"))
    ))

  it.effect.each<readonly [what: string, authorize: unknown, options: { readonly bridgeUrl: string } | undefined]>([
    ["client_id", {}, undefined],
    ["client_id", { client_id: "" }, undefined],
    ["redirect_uri", { client_id: "a", redirect_uri: "/done" }, undefined],
    ["state", { client_id: "a", state: "" }, undefined],
    ["no other field than client_id, redirect_uri, state", { client_id: "a", scope: "all" }, undefined],
    ["expected", null, undefined],
    ["bridgeUrl", { client_id: "a" }, { bridgeUrl: "http://bridge.example" }]
  ])("refuses what cannot be right: %s", ([what, authorize, options]) =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(OAuth.authorizeUrl(authorize as never, options))
      assert.deepInclude(error, { operation: "OAuth.authorizeUrl", attempts: 0, applied: "no" })
      assert.strictEqual(error.reason._tag, "InvalidInput")
      assert.include(error.message, what)
      assert.throws(() => Promises.OAuth.authorizeUrl(authorize as never, options), error.message)
    }))

  it("is no promise where no client is needed", () => {
    const { state, url } = Promises.OAuth.authorizeUrl({ client_id: "tea-bot" })
    assert.strictEqual(new URL(url).searchParams.get("state"), state)
    assert.isTrue(Promises.OAuth.checkState(state, new URL(url).searchParams.get("state")))
  })
})

describe("checkState", () => {
  it.each<readonly [kept: string | null | undefined, received: unknown, is: boolean]>([
    ["abc", "abc", true],
    ["abc", "abd", false],
    ["abc", "ab", false],
    ["abc", "abca", false],
    ["abc", "abcabc", false],
    ["abc", "", false],
    ["", "", false],
    [undefined, undefined, false],
    [null, null, false],
    ["abc", ["abc"], false],
    ["abc", undefined, false]
  ])("of %j and %j is %s", (kept, received, is) => {
    assert.strictEqual(OAuth.checkState(kept, received), is)
  })
})

describe("the credentials of OAuth", () => {
  it.effect("are not sent with a code, and need not be there", () =>
    Effect.gen(function*() {
      const { oauth, sent } = yield* made([issued], Credentials.layerNone)
      const answer = yield* oauth.getToken(secret)
      assert.strictEqual(Redacted.value(answer.access_token), "the-token")
      assert.deepStrictEqual(sent.map(({ body, headers }) => [headers["authorization"], JSON.parse(body ?? "")]), [
        [undefined, {
          code: "a-code",
          grant_type: "authorization_code",
          client_id: "tea-bot",
          client_secret: "the-secret"
        }]
      ])
    }))

  it.effect("are a token, for everything else", () =>
    Effect.gen(function*() {
      for (const credentials of [Credentials.layerBasic(key), Credentials.layerNone]) {
        const { oauth, sent } = yield* made([done], credentials, { subdomain: "tea" })
        for (const call of [oauth.tokenInfo(), oauth.revokeAccess()]) {
          const { applied, attempts, reason } = yield* Effect.flip(call)
          assert.deepStrictEqual([attempts, applied], [0, "no"])
          assert.include(["InvalidInput", "CredentialsUnavailable"], reason._tag)
        }
        assert.lengthOf(sent, 0)
      }
    }))

  it.effect("are missed for good by a client that was given none", () =>
    Effect.gen(function*() {
      const { oauth } = yield* made([done], Credentials.layerNone, { subdomain: "tea" })
      for (const call of [oauth.tokenInfo(), oauth.revokeAccess()]) {
        const { isRetryable, message, operation, reason } = yield* Effect.flip(call)
        assert.deepStrictEqual([reason._tag, isRetryable], ["CredentialsUnavailable", false])
        assert.strictEqual(message, `${operation}: the client was given no credentials; 0 attempts`)
      }
    }))

  it.effect("are printed by nothing", () =>
    Effect.gen(function*() {
      const { oauth } = yield* made([issued], Credentials.layerNone)
      const answer = yield* oauth.getToken(secret)
      const printed = [inspect(answer, { depth: null }), JSON.stringify(answer), String(answer.access_token)].join()
      assert.notInclude(printed, "the-token")
      assert.notInclude(printed, "other")
    }))

  it.effect("are refused where they are no secrets, and told by their names alone", () =>
    Effect.gen(function*() {
      const { oauth, sent } = yield* made([issued])
      const error = yield* Effect.flip(oauth.getToken({ ...secret, code: "plain-code" } as never))
      assert.strictEqual(error.reason._tag, "InvalidInput")
      assert.include(error.message, "code")
      assert.notInclude(error.message, "plain-code")
      assert.lengthOf(sent, 0)
    }))
})

describe("an access that is revoked", () => {
  const unauthorized = ScriptedTransport.errors(401, "unauthorized")

  const rotating = () => {
    let count = 0
    return Credentials.layerBearerEffect(Effect.sync(() => Redacted.make(`token-${++count}`)), { timeToLive: 0 })
  }

  const revoke = (script: Script, credentials = rotating()) =>
    Effect.gen(function*() {
      const { oauth, sent } = yield* made(script, credentials, { subdomain: "tea" })
      const result = yield* throughTime(Effect.result(oauth.revokeAccess()))
      return { result, tokens: sent.map(({ headers }) => headers["authorization"]) }
    })

  it.effect.each<readonly [what: string, script: Script]>([
    ["a reset", [ScriptedTransport.reset, unauthorized]],
    ["a 503", [ScriptedTransport.errors(503, "service_unavailable"), unauthorized]],
    ["a success whose body is lost", [ScriptedTransport.cut(200), unauthorized]]
  ])("is so where its token is refused after %s", ([, script]) =>
    Effect.gen(function*() {
      const { result, tokens } = yield* revoke(script)
      assert.strictEqual(result._tag, "Success")
      assert.deepStrictEqual(tokens, ["Bearer token-1", "Bearer token-1"])
    }))

  it.effect("is not where its token is refused at once, and no other is tried", () =>
    Effect.gen(function*() {
      const { result, tokens } = yield* revoke([unauthorized])
      assert(result._tag === "Failure")
      assert.strictEqual(result.failure.reason._tag, "Unauthorized")
      assert.deepInclude(result.failure, { attempts: 1, applied: "no" })
      assert.deepStrictEqual(tokens, ["Bearer token-1"])
    }))

  it.effect("is not where it was certainly not applied before", () =>
    Effect.gen(function*() {
      const { result, tokens } = yield* revoke([ScriptedTransport.errors(429, "too_many_requests"), unauthorized])
      assert(result._tag === "Failure")
      assert.deepStrictEqual(tokens, ["Bearer token-1", "Bearer token-1"])
    }))

  it.effect("is asked for with one token, however often, also behind a limiter", () =>
    Effect.gen(function*() {
      const limiter = Layer.succeed(Limiter.Limiter, {
        admit: () => Effect.succeed({ epoch: 0 }),
        slowDown: () => Effect.void
      })
      for (const layer of [Layer.empty, limiter]) {
        const { result, tokens } = yield* Effect.provide(
          revoke([ScriptedTransport.reset, ScriptedTransport.reset, done]),
          layer
        )
        assert.strictEqual(result._tag, "Success")
        assert.deepStrictEqual(new Set(tokens), new Set(["Bearer token-1"]))
        assert.lengthOf(tokens, 3)
      }
    }))

  it.effect("is another one's with the next call", () =>
    Effect.gen(function*() {
      const { oauth, sent } = yield* made([done], rotating(), { subdomain: "tea" })
      yield* oauth.revokeAccess()
      yield* oauth.revokeAccess()
      assert.deepStrictEqual(sent.map(({ headers }) => headers["authorization"]), ["Bearer token-1", "Bearer token-2"])
    }))
})
