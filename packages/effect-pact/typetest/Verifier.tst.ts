import type { Broker, BrokerError } from "effect-pact/Broker"
import type { InvalidPact } from "effect-pact/PactFile"
import type { StateHandlers } from "effect-pact/ProviderStates"
import * as Verifier from "effect-pact/Verifier"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import { describe, expect, it } from "tstyche"

class Database extends Context.Service<Database, {}>()("Database") {}
class Queue extends Context.Service<Queue, {}>()("Queue") {}

declare const states: StateHandlers<Database>
declare const message: Effect.Effect<{ readonly contents: string; readonly metadata: {} }, "no queue", Queue>

type Failures = Verifier.VerificationFailed | Verifier.ProviderUnreachable | Verifier.NothingToVerify

describe("verify", () => {
  it("needs what handlers and messages need, and fails with nothing of theirs", () => {
    expect(Verifier.verify({ provider: "users", pacts: [], states, messages: { sent: message } })).type.toBe<
      Effect.Effect<Verifier.Verified, Failures | InvalidPact, Database | Queue>
    >()
    expect(Verifier.verify({ provider: "users", pacts: [], states, messages: { sent: () => message } })).type.toBe<
      Effect.Effect<Verifier.Verified, Failures | InvalidPact, Database | Queue>
    >()
  })

  it("needs nothing without them", () => {
    expect(Verifier.verify({ provider: "users", url: "http://127.0.0.1", pacts: ["pacts"], headers: { a: "b" } })).type
      .toBe<
        Effect.Effect<Verifier.Verified, Failures | InvalidPact>
      >()
  })
})

describe("verifyFromBroker", () => {
  it("needs a broker", () => {
    expect(Verifier.verifyFromBroker({ provider: "users", states })).type.toBe<
      Effect.Effect<Verifier.Verified, Failures | BrokerError, Database | Broker>
    >()
  })
})
