import { assert, layer } from "@effect/vitest"
import { credentials, messages, states } from "@sunco/contracts/EmulatedProvider"
import type { EventContract } from "@sunco/contracts/EventContract"
import { EventContracts } from "@sunco/contracts/EventContracts"
import { provider, webhooksProvider } from "@sunco/contracts/Names"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import * as Record from "effect/Record"
import { strangersCredentials } from "./strangersCredentials.ts"

const pacts = [new URL("../../contracts/pacts", import.meta.url).pathname]

const descriptionsOf = (contracts: typeof SunshineContracts) =>
  contracts.map(({ interaction }) => interaction.description).sort()

const descriptions = descriptionsOf(SunshineContracts)

const authenticated = descriptionsOf(SunshineContracts.filter(({ credentials }) => credentials !== "none"))

/** What the emulator sends, with something else in the place of what it sent. */
const falsified = (change: (body: string) => string): typeof messages =>
  Record.map(messages, (message) => (values) =>
    Effect.map(message(values), ({ contents, metadata }) => ({
      contents: JSON.parse(change(JSON.stringify(contents))),
      metadata
    })))

layer(Emulator.layer(), { excludeTestServices: true })("the emulator", (it) => {
  it.effect("keeps every contract", () =>
    Effect.gen(function*() {
      const { url } = yield* Emulator
      const { interactions } = yield* Verifier.verify({ provider, url, pacts, states, headers: credentials })
      assert.deepStrictEqual([...interactions].sort(), descriptions)
    }))

  it.effect("refuses every request of a contract that has credentials with such as it does not know", () =>
    Effect.gen(function*() {
      const { url } = yield* Emulator
      const { failures } = yield* Verifier.verify({ provider, url, pacts, states, headers: strangersCredentials }).pipe(
        Effect.flip,
        Effect.filterOrFail((error) => error._tag === "VerificationFailed")
      )
      const refused = failures.filter(({ actual, part }) => part === "status" && actual === "401")
      assert.deepStrictEqual(refused.map(({ interaction }) => interaction).sort(), authenticated)
    }))

  it.effect("would be told in two lines what it does wrong", () =>
    Effect.gen(function*() {
      const { url } = yield* Emulator
      const somebodyElse = { setUp: () => states.setUp("a user exists", { externalId: "somebody-else" }) }
      const error = yield* Verifier.verify({
        provider,
        url,
        pacts,
        states: somebodyElse,
        headers: credentials,
        only: "a request to get a user by externalId"
      }).pipe(Effect.flip)
      assert.deepStrictEqual(error.message.split("\n"), [
        "sunshine-conversations-api breaks 1 of 1 interactions",
        "  \"a request to get a user by externalId\" (for sunco-client)",
        "    status: expected 200 but was 404",
        "    body $: Actual map is missing the following keys: user"
      ])
    }))

  it.effect("sends every event as the contracts say, of each type but a few because of a call of the API", () =>
    Effect.gen(function*() {
      const { requests } = yield* Emulator
      const called = new Map<string, ReadonlyArray<unknown>>()
      const { interactions } = yield* Verifier.verify({
        provider: webhooksProvider,
        pacts,
        states,
        messages: Record.map(
          messages,
          (message, description) => (values) =>
            Effect.tap(
              message(values),
              () => Effect.map(requests, (all) => called.set(description, all.map(({ operation }) => operation)))
            )
        )
      })
      const descriptions = EventContracts.map(({ interaction }) => interaction.description)
      assert.deepStrictEqual([...interactions].sort(), descriptions.sort())

      assert.deepStrictEqual(called.get("a user was removed"), ["Webhooks.update", "Users.delete"])
      const isOfCall = ({ interaction }: EventContract) => (called.get(interaction.description) ?? []).length > 1
      const ofCalls = new Set(EventContracts.filter(isOfCall).map(({ type }) => type))
      // They are of channels and of people, of which the emulator has none.
      assert.deepStrictEqual(
        Array.from(new Set(EventContracts.map(({ type }) => type))).filter((type) => !ofCalls.has(type)),
        [
          "user:update",
          "conversation:postback",
          "conversation:referral",
          "conversation:message:delivery:channel",
          "conversation:message:delivery:user",
          "conversation:message:delivery:failure",
          "passthrough:messaging"
        ]
      )
    }))

  it.effect("is caught when what it sends is of another type, lacks a field, or is another event", () =>
    Effect.gen(function*() {
      const verify = (change: (body: string) => string) =>
        Verifier.verify({
          provider: webhooksProvider,
          pacts,
          states,
          messages: falsified(change),
          only: "a user was removed"
        }).pipe(
          Effect.flip,
          Effect.map((error) => error.message.split("\n").slice(2).map((line) => line.trim()))
        )
      assert.deepStrictEqual(
        yield* verify((body) => body.replace("\"authenticated\":true", "\"authenticated\":\"yes\"")),
        [
          "body $.events[0].payload.user.authenticated: Expected 'yes' (String) to be the same type as true (Boolean)"
        ]
      )
      assert.deepStrictEqual(yield* verify((body) => body.replace("\"externalId\":\"your-own-id\",", "")), [
        "body $.events[0].payload.user: Actual map is missing the following keys: externalId"
      ])
      assert.deepStrictEqual(yield* verify((body) => body.replace("\"user:remove\"", "\"user:update\"")), [
        "body $.events[0].type: Expected 'user:update' (String) to be equal to 'user:remove' (String)"
      ])
      assert.deepStrictEqual(yield* verify((body) => JSON.stringify({ ...JSON.parse(body), events: [] })), [
        "body $.events: Expected [] (size 0) to have minimum size of 1"
      ])
    }))

  it.effect("is caught when it sends nothing, or to whoever asks for all of a user no more than to others", () =>
    Effect.gen(function*() {
      const verify = (description: string, flags: object) =>
        Verifier.verify({
          provider: webhooksProvider,
          pacts,
          states: {
            setUp: (name, parameters) =>
              states.setUp(
                name,
                name === "an integration exists" ? { type: "custom", webhooks: [flags] } : parameters
              )
          },
          messages,
          only: description
        }).pipe(
          Effect.flip,
          Effect.map((error) => error.message.split("\n").slice(2).map((line) => line.trim()))
        )
      assert.deepStrictEqual(yield* verify("a user was removed", { triggers: ["user:update"] }), [
        "message: no user:remove was sent to the webhook"
      ])
      const [missing] = yield* verify("a user has sent a message, told to whoever wants all of the user", {
        triggers: ["conversation:message"]
      })
      assert.match(missing ?? "", /\.author\.user: Actual map is missing the following keys: .*profile/)
    }))
})
