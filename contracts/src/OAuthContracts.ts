/**
 * The contracts of OAuth: its three operations that are calls, with every documented status. Where the flow begins is a page for a
 * browser, and no call: `contracts:vendor` holds its URL against the document.
 *
 * Requests are exact; of a response is asked what the client reads, as in `UsersContracts`.
 *
 * @since 0.1.0
 */
import { OAuth } from "@sunco/client/OAuth"
import { AccessToken } from "@sunco/schemas/AccessToken"
import { AppResponse } from "@sunco/schemas/AppsOperations"
import { EmptyResponse } from "@sunco/schemas/EmptyResponse"
import * as Matcher from "effect-pact/Matcher"
import * as Redacted from "effect/Redacted"
import * as Contract from "./Contract.ts"
import { complete } from "./internal/apps.ts"
import { bearer, code, idOf, response } from "./internal/wire.ts"
import { ProviderStates } from "./ProviderStates.ts"

const { given } = ProviderStates

const client_id = "5e4af71a81966cfff3ef6550"
const client_secret = "the-secret-of-an-integration"

const issued = "eyJhbGciOiJIUzI1NiJ9.eyJzY29wZSI6ImludGVncmF0aW9uIn0.c2lnbmF0dXJl"

/**
 * `GetToken`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const getToken: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to exchange a code for a token",
      comments: ["It has no credentials but those in its body."],
      states: [given("an integration was let in", { client_id, client_secret })],
      request: {
        method: "POST",
        path: "/oauth/token",
        body: { code: idOf("code"), grant_type: "authorization_code", client_id, client_secret }
      },
      response: response(200, AccessToken, { access_token: issued, token_type: "Bearer" })
    },
    credentials: "none",
    call: OAuth.use((oauth) =>
      oauth.getToken({ code: Redacted.make(code), client_id, client_secret: Redacted.make(client_secret) })
    ),
    gives: { access_token: Redacted.make(issued), token_type: "Bearer" }
  }),
  Contract.make({
    interaction: {
      description: "a request to exchange a code for a token of which nothing else is known",
      states: [given("an integration was let in", { client_id, client_secret })],
      request: {
        method: "POST",
        path: "/oauth/token",
        body: { code: idOf("code"), grant_type: "authorization_code", client_id, client_secret }
      },
      response: response(200, AccessToken, { access_token: issued })
    },
    credentials: "none",
    call: OAuth.use((oauth) =>
      oauth.getToken({ code: Redacted.make(code), client_id, client_secret: Redacted.make(client_secret) })
    ),
    gives: { access_token: Redacted.make(issued) }
  })
]

/**
 * `GetTokenInfo`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const tokenInfo: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request for the app that an access token is for",
      states: [given("an app with properties exists", { ...complete, subdomain: "test-domain" })],
      request: { method: "GET", path: "/v2/tokenInfo", headers: bearer },
      response: response(200, AppResponse, { app: { id: idOf("appId"), ...complete, subdomain: "test-domain" } })
    },
    credentials: "bearer",
    call: OAuth.use((oauth) => oauth.tokenInfo()),
    gives: { id: Contract.appId, ...complete, subdomain: "test-domain" }
  }),
  Contract.make({
    interaction: {
      description: "a request for the app that an access token is for, about which nothing is known",
      states: [given("an app exists")],
      request: { method: "GET", path: "/v2/tokenInfo", headers: bearer },
      response: response(200, AppResponse, { app: { id: idOf("appId") } })
    },
    credentials: "bearer",
    call: OAuth.use((oauth) => oauth.tokenInfo()),
    gives: { id: Contract.appId }
  })
]

/**
 * `RevokeAccess`: 200.
 *
 * @category contracts
 * @since 0.1.0
 */
export const revokeAccess: ReadonlyArray<Contract.Contract> = [
  Contract.make({
    interaction: {
      description: "a request to revoke the access that an access token gives",
      states: [given("an app exists")],
      request: { method: "DELETE", path: "/oauth/authorization", headers: bearer },
      response: response(200, EmptyResponse, Matcher.like({}))
    },
    credentials: "bearer",
    call: OAuth.use((oauth) => oauth.revokeAccess()),
    gives: undefined
  })
]
