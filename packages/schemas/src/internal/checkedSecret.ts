import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import { sealing } from "./sealing.ts"
import { markSecret } from "./secret.ts"

/**
 * A secret of which the vendor says more than that it is text, to send.
 *
 * @internal
 */
export const checkedSecret = (check: SchemaAST.Check<string>): Schema.Codec<Redacted.Redacted, string> =>
  Schema.RedactedFromValue(Schema.String.check(check)).annotate(markSecret(sealing))
