/** The emulator as the provider of the contracts: how it comes into their states, and how requests authenticate to it. */
import { ProviderStates } from "@sunco/contracts/ProviderStates"
import { Emulator } from "@sunco/emulator/Emulator"
import type { Seed } from "@sunco/emulator/Seed"
import type { HeaderValues, ProviderRequest } from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Redacted from "effect/Redacted"

/** The emulator has to be started with it. */
export const accessToken = Redacted.make("an-access-token")

/** What is put in place is taken away after the interaction, and so is what the interaction has changed. */
const arranged = (seed: Seed) =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    const { users } = yield* Effect.acquireRelease(emulator.seed(seed), () => emulator.reset)
    return { appId: emulator.appId, users }
  })

export const states = ProviderStates.handlers({
  "an app exists": () => arranged({}),
  "a user exists": (user) =>
    Effect.map(arranged({ users: [user] }), ({ appId, users }) => ({ appId, userId: users[0]!.id })),
  "no user exists": () => arranged({}),
  // Somebody has it in the profile, where a list does not look.
  "no user is known by this email address": ({ email }) => arranged({ users: [{ profile: { email } }] }),
  "a core Zendesk user exists": (user) => Effect.asVoid(arranged({ zendeskUsers: [user] }))
})

/** Credentials of the emulator, of the kind that the contract has. */
export const credentials = ({ headers }: ProviderRequest): Effect.Effect<HeaderValues, never, Emulator> =>
  Effect.map(Emulator, ({ keyId, keySecret }) => ({
    Authorization: headers["authorization"]?.startsWith("Bearer ") === true
      ? Redacted.make(`Bearer ${Redacted.value(accessToken)}`)
      : Redacted.make(`Basic ${Base64.encode(`${keyId}:${Redacted.value(keySecret)}`)}`)
  }))

/** The same kind of credentials, which are nobody's. */
export const strangersCredentials = ({ headers }: ProviderRequest): Effect.Effect<HeaderValues> =>
  Effect.succeed({
    Authorization: headers["authorization"]?.startsWith("Bearer ") === true ? "Bearer stranger" : "Basic c3RyYW5nZXI6"
  })
