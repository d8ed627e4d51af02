import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import { after, errors, json, type Reply, reset, silence } from "./ScriptedTransport.ts"

const created = json(201, { user: ada })
const found = json(200, { user: ada })
const conflict = errors(409, "conflict")
const missing = errors(404, "user_not_found")

const run = (
  method: "getOrCreate" | "upsert",
  script: readonly [Reply, ...Array<Reply>],
  payload: Parameters<TestClient.TestClient["users"]["upsert"]>[0] = { externalId: "ada" }
) =>
  Effect.gen(function*() {
    const { sent, users } = yield* TestClient.scripted(script)
    const result = yield* users[method](payload).pipe(Effect.result, TestClient.throughTime)
    return {
      outcome: result._tag === "Success" ? result.success : result.failure,
      sent: sent.map(({ body, method, url }) => [method, url.slice(url.indexOf("/users")), body])
    }
  })

const get = ["GET", "/users/ada", undefined]
const post = ["POST", "/users", "{\"externalId\":\"ada\"}"]

describe("getOrCreate", () => {
  it.effect("gives the user that is there, unchanged", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("getOrCreate", [found])
      assert.deepStrictEqual(outcome, { user: ada, created: false })
      assert.deepStrictEqual(sent, [get])
    }))

  it.effect("makes the user that is not there", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("getOrCreate", [missing, created])
      assert.deepStrictEqual(outcome, { user: ada, created: true })
      assert.deepStrictEqual(sent, [get, post])
    }))

  it.effect("gives the user that another caller made meanwhile", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("getOrCreate", [missing, conflict, found])
      assert.deepStrictEqual(outcome, { user: ada, created: false })
      assert.deepStrictEqual(sent, [get, post, get])
    }))

  it.effect("survives a user that comes and goes, three rounds long", () =>
    Effect.gen(function*() {
      const { outcome } = yield* run("getOrCreate", [missing, conflict, missing, conflict, missing, created])
      assert.deepStrictEqual(outcome, { user: ada, created: true })
      const lost = yield* run("getOrCreate", [missing, conflict, missing, conflict, missing, conflict, missing])
      assert.deepInclude(lost.outcome, { _tag: "UserAlreadyExists", operation: "Users.getOrCreate", attempts: 6 })
      assert.lengthOf(lost.sent, 6)
    }))

  it.effect("does not take a user whose id looks like the externalId for the one that is meant", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("getOrCreate", [
        json(200, { user: { id: "ada", externalId: "somebody else" } }),
        created
      ])
      assert.deepStrictEqual(outcome, { user: ada, created: true })
      assert.deepStrictEqual(sent, [get, post])
    }))

  it.effect("looks in the brand of the payload", () =>
    Effect.gen(function*() {
      const { sent } = yield* run("getOrCreate", [found], { externalId: "ada", brandId: "1" })
      assert.deepStrictEqual(sent, [["GET", "/users/ada?brandId=1", undefined]])
    }))

  it.effect("fails with whatever else goes wrong", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("getOrCreate", [errors(403, "forbidden")])
      assert.deepInclude(outcome, { _tag: "SunshineError", operation: "Users.getOrCreate" })
      assert.lengthOf(sent, 1)
    }))

  it.effect("has one deadline over all its requests", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([after("8 seconds", missing), silence])
      const error = yield* users.getOrCreate({ externalId: "ada" }, { deadline: "10 seconds" }).pipe(
        Effect.flip,
        TestClient.throughTime
      )
      assert.deepStrictEqual(sent.map(({ at }) => at), [0, 8000])
      assert.deepInclude(error, { retryStopped: "deadline", applied: "unknown" })
      assert("reason" in error && error.reason._tag === "Timeout")
    }))

  it.effect("has the deadline of the client where the call has none", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([after("8 seconds", missing), silence], {
        deadline: "10 seconds",
        attemptTimeout: Duration.infinity
      })
      yield* users.getOrCreate({ externalId: "ada" }).pipe(Effect.flip, TestClient.throughTime)
      assert.deepStrictEqual(sent.map(({ at }) => at), [0, 8000])
    }))
})

describe("upsert", () => {
  const patch = (body: string) => ["PATCH", `/users/${ada.id}`, body]

  it.effect("updates the user that is there, by id and without what cannot be changed", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("upsert", [found], {
        externalId: "ada",
        brandId: "1",
        profile: { givenName: "Ada" },
        metadata: null
      })
      assert.deepStrictEqual(outcome, { user: ada, created: false })
      assert.deepStrictEqual(sent, [
        ["GET", "/users/ada?brandId=1", undefined],
        patch("{\"profile\":{\"givenName\":\"Ada\"},\"metadata\":null}")
      ])
    }))

  it.effect("makes the user that is not there", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("upsert", [missing, created])
      assert.deepStrictEqual(outcome, { user: ada, created: true })
      assert.deepStrictEqual(sent, [get, post])
    }))

  it.effect("updates the user that another caller made meanwhile", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("upsert", [missing, conflict, found])
      assert.deepStrictEqual(outcome, { user: ada, created: false })
      assert.deepStrictEqual(sent, [get, post, get, patch("{}")])
    }))

  it.effect("makes the user that was deleted between the look and the update", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("upsert", [found, missing, created])
      assert.deepStrictEqual(outcome, { user: ada, created: true })
      assert.deepStrictEqual(sent, [get, patch("{}"), post])
    }))

  it.effect("makes one user when the answer to its create was lost", () =>
    Effect.gen(function*() {
      const { outcome, sent } = yield* run("upsert", [missing, reset, conflict, found])
      assert.deepStrictEqual(outcome, { user: ada, created: true })
      assert.deepStrictEqual(sent, [get, post, post, get])
    }))
})
