import * as Client from "@sunco/client/Credentials"
import * as Effect4 from "effect-4/Effect"
import * as Redacted4 from "effect-4/Redacted"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { Authorization, Credentials, Key } from "../Credentials.ts"
import type { CredentialsUnavailable } from "../SunshineError.ts"
import { buildFromEnvironment } from "./environment.ts"
import { runEffect3 } from "./runEffect3.ts"
import { runEffect4 } from "./runEffect4.ts"
import { toClient } from "./toClient.ts"

/** @internal */
export const clientSecret = (secret: Redacted.Redacted): Redacted4.Redacted => Redacted4.make(Redacted.value(secret))

/** @internal */
export const clientSecretEffect = <E>(
  secret: Effect.Effect<Redacted.Redacted, E>
): Effect4.Effect<Redacted4.Redacted, E> => Effect4.map(runEffect3(secret), clientSecret)

/** @internal */
export const clientKey = ({ keyId, secret }: Key): Client.Key => ({ keyId, secret: clientSecret(secret) })

/** @internal */
export const makeCredentials = (
  make: () => Effect4.Effect<Client.Credentials["Service"]>
): Effect.Effect<Credentials["Type"]> =>
  Effect.map(runEffect4(Effect4.suspend(make)), (credentials) => fromClientCredentials(credentials))

/** @internal */
export const credentialsFromConfig = Effect.map(
  buildFromEnvironment(Client.Credentials, Client.layerFromConfig),
  (credentials) => fromClientCredentials(credentials)
)

/** The client's own credentials behind those of this package: what two bridges would make of them is not needed. */
const ClientCredentials = Symbol.for("@sunco/effect3/internal/ClientCredentials")

/** @internal */
export const fromClientCredentials = (client: Client.Credentials["Service"]): Credentials["Type"] => {
  const { from, to } = authorizations()
  const credentials: Credentials["Type"] & { readonly [ClientCredentials]: Client.Credentials["Service"] } = {
    [ClientCredentials]: client,
    current: Effect.map(runEffect4(client.current), from),
    renewed: (refused) => Effect.map(Effect.suspend(() => runEffect4(client.renewed(to(refused)))), from)
  }
  return credentials
}

/** @internal */
export const toClientCredentials = (credentials: Credentials["Type"]): Client.Credentials["Service"] => {
  if (ClientCredentials in credentials) return credentials[ClientCredentials] as Client.Credentials["Service"]
  const { from, to } = authorizations()
  const toClientAuthorization = (authorization: Effect.Effect<Authorization, CredentialsUnavailable>) =>
    runEffect3(authorization).pipe(Effect4.mapBoth({ onSuccess: to, onFailure: (error) => toClient(error) }))
  return {
    current: toClientAuthorization(credentials.current),
    renewed: (refused) => toClientAuthorization(Effect.suspend(() => credentials.renewed(from(refused))))
  }
}

/** Two are the same credential only when they are the same object, so each has one counterpart. */
const authorizations = () => {
  const counterparts = new WeakMap<object, object>()
  const counterpart = <A extends object, B extends object>(a: A, make: () => B): B => {
    const known = counterparts.get(a)
    // Only what this function has put there as the counterpart of its kind.
    if (known !== undefined) return known as B
    const made = make()
    counterparts.set(a, made)
    counterparts.set(made, a)
    return made
  }
  return {
    from: (authorization: Client.Authorization): Authorization =>
      counterpart(authorization, () => ({ header: Redacted.make(Redacted4.value(authorization.header)) })),
    to: (authorization: Authorization): Client.Authorization =>
      counterpart(authorization, () => ({ header: clientSecret(authorization.header) }))
  }
}
