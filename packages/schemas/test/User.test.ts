import { assert, describe, it } from "@effect/vitest"
import { Identity } from "@sunco/schemas/Identity"
import { Profile } from "@sunco/schemas/Profile"
import { User } from "@sunco/schemas/User"
import { UserListResponse, UserResponse } from "@sunco/schemas/UsersOperations"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const roundTrip = <A, I>(schema: Schema.Codec<A, I>) => (wire: unknown) =>
  Schema.decodeUnknownEffect(schema)(wire).pipe(Effect.flatMap(Schema.encodeEffect(schema)))

const jsonTypes = { string: "", number: 1, boolean: true, null: null, array: [], object: {} }

/** The fields that the vendor documents, and the JSON types that it documents for each. */
const documented = {
  User: {
    schema: User,
    required: { id: "" },
    fields: {
      id: ["string"],
      authenticated: ["boolean"],
      externalId: ["string", "null"],
      zendeskId: ["string", "null"],
      brandId: ["string", "null"],
      signedUpAt: ["string"],
      toBeRetained: ["boolean"],
      profile: ["object"],
      metadata: ["object"],
      identities: ["array"]
    }
  },
  Profile: {
    schema: Profile,
    required: {},
    fields: {
      givenName: ["string", "null"],
      surname: ["string", "null"],
      email: ["string", "null"],
      avatarUrl: ["string", "null"],
      locale: ["string", "null"]
    }
  },
  Identity: {
    schema: Identity,
    required: {},
    fields: { type: ["string"], value: ["string"], verification: ["string"] }
  }
}

describe.each(Object.entries(documented))("%s", (_, { fields, required, schema }) => {
  const accepts = Schema.is<Schema.Codec<unknown>>(schema)

  it.each(Object.entries(fields))("%s is read as the documented types and as no other", (field, types) => {
    for (const [type, value] of Object.entries(jsonTypes)) {
      assert.strictEqual(accepts({ ...required, [field]: value }), types.includes(type), type)
    }
  })

  it.each(Object.keys(fields))("%s is required only if it is the id", (field) => {
    const { [field]: _, ...others }: Record<string, unknown> = required
    assert.strictEqual(accepts(others), field !== "id")
  })

  it.each(Object.entries(jsonTypes).filter(([type]) => type !== "object"))("is not read from a %s", (_, value) => {
    assert.isFalse(accepts(value))
  })
})

describe("a response", () => {
  const wire = {
    user: {
      id: "7494535bff5cef41a15be74d",
      externalId: "ada",
      signedUpAt: "2020-05-21T15:53:30.197Z",
      hasPaymentInfo: false,
      profile: { givenName: "Ada", locale: "fr-CA", localeOrigin: "zendeskAccount", nested: { kept: [1, null] } },
      metadata: { lang: "en-ca" },
      identities: [{ type: "email", value: "ada@example.com", verification: "sso", primary: true }, { type: "later" }]
    },
    requestId: { nested: ["kept"] }
  }

  it.effect("keeps what is not documented at every level", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* roundTrip(UserResponse)(wire), wire)
      const list = { users: [wire.user, { id: "2", later: null }], total: 2 }
      assert.deepStrictEqual(yield* roundTrip(UserListResponse)(list), list)
    }))

  it.effect("comes through the codec of an HttpApi just as whole", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* roundTrip(Schema.toCodecJson(UserResponse))(wire), wire)
    }))

  it.effect.prop(
    "survives a decode and a re-encode, whatever it carries",
    [UserResponse],
    ([response]) =>
      Effect.gen(function*() {
        const wire: unknown = JSON.parse(JSON.stringify(response))
        assert.deepStrictEqual(yield* roundTrip(UserResponse)(wire), wire)
      })
  )

  it.effect("is not refused for a length, a format, an empty string or an unknown value", () =>
    Effect.gen(function*() {
      const long = "🦊".repeat(5000)
      for (const text of ["", " ", "not a date, URL or e-mail address", "\ud83e", "..", long]) {
        const odd = {
          id: text,
          externalId: text,
          zendeskId: text,
          brandId: text,
          signedUpAt: text,
          profile: { givenName: text, surname: text, email: text, avatarUrl: text, locale: text },
          metadata: { [text]: text },
          identities: [{ type: text, value: text, verification: text }, {}]
        }
        assert.deepStrictEqual(yield* roundTrip(User)(odd), odd)
      }
    }))

  it.effect("has nothing but an id for sure", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* roundTrip(User)({ id: "1" }), { id: "1" })
      assert.deepStrictEqual(yield* roundTrip(UserListResponse)({ users: [] }), { users: [] })
    }))

  it("without a user, or with one that has no id, is refused", () => {
    const accepts = Schema.is(UserResponse)
    for (const body of [{}, { user: null }, { user: {} }, { user: { id: null } }, { user: [] }, [], null, "{}"]) {
      assert.isFalse(accepts(body))
    }
  })

  it.effect("keeps a key named __proto__ as data", () =>
    Effect.gen(function*() {
      const text = `{"user":{"id":"1","profile":{"__proto__":{"polluted":true}},"__proto__":{"polluted":true}}}`
      const user = (yield* Schema.decodeUnknownEffect(UserResponse)(JSON.parse(text))).user
      assert.strictEqual(Object.getPrototypeOf(user), Object.prototype)
      assert.notProperty(user, "polluted")
      assert.strictEqual(JSON.stringify(yield* Schema.encodeEffect(UserResponse)({ user })), text)
    }))
})
