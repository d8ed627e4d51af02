/** What the broker has, asked of its API itself, and how it forgets. */
import { Broker } from "effect-pact/Broker"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Schema from "effect/Schema"
import { randomUUID } from "node:crypto"

const send = Effect.fnUntraced(function*(method: "GET" | "DELETE", path: string) {
  const { options: { credentials, url } } = yield* Broker
  return yield* HttpClientRequest.make(method)(url.replace(/\/$/, "") + path).pipe(
    (request) =>
      credentials === undefined
        ? request
        : "token" in credentials
        ? HttpClientRequest.bearerToken(request, credentials.token)
        : HttpClientRequest.basicAuth(request, credentials.username, credentials.password),
    HttpClient.execute,
    Effect.orDie
  )
})

/** A name that nobody else has in the broker, which forgets it when the scope closes. */
export const pacticipant = Effect.fnUntraced(function*(name: string) {
  const own = `${name}-${randomUUID().slice(0, 8)}`
  yield* Effect.addFinalizer(() => send("DELETE", `/pacticipants/${own}`))
  return own
})

const Version = Schema.Struct({
  buildUrl: Schema.optionalKey(Schema.NullOr(Schema.String)),
  _embedded: Schema.Struct({ branchVersions: Schema.Array(Schema.Struct({ name: Schema.String })) })
})

/** Undefined when there is none. */
export const version = Effect.fnUntraced(function*(pacticipant: string, number: string) {
  const response = yield* send("GET", `/pacticipants/${pacticipant}/versions/${number}`)
  if (response.status === 404) return undefined
  const { _embedded, buildUrl } = yield* Effect.orDie(HttpClientResponse.schemaBodyJson(Version)(response))
  return { branches: _embedded.branchVersions.map(({ name }) => name), buildUrl }
})

const Pact = Schema.Struct({ interactions: Schema.Array(Schema.Struct({ description: Schema.String })) })

/** The interactions of a contract, by their descriptions. */
export const descriptions = Effect.fnUntraced(function*(consumer: string, number: string, provider: string) {
  const response = yield* send("GET", `/pacts/provider/${provider}/consumer/${consumer}/version/${number}`)
  const { interactions } = yield* Effect.orDie(HttpClientResponse.schemaBodyJson(Pact)(response))
  return interactions.map(({ description }) => description)
})
