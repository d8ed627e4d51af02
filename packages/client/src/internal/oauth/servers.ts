import { oauthBridgeUrl } from "@sunco/schemas/SunshineOperations"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Result from "effect/Result"
import { Credentials } from "../../Credentials.ts"
import type { OAuthOptions } from "../../OAuthOptions.ts"
import type { SettingsError } from "../../SettingsError.ts"
import type { Core } from "../call/core.ts"
import { baseUrl, isLoopback } from "../settings/baseUrl.ts"
import { appKeyOf, makeCore, serverOf, serverOptionNames, type SettingNames } from "../settings/makeCore.ts"
import { problemsOf, withProblems } from "../settings/settingsProblems.ts"

/**
 * The two servers of OAuth, which share everything but where they are. Where the account is need not be known.
 *
 * @internal
 */
export interface Servers {
  readonly bridge: Core
  readonly account: Core | undefined
}

/** @internal */
export interface OAuthSettingNames extends SettingNames {
  readonly bridgeUrl: string
}

/** @internal */
export const optionNames: OAuthSettingNames = { ...serverOptionNames, bridgeUrl: "bridgeUrl" }

/** The same client at another server. */
const at = (core: Core, url: URL): Core => ({ ...core, server: serverOf(url), appKey: appKeyOf(url) })

const isHere = ({ server }: Core): boolean => isLoopback.test(new URL(server.origin).hostname)

/**
 * The bridge beside an account. Where the account is on this machine it is an emulator, and so is the bridge: what a test sends
 * reaches nobody.
 *
 * @internal
 */
export const besideAccount = (account: Core): Servers => ({
  account,
  bridge: isHere(account) ? account : at(account, new URL(oauthBridgeUrl))
})

/**
 * The servers of a client of its own, whose bridge may be said, and whose account may be left out.
 *
 * @internal
 */
export const makeServers = (
  given: OAuthOptions | undefined,
  names: OAuthSettingNames
): Effect.Effect<Servers, SettingsError, HttpClient.HttpClient | Credentials> =>
  Effect.gen(function*() {
    const { bridgeUrl, ...options } = given ?? {}
    const found = bridgeUrl === undefined
      ? undefined
      : baseUrl({ baseUrl: bridgeUrl }, { baseUrl: names.bridgeUrl, subdomain: names.subdomain })
    const problems = found !== undefined && Result.isFailure(found) ? found.failure : []
    const bridge = found !== undefined && Result.isSuccess(found) ? found.success : undefined
    const hasAccount = options.baseUrl !== undefined || options.subdomain !== undefined
    const credentials = yield* Credentials
    const core = yield* Effect.provideService(
      makeCore(hasAccount ? options : { ...options, baseUrl: bridge?.href ?? oauthBridgeUrl }, names),
      Credentials,
      // With them the client looks for what else is wrong.
      withProblems({ ...credentials }, [...problemsOf(credentials), ...problems])
    )
    if (!hasAccount) return { bridge: core, account: isHere(core) ? core : undefined }
    return bridge === undefined ? besideAccount(core) : { account: core, bridge: at(core, bridge) }
  })
