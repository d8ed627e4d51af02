import * as Client from "@sunco/client/Circuit"
import * as Effect from "effect/Effect"
import type { Options } from "../Circuit.ts"
import { buildLayer } from "./buildLayer.ts"
import { optionalDuration } from "./options.ts"

/** @internal */
export const inMemory = (options: Options | undefined) =>
  Effect.suspend(() =>
    buildLayer(Client.Circuit, Client.layer({ ...options, openDuration: optionalDuration(options?.openDuration) }))
  )
