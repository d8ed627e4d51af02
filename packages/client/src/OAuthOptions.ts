/**
 * What a client of OAuth may be told when it is made.
 *
 * @since 0.1.0
 */
import type { OptionsBesideEnvironment, ServerOptions } from "./SunshineOptions.ts"

/**
 * Where OAuth is, where the account is whose access is revoked, and how patiently.
 *
 * **Details**
 *
 * Nothing has to be said. `subdomain` or `baseUrl` says where the account is, which `revokeAccess` alone asks; `tokenInfo` gives
 * its subdomain. Where one of the two servers is on this machine, as the emulator is, the other is the same unless it is said.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthOptions extends ServerOptions {
  /** Where OAuth is, without `/oauth`; `https://oauth-bridge.zendesk.com/sc` when absent. http is for loopback only. */
  readonly bridgeUrl?: string | undefined
}

/**
 * What the environment does not say.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthOptionsBesideEnvironment extends OptionsBesideEnvironment {}
