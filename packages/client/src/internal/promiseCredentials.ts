import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Credentials from "../Credentials.ts"
import type { Key, Secret, Token } from "../promise.ts"
import { SettingsError } from "../SettingsError.ts"

type CredentialsLayer = Layer.Layer<Credentials.Credentials, SettingsError>

/**
 * The layer of `credentials`. They are checked because not every caller has a compiler that does.
 *
 * @internal
 */
export const credentialsLayer = (credentials: Key | Token | undefined): CredentialsLayer => {
  const token = credentials?.token === undefined ? undefined : credentials
  const key = credentials !== undefined && "keyId" in credentials ? credentials : undefined
  if (key !== undefined && token === undefined) return keyLayer(key)
  if (token !== undefined && key === undefined) return tokenLayer(token)
  return fail("credentials", "must be a keyId with its secret, or a token")
}

const keyLayer = ({ keyId, lifetime, scope, secret }: Key): CredentialsLayer => {
  if (typeof keyId !== "string" || keyId === "") return fail("credentials.keyId", "must be set")
  if (!isSecret(secret)) return fail("credentials.secret", "must be set")
  const key = { keyId, secret: redacted(secret) }
  return scope === undefined ? Credentials.layerBasic(key) : Credentials.layerJwt({ ...key, scope, lifetime })
}

const tokenLayer = ({ timeToLive, token }: Token): CredentialsLayer => {
  if (typeof token !== "function") {
    return isSecret(token) ? Credentials.layerBearer(redacted(token)) : fail("credentials.token", "must be set")
  }
  const fetched = Effect.tryPromise({
    // Awaited here, so that what is no token is a failure to get one, as a rejection is.
    try: async (signal) => {
      const fetched = await token(signal)
      if (!isSecret(fetched)) throw new TypeError("the function gave no token")
      return redacted(fetched)
    },
    catch: (cause) => cause
  })
  return Credentials.layerBearerEffect(fetched, { timeToLive })
}

const fail = (setting: string, problem: string): CredentialsLayer =>
  Layer.effect(Credentials.Credentials, Effect.fail(new SettingsError({ setting, problem })))

const isSecret = (secret: unknown): boolean =>
  Redacted.isRedacted(secret) || (typeof secret === "string" && secret !== "")

const redacted = (secret: Secret): Redacted.Redacted => Redacted.isRedacted(secret) ? secret : Redacted.make(secret)
