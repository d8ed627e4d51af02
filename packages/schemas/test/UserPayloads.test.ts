import { assert, describe, it } from "@effect/vitest"
import { CreateUser, SyncUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

interface Field {
  readonly value: unknown
  readonly nullable: boolean
}

const changes: Record<string, Field> = {
  signedUpAt: { value: "2020-05-21T15:53:30.197Z", nullable: false },
  toBeRetained: { value: false, nullable: false },
  profile: { value: { givenName: "Ada", surname: null }, nullable: false },
  metadata: { value: { plan: "pro", seats: 3, trial: false }, nullable: true }
}

const user: Record<string, Field> = {
  externalId: { value: "ada", nullable: false },
  brandId: { value: "9477922990333", nullable: true },
  ...changes
}

const payloads: ReadonlyArray<{
  readonly name: string
  readonly schema: Schema.Codec<unknown>
  readonly fields: Record<string, Field>
}> = [
  { name: "CreateUser", schema: CreateUser, fields: user },
  { name: "UpdateUser", schema: UpdateUser, fields: changes },
  { name: "SyncUser", schema: SyncUser, fields: { survivingZendeskId: { value: "35436", nullable: false } } }
]

describe.each(payloads)("$name", ({ fields, schema }) => {
  // What an `HttpApi` writes as the JSON body, and what the package itself encodes.
  const encode = (payload: unknown) =>
    Effect.gen(function*() {
      const encoded = yield* Schema.encodeUnknownEffect(schema)(payload)
      assert.deepStrictEqual(yield* Schema.encodeUnknownEffect(Schema.toCodecJson(schema))(payload), encoded)
      return encoded
    })
  const accepts = Schema.is(schema)
  const all = Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]))

  it.effect("sends every documented field, and none of them is required", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* encode(all), all)
      assert.deepStrictEqual(yield* encode({}), {})
    }))

  describe.each(Object.entries(fields))("%s", (name, { nullable, value }) => {
    it.effect("is left out when it is undefined or absent", () =>
      Effect.gen(function*() {
        const { [name]: _, ...others } = all
        assert.deepStrictEqual(yield* encode({ ...all, [name]: undefined }), others)
        assert.deepStrictEqual(yield* encode(others), others)
      }))

    it.effect(nullable ? "is sent as null" : "is refused as null", () =>
      Effect.gen(function*() {
        if (nullable) assert.deepStrictEqual(yield* encode({ [name]: null }), { [name]: null })
        else assert.isFalse(accepts({ [name]: null }))
      }))

    it("is refused in any other type", () => {
      for (const other of ["", 1, true, {}, []]) {
        if (typeof other !== typeof value || Array.isArray(other)) assert.isFalse(accepts({ [name]: other }))
      }
    })
  })

  it.prop("is read back by a server as it was sent", [schema], ([payload]) => {
    const body = JSON.stringify(Schema.encodeSync(schema)(payload))
    assert.strictEqual(JSON.stringify(Schema.decodeUnknownSync(schema)(JSON.parse(body))), body)
  })
})

const everyWrite = payloads.filter(({ name }) => name !== "SyncUser")

describe.each(everyWrite)("$name", ({ schema }) => {
  const accepts = Schema.is(schema)

  it.each([
    "2020-05-21T15:53:30.197Z",
    "2020-05-21T15:53:30Z",
    "2020-05-21T15:53:30.123456789Z",
    "2020-05-21T15:53:30.197+05:30",
    "2016-12-31T23:59:60Z",
    "2024-02-29T24:00:00Z"
  ])("takes a signedUpAt of %s", (signedUpAt) => {
    assert.isTrue(accepts({ signedUpAt }))
  })

  it.each([
    "",
    "now",
    "2020-05-21",
    "2020-05-21T15:53:30",
    "2020-05-21 15:53:30Z",
    "1590076410197",
    "2020-00-21T15:53:30Z",
    "2020-13-21T15:53:30Z",
    "2020-05-00T15:53:30Z",
    "2020-05-32T15:53:30Z",
    "2020-05-21T25:53:30Z",
    "2020-05-21T15:60:30Z",
    "2020-05-21T15:53:61Z",
    "2020-05-21T15:53:30.Z",
    "2020-05-21T15:53:30+24:00",
    " 2020-05-21T15:53:30Z",
    "2020-05-21T15:53:30Z\n"
  ])("refuses a signedUpAt of %j", (signedUpAt) => {
    assert.isFalse(accepts({ signedUpAt }))
  })

  it("takes what toISOString writes", () => {
    assert.isTrue(accepts({ signedUpAt: new Date(0).toISOString() }))
  })

  it.each([{ nested: {} }, { list: [] }, { nothing: null }, { number: NaN }, { number: Infinity }])(
    "refuses metadata that is not flat or not finite, whatever its size: %j",
    (metadata) => {
      assert.isFalse(accepts({ metadata }))
    }
  )
})

it.prop("every generated signedUpAt is a real time", [CreateUser], ([{ signedUpAt }]) => {
  if (signedUpAt !== undefined) assert.strictEqual(new Date(signedUpAt).toISOString(), signedUpAt)
})

it.effect("a refusal names the field and what was expected, never the value", () =>
  Effect.gen(function*() {
    const refused = yield* Effect.flip(Schema.encodeEffect(CreateUser)({ profile: { email: "ada.lovelace" } }))
    assert.strictEqual(refused.message, "Expected an e-mail address\n  at [\"profile\"][\"email\"]")
  }))

it.effect("fields that only the vendor sets are never sent", () =>
  Effect.gen(function*() {
    const payload = { id: "1", externalId: "ada", zendeskId: "2", brandId: "3", identities: [], authenticated: true }
    assert.deepStrictEqual(yield* Schema.encodeUnknownEffect(UpdateUser)(payload), {})
    assert.deepStrictEqual(yield* Schema.encodeUnknownEffect(CreateUser)(payload), { externalId: "ada", brandId: "3" })
  }))
