/**
 * The OAuth of integrations that somebody lets into an app: the text of `OAuth`, for every face of the client.
 *
 * @since 0.1.0
 */
import type { AccessToken } from "@sunco/schemas/AccessToken"
import type { App } from "@sunco/schemas/App"
import type { Authorize, GetToken } from "@sunco/schemas/OAuthPayloads"
import type { Call, Face } from "./Face.ts"

/**
 * Where to send a browser, and what it has to come back with.
 *
 * @category models
 * @since 0.1.0
 */
export interface AuthorizeUrl {
  readonly url: string
  /** To be kept with the session of the browser: `OAuth.checkState` compares it with what comes back. */
  readonly state: string
}

/**
 * The methods of `OAuth`, whichever way they are called.
 *
 * @category models
 * @since 0.1.0
 */
export interface OAuthMethods<F extends Face> {
  /**
   * Where somebody lets the integration in (`Authorize`), for a browser to be sent to. Nothing is sent here.
   *
   * Without a `state` one is made, of 256 random bits. It is `OAuth.authorizeUrl`, at the bridge of this client.
   */
  readonly authorizeUrl: (authorize: Authorize, options?: F["options"]) => Call<F, AuthorizeUrl>

  /**
   * Exchanges the code that the browser brought for an access token (`GetToken`). It sends no credentials of the client.
   *
   * A code is good for one exchange, so it is sent again only when nothing can have arrived: start the flow anew.
   */
  readonly getToken: (
    payload: GetToken<F["secret"]>,
    options?: F["options"]
  ) => Call<F, AccessToken<F["secret"]>>

  /**
   * The app that the client's token is for, with its subdomain (`GetTokenInfo`). With a key in the place of a token nothing is
   * sent (`InvalidInput`).
   */
  readonly tokenInfo: (options?: F["options"]) => Call<F, App>

  /**
   * Takes the integration out of the app, with its webhooks and the client's token (`RevokeAccess`). With a key in the place of a
   * token nothing is sent (`InvalidInput`).
   *
   * It is asked of the account, and the others of the bridge: without `subdomain` or `baseUrl` nothing is sent.
   *
   * One token is sent, also when it is sent again, and none is renewed. A 401 after an attempt whose answer was lost says that the
   * attempt was applied.
   */
  readonly revokeAccess: (options?: F["options"]) => Call<F, void>
}
