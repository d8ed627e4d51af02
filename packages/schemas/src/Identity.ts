/**
 * The identities through which a user is known, such as an e-mail address.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { openStruct } from "./internal/openStruct.ts"

/**
 * An identity of a user; read-only at the vendor.
 *
 * **Details**
 *
 * `type` and `verification` are open strings: the vendor's examples show `email`, and `embed` and `sso`.
 *
 * @see OpenAPI 17.12.1, `identity`
 * @category models
 * @since 0.1.0
 */
export interface Identity {
  readonly type?: string
  readonly value?: string
  readonly verification?: string
}

/**
 * Schema of {@link Identity}; unknown fields are kept.
 *
 * @category schemas
 * @since 0.1.0
 */
export const Identity: Schema.Codec<Identity> = openStruct({
  type: Schema.optionalKey(Schema.String),
  value: Schema.optionalKey(Schema.String),
  verification: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Identity" })
