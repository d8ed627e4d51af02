import type * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import { Credentials, makeNone } from "../../Credentials.ts"
import type { OAuthOptionsBesideEnvironment } from "../../OAuthOptions.ts"
import type { SettingsError, SettingsProblem } from "../../SettingsError.ts"
import { fromConfig as credentialsFromConfig } from "../credentials/constantCredentials.ts"
import * as Environment from "../settings/environment.ts"
import { problemsOf, withProblems } from "../settings/settingsProblems.ts"
import { makeServers, type OAuthSettingNames, type Servers } from "./servers.ts"

const names: OAuthSettingNames = {
  baseUrl: "SUNCO_BASE_URL",
  bridgeUrl: "SUNCO_BRIDGE_URL",
  subdomain: "SUNCO_SUBDOMAIN"
}

/** Those of the environment, or none: a server that exchanges codes has no token of its own. */
const credentialsIfAny = Effect.gen(function*() {
  for (const name of ["SUNCO_KEY_ID", "SUNCO_KEY_SECRET", "SUNCO_TOKEN"]) {
    if ((yield* Environment.text(name)) !== undefined) return yield* credentialsFromConfig
  }
  return makeNone()
})

/** Not every caller has a compiler that refuses them. */
const saidByTheEnvironment = (options: object | undefined): ReadonlyArray<SettingsProblem> =>
  Object.keys(names).flatMap((setting) =>
    options !== undefined && setting in options
      ? [{ setting, problem: "is no such option: the environment says it" }]
      : []
  )

/**
 * The servers that the environment names.
 *
 * @internal
 */
export const serversFromConfig = (
  options: OAuthOptionsBesideEnvironment | undefined
): Effect.Effect<Servers, Config.ConfigError | SettingsError, HttpClient.HttpClient> =>
  Environment.ofNow(Effect.gen(function*() {
    const baseUrl = yield* Environment.text(names.baseUrl)
    const bridgeUrl = yield* Environment.text(names.bridgeUrl)
    const subdomain = yield* Environment.text(names.subdomain)
    const credentials = yield* credentialsIfAny
    return yield* Effect.provideService(
      makeServers({ ...options, baseUrl, bridgeUrl, subdomain }, names),
      Credentials,
      withProblems(credentials, [...problemsOf(credentials), ...saidByTheEnvironment(options)])
    )
  }))
