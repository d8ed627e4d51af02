/**
 * Verifies the emulator with Pact's own verifier for JavaScript. A program of its own, because that one reports every interaction
 * on standard output, from native code, whether it is kept or not.
 */
import { Verifier } from "@pact-foundation/pact"
import { provider } from "@sunco/contracts/Names"
import { Emulator } from "@sunco/emulator/Emulator"
import type { Seed, SeedUser, ZendeskUser } from "@sunco/emulator/Seed"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as Redacted from "effect/Redacted"
import { accessToken } from "./EmulatedProvider.ts"

const pact = new URL(
  "../../contracts/pacts/sunco-client-sunshine-conversations-api.json",
  import.meta.url
).pathname

await Effect.runPromise(
  Effect.gen(function*() {
    const { appId, keyId, keySecret, reset, seed, url } = yield* Emulator
    /** Puts users in place, and gives what the paths of the contracts are generated from. */
    const arranged = <P>(fill: (parameters: P) => Seed) => (parameters: unknown) =>
      Effect.runPromise(Effect.map(
        seed(fill(parameters as P)),
        ([user]) => ({ appId, ...(user === undefined ? undefined : { userId: user.id }) })
      ))
    yield* Effect.promise(() =>
      new Verifier({
        provider,
        providerBaseUrl: url,
        pactUrls: [pact],
        logLevel: "error",
        requestFilter: (request, _, next) => {
          request.headers["authorization"] = request.headers["authorization"]?.startsWith("Bearer ") === true
            ? `Bearer ${Redacted.value(accessToken)}`
            : `Basic ${Base64.encode(`${keyId}:${Redacted.value(keySecret)}`)}`
          next()
        },
        afterEach: () => Effect.runPromise(reset),
        stateHandlers: {
          "an app exists": arranged(() => ({})),
          "a user exists": arranged((user: SeedUser) => ({ users: [user] })),
          "no user exists": arranged(() => ({})),
          "no user is known by this email address": arranged(({ email }: { readonly email: string }) => ({
            users: [{ profile: { email } }]
          })),
          "a core Zendesk user exists": arranged((user: ZendeskUser) => ({ zendeskUsers: [user] }))
        }
      }).verifyProvider()
    )
  }).pipe(Effect.provide(Emulator.layer({ accessTokens: [accessToken] })))
)
