import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { base64Url } from "./base64.ts"
import type { JwtOptions } from "../../Credentials.ts"
import { CredentialsUnavailable } from "../../SunshineError.ts"

/**
 * The vendor takes the secret as the raw string, wants `kid` in the header and `scope` among the claims.
 *
 * The platform's WebCrypto does the work, so a library would only bring the algorithms that the vendor does not take: 5 kB of
 * a bundle.
 *
 * @see RFC 7515, 3.1
 * @internal
 */
export const signJwt = (
  { keyId, scope, secret }: JwtOptions,
  expiresAtSeconds: number
): Effect.Effect<Redacted.Redacted, CredentialsUnavailable> =>
  Effect.tryPromise({
    // WebCrypto speaks in promises.
    try: async () => {
      const content = `${part({ alg: "HS256", typ: "JWT", kid: keyId })}.${part({ scope, exp: expiresAtSeconds })}`
      const hmac = { name: "HMAC", hash: "SHA-256" }
      const key = await crypto.subtle.importKey("raw", encoder.encode(Redacted.value(secret)), hmac, false, ["sign"])
      const signature = await crypto.subtle.sign(hmac, key, encoder.encode(content))
      return Redacted.make(`${content}.${base64Url(new Uint8Array(signature))}`)
    },
    catch: (cause) => new CredentialsUnavailable({ cause: Redacted.make(cause) })
  })

const part = (json: object): string => base64Url(JSON.stringify(json))

const encoder = new TextEncoder()
