/**
 * This project's client. Credentials, attempt timeout, deadline, retries and decoding are its defaults; a tracer comes on top,
 * and with everything a limiter too, one that never has to hold a call up.
 */
import * as Credentials from "@sunco/client/Credentials"
import * as Limiter from "@sunco/client/Limiter"
import { Users } from "@sunco/client/Users"
import { UserNotFound } from "@sunco/client/Outcomes"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { connections, type Contestant, type Target } from "../calls.ts"
import { appId, key } from "../credentials.ts"
import { runEffects, TracerLayer } from "../EffectClient.ts"

type Transport = (target: Target) => Promise<Layer.Layer<HttpClient.HttpClient>>

// Imported when they are wanted: undici on npm puts itself under Node's own `fetch`.
const undiciTransport: Transport = async ({ dispatcher }) => {
  const UndiciTransport = await import("@sunco/client/UndiciTransport")
  return dispatcher === undefined
    ? UndiciTransport.layerAgent({ connections })
    : UndiciTransport.layerDispatcher(dispatcher)
}

/** Without the way past `HttpClient` that the transport has beside it. */
const wrappedUndiciTransport: Transport = async (target) =>
  Layer.effect(HttpClient.HttpClient, Effect.map(HttpClient.HttpClient, HttpClient.mapRequest(identity))).pipe(
    Layer.provide(await undiciTransport(target))
  )

const fetchTransport: Transport = async ({ fetch }) => {
  const FetchTransport = await import("@sunco/client/FetchTransport")
  return fetch === undefined ? FetchTransport.layer : FetchTransport.layerFetch(fetch)
}

const fetchHttpClient: Transport = async ({ fetch = globalThis.fetch }) => {
  const FetchHttpClient = await import("effect/http/FetchHttpClient")
  return Layer.provide(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
}

const layerUndici: Transport = async ({ dispatcher }) => {
  const NodeHttpClient = await import("@effect/platform-node/NodeHttpClient")
  return dispatcher === undefined
    ? NodeHttpClient.layerUndiciOptions({ connections })
    : Layer.provide(NodeHttpClient.layerUndiciNoDispatcher, Layer.succeed(NodeHttpClient.Dispatcher, dispatcher))
}

const generous = Limiter.layerMemory({ limit: 1_000_000_000, window: "1 second" })

const contestant =
  (transport: Transport, limiter: Layer.Layer<never>, tracer: Layer.Layer<never>): Contestant => async (target) => {
    const secret = Redacted.make(key.secret)
    const credentials = target.credentials === "basic"
      ? Credentials.layerBasic({ keyId: key.keyId, secret })
      : Credentials.layerJwt({ keyId: key.keyId, secret, scope: "app" })
    const UsersLayer = Users.layer({ appId, baseUrl: target.url }).pipe(
      Layer.provide([credentials, await transport(target), limiter])
    )
    const makeClient = Effect.map(Users, (users) => ({
      get: (id: string) => users.get(id),
      create: (user: Parameters<typeof users.create>[0]) => users.create(user),
      isMissing: (error: unknown) => error instanceof UserNotFound
    }))
    return runEffects(makeClient, Layer.merge(UsersLayer, tracer))
  }

export const onUndici = contestant(undiciTransport, Layer.empty, Layer.empty)

export const onUndiciTraced = contestant(undiciTransport, Layer.empty, TracerLayer)

export const onUndiciWithEverything = contestant(undiciTransport, generous, TracerLayer)

export const onWrappedUndici = contestant(wrappedUndiciTransport, Layer.empty, Layer.empty)

export const onFetch = contestant(fetchTransport, Layer.empty, Layer.empty)

export const onFetchWithEverything = contestant(fetchTransport, generous, TracerLayer)

export const onFetchHttpClient = contestant(fetchHttpClient, Layer.empty, Layer.empty)

export const onLayerUndici = contestant(layerUndici, Layer.empty, Layer.empty)

export const onLayerUndiciWithEverything = contestant(layerUndici, generous, TracerLayer)
