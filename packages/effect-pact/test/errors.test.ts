import { assert, describe, it } from "@effect/vitest"
import * as Broker from "effect-pact/Broker"
import * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"
import * as Pact from "effect-pact/Pact"
import * as PactFile from "effect-pact/PactFile"
import * as ProviderStates from "effect-pact/ProviderStates"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import { inspect } from "node:util"

const errors: ReadonlyArray<Error> = [
  new Broker.Unauthorized({ status: 401 }),
  new Broker.Unreachable({ detail: "no answer in time" }),
  new Broker.Conflict({ notice: "published before" }),
  new Broker.NotFound({ detail: "no such environment" }),
  new Broker.Rejected({ detail: "no" }),
  new Broker.InvalidInput({ problem: "version is empty" }),
  new Broker.BrokerError({
    operation: "publish",
    url: "https://broker.test",
    reason: new Broker.Unreachable({ detail: "no answer in time" })
  }),
  new Interaction.InvalidInteraction({ description: "d", problems: ["the description is blank"] }),
  new Matcher.InvalidMatcher({ matcher: "regex", problem: "no" }),
  new Pact.PactMismatch({ consumer: "web", provider: "users", requests: [], clientSaw: "a 500" }),
  new Pact.InteractionConflict({ description: "d" }),
  new Pact.PactNotWritten({ directory: "pacts", cause: new Error("no space left") }),
  new PactFile.InvalidPact({ file: "web-users.json", problem: "no" }),
  new ProviderStates.ProviderStateError({ state: "s", problem: "handler", detail: "no" }),
  new SchemaMatchers.InvalidExample({ problems: [] }),
  new Verifier.VerificationFailed({
    provider: "users",
    verified: 1,
    failures: [{ consumer: "web", interaction: "d", part: "status", path: "", message: "expected 200 but was 500" }]
  }),
  new Verifier.ProviderUnreachable({ url: "http://127.0.0.1:2", detail: "no" }),
  new Verifier.NothingToVerify({ provider: "users" })
]

describe("every error", () => {
  it("of the package is here", () => {
    const classes = [Broker, Interaction, Matcher, Pact, PactFile, ProviderStates, SchemaMatchers, Verifier]
      .flatMap((module) => Object.values(module))
      .filter((value) => typeof value === "function" && value.prototype instanceof Error)
    assert.sameMembers(errors.map((error) => error.constructor), classes)
  })

  it.effect("prints as its message and where it comes from, also as the rejection of a promise", () =>
    Effect.gen(function*() {
      for (const error of errors) {
        const rejection = yield* Effect.promise(() =>
          Effect.runPromise(Effect.fail(error)).then(() => assert.fail(), (reason: unknown) => reason)
        )
        const printed = inspect(rejection)
        assert.isTrue(printed.startsWith(`${error.name}: ${error.message}\n    at `), printed)
        assert.include(inspect({ nested: rejection }, { depth: 0 }), error.message.split("\n", 1).join())
      }
    }))

  it("says why a contract was not written", () => {
    const error = new Pact.PactNotWritten({ directory: "pacts", cause: new Error("no space left") })
    assert.strictEqual(error.message, "The contract could not be written to pacts: no space left")
  })
})
