/**
 * A client and the emulator that it talks to over a socket.
 */
import * as Credentials from "@sunco/client/Credentials"
import * as FetchTransport from "@sunco/client/FetchTransport"
import type { Sunshine } from "@sunco/client/Sunshine"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import type { Options } from "@sunco/client/Sunshine"
import { Users } from "@sunco/client/Users"
import { type EmulatedApp, Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"

type Transport = Layer.Layer<HttpClient.HttpClient>

export const transports: ReadonlyArray<readonly [name: string, transport: Transport]> = [
  ["UndiciTransport", UndiciTransport.layer],
  ["FetchTransport", FetchTransport.layer],
  ["FetchHttpClient", FetchHttpClient.layer]
]

/** Every transport, and each way to read answers: what the emulator gives is odd nowhere. */
export const clients: ReadonlyArray<
  readonly [name: string, transport: Transport, options: { readonly strictResponses: boolean }]
> = transports.flatMap(([name, transport]) => [
  [name, transport, { strictResponses: false }],
  [`${name} and with strict responses`, transport, { strictResponses: true }]
])

export interface Setup extends Partial<Options> {
  readonly emulator?: EmulatorOptions
  readonly credentials?: (app: EmulatedApp) => Layer.Layer<Credentials.Credentials>
}

export const basic = ({ keyId, keySecret }: EmulatedApp): Layer.Layer<Credentials.Credentials> =>
  Credentials.layerBasic({ keyId, secret: keySecret })

/** A client of the emulator's first app, unless another one is named. */
export const layer = (
  transport: Transport,
  { credentials = basic, emulator: emulatorOptions, ...options }: Setup = {}
): Layer.Layer<Emulator | Users | Sunshine | HttpClient.HttpClient> =>
  Layer.unwrap(
    Effect.map(Emulator, (emulator) =>
      Users.layer({ appId: emulator.appId, baseUrl: emulator.url, ...options }).pipe(
        Layer.provide(credentials(emulator))
      ))
  ).pipe(
    Layer.provideMerge(Layer.merge(transport, Emulator.layer(emulatorOptions))),
    Layer.orDie
  )
