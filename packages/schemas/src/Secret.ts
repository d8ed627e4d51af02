/**
 * What nobody may see: keys, tokens and the secrets of webhooks.
 *
 * @since 0.1.0
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { sealing } from "./internal/sealing.ts"
import { inWords, markSecret } from "./internal/secret.ts"

/**
 * Schema of a secret: `Redacted` in a program, a string on the wire.
 *
 * **Details**
 *
 * Nothing prints it: `console.log`, `JSON.stringify`, `String` and templates show `<redacted>`, of the model that holds it and
 * of what `UnknownFields.toJson` gives of that model too. `Redacted.value` reads it.
 *
 * **Example** (Reading and sending one)
 *
 * ```ts
 * import { Secret } from "@sunco/schemas/Secret"
 * import * as Schema from "effect/Schema"
 *
 * const Key = Schema.Struct({ id: Schema.String, secret: Secret })
 *
 * const key = Schema.decodeUnknownSync(Key)({ id: "app_1", secret: "s3cret" })
 *
 * console.log(JSON.stringify(key))
 * // {"id":"app_1","secret":"<redacted>"}
 * console.log(JSON.stringify(Schema.encodeSync(Key)(key)))
 * // {"id":"app_1","secret":"s3cret"}
 * ```
 *
 * @category schemas
 * @since 0.1.0
 */
export const Secret: Schema.Codec<Redacted.Redacted, string> = Schema.RedactedFromValue(Schema.String).annotate({
  ...markSecret(sealing),
  expected: inWords
})
