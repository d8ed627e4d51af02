import { assert, it } from "@effect/vitest"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import type { Operations } from "@sunco/schemas/Operation"
import * as Schema from "effect/Schema"
import { encodesAsItIs } from "../src/internal/encodesAsItIs.ts"

/** Secrets are wrapped in a program, and are text in JSON. */
const withSecrets = ["AppKeys"]

it("what every operation answers is JSON as it is, also where it holds itself, but for secrets", () => {
  for (const [resource, rows] of Object.entries<Operations>(SunshineOperations)) {
    if (withSecrets.includes(resource)) continue
    for (const [name, { success }] of Object.entries(rows)) {
      assert.isTrue(encodesAsItIs(success.schema.ast), `${resource}.${name}`)
    }
  }
})

it("what has another form on the wire is found wherever it stands", () => {
  interface Nested {
    readonly at?: Date
    readonly in?: Nested
  }
  const Nested: Schema.Codec<Nested, unknown> = Schema.Struct({
    in: Schema.optionalKey(Schema.suspend((): Schema.Codec<Nested, unknown> => Nested)),
    at: Schema.optionalKey(Schema.DateFromString)
  })
  for (
    const schema of [
      Nested,
      Schema.DateFromString,
      Schema.Array(Schema.DateFromString),
      Schema.Tuple([Schema.DateFromString]),
      Schema.Union([Schema.String, Schema.FiniteFromString]),
      Schema.Record(Schema.String, Schema.DateFromString),
      Schema.Struct({ list: Schema.Array(Schema.suspend(() => Nested)) })
    ]
  ) assert.isFalse(encodesAsItIs(schema.ast))
})
