import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Credentials from "../../Credentials.ts"
import type { Key, Secret, Token } from "../../PromiseOptions.ts"
import * as Constant from "../credentials/constantCredentials.ts"
import { jwtProblems, type NameOf, renewalProblems, unusable } from "../credentials/credentialSettings.ts"

type CredentialsLayer = Layer.Layer<Credentials.Credentials>

/**
 * The layer of `credentials`. They are checked because not every caller has a compiler that does.
 *
 * @internal
 */
export const credentialsLayer = (credentials: Key | Token | undefined): CredentialsLayer => {
  try {
    // Both may be there where the caller has no compiler.
    const { keyId, token }: { readonly keyId?: unknown; readonly token?: unknown } = Object(credentials)
    if (credentials === undefined || (keyId === undefined) === (token === undefined)) return neither()
    return credentials.token === undefined ? keyLayer(credentials) : tokenLayer(credentials)
  } catch {
    // A getter threw.
    return neither()
  }
}

const nameOf: NameOf = (setting) => setting === "" ? "credentials" : `credentials.${setting}`

const keyLayer = ({ scope, secret, ...rest }: Key): CredentialsLayer => {
  const key = { ...rest, secret: redacted(secret) }
  if (scope === undefined) return Layer.succeed(Credentials.Credentials, Constant.basic(key, nameOf))
  const problems = jwtProblems({ ...key, scope }, nameOf)
  return problems.length > 0 ? wrong(problems) : Credentials.layerJwt({ ...key, scope })
}

const tokenLayer = ({ token, ...renewal }: Token): CredentialsLayer => {
  const problems = renewalProblems(renewal, nameOf)
  if (problems.length > 0) return wrong(problems)
  if (typeof token !== "function") {
    return Layer.succeed(Credentials.Credentials, Constant.bearer(redacted(token), nameOf))
  }
  const fetched = Effect.tryPromise({
    // Awaited here, so that what the function throws is a failure to get a token, as a rejection is.
    try: async (signal) => redacted(await token(signal)),
    catch: (cause) => cause
  })
  return Credentials.layerBearerEffect(fetched, renewal)
}

const wrong = (problems: Parameters<typeof unusable>[0]): CredentialsLayer =>
  Layer.succeed(Credentials.Credentials, unusable(problems))

const neither = (): CredentialsLayer =>
  wrong([{ setting: "credentials", problem: "must be a keyId with its secret, or a token" }])

const redacted = (secret: Secret): Redacted.Redacted => Redacted.isRedacted(secret) ? secret : Redacted.make(secret)
