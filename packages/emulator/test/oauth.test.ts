import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { call, envelope, send } from "./Call.ts"
import { transports } from "./Transports.ts"

const client = { client_id: "tea-bot", client_secret: "the secret of the bot" }

const redirect_uris = ["https://tea.example/done?from=zendesk", "https://tea.example/other"]

const started = { oauthClients: [{ ...client, redirect_uris }], apps: [{ appId: "two" }] }

const unauthorized = envelope("unauthorized", "Authorization is required")

const page = (query: { readonly [name: string]: string }, server = "") =>
  send("GET", `${server}/oauth/authorize?${new URLSearchParams({ response_type: "code", ...query })}`, {
    authorization: ""
  })

/** Where the browser is sent to. */
const location = (query: { readonly [name: string]: string }, server?: string) =>
  Effect.map(page(query, server), ({ headers, status }) => {
    assert.strictEqual(status, 302)
    return new URL(headers["location"] ?? "")
  })

const code = Effect.map(location({ client_id: "tea-bot" }), ({ searchParams }) => searchParams.get("code") ?? "")

const exchange = (code: string, body: object = client) =>
  call("POST", "/oauth/token", { authorization: "", body: { grant_type: "authorization_code", code, ...body } })

const token = Effect.gen(function*() {
  const { body, status } = yield* exchange(yield* code)
  assert.strictEqual(status, 200)
  return (body as { readonly access_token: string }).access_token
})

const as = (token: string) => ({ authorization: `Bearer ${token}` })

describe.each(transports)("OAuth, $name", (transport) => {
  layer(transport.layer(started))((it) => {
    const fresh = Effect.tap(Emulator, ({ reset }) => reset)

    it.effect("sends a browser back with a code and its state", () =>
      Effect.gen(function*() {
        yield* fresh
        for (const server of ["", "/sc"]) {
          const { href, searchParams } = yield* location({ client_id: "tea-bot", state: "a&b" }, server)
          assert.isTrue(href.startsWith("https://tea.example/done?from=zendesk&code="))
          assert.strictEqual(searchParams.get("state"), "a&b")
        }
        const other = yield* location({ client_id: "tea-bot", redirect_uri: redirect_uris[1]! })
        assert.strictEqual(other.pathname, "/other")
        assert.isFalse(other.searchParams.has("state"))
      }))

    it.effect("sends it back without one where nobody lets the client in", () =>
      Effect.gen(function*() {
        const { seed } = yield* fresh
        yield* seed({ oauthClients: [{ ...client, redirect_uris, answer: "denied" }] })
        const { searchParams } = yield* location({ client_id: "tea-bot", state: "s" })
        assert.deepStrictEqual(Object.fromEntries(searchParams), {
          from: "zendesk",
          error: "access_denied",
          state: "s"
        })
      }))

    it.effect("sends nobody anywhere for a client or an address that is not registered", () =>
      Effect.gen(function*() {
        yield* fresh
        const status = (query: { readonly [name: string]: string }) => Effect.map(page(query), ({ status }) => status)
        assert.strictEqual(yield* status({ client_id: "coffee-bot" }), 400)
        assert.strictEqual(yield* status({}), 400)
        assert.strictEqual(yield* status({ client_id: "tea-bot", response_type: "token" }), 400)
        assert.strictEqual(yield* status({ client_id: "tea-bot", redirect_uri: "https://coffee.example" }), 404)
        assert.strictEqual((yield* send("POST", "/oauth/authorize?client_id=tea-bot")).status, 404)
      }))

    it.effect("exchanges a code once, for a token that authenticates with scope integration", () =>
      Effect.gen(function*() {
        yield* fresh
        const given = yield* code
        const { body, status } = yield* exchange(given)
        const { access_token, token_type } = body as { readonly access_token: string; readonly token_type: string }
        assert.deepStrictEqual([status, token_type], [200, "Bearer"])
        assert.strictEqual((yield* call("POST", "users", { ...as(access_token), body: {} })).status, 201)
        assert.strictEqual((yield* call("POST", "/v2/apps/two/users", { ...as(access_token), body: {} })).status, 403)
        assert.deepInclude(yield* exchange(given), { status: 401, body: unauthorized })
      }))

    it.effect("exchanges a code for its own client alone, who knows the secret", () =>
      Effect.gen(function*() {
        const { seed } = yield* fresh
        const coffee = { client_id: "coffee-bot", client_secret: "another" }
        yield* seed({ oauthClients: [{ ...coffee, redirect_uris }] })
        const given = yield* code
        const refused = { status: 401, body: unauthorized }
        assert.deepInclude(yield* exchange(given, { ...client, client_secret: "guessed" }), refused)
        assert.deepInclude(yield* exchange(given, coffee), refused)
        assert.deepInclude(yield* exchange("guessed"), refused)
        assert.strictEqual((yield* exchange(given, { ...client, grant_type: "password" })).status, 400)
        assert.strictEqual((yield* exchange(given)).status, 200)
      }))

    it.effect("has a code for whoever needs no browser, in any app", () =>
      Effect.gen(function*() {
        const { apps } = yield* fresh
        const { oauthClients } = yield* apps[1]!.seed({ oauthClients: [{ ...client, redirect_uris }] })
        const { body } = yield* exchange(oauthClients[0]?.code ?? "")
        const { access_token } = body as { readonly access_token: string }
        assert.nestedInclude((yield* call("GET", "/v2/tokenInfo", as(access_token))).body, { "app.id": "two" })
        const own = yield* apps[0].seed({ oauthClients: [{ ...client, redirect_uris, code: "658965" }] })
        assert.deepStrictEqual(own.oauthClients, [{ client_id: "tea-bot", code: "658965" }])
      }))

    it.effect("says which app a token is for, and nothing to a key", () =>
      Effect.gen(function*() {
        const { addKey, appId } = yield* fresh
        const { body, status } = yield* call("GET", "/sc/v2/tokenInfo", as(yield* token))
        assert.strictEqual(status, 200)
        assert.nestedInclude(body, { "app.id": appId })
        assert.nestedProperty(body, "app.subdomain")
        assert.strictEqual((yield* call("GET", "/v2/tokenInfo")).status, 401)
        yield* addKey({ keyId: "int_k", keySecret: Redacted.make("s") })
        assert.strictEqual((yield* call("DELETE", "/oauth/authorization")).status, 401)
      }))

    it.effect("takes an integration out with all of its tokens, and with nobody else's", () =>
      Effect.gen(function*() {
        const { addAccessToken } = yield* fresh
        yield* addAccessToken(Redacted.make("of nobody"))
        yield* addAccessToken(Redacted.make("of another"), "another")
        const [one, other] = [yield* token, yield* token]
        assert.deepInclude(yield* call("DELETE", "/oauth/authorization", as(one)), { status: 200, body: {} })
        for (const gone of [one, other]) {
          assert.deepInclude(yield* call("GET", "/v2/tokenInfo", as(gone)), { status: 401, body: unauthorized })
          assert.deepInclude(yield* call("DELETE", "/oauth/authorization", as(gone)), { status: 401 })
        }
        for (const still of ["of nobody", "of another", yield* token]) {
          assert.strictEqual((yield* call("GET", "/v2/tokenInfo", as(still))).status, 200)
        }
        yield* call("DELETE", "/oauth/authorization", as("of nobody"))
        assert.strictEqual((yield* call("GET", "/v2/tokenInfo", as("of nobody"))).status, 401)
        assert.strictEqual((yield* call("GET", "/v2/tokenInfo", as("of another"))).status, 200)
      }))

    it.effect("makes one integration of the app, of the client's type, and takes its webhooks away with it", () =>
      Effect.gen(function*() {
        const { seed, stored } = yield* fresh
        const made = yield* token
        yield* token
        const [integration, ...others] = yield* stored("Integrations")
        assert.deepInclude(integration, { type: "tea-bot", status: "active" })
        assert.lengthOf(others, 0)
        yield* call("DELETE", "/oauth/authorization", as(made))
        assert.lengthOf(yield* stored("Integrations"), 0)

        const { integrations: [known] } = yield* seed({ integrations: [{ type: "tea-bot", webhooks: [{}] }] })
        const again = yield* token
        assert.deepStrictEqual((yield* stored("Integrations")).map(({ id }) => id), [known?.id])
        assert.lengthOf(known?.webhooks ?? [], 1)
        yield* call("DELETE", "/oauth/authorization", as(again))
        assert.lengthOf(yield* stored("Integrations"), 0)
      }))

    it.effect("remembers what a browser asked for, and no secret of it", () =>
      Effect.gen(function*() {
        const { requests } = yield* fresh
        yield* exchange(yield* code)
        const seen = yield* requests
        assert.deepStrictEqual(seen.map(({ applied, operation, status }) => [operation, status, applied]), [
          [undefined, 302, true],
          ["OAuth.getToken", 200, true]
        ])
        assert.notInclude(JSON.stringify(seen), client.client_secret)
      }))
  })

  layer(transport.layer({ ...started, assume: { refusedCode: "badRequest" } }))((it) => {
    it.effect("may say that a spent code is a bad request", () =>
      Effect.gen(function*() {
        const given = yield* code
        yield* exchange(given)
        assert.strictEqual((yield* exchange(given)).status, 400)
      }))
  })
})
