import { assert, describe, it } from "@effect/vitest"
import * as Promised from "@sunco/client/promise"
import { SunshineError } from "@sunco/client/SunshineError"
import type { Options } from "@sunco/client/Sunshine"
import { Identity } from "@sunco/schemas/Identity"
import { Metadata } from "@sunco/schemas/Metadata"
import { Profile } from "@sunco/schemas/Profile"
import * as UnknownFields from "@sunco/schemas/UnknownFields"
import { User } from "@sunco/schemas/User"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Schema from "effect/Schema"
import { ada } from "./Operations.ts"
import { answer } from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

type Json = typeof Schema.Json.Type

type JsonObject = { readonly [name: string]: Json }

/** The optional fields of a user, and what each may be. */
const optional: { readonly [name: string]: Schema.Codec<unknown> } = {
  authenticated: Schema.Boolean,
  externalId: Schema.NullOr(Schema.String),
  zendeskId: Schema.NullOr(Schema.String),
  brandId: Schema.NullOr(Schema.String),
  signedUpAt: Schema.String,
  toBeRetained: Schema.Boolean
}

/** A user as the vendor documents it, and odd values for fields of it and of its parts. */
const Case = Schema.Struct({
  user: User,
  fields: Schema.Record(Schema.Literals(Object.keys(optional)), Schema.optionalKey(Schema.Json)),
  profile: Schema.Record(
    Schema.Literals(["givenName", "surname", "email", "avatarUrl", "locale"]),
    Schema.optionalKey(Schema.Json)
  ),
  metadata: Schema.Record(Schema.String, Schema.Json),
  identities: Schema.Array(Schema.Json),
  whole: Schema.Struct({
    profile: Schema.optionalKey(Schema.Json),
    metadata: Schema.optionalKey(Schema.Json),
    identities: Schema.optionalKey(Schema.Json)
  })
})

const isObject = (json: unknown): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json)

const without = (object: JsonObject, names: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))

const oddOf = (
  values: { readonly [name: string]: Json | undefined },
  schemaOf: (name: string) => Schema.Codec<unknown> | undefined
): JsonObject =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const schema = schemaOf(name)
      return value === undefined || schema === undefined || Schema.is(schema)(value) ? [] : [[name, value] as const]
    })
  )

/** What the vendor answers, and what is to be read of it. */
const oddly = (odd: typeof Case.Type) => {
  const user: JsonObject = JSON.parse(JSON.stringify(odd.user))
  const fields = oddOf(odd.fields, (name) => optional[name])
  // The digits of an id are the id.
  const digits = Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      name.endsWith("Id") && Number.isSafeInteger(value) ? [[name, String(value)] as const] : []
    )
  )
  const profile = oddOf(odd.profile, () => Schema.NullOr(Schema.String))
  const metadata = oddOf(odd.metadata, () => Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]))
  const identities = odd.identities.filter((identity) => !isObject(identity))
  const whole = Object.fromEntries(
    Object.entries(odd.whole).filter(([name, value]) =>
      name === "identities" ? !Array.isArray(value) : !isObject(value)
    )
  )
  const parts = {
    ...(Object.keys(profile).length === 0
      ? undefined
      : { profile: [profile, without(user["profile"] as JsonObject ?? {}, Object.keys(profile))] as const }),
    ...(Object.keys(metadata).length === 0
      ? undefined
      : { metadata: [metadata, without(user["metadata"] as JsonObject ?? {}, Object.keys(metadata))] as const })
  }
  const sent: JsonObject = JSON.parse(JSON.stringify({
    ...user,
    ...fields,
    ...Object.fromEntries(
      Object.entries(parts).map(([name, [odd]]) => [name, { ...user[name] as JsonObject, ...odd }])
    ),
    ...(identities.length === 0
      ? undefined
      : { identities: [...identities, ...user["identities"] as ReadonlyArray<Json> ?? []] }),
    ...whole
  }))
  const read = {
    ...without(user, [...Object.keys(fields), ...Object.keys(whole)]),
    ...digits,
    ...without(Object.fromEntries(Object.entries(parts).map(([name, [, rest]]) => [name, rest])), Object.keys(whole)),
    ...(identities.length === 0 || "identities" in whole ? undefined : { identities: user["identities"] ?? [] })
  }
  const isOdd = [fields, profile, metadata, whole, identities].some((odd) => Object.keys(odd).length > 0)
  return { sent, read, isOdd }
}

interface Client {
  readonly get: (answer: object, options?: Partial<Options>) => Effect.Effect<User, unknown>
  readonly listByEmail: (answer: object, options?: Partial<Options>) => Effect.Effect<ReadonlyArray<User>, unknown>
}

const effect4: Client = {
  get: (body, options) =>
    TestClient.scripted([answer(200, JSON.stringify(body))], options).pipe(
      Effect.flatMap(({ users }) => users.get("ada")),
      Effect.scoped
    ),
  listByEmail: (body, options) =>
    TestClient.scripted([answer(200, JSON.stringify(body))], options).pipe(
      Effect.flatMap(({ users }) => users.listByEmail("ada@example.com")),
      Effect.scoped
    )
}

const promised = <A>(
  body: object,
  options: Partial<Options> | undefined,
  call: (users: Promised.Users) => Promise<A>
) =>
  Effect.tryPromise({
    try: async () => {
      await using users = Promised.Users.make({
        appId: "app",
        subdomain: "example",
        credentials: { token: "token" },
        transport: () => Promise.resolve(new Response(JSON.stringify(body))),
        ...options
      })
      return await call(users)
    },
    catch: (error) => error
  })

const promise: Client = {
  get: (body, options) => promised(body, options, (users) => users.get("ada")),
  listByEmail: (body, options) => promised(body, options, (users) => users.listByEmail("ada@example.com"))
}

const isMetadata = Schema.is(Metadata)
const isProfile = Schema.is(Profile)
const isIdentity = Schema.is(Identity)

describe.each([["Effect 4", effect4], ["promises", promise]] as const)("an answer, read with %s", (_, client) => {
  it.effect.prop("is read without what is odd, and given back with it", [Case], ([odd]) =>
    Effect.gen(function*() {
      const { isOdd, read, sent } = oddly(odd)
      const user = yield* client.get({ user: sent })
      assert.deepStrictEqual<unknown>(user, read)
      assert.deepStrictEqual<unknown>(UnknownFields.toJson(user), sent)
      if (!isOdd) assert.strictEqual(UnknownFields.toJson(user), user)
      // What is left is what the types say.
      assert.isTrue(isProfile(user.profile ?? {}) && isMetadata(user.metadata ?? {}))
      assert.isTrue((user.identities ?? []).every(isIdentity))
    }))

  it.effect.prop(
    "with something odd is refused by a client of strict responses, and any other is not",
    [Case],
    ([odd]) =>
      Effect.gen(function*() {
        const { isOdd, read, sent } = oddly(odd)
        const result = yield* Effect.result(client.get({ user: sent }, { strictResponses: true }))
        if (result._tag === "Success") {
          assert.isFalse(isOdd)
          assert.deepStrictEqual<unknown>(result.success, read)
        } else {
          assert.isTrue(isOdd)
          const error = result.failure
          assert(error instanceof SunshineError && error.reason._tag === "UnexpectedResponse")
          assert.deepInclude(error, { retryStopped: "not-retryable", applied: "no" })
          assert.deepInclude(error.reason, { status: 200, problem: "body" })
          assert.strictEqual(error.reason.path?.[0], "user")
          assert.include(error.message, "cannot be read as documented: user.")
        }
      })
  )

  it.effect("is a list without the entries that have no id", () =>
    Effect.gen(function*() {
      const users = [{ externalId: "nobody" }, ada, null, { id: 7, signedUpAt: null }]
      const found = yield* client.listByEmail({ users })
      assert.deepStrictEqual(found, [ada, { id: "7" }])
      assert.deepStrictEqual<unknown>(UnknownFields.toJson(found), users)
      assert.deepStrictEqual<unknown>(found.map(UnknownFields.toJson), [ada, users[3]])
      const error = yield* Effect.flip(client.listByEmail({ users }, { strictResponses: true }))
      assert(error instanceof SunshineError && error.reason._tag === "UnexpectedResponse")
      assert.deepStrictEqual(error.reason.path, ["users", 0])
    }))

  it.effect.each<readonly [body: object, path: ReadonlyArray<string | number>]>([
    [{ user: { externalId: "ada" } }, ["user", "id"]],
    [{ user: { id: {} } }, ["user", "id"]],
    [{ user: null }, ["user"]],
    [{ users: [] }, ["user"]],
    [[], []]
  ])("without what a method promises is refused with its path: %j", ([body, path]) =>
    Effect.gen(function*() {
      for (const strictResponses of [false, true]) {
        const error = yield* Effect.flip(client.get(body, { strictResponses }))
        assert(error instanceof SunshineError && error.reason._tag === "UnexpectedResponse")
        assert.deepStrictEqual(error.reason.path, path)
      }
    }))
})

describe("what was put aside", () => {
  const counted = Effect.map(
    Metric.snapshot,
    (snapshots) =>
      snapshots.flatMap(({ attributes, id, state }) =>
        id === "sunco.client.put_aside" && "count" in state
          ? [[Object.values(attributes ?? {}).join(" "), state.count]]
          : []
      )
  )

  const fresh = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provideService(effect, Metric.MetricRegistry, new Map())

  it.effect("is counted by operation and field, without values or keys", () =>
    Effect.gen(function*() {
      yield* effect4.get({ user: { id: 1, metadata: { "ada@example.com": null, b: [] }, signedUpAt: null } })
      yield* effect4.get({ user: { id: "1", signedUpAt: 7 } })
      yield* effect4.listByEmail({ users: Array.from({ length: 1000 }, () => ({})) })
      assert.sameDeepMembers(yield* counted, [
        ["Users.get user.id", 1],
        ["Users.get user.metadata.*", 2],
        ["Users.get user.signedUpAt", 2],
        ["Users.listByEmail users[]", 1000]
      ])
    }).pipe(fresh))

  it.effect("is not counted where it is refused, and nothing is where nothing is odd", () =>
    Effect.gen(function*() {
      yield* Effect.flip(effect4.get({ user: { id: "1", signedUpAt: 7 } }, { strictResponses: true }))
      yield* effect4.get({ user: ada, unknown: null })
      assert.deepStrictEqual(yield* counted, [])
    }).pipe(fresh))
})

it.effect("of a create that can be read in part, the user is given", () =>
  Effect.gen(function*() {
    const { users } = yield* TestClient.scripted([answer(201, "{\"user\":{\"id\":\"1\",\"signedUpAt\":null}}")])
    assert.deepStrictEqual(yield* users.create({}), { id: "1" })
  }))

it.effect("of a create that a client of strict responses refuses, it is said that it was applied", () =>
  Effect.gen(function*() {
    const { sent, users } = yield* TestClient.scripted([answer(201, "{\"user\":{\"id\":\"1\",\"signedUpAt\":null}}")], {
      strictResponses: true
    })
    assert.deepInclude(yield* Effect.flip(users.create({ externalId: "ada" })), { applied: "yes", attempts: 1 })
    assert.lengthOf(sent, 1)
  }))
