import * as HttpClient from "@effect/platform/HttpClient"
import * as ClientCircuit from "@sunco/client/Circuit"
import * as ClientCredentials from "@sunco/client/Credentials"
import * as ClientLimiter from "@sunco/client/Limiter"
import * as Client from "@sunco/client/Sunshine"
import * as ConfigProvider4 from "effect-4/ConfigProvider"
import * as Context4 from "effect-4/Context"
import * as Effect4 from "effect-4/Effect"
import * as HttpClient4 from "effect-4/http/HttpClient"
import * as Layer4 from "effect-4/Layer"
import * as Effect from "effect/Effect"
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
  Effect.gen(function*() {
    const services = yield* clientServices
    const settings = Context4.make(ClientCredentials.Credentials, toClientCredentials(yield* Credentials)).pipe(
      Context4.add(ConfigProvider4.ConfigProvider, yield* logEnvironment)
    )
    const sunshine = yield* call(() =>
      Effect4.provideContext(
        Client.Sunshine.make(clientOptions(options)),
        Context4.merge(services, settings)
      )
    )
    return fromClientSunshine(sunshine)
  })

/** @internal */
export const sunshineFromConfig = (options: OptionsBesideEnvironment | undefined) =>
  Effect.gen(function*() {
    const services = Layer4.succeedContext(yield* clientServices)
    const layer = Layer4.provide(Client.Sunshine.layerFromConfig(optionsBesideEnvironment(options)), services)
    return fromClientSunshine(yield* buildFromEnvironment(Client.Sunshine, layer))
  })

/** What the client finds where it is built. */
const clientServices = Effect.gen(function*() {
  const transport = transportOf(yield* HttpClient.HttpClient)
  // Only the layers of this package make what is there.
  const limiter = (yield* Limiter) as ClientLimiter.Limiter | undefined
  const circuit = (yield* Circuit) as typeof ClientCircuit.Circuit["Service"]
  return Context4.make(HttpClient4.HttpClient, transport).pipe(
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
