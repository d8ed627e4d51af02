import * as Credentials from "@sunco/client/Credentials"
import * as FetchTransport from "@sunco/client/FetchTransport"
import { Users } from "@sunco/client/Users"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

/** Makes a user and reads it, with a JWT that is signed here, through `fetch`. */
export const roundTrip = ({ SUNCO_APP_ID, SUNCO_BASE_URL, SUNCO_KEY_ID, SUNCO_KEY_SECRET }) =>
  Effect.gen(function*() {
    const users = yield* Users
    const { id } = yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
    return (yield* users.get(id)).profile.givenName
  }).pipe(
    Effect.provide(
      Users.layer({ appId: SUNCO_APP_ID, baseUrl: SUNCO_BASE_URL }).pipe(Layer.provide([
        Credentials.layerJwt({ keyId: SUNCO_KEY_ID, secret: Redacted.make(SUNCO_KEY_SECRET), scope: "app" }),
        FetchTransport.layer
      ]))
    ),
    Effect.runPromise
  )
