import { assert, describe, layer } from "@effect/vitest"
import { Emulator } from "@sunco/emulator/Emulator"
import { byteLength, maximumBytes, type Metadata } from "@sunco/schemas/Metadata"
import { CreateUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { call, user, userNotFound } from "./Call.ts"

interface Fields {
  readonly [name: string]: unknown
  readonly profile?: object
  readonly metadata?: Metadata | null
}

/** A payload as it goes over the wire. */
const overTheWire = <A>(schema: Schema.Codec<A>, payload: A) =>
  Effect.map(
    Schema.encodeEffect(Schema.toCodecJson(schema))(payload),
    (encoded): Fields => JSON.parse(JSON.stringify(encoded))
  )

const withoutNulls = (fields: object): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

/** The model: what a user is after a change, as far as the vendor says it. */
const changed = (before: Fields, { metadata, profile, ...others }: Fields): Fields => ({
  ...before,
  ...others,
  profile: withoutNulls({ ...before.profile, ...profile }),
  metadata: metadata === null ? {} : { ...before.metadata, ...metadata }
})

const Step = Schema.Union([
  Schema.TaggedStruct("create", { who: Schema.Literals(["ada", "bob", "eve"]), payload: CreateUser }),
  Schema.TaggedStruct("update", { who: Schema.Literals(["ada", "bob", "eve"]), payload: UpdateUser }),
  Schema.TaggedStruct("get", { who: Schema.Literals(["ada", "bob", "eve"]) }),
  Schema.TaggedStruct("delete", { who: Schema.Literals(["ada", "bob", "eve"]) }),
  Schema.TaggedStruct("deletePersonalInformation", { who: Schema.Literals(["ada", "bob", "eve"]) })
])

describe("properties", () => {
  layer(Emulator.layerMemory())((it) => {
    it.effect.prop(
      "whatever the payload of a create can be is accepted and comes back equal",
      [CreateUser],
      ([payload]) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const body = yield* overTheWire(CreateUser, payload)
          const answer = yield* call("POST", "users", { body })
          assert.strictEqual(answer.status, 201)
          const [created] = yield* emulator.stored("Users")
          const { id, ...rest } = created ?? assert.fail()
          const empty = { signedUpAt: "1970-01-01T00:00:00.000Z", hasPaymentInfo: false, identities: [] }
          const expected = withoutNulls(changed(empty, body))
          assert.deepStrictEqual<unknown>(JSON.parse(JSON.stringify(rest)), expected)
          assert.deepStrictEqual(yield* user("GET", `users/${id}`), { id, ...expected })
        })
    )

    it.effect.prop(
      "a course of calls ends as the model of it does",
      [Schema.Array(Step)],
      ([steps]) =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          yield* emulator.reset
          const model = new Map<string, Fields>()
          for (const step of steps) {
            const known = model.get(step.who)
            if (step._tag === "create") {
              const body = { ...yield* overTheWire(CreateUser, step.payload), externalId: step.who, brandId: null }
              const answer = yield* call("POST", "users", { body })
              assert.strictEqual(answer.status, known === undefined ? 201 : 409)
              if (known === undefined) {
                const { user } = answer.body as { readonly user: Fields }
                const start = { id: user["id"], signedUpAt: user["signedUpAt"], hasPaymentInfo: false, identities: [] }
                model.set(step.who, withoutNulls(changed(start, body)))
              }
            } else {
              const path = `users/${step.who}${step._tag === "deletePersonalInformation" ? "/personalinformation" : ""}`
              const body = step._tag === "update" ? yield* overTheWire(UpdateUser, step.payload) : undefined
              const method = step._tag === "get" ? "GET" : step._tag === "update" ? "PATCH" : "DELETE"
              const answer = yield* call(method, path, body === undefined ? {} : { body })
              if (known === undefined) {
                assert.deepStrictEqual([answer.status, answer.body], [404, userNotFound])
              } else if (step._tag === "delete") {
                assert.deepStrictEqual([answer.status, answer.body], [200, {}])
                model.delete(step.who)
              } else {
                const after = body !== undefined
                  ? changed(known, body)
                  : step._tag === "get"
                  ? known
                  : { ...known, profile: {}, metadata: {}, identities: [] }
                const tooLarge = byteLength(after.metadata ?? {}) > maximumBytes
                assert.strictEqual(answer.status, tooLarge ? 400 : 200)
                if (!tooLarge) {
                  assert.deepStrictEqual<unknown>(answer.body, { user: after })
                  model.set(step.who, after)
                }
              }
            }
          }
          const users = yield* emulator.stored("Users")
          const byName = (a: Fields, b: Fields) => `${a["externalId"]}`.localeCompare(`${b["externalId"]}`)
          assert.deepStrictEqual<unknown>(
            JSON.parse(JSON.stringify(users.map((user): Fields => ({ ...user })).toSorted(byName))),
            Array.from(model.values()).toSorted(byName)
          )
        })
    )
  })
})
