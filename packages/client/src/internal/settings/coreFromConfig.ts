import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import { Credentials } from "../../Credentials.ts"
import type { SettingsError, SettingsProblem } from "../../SettingsError.ts"
import type { OptionsBesideEnvironment } from "../../SunshineOptions.ts"
import type { Core } from "../call/core.ts"
import { fromConfig as credentialsFromConfig } from "../credentials/constantCredentials.ts"
import * as Environment from "./environment.ts"
import { makeCore } from "./makeCore.ts"
import { withProblems } from "./settingsProblems.ts"

/**
 * What every call of a client shares whose settings and credentials are those of the environment. `appId` is what it says of
 * the app, for a client that has one.
 *
 * @internal
 */
export const coreFromConfig = (
  options: OptionsBesideEnvironment | undefined,
  appId: string | undefined
): Effect.Effect<Core, Config.ConfigError | SettingsError, HttpClient.HttpClient> =>
  Effect.gen(function*() {
    const baseUrl = yield* Environment.text("SUNCO_BASE_URL")
    const subdomain = yield* Environment.text("SUNCO_SUBDOMAIN")
    const app = appId === undefined ? undefined : { appId }
    return yield* Effect.provideService(
      makeCore({ ...options, ...app, baseUrl, subdomain }, {
        ...(app && { appId: "SUNCO_APP_ID" }),
        baseUrl: "SUNCO_BASE_URL",
        subdomain: "SUNCO_SUBDOMAIN"
      }),
      Credentials,
      // With them the client looks for what else is wrong.
      withProblems(yield* credentialsFromConfig, saidByTheEnvironment(options))
    )
  })

/** Not every caller has a compiler that refuses them. */
const saidByTheEnvironment = (options: object | undefined): ReadonlyArray<SettingsProblem> =>
  ["appId", "baseUrl", "subdomain"].flatMap((setting) =>
    options !== undefined && setting in options
      ? [{ setting, problem: "is no such option: the environment says it" }]
      : []
  )
