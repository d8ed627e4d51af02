import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type { OptionsBesideEnvironment, ServerOptions } from "../../SunshineOptions.ts"
import { coreFromConfig } from "./coreFromConfig.ts"
import * as Environment from "./environment.ts"
import { makeCore, serverOptionNames } from "./makeCore.ts"

/**
 * The core of a client that has no app.
 *
 * @internal
 */
export const makeOutsideApp = (options: ServerOptions) => makeCore(options, serverOptionNames)

/** @internal */
export const makeOutsideAppConfig = (options: Config.Wrap<ServerOptions>) =>
  Effect.flatMap(Environment.ofNow(Environment.unwrapped(options)), makeOutsideApp)

/** @internal */
export const makeOutsideAppFromConfig = (options: OptionsBesideEnvironment | undefined) =>
  Environment.ofNow(coreFromConfig(options, undefined))
