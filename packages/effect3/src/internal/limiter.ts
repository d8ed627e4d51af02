import * as Client from "@sunco/client/Limiter"
import * as Effect from "effect/Effect"
import type { Options } from "../Limiter.ts"
import { buildLayer } from "./buildLayer.ts"
import { duration, optionalDuration } from "./options.ts"

/** @internal */
export const inMemory = (options: Options) =>
  Effect.suspend(() =>
    buildLayer(
      Client.Limiter,
      Client.layerMemory({
        ...options,
        window: duration(options.window),
        timeout: optionalDuration(options.timeout)
      })
    )
  )
