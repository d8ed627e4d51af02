import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { SignJWT } from "jose"
import type { JwtOptions } from "../Credentials.ts"
import { CredentialsUnavailable } from "../SunshineError.ts"

/**
 * The vendor takes the secret as the raw string, wants `kid` in the header and `scope` among the claims.
 *
 * @internal
 */
export const signJwt = (
  { keyId, scope, secret }: JwtOptions,
  expiresAtSeconds: number
): Effect.Effect<Redacted.Redacted, CredentialsUnavailable> =>
  Effect.map(
    Effect.tryPromise({
      try: () =>
        new SignJWT({ scope })
          .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: keyId })
          .setExpirationTime(expiresAtSeconds)
          .sign(new TextEncoder().encode(Redacted.value(secret))),
      catch: (cause) => new CredentialsUnavailable({ cause: Redacted.make(cause) })
    }),
    (token) => Redacted.make(token)
  )
