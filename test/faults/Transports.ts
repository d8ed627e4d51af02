/**
 * The transports that the client supports: the same failure has other tags and codes on each, and must mean the same.
 */
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"

export const transports: ReadonlyArray<{
  readonly name: string
  readonly layer: Layer.Layer<HttpClient.HttpClient>
}> = [
  { name: "UndiciTransport", layer: UndiciTransport.layer },
  {
    name: "UndiciTransport that somebody wrapped",
    layer: Layer.effect(
      HttpClient.HttpClient,
      Effect.map(HttpClient.HttpClient, HttpClient.mapRequest((request) => request))
    ).pipe(Layer.provide(UndiciTransport.layer))
  },
  { name: "FetchTransport", layer: FetchTransport.layer },
  { name: "FetchHttpClient", layer: FetchHttpClient.layer }
]
