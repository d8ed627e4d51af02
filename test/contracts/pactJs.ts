/**
 * Verifies the emulator with Pact's own verifier for JavaScript. A program of its own, because that one reports every interaction
 * on standard output, from native code, whether it is kept or not.
 */
import { Verifier } from "@pact-foundation/pact"
import { provider } from "@sunco/contracts/Names"
import { ProviderStates } from "@sunco/contracts/ProviderStates"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Base64 from "effect/encoding/Base64"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import { accessToken, states } from "./EmulatedProvider.ts"

const pact = new URL(
  "../../contracts/pacts/sunco-client-sunshine-conversations-api.json",
  import.meta.url
).pathname

await Effect.runPromise(
  Effect.gen(function*() {
    const { keyId, keySecret, url } = yield* Emulator
    const context = yield* Effect.context<Emulator>()
    /** What the states of an interaction have put in place, to be taken away after it. */
    let arranged = Scope.makeUnsafe()
    const comeInto = (name: string) => (parameters: unknown) =>
      states.setUp(name, parameters).pipe(
        // All that they give back are ids.
        Effect.flatMap(Schema.decodeUnknownEffect(Schema.Record(Schema.String, Schema.String))),
        Scope.provide(arranged),
        Effect.runPromiseWith(context)
      )
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
        stateHandlers: Object.fromEntries(
          Object.keys(ProviderStates.definitions).map((name) => [name, comeInto(name)])
        ),
        afterEach: async () => {
          await Effect.runPromise(Scope.close(arranged, Exit.void))
          arranged = Scope.makeUnsafe()
        }
      }).verifyProvider()
    )
  }).pipe(Effect.provide(Emulator.layer({ accessTokens: [accessToken] })))
)
