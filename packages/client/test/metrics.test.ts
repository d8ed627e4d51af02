import { assert, it } from "@effect/vitest"
import * as Limiter from "@sunco/client/Limiter"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import { ada } from "./Operations.ts"
import { answer, errors, json, reset } from "./ScriptedTransport.ts"
import * as TestClient from "./TestClient.ts"

const found = json(200, { user: ada })

/** The counters of this client by their labels. */
const counted = Effect.map(
  Metric.snapshot,
  (snapshots) =>
    snapshots.flatMap(({ attributes, id, state }) =>
      id.startsWith("sunco.client.") && "count" in state
        ? [[id, Object.values(attributes ?? {}).join(" "), Number(state.count)] as const]
        : []
    )
)

const fresh = Effect.provideService(Metric.MetricRegistry, new Map())

it.effect("requests, retries and waits are counted by operation and how they ended", () =>
  Effect.gen(function*() {
    const { users } = yield* TestClient.scripted([
      errors(503),
      reset,
      answer(429, "", { "retry-after": "3" }),
      found,
      errors(404, "user_not_found")
    ])
    yield* users.get("ada").pipe(TestClient.drawing(1), TestClient.throughTime)
    yield* Effect.flip(users.delete("ada"))
    assert.sameDeepMembers(yield* counted, [
      ["sunco.client.requests", "Users.get 503", 1],
      ["sunco.client.requests", "Users.get ECONNRESET", 1],
      ["sunco.client.requests", "Users.get 429", 1],
      ["sunco.client.requests", "Users.get 200", 1],
      ["sunco.client.requests", "Users.delete 404", 1],
      ["sunco.client.retries", "Users.get 503", 1],
      ["sunco.client.retries", "Users.get ECONNRESET", 1],
      ["sunco.client.retries", "Users.get 429", 1],
      ["sunco.client.waits", "Users.get back-off", 600],
      ["sunco.client.waits", "Users.get retry-after", 3800]
    ])
  }).pipe(fresh))

it.effect("the time that calls wait for the limiter is counted", () =>
  Effect.gen(function*() {
    const { users } = yield* TestClient.scripted([found])
    yield* TestClient.throughTime(Effect.replicateEffect(users.get("ada"), 3))
    assert.deepInclude(yield* counted, ["sunco.client.waits", "Users.get limiter", 10_000])
  }).pipe(Effect.provide(Limiter.layerMemory({ limit: 1, window: "5 seconds" })), fresh))
