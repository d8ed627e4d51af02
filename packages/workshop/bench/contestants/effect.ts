/**
 * Effect's `HttpClient` with the schemas of this project, as one would write it by hand: no time limits, no retries.
 */
import { CreateUser } from "@sunco/schemas/UserPayloads"
import { UserResponse } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import { connections, type Contestant, type Target } from "../calls.ts"
import { jwt, key, usersPath } from "../credentials.ts"
import { runEffects } from "../EffectClient.ts"

type Transport = (target: Target) => Promise<Layer.Layer<HttpClient.HttpClient>>

const contestant = (transport: Transport): Contestant => async (target) => {
  const { credentials, url } = target
  const withCredentials = credentials === "basic"
    ? HttpClientRequest.basicAuth(key.keyId, key.secret)
    : HttpClientRequest.bearerToken(jwt)
  const makeClient = Effect.map(HttpClient.HttpClient, (httpClient) => {
    const client = httpClient.pipe(
      HttpClient.mapRequest((request) =>
        request.pipe(HttpClientRequest.prependUrl(`${url}${usersPath}`), withCredentials, HttpClientRequest.acceptJson)
      ),
      HttpClient.filterStatusOk
    )
    const userOf = Effect.fnUntraced(function*(response: HttpClientResponse.HttpClientResponse) {
      const { user } = yield* HttpClientResponse.schemaBodyJson(UserResponse)(response)
      return user
    })
    const withUser = HttpClientRequest.schemaBodyJson(CreateUser)
    return {
      get: (id: string) => Effect.flatMap(client.get(`/${encodeURIComponent(id)}`), userOf),
      create: (user: CreateUser) =>
        withUser(HttpClientRequest.post(""), user).pipe(Effect.flatMap(client.execute), Effect.flatMap(userOf)),
      isMissing: (error: unknown) => HttpClientError.isHttpClientError(error) && error.response?.status === 404
    }
  })
  return runEffects(makeClient, await transport(target))
}

// Imported when they are wanted: undici on npm puts itself under Node's own `fetch`.
const layerUndici: Transport = async ({ dispatcher }) => {
  const NodeHttpClient = await import("@effect/platform-node/NodeHttpClient")
  return dispatcher === undefined
    ? NodeHttpClient.layerUndiciOptions({ connections })
    : Layer.provide(NodeHttpClient.layerUndiciNoDispatcher, Layer.succeed(NodeHttpClient.Dispatcher, dispatcher))
}

const fetchHttpClient: Transport = async ({ fetch = globalThis.fetch }) => {
  const FetchHttpClient = await import("effect/http/FetchHttpClient")
  return Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
}

export const onLayerUndici = contestant(layerUndici)

export const onFetchHttpClient = contestant(fetchHttpClient)
