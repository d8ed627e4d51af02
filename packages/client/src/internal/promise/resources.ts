import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as FetchTransport from "../../FetchTransport.ts"
import type * as Promises from "../../promise.ts"
import type { PromiseFace } from "../../PromiseFace.ts"
import type { Options, OptionsBesideEnvironment, Parts } from "../../PromiseOptions.ts"
import type * as EffectResource from "../../Resource.ts"
import * as EffectSunshine from "../../Sunshine.ts"
import * as EffectUsers from "../../Users.ts"
import type { UsersMethods } from "../../UsersMethods.ts"
import { Logger } from "../telemetry/log.ts"
import { makeClient } from "./client.ts"
import { credentialsLayer } from "./credentials.ts"
import { usableParts } from "./parts.ts"

/** A resource of the promise face, and the service behind it. */
interface Resource {
  readonly "~service": EffectResource.Class<any, string, object>
}

type SunshineLayer = Layer.Layer<EffectSunshine.Sunshine, unknown, HttpClient.HttpClient>

type Shape = Parameters<typeof makeClient>[0]

const withParts = (
  shape: Shape,
  resources: ReadonlyArray<Resource>,
  sunshine: SunshineLayer,
  parts: Parts,
  caller: (...args: never) => unknown
) => {
  const { layers = [], logger, transport = FetchTransport.layer } = usableParts(parts)
  const [first = Layer.empty, ...others] = resources.map((resource) => resource["~service"].layerNoDeps)
  return makeClient(
    shape,
    Layer.mergeAll(first, ...others).pipe(
      Layer.provideMerge(sunshine),
      Layer.provide(Layer.succeed(Logger, logger))
    ),
    { layers, transport: typeof transport === "function" ? FetchTransport.layerFetch(transport) : transport },
    caller
  )
}

const make = (
  shape: Shape,
  resources: ReadonlyArray<Resource>,
  options: Options | undefined,
  caller: (...args: never) => unknown
) => {
  // Not every caller has a compiler that asks for them.
  const { credentials, layers, logger, transport, ...settings } = Object(options) as Options
  const sunshine = EffectSunshine.Sunshine.layer(settings).pipe(Layer.provide(credentialsLayer(credentials)))
  return withParts(shape, resources, sunshine, { layers, logger, transport }, caller)
}

const fromEnv = (
  shape: Shape,
  resources: ReadonlyArray<Resource>,
  options: OptionsBesideEnvironment | undefined,
  caller: (...args: never) => unknown
) => {
  const { layers, logger, transport, ...settings } = options ?? {}
  const sunshine = EffectSunshine.Sunshine.layerFromConfig(settings)
  return withParts(shape, resources, sunshine, { layers, logger, transport }, caller)
}

const named = (resources: { readonly [name: string]: Resource }): Shape => (faceOf) =>
  Object.fromEntries(Object.entries(resources).map(([name, resource]) => [name, faceOf(resource["~service"])]))

/** The types of the faces are the texts of the methods; what is here is found by name. */
const resource = <Face>(service: EffectResource.Class<any, string, object>): Face => {
  const self: Resource = { "~service": service }
  const alone: Shape = (faceOf) => faceOf(service)
  const face = {
    ...self,
    make: (options: Options) => make(alone, [self], options, face.make),
    fromEnv: (options?: OptionsBesideEnvironment) => fromEnv(alone, [self], options, face.fromEnv)
  }
  return face as Face
}

/** @internal */
export const usersResource: Promises.Resource<UsersMethods<PromiseFace>, Promises.Users> = resource(EffectUsers.Users)

/** @internal */
export const sunshine: typeof Promises.Sunshine = {
  make: (options, resources) => {
    const found = resources as unknown as { readonly [name: string]: Resource }
    return make(named(found), Object.values(found), options, sunshine.make) as any
  },
  fromEnv: (resources, options) => {
    const found = resources as unknown as { readonly [name: string]: Resource }
    return fromEnv(named(found), Object.values(found), options, sunshine.fromEnv) as any
  }
}
