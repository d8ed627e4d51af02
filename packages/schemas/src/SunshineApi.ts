/**
 * The Sunshine Conversations API as far as it is declared.
 *
 * @since 0.1.0
 */
import type * as HttpApi from "effect/http-api/HttpApi"
import type * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity"
import * as OpenApi from "effect/http-api/OpenApi"
import { apiOf } from "./internal/apiOf.ts"
import { SunshineOperations } from "./SunshineOperations.ts"

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
 * The operations as an `HttpApi`, for its OpenAPI document and for whoever serves it.
 *
 * @see OpenAPI 17.12.1 of the vendor
 * @category apis
 * @since 0.1.0
 */
export const SunshineApi: HttpApi.HttpApi<string, HttpApiGroup.Constraint> = apiOf(
  "SunshineApi",
  SunshineOperations,
  SunshineSecurity
).annotateMerge(
  OpenApi.annotations({
    title: "Sunshine Conversations API",
    version: "17.12.1",
    description: "Sunshine Conversations v2, as far as Sunco declares it."
  })
)
