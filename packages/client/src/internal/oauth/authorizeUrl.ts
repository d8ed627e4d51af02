import { Authorize, authorizePath, oauthBridgeUrl } from "@sunco/schemas/SunshineOperations"
import * as Writing from "@sunco/schemas/Writing"
import * as Result from "effect/Result"
import type { AuthorizeUrl } from "../../OAuthMethods.ts"
import { InvalidInput, SunshineError } from "../../SunshineError.ts"
import { invalidInput, withoutDefects } from "../operation/invalidInput.ts"
import { queryString } from "../operation/operation.ts"
import { baseUrl } from "../settings/baseUrl.ts"
import { makeState } from "./state.ts"

const write = Writing.writer(Authorize)

type Randomness = Pick<Crypto, "getRandomValues">

/**
 * Where to send a browser, below the bridge.
 *
 * @internal
 */
export const authorizeUrl: (
  bridge: string,
  authorize: Authorize,
  crypto: Randomness
) => Result.Result<AuthorizeUrl, InvalidInput> = withoutDefects((bridge, authorize, crypto) => {
  const written = write(authorize)
  if (Result.isFailure(written)) return Result.fail(invalidInput(written.failure, Authorize.ast))
  // What the schema encodes to.
  const query = written.success as Authorize
  const state = query.state ?? makeState(crypto)
  const { client_id, redirect_uri } = query
  return Result.succeed({
    url: bridge + authorizePath + queryString({ response_type: "code", client_id, redirect_uri, state }),
    state
  })
})

/**
 * The same at a bridge that is said, or at the vendor's own.
 *
 * @internal
 */
export const authorizeUrlAt = (
  authorize: Authorize,
  { bridgeUrl = oauthBridgeUrl }: { readonly bridgeUrl?: string | undefined } = {},
  crypto: Randomness
): Result.Result<AuthorizeUrl, SunshineError> => {
  const bridge = baseUrl({ baseUrl: bridgeUrl }, { baseUrl: "bridgeUrl", subdomain: "subdomain" })
  const made = Result.isSuccess(bridge)
    ? authorizeUrl(bridge.success.href.replace(/\/+$/, ""), authorize, crypto)
    : Result.fail(new InvalidInput({ issues: [{ path: ["bridgeUrl"], expected: "the address of a server" }] }))
  return Result.mapError(
    made,
    (reason) => new SunshineError({ operation: "OAuth.authorizeUrl", reason, attempts: 0, applied: "no" })
  )
}
