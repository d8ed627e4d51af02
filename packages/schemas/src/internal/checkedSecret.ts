import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { Secret } from "../Secret.ts"
import { deferred } from "./deferred.ts"
import { isNotEmpty } from "./isNotEmpty.ts"
import { omittable } from "./omittable.ts"
import { interpretedIs } from "./reading.ts"
import { sealing } from "./sealing.ts"
import { inWords, markSecret } from "./secret.ts"

/**
 * A secret of which the vendor says more than that it is text, to send. `Schema.RedactedFromValue` would not say what is wrong
 * with it.
 *
 * @internal
 */
export const checkedSecret = (check: SchemaAST.Filter<string>): Schema.Codec<Redacted.Redacted, string> =>
  deferred(() => {
    const text = Schema.String.check(check)
    const fits = interpretedIs(text)
    const { arbitraryConstraint, expected } = { ...check.annotations }
    const generated = Schema.makeFilter<string>(() => true, { arbitraryConstraint })
    const holds = Schema.makeFilter<Redacted.Redacted>((secret) => fits(Redacted.value(secret)), { expected })
    return text.pipe(
      Schema.decodeTo(
        Schema.Redacted(Schema.String.check(generated)).annotate({ expected: inWords }).check(holds),
        SchemaTransformation.transform<Redacted.Redacted, string>({
          decode: (text) => Redacted.make(text),
          encode: Redacted.value
        })
      )
    ).annotate(markSecret({ ...sealing, unchecked: Secret }))
  })

/** @internal */
export const someSecret = checkedSecret(isNotEmpty("a secret of at least one character"))

/**
 * A secret that may be left out. In a union, because a writer takes a transformation by itself for one that may know a value where
 * there is none, and leaves what holds it to the interpreter.
 *
 * @internal
 */
export const omittableSecret = (secret: Schema.Codec<Redacted.Redacted, string>) => omittable(Schema.Union([secret]))
