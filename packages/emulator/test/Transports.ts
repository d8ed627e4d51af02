import { Emulator, type EmulatorOptions } from "@sunco/emulator/Emulator"
import type * as HttpClient from "effect/http/HttpClient"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"

/** Both ways to reach the emulator, as layers that give the same two services. */
export const transports: ReadonlyArray<{
  readonly name: string
  readonly layer: (options?: EmulatorOptions) => Layer.Layer<Emulator | HttpClient.HttpClient>
}> = [
  { name: "over a socket", layer: (options) => Layer.merge(Layer.orDie(Emulator.layer(options)), fetchClient) },
  { name: "in memory", layer: (options) => Emulator.layerMemory(options) }
]

const fetchClient = FetchHttpClient.layer.pipe(
  Layer.provide(Layer.succeed(FetchHttpClient.RequestInit, { redirect: "manual" }))
)
