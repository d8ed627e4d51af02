/**
 * The emulator on a socket, for programs of Effect 3: it runs in Effect 4, and nothing of that is seen here.
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Credentials from "@sunco/effect3/Credentials"
import type { Sunshine } from "@sunco/effect3/Sunshine"
import type { Options } from "@sunco/effect3/Sunshine"
import { Users } from "@sunco/effect3/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import type { Fault } from "@sunco/emulator/Fault"
import type { SeenRequest } from "@sunco/emulator/SeenRequest"
import * as ManagedRuntime4 from "effect-4/ManagedRuntime"
import * as Redacted4 from "effect-4/Redacted"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

export interface Vendor extends AsyncDisposable {
  readonly appId: string
  readonly url: string
  readonly key: Credentials.Key
  /** Inflicts the faults in their order on the next requests. */
  readonly failNext: (...faults: ReadonlyArray<Fault>) => Promise<void>
  readonly requests: () => Promise<ReadonlyArray<SeenRequest>>
  readonly users: (
    options?: Partial<Options>,
    transport?: Layer.Layer<HttpClient.HttpClient>,
    credentials?: Layer.Layer<Credentials.Credentials>
  ) => Layer.Layer<Users | Sunshine>
}

export const start = async (): Promise<Vendor> => {
  const runtime = ManagedRuntime4.make(Emulator.layer())
  const emulator = await runtime.runPromise(Emulator)
  const { appId, keyId, url } = emulator
  const key: Credentials.Key = { keyId, secret: Redacted.make(Redacted4.value(emulator.keySecret)) }
  return {
    appId,
    url,
    key,
    failNext: (...faults) => runtime.runPromise(emulator.faults.next(...faults)),
    requests: () => runtime.runPromise(emulator.requests),
    users: (options, transport = FetchHttpClient.layer, credentials = Credentials.layerBasic(key)) =>
      Users.layer({ appId, baseUrl: url, ...options }).pipe(
        Layer.provide([credentials, transport]),
        Layer.orDie
      ),
    [Symbol.asyncDispose]: () => runtime.dispose()
  }
}
