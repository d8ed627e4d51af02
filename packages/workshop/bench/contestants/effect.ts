/**
 * Effect's `HttpClient` on undici with the schemas of this project, as one would write it by hand: no time limits, no retries.
 */
import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { CreateUser } from "@sunco/schemas/UserPayloads"
import { UserResponse } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import { connections, type Contestant } from "../calls.ts"
import { jwt, key, usersPath } from "../credentials.ts"
import { runEffects } from "../EffectClient.ts"

const effect: Contestant = ({ credentials, dispatcher, url }) => {
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
  const transport = dispatcher === undefined
    ? NodeHttpClient.layerUndiciOptions({ connections })
    : Layer.provide(
      NodeHttpClient.layerUndiciNoDispatcher,
      Layer.succeed(NodeHttpClient.Dispatcher, dispatcher)
    )
  return runEffects(makeClient, transport)
}

export default effect
