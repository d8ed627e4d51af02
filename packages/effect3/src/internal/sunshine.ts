import * as HttpClient from "@effect/platform/HttpClient"
import * as ClientCircuit from "@sunco/client/Circuit"
import * as ClientCredentials from "@sunco/client/Credentials"
import * as ClientLimiter from "@sunco/client/Limiter"
import type { SettingsError as ClientSettingsError } from "@sunco/client/SettingsError"
import { SecretWrapper } from "@sunco/client/SecretWrapper"
import * as Client from "@sunco/client/Sunshine"
import type { ConfigError as ConfigError4 } from "effect-4/Config"
import * as ConfigProvider4 from "effect-4/ConfigProvider"
import * as Context4 from "effect-4/Context"
import * as Effect4 from "effect-4/Effect"
import * as HttpClient4 from "effect-4/http/HttpClient"
import * as Layer4 from "effect-4/Layer"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Circuit } from "../Circuit.ts"
import { Credentials } from "../Credentials.ts"
import { Limiter } from "../Limiter.ts"
import type { Sunshine } from "../Sunshine.ts"
import type { Options, OptionsBesideEnvironment } from "../SunshineOptions.ts"
import { call } from "./call.ts"
import { toClientCredentials } from "./credentials.ts"
import { buildFromEnvironment, logEnvironment } from "./environment.ts"
import { callOptions, clientOptions, optionsBesideEnvironment } from "./options.ts"
import { transportOf } from "./transport.ts"

/** @internal */
export const makeSunshine = (options: Options) =>
  Effect.map(built(() => Client.Sunshine.make(clientOptions(options))), fromClientSunshine)

/**
 * What the client makes of settings that are given, with what it finds where it is built.
 *
 * @internal
 */
export const built = <A>(
  make: () => Effect4.Effect<A, ClientSettingsError, HttpClient4.HttpClient | ClientCredentials.Credentials>
) =>
  Effect.gen(function*() {
    const services = yield* clientServices
    const settings = Context4.make(ClientCredentials.Credentials, toClientCredentials(yield* Credentials)).pipe(
      Context4.add(ConfigProvider4.ConfigProvider, yield* logEnvironment)
    )
    return yield* call(() => Effect4.provideContext(make(), Context4.merge(services, settings)))
  })

/** @internal */
export const sunshineFromConfig = (options: OptionsBesideEnvironment | undefined) =>
  Effect.map(
    builtFromEnvironment(Client.Sunshine, () => Client.Sunshine.layerFromConfig(optionsBesideEnvironment(options))),
    fromClientSunshine
  )

/**
 * What the client makes of the environment.
 *
 * @internal
 */
export const builtFromEnvironment = <I, S>(
  service: Context4.Key<I, S>,
  layer: () => Layer4.Layer<I, ConfigError4 | ClientSettingsError, HttpClient4.HttpClient>
) =>
  Effect.flatMap(
    clientServices,
    (services) => buildFromEnvironment(service, Layer4.provide(layer(), Layer4.succeedContext(services)))
  )

/** What the client finds where it is built. */
const clientServices = Effect.gen(function*() {
  const transport = transportOf(yield* HttpClient.HttpClient)
  // Only the layers of this package make what is there.
  const limiter = (yield* Limiter) as ClientLimiter.Limiter | undefined
  const circuit = (yield* Circuit) as typeof ClientCircuit.Circuit["Service"]
  return Context4.make(HttpClient4.HttpClient, transport).pipe(
    Context4.add(SecretWrapper, (secret) => Redacted.make(secret)),
    Context4.add(ClientLimiter.Limiter, limiter),
    Context4.add(ClientCircuit.Circuit, circuit)
  )
})

const fromClientSunshine = (sunshine: Client.Sunshine["Service"]): Sunshine["Type"] => ({
  appId: sunshine.appId,
  request: (request, options) => call(() => sunshine.request(request, callOptions(options))),
  "~client": sunshine
})

/** @internal */
export const clientOf = (sunshine: Sunshine["Type"]): Client.Sunshine["Service"] =>
  // Nothing but `fromClientSunshine` makes one.
  sunshine["~client"] as Client.Sunshine["Service"]
