import type * as ClientResource from "@sunco/client/Resource"
import * as ClientSunshine from "@sunco/client/Sunshine"
import * as Effect4 from "effect-4/Effect"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Resource from "../Resource.ts"
import * as Sunshine_ from "../Sunshine.ts"
import { effect3Face } from "./effect3Face.ts"
import { optionsBesideEnvironment, serverOptions } from "./options.ts"
import { built, builtFromEnvironment, clientOf } from "./sunshine.ts"

/**
 * The class of a resource, over the client's own. Its methods are found by name: their text is the same for both.
 *
 * @internal
 */
export const Service = <Self, Methods>() =>
<const Id extends string>(
  id: Id,
  client: { readonly key: string }
): Resource.Class<Self, Id, Methods> => {
  const service = Context.Tag(id)<Self, Methods>()
  const make = over<Methods>(client)
  const layerNoDeps = Layer.effect(service, Effect.map(Sunshine_.Sunshine, make))
  const merged = <E, R>(sunshine: Layer.Layer<Sunshine_.Sunshine, E, R>) => Layer.provideMerge(layerNoDeps, sunshine)
  return Object.assign(service, {
    make: (options: Sunshine_.Options) => Effect.map(Sunshine_.Sunshine.make(options), make),
    layerNoDeps,
    layer: (options: Sunshine_.Options) => merged(Sunshine_.Sunshine.layer(options)),
    layerConfig: (options: Config.Config.Wrap<Sunshine_.Options>) => merged(Sunshine_.Sunshine.layerConfig(options)),
    layerFromConfig: (options?: Sunshine_.OptionsBesideEnvironment) =>
      merged(Sunshine_.Sunshine.layerFromConfig(options))
  })
}

/**
 * The class of a resource outside of any app.
 *
 * @internal
 */
export const ServiceOutsideApp = <Self, Methods>() =>
<const Id extends string>(
  id: Id,
  client: { readonly key: string }
): Resource.ClassOutsideApp<Self, Id, Methods> => {
  // Its type is left out there, for it is of Effect 4.
  const clientClass = client as ClientResource.ClassOutsideApp<unknown, string, object>
  const service = Context.Tag(id)<Self, Methods>()
  const face = (methods: object) => effect3Face(methods) as Methods
  const make = (options: Sunshine_.ServerOptions) =>
    Effect.map(built(() => clientClass.make(serverOptions(options))), face)
  return Object.assign(service, {
    make,
    layerNoDeps: Layer.effect(service, Effect.map(Sunshine_.Sunshine, over<Methods>(client))),
    layer: (options: Sunshine_.ServerOptions) => Layer.effect(service, make(options)),
    layerConfig: (options: Config.Config.Wrap<Sunshine_.ServerOptions>) =>
      Layer.effect(service, Effect.flatMap(Config.unwrap(options), make)),
    layerFromConfig: (options?: Sunshine_.OptionsBesideEnvironment) =>
      Layer.scoped(
        service,
        Effect.map(
          builtFromEnvironment(clientClass, () => clientClass.layerFromConfig(optionsBesideEnvironment(options))),
          face
        )
      )
  })
}

const over = <Methods>(client: { readonly key: string }) => (sunshine: Sunshine_.Sunshine["Type"]): Methods => {
  // Its type is left out there, for it is of Effect 4.
  const { makeNoDeps } = client as ClientResource.Class<any, string, object>
  return effect3Face(
    Effect4.runSync(Effect4.provideService(makeNoDeps, ClientSunshine.Sunshine, clientOf(sunshine)))
  ) as Methods
}
