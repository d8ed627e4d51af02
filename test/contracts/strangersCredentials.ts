import type { HeaderValues, ProviderRequest } from "effect-pact/Verifier"
import * as Effect from "effect/Effect"

/** Credentials of the kind that a contract has, which are nobody's. */
export const strangersCredentials = ({ headers }: ProviderRequest): Effect.Effect<HeaderValues> =>
  Effect.succeed(
    headers["authorization"] === undefined
      ? {}
      : { Authorization: headers["authorization"].startsWith("Bearer ") ? "Bearer stranger" : "Basic c3RyYW5nZXI6" }
  )
