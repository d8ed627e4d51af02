import { assert, it } from "@effect/vitest"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import type { Operations } from "@sunco/schemas/Operation"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import { encodesAsItIs } from "../src/internal/encodesAsItIs.ts"

/** The one declaration that answers have is that of a secret, which is text on the wire. */
const hasSecret = (ast: SchemaAST.AST): boolean => {
  switch (ast._tag) {
    case "Declaration":
      return true
    case "Union":
      return ast.types.some(hasSecret)
    case "Arrays":
      return ast.rest.some(hasSecret)
    case "Objects":
      return ast.propertySignatures.some(({ type }) => hasSecret(type))
  }
  return false
}

it("what every operation answers is JSON as it is, also where it holds itself, but for secrets", () => {
  for (const [resource, rows] of Object.entries<Operations>(SunshineOperations)) {
    for (const [name, { success }] of Object.entries(rows)) {
      const { ast } = success.schema
      assert.strictEqual(encodesAsItIs(ast), !hasSecret(ast), `${resource}.${name}`)
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
