/**
 * The operations of OAuth that are calls, each declared once, and where the flow begins.
 *
 * @since 0.1.0
 */
import { AccessToken } from "./AccessToken.ts"
import { AppResponse } from "./AppsOperations.ts"
import { EmptyResponse } from "./EmptyResponse.ts"
import { GetToken } from "./OAuthPayloads.ts"
import type { Operations } from "./Operation.ts"

/**
 * Where Zendesk has its OAuth: every operation but `RevokeAccess`, which is asked of the account.
 *
 * @see OpenAPI 17.12.1, `Authorize`, `GetToken`, `GetTokenInfo`
 * @category constants
 * @since 0.1.0
 */
export const oauthBridgeUrl = "https://oauth-bridge.zendesk.com/sc"

/**
 * The page on which somebody lets an integration in (`Authorize`), below {@link oauthBridgeUrl}. It is no operation: a browser goes
 * there, and comes back with a code.
 *
 * @category constants
 * @since 0.1.0
 */
export const authorizePath = "/oauth/authorize"

const scopes = ["integration"] as const

/**
 * The operations by the names of their methods.
 *
 * @category operations
 * @since 0.1.0
 */
export const OAuthOperations = {
  /** No failure is documented any more; the documents up to 14.4.0 have 401. */
  getToken: {
    operationId: "GetToken",
    method: "POST",
    path: "/oauth/token",
    params: {},
    payload: GetToken,
    auth: "none",
    scopes: [],
    success: { status: 200, schema: AccessToken }
  },
  /** The document asks for no credentials, and says that it is about the token that comes with it. */
  tokenInfo: {
    operationId: "GetTokenInfo",
    method: "GET",
    path: "/v2/tokenInfo",
    params: {},
    auth: "bearer",
    scopes,
    success: { status: 200, schema: AppResponse }
  },
  /** The document takes a key too, which is of no flow: what is revoked is a token. */
  revokeAccess: {
    operationId: "RevokeAccess",
    method: "DELETE",
    path: "/oauth/authorization",
    params: {},
    auth: "bearer",
    scopes,
    success: { status: 200, schema: EmptyResponse }
  }
} as const satisfies Operations
