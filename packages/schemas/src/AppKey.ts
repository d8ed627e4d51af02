/**
 * The keys of an app, with which programs call the API.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { codePoints } from "./internal/codePoints.ts"
import { sealedStruct } from "./internal/sealedStruct.ts"
import { Secret } from "./Secret.ts"

/**
 * A key of an app: its id and its secret are the user and the password of `Basic`, and sign tokens.
 *
 * **Details**
 *
 * Only `id` is sure to be there, and nothing prints the secret: `Redacted.value` reads it. Whatever else a key may have one day is
 * `Redacted` too.
 *
 * @see OpenAPI 17.12.1, `appKey`
 * @category models
 * @since 0.1.0
 */
export interface AppKey<Secret = Redacted.Redacted> {
  /** Begins with `app_`. */
  readonly id: string
  readonly displayName?: string
  /** Whether the vendor shows it again after the key was made is not known: its document says so, its pages say once only. */
  readonly secret?: Secret
}

/**
 * A key that was just made, with its secret.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreatedAppKey<Secret = Redacted.Redacted> extends AppKey<Secret> {
  readonly secret: Secret
}

/**
 * A key to make.
 *
 * @see OpenAPI 17.12.1, `AppKeyCreateBody`
 * @category models
 * @since 0.1.0
 */
export interface CreateAppKey {
  /** 1 to 100 characters. */
  readonly displayName: string
}

const known = { id: Schema.String, displayName: Schema.optionalKey(Schema.String) }

/**
 * Schema of {@link AppKey}; unknown fields are kept, and wrapped like the secret.
 *
 * @category schemas
 * @since 0.1.0
 */
export const AppKey: Schema.Codec<AppKey, unknown> = sealedStruct({
  ...known,
  secret: Schema.optionalKey(Secret)
}).annotate({ identifier: "AppKey" })

/**
 * Schema of {@link CreatedAppKey}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreatedAppKey: Schema.Codec<CreatedAppKey, unknown> = sealedStruct({ ...known, secret: Secret }).annotate({
  identifier: "CreatedAppKey"
})

/**
 * Schema of {@link CreateAppKey}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateAppKey: Schema.Codec<CreateAppKey> = Schema.Struct({
  displayName: Schema.String.check(codePoints(1, 100))
}).annotate({ identifier: "CreateAppKey" })
