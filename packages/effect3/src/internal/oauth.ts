import { OAuth as ClientOAuth } from "@sunco/client/OAuth"
import type { OAuthMethods } from "@sunco/client/OAuthMethods"
import type { Authorize } from "@sunco/schemas/OAuthPayloads"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Effect3Face } from "../Effect3Face.ts"
import type { OAuthClass } from "../OAuth.ts"
import type { OAuthOptions } from "../OAuthOptions.ts"
import { call } from "./call.ts"
import { ServiceOutsideApp } from "./resource.ts"

/** @internal */
export const classOf = <Self, const Id extends string>(id: Id): OAuthClass<Self, Id> => {
  const service = ServiceOutsideApp<Self, OAuthMethods<Effect3Face>>()(id, ClientOAuth)
  const { make: made } = service
  const make = (options: OAuthOptions = {}) => made(options)
  return Object.assign(service, {
    make,
    layer: (options?: OAuthOptions) => Layer.effect(service, make(options)),
    layerConfig: (options: Config.Config.Wrap<OAuthOptions>) =>
      Layer.effect(service, Effect.flatMap(Config.unwrap(options), make))
  })
}

/** @internal */
export const authorizeUrl = (authorize: Authorize, options: Pick<OAuthOptions, "bridgeUrl"> | undefined) =>
  call(() => ClientOAuth.authorizeUrl(authorize, options))

/** @internal */
export const checkState = ClientOAuth.checkState
