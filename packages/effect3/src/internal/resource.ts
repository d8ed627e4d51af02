import type * as ClientResource from "@sunco/client/Resource"
import * as ClientSunshine from "@sunco/client/Sunshine"
import * as Effect4 from "effect-4/Effect"
import type * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Resource from "../Resource.ts"
import * as Sunshine_ from "../Sunshine.ts"
import { effect3Face } from "./effect3Face.ts"
import { clientOf } from "./sunshine.ts"

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
  // Its type is left out there, for it is of Effect 4.
  const { makeNoDeps } = client as ClientResource.Class<any, string, object>
  const service = Context.Tag(id)<Self, Methods>()
  const make = (sunshine: Sunshine_.Sunshine["Type"]): Methods =>
    effect3Face(
      Effect4.runSync(Effect4.provideService(makeNoDeps, ClientSunshine.Sunshine, clientOf(sunshine)))
    ) as Methods
  const layerNoDeps = Layer.effect(service, Effect.map(Sunshine_.Sunshine, make))
  const over = <E, R>(sunshine: Layer.Layer<Sunshine_.Sunshine, E, R>) => Layer.provideMerge(layerNoDeps, sunshine)
  return Object.assign(service, {
    make: (options: Sunshine_.Options) => Effect.map(Sunshine_.Sunshine.make(options), make),
    layerNoDeps,
    layer: (options: Sunshine_.Options) => over(Sunshine_.Sunshine.layer(options)),
    layerConfig: (options: Config.Config.Wrap<Sunshine_.Options>) => over(Sunshine_.Sunshine.layerConfig(options)),
    layerFromConfig: (options?: Sunshine_.OptionsBesideEnvironment) => over(Sunshine_.Sunshine.layerFromConfig(options))
  })
}
