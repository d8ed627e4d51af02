/**
 * What the OAuth flow of integrations that somebody lets into an app is asked with, by a browser and by a server.
 *
 * The names are those of OAuth 2.0 (RFC 6749), as the vendor has them.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { isNotEmpty } from "./internal/isNotEmpty.ts"
import { isUri } from "./internal/isUri.ts"
import { isWellFormed } from "./internal/isWellFormed.ts"
import { omittable } from "./internal/omittable.ts"
import { Secret } from "./Secret.ts"

/**
 * What a browser brings to the page on which somebody lets an integration in.
 *
 * @see OpenAPI 17.12.1, `Authorize`
 * @category models
 * @since 0.1.0
 */
export interface Authorize {
  /** Names the integration; Zendesk gives it to partners. */
  readonly client_id: string
  /** An absolute URI, one of those that the integration is registered with; the first of them when absent. */
  readonly redirect_uri?: string | undefined
  /** Comes back with the code. It ties the answer to the browser that asked, so nobody else may guess it. */
  readonly state?: string | undefined
}

const filled = Schema.String.check(isNotEmpty("at least one character"), isWellFormed)

/**
 * Schema of {@link Authorize}, which encodes to the parameters of the query but for `response_type`, of which there is one.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Authorize: Schema.Codec<Authorize, { readonly [name: string]: string | undefined }> = Schema.Struct({
  client_id: filled,
  redirect_uri: omittable(filled.check(isUri)),
  state: omittable(filled)
}).annotate({ identifier: "Authorize" })

/**
 * A code, to be exchanged for an access token.
 *
 * @see OpenAPI 17.12.1, `GetToken`
 * @category models
 * @since 0.1.0
 */
export interface GetToken<Secret = Redacted.Redacted> {
  /** Came to the redirect URI with the browser; good for one exchange. */
  readonly code: Secret
  readonly client_id: string
  readonly client_secret: Secret
  /** There is no other, and it is filled in. */
  readonly grant_type?: "authorization_code" | undefined
}

const grantType = Schema.Literal("authorization_code")

const filledIn = SchemaTransformation.makeTransformation<"authorization_code" | undefined, "authorization_code">({
  decode: SchemaGetter.required(),
  encode: SchemaGetter.transformOptional((given) =>
    Option.some(Option.getOrUndefined(given) ?? "authorization_code" as const)
  )
})

/**
 * Schema of {@link GetToken}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const GetToken: Schema.Codec<GetToken, unknown> = Schema.Struct({
  code: Secret,
  grant_type: grantType.pipe(Schema.decodeTo(Schema.optionalKey(Schema.UndefinedOr(grantType)), filledIn)),
  client_id: Schema.String,
  client_secret: Secret
}).annotate({ identifier: "GetToken" })
