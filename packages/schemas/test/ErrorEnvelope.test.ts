import { assert, describe, it } from "@effect/vitest"
import { ErrorEnvelope } from "@sunco/schemas/ErrorEnvelope"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const accepts = Schema.is(ErrorEnvelope)

const roundTrip = (wire: unknown) =>
  Schema.decodeUnknownEffect(ErrorEnvelope)(wire).pipe(Effect.flatMap(Schema.encodeEffect(ErrorEnvelope)))

describe("ErrorEnvelope", () => {
  it.effect("keeps every entry, and what is not documented in envelope and entries", () =>
    Effect.gen(function*() {
      const wire = {
        errors: [
          { code: "bad_request", title: "should have required property 'displayName'", pointer: "/displayName" },
          { code: "of_tomorrow", title: "" },
          { code: "" },
          { title: "no code" },
          {}
        ],
        requestId: "kept"
      }
      assert.deepStrictEqual(yield* roundTrip(wire), wire)
      assert.deepStrictEqual(yield* roundTrip({ errors: [] }), { errors: [] })
    }))

  it.effect.prop(
    "survives a decode and a re-encode, whatever it carries",
    [ErrorEnvelope],
    ([envelope]) =>
      Effect.gen(function*() {
        const wire: unknown = JSON.parse(JSON.stringify(envelope))
        assert.deepStrictEqual(yield* roundTrip(wire), wire)
      })
  )

  it.each([
    null,
    [],
    "Too many requests",
    {},
    { error: { code: "of_v1", description: "the envelope of v1.1" } },
    { errors: null },
    { errors: {} },
    { errors: ["bad_request"] },
    { errors: [{ code: 400 }] },
    { errors: [{ title: null }] }
  ])("is not what %j is", (body) => {
    assert.isFalse(accepts(body))
  })
})
