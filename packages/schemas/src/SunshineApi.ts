/**
 * The Sunshine Conversations API as far as it is declared: the Users API.
 *
 * @since 0.1.0
 */
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import * as OpenApi from "effect/http-api/OpenApi"
import { UsersApi } from "./UsersApi.ts"

/**
 * The two ways to authenticate: Basic with key id and secret, or a Bearer token (a JWT signed with that secret, or an OAuth
 * access token).
 *
 * @category security
 * @since 0.1.0
 */
export class SunshineSecurity extends HttpApiMiddleware.Service<SunshineSecurity>()(
  "@sunco/schemas/SunshineApi/SunshineSecurity",
  { security: { basicAuth: HttpApiSecurity.basic, bearerAuth: HttpApiSecurity.bearer } }
) {}

/**
 * The one declaration from which client, emulator, OpenAPI document and the list of contracts are derived.
 *
 * @see OpenAPI 17.12.1 of the vendor
 * @category apis
 * @since 0.1.0
 */
export const SunshineApi = HttpApi.make("SunshineApi").add(UsersApi).middleware(SunshineSecurity).annotateMerge(
  OpenApi.annotations({
    title: "Sunshine Conversations API: Users",
    version: "17.12.1",
    description: "The Users API of Sunshine Conversations v2, as Sunco declares it."
  })
)
