/**
 * What an OAuth code is exchanged for.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { openText } from "./internal/openText.ts"
import { sealedStruct } from "./internal/sealedStruct.ts"
import { Secret } from "./Secret.ts"
import type { OpenText } from "./Unrecognized.ts"

/**
 * An access token: lets an integration call one app, with scope `integration`.
 *
 * **Details**
 *
 * Only `access_token` is sure to be there. Nothing that is documented says that it expires, and there is no refresh token. What
 * this release does not know of it is `Redacted`.
 *
 * @see OpenAPI 17.12.1, `GetToken`
 * @category models
 * @since 0.1.0
 */
export interface AccessToken<Secret = Redacted.Redacted> {
  readonly access_token: Secret
  readonly token_type?: OpenText<"Bearer">
}

/**
 * Schema of {@link AccessToken}; unknown fields are kept, and nothing prints them.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AccessToken: Schema.Codec<AccessToken, unknown> = sealedStruct({
  access_token: Secret,
  token_type: Schema.optionalKey(openText<"Bearer">())
}).annotate({ identifier: "AccessToken" })
