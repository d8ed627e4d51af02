import { OAuthOperations } from "@sunco/schemas/SunshineOperations"
import type { GetToken } from "@sunco/schemas/OAuthPayloads"
import * as WebCrypto from "effect/crypto/WebCrypto"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Authorization } from "../../Credentials.ts"
import type { EffectFace } from "../../EffectFace.ts"
import type { OAuthMethods } from "../../OAuthMethods.ts"
import { oauthRetrySafety } from "../../RetrySafety.ts"
import { InvalidInput, type SunshineError } from "../../SunshineError.ts"
import { call as callOnce } from "../call/call.ts"
import type { Core } from "../call/core.ts"
import { nothing, refuse, resource } from "../operation/resource.ts"
import { authorizeUrl } from "./authorizeUrl.ts"
import type { Servers } from "./servers.ts"

/** @internal */
export const makeOAuth = ({ account, bridge }: Servers): OAuthMethods<EffectFace> => {
  const { call, method, operation } = resource(
    { appId: undefined, "~core": bridge },
    "OAuth",
    OAuthOperations,
    oauthRetrySafety,
    {}
  )
  const revoking = operation("revokeAccess", nothing)
  const { origin, path } = bridge.server
  return {
    authorizeUrl: (authorize, options) =>
      method("authorizeUrl", options, (method) =>
        Effect.flatMap(WebCrypto.WebCrypto, (crypto) => {
          const made = authorizeUrl(origin + path, authorize, crypto)
          return Result.isSuccess(made) ? Effect.succeed(made.success) : refuse(method, made.failure)
        })),
    getToken: call(
      "getToken",
      (payload: GetToken, _options?: EffectFace["options"]) => ({ params: {}, payload }),
      (token) => token
    ),
    tokenInfo: call("tokenInfo", (_options?: EffectFace["options"]) => ({ params: {} }), ({ app }) => app),
    revokeAccess: (options) =>
      method("revokeAccess", options, (method) => {
        const encoded = revoking.encode({ params: {} })
        if (Result.isFailure(encoded)) return refuse(method, encoded.failure)
        if (account === undefined) return refuse(method, noAccount())
        const plan = revoking.planWith(revoking.row)(encoded.success)
        return Effect.catchIf(callOnce(withOneToken(account), method, plan, options), isRevoked, () => Effect.void)
      })
  }
}

const noAccount = () =>
  new InvalidInput({
    issues: [{ path: ["subdomain"], expected: "that of the account, or its baseUrl, among the options of the client" }]
  })

/** What took the token away is the attempt whose answer was lost. */
const isRevoked = ({ applied, reason }: SunshineError): boolean => reason._tag === "Unauthorized" && applied !== "no"

/** Whatever the credentials give later: a fresh token would be of an access that nobody means to revoke. */
const withOneToken = (core: Core): Core => {
  let token: Authorization | undefined
  return {
    ...core,
    authorization: (now) => token ??= core.authorization(now),
    credentials: {
      current: Effect.suspend(() =>
        token === undefined
          ? Effect.map(core.credentials.current, (current) => token = current)
          : Effect.succeed(token)
      ),
      renewed: Effect.succeed
    }
  }
}
