/**
 * The API keys of custom integrations.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { sealedStruct } from "./internal/sealedStruct.ts"
import { Secret } from "./Secret.ts"

/**
 * An API key of a custom integration: whoever has it calls the API in the integration's name.
 *
 * **Details**
 *
 * Only `id` is sure to be there, and nothing prints the secret: `Redacted.value` reads it. Whatever else a key may have one day is
 * `Redacted` too.
 *
 * @see OpenAPI 17.12.1, `apiKey`
 * @category models
 * @since 0.1.0
 */
export interface IntegrationKey<Secret = Redacted.Redacted> {
  /** Begins with `int_`. */
  readonly id: string
  readonly displayName?: string | null
  /** The document has it in every answer; whether the vendor shows it again after the key was made is not verified. */
  readonly secret?: Secret
}

/**
 * A key that was just made, with its secret.
 *
 * @category models
 * @since 0.1.0
 */
export interface CreatedIntegrationKey<Secret = Redacted.Redacted> extends IntegrationKey<Secret> {
  readonly secret: Secret
}

/**
 * A key to make. The vendor makes its id and its secret.
 *
 * @see OpenAPI 17.12.1, `CreateCustomIntegrationKey`
 * @category models
 * @since 0.1.0
 */
export interface CreateIntegrationKey {
  /** For people. */
  readonly displayName: string
}

const known = { id: Schema.String, displayName: Schema.optionalKey(Schema.NullOr(Schema.String)) }

/**
 * Schema of {@link IntegrationKey}; unknown fields are kept, and nothing prints them.
 *
 * @category schemas
 * @since 0.1.0
 */
export const IntegrationKey: Schema.Codec<IntegrationKey, IntegrationKey<string>> = sealedStruct({
  ...known,
  secret: Schema.optionalKey(Secret)
}).annotate({ identifier: "IntegrationKey" })

/**
 * Schema of {@link CreatedIntegrationKey}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreatedIntegrationKey: Schema.Codec<CreatedIntegrationKey, CreatedIntegrationKey<string>> = sealedStruct({
  ...known,
  secret: Secret
}).annotate({ identifier: "CreatedIntegrationKey" })

/**
 * Schema of {@link CreateIntegrationKey}.
 *
 * @category schemas
 * @since 0.1.0
 */
export const CreateIntegrationKey: Schema.Codec<CreateIntegrationKey> = Schema.Struct({
  displayName: Schema.String
}).annotate({ identifier: "CreateIntegrationKey" })
