/**
 * Does what may make Pact talk: mismatches, a failed write, a failed verification, a broker that refuses; in two
 * threads.
 */
import { Broker } from "effect-pact/Broker"
import * as Interaction from "effect-pact/Interaction"
import { MockServer, Pact } from "effect-pact/Pact"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { isMainThread, Worker } from "node:worker_threads"
import { fakeBroker, refusal } from "../FakeBroker.ts"
import { provider, temporaryDirectory } from "../Fixtures.ts"

const getUser = Interaction.http({
  description: "a request to get a user",
  states: [{ name: "a user exists", parameters: {} }],
  request: { method: "GET", path: "/users/42" },
  response: { status: 200, body: { id: "42" } }
})

const program = Effect.gen(function*() {
  const directory = yield* temporaryDirectory
  const under = (path: string, at: string) =>
    Effect.flatMap(MockServer, ({ url }) => Effect.promise(() => fetch(url + path))).pipe(
      Pact.verify(getUser),
      Effect.provide(Pact.layer({ consumer: "web", provider: "users", directory: at })),
      Effect.result
    )
  const broken = yield* temporaryDirectory
  writeFileSync(join(broken, "web-users.json"), "{")
  const users = yield* provider(() => ({ status: 500 }))
  const broker = yield* fakeBroker({ pact: { consumer: { name: "web" } }, publish: refusal(409, "no") })
  const results = [
    yield* under("/users/42", directory),
    yield* under("/users/43", directory),
    yield* under("/users/42", broken),
    yield* Effect.result(Verifier.verify({ provider: "users", url: users.url, pacts: [directory] })),
    yield* Effect.flatMap(Broker, ({ publish }) => publish({ pacts: [directory], version: "1" })).pipe(
      Effect.provide(Broker.layer({ url: broker.url })),
      Effect.result
    )
  ]
  const expected = ["Success", "PactMismatch", "PactNotWritten", "VerificationFailed", "BrokerError"]
  const seen = results.map((result) => result._tag === "Success" ? "Success" : result.failure._tag)
  if (seen.join() !== expected.join()) process.exitCode = 3
}).pipe(Effect.scoped)

await Effect.runPromise(program)
if (isMainThread) await new Promise((resolve) => new Worker(new URL(import.meta.url)).on("exit", resolve))
