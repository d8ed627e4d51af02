import { assert, layer } from "@effect/vitest"
import { credentials, states } from "@sunco/contracts/EmulatedProvider"
import { provider } from "@sunco/contracts/Names"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import { strangersCredentials } from "./strangersCredentials.ts"

const pacts = [new URL("../../contracts/pacts", import.meta.url).pathname]

const descriptionsOf = (contracts: typeof SunshineContracts) =>
  contracts.map(({ interaction }) => interaction.description).sort()

const descriptions = descriptionsOf(SunshineContracts)

const authenticated = descriptionsOf(SunshineContracts.filter(({ credentials }) => credentials !== "none"))

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
})
