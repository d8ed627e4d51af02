/**
 * The five operations that both clients have, called the same way.
 */
import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import type { Options } from "@sunco/client/Sunshine"
import { Users } from "@sunco/client/Users"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as VendorClient from "sunco-workshop/bench/VendorClient"

/** It gives and fails with what the client itself does; inputs are as unchecked as JavaScript leaves them. */
export interface UsersClient {
  readonly create: (payload: unknown) => Effect.Effect<unknown, unknown>
  readonly get: (id: unknown) => Effect.Effect<unknown, unknown>
  readonly update: (id: unknown, patch: unknown) => Effect.Effect<unknown, unknown>
  readonly delete: (id: unknown) => Effect.Effect<unknown, unknown>
  readonly deletePersonalInformation: (id: unknown) => Effect.Effect<unknown, unknown>
}

export interface App extends VendorClient.Key {
  readonly url: string
  readonly appId: string
}

/** The vendor's client with plain objects for payloads, as most of its users call it. */
export const vendor = (app: App): UsersClient => vendorWith(app, (payload) => payload, (patch) => patch)

/** The vendor's client with its own model classes for payloads, as its documentation has it. */
export const vendorModels = (app: App): UsersClient =>
  vendorWith(
    app,
    (payload) => VendorClient.UserCreateBody.constructFromObject(payload as object),
    (patch) => VendorClient.UserUpdateBody.constructFromObject(patch as object)
  )

const vendorWith = (
  app: App,
  createBody: (payload: unknown) => unknown,
  updateBody: (patch: unknown) => unknown
): UsersClient => {
  const api = VendorClient.withBasic(app.url, app)
  // What it throws instead of rejecting is a failure like any other here.
  const call = (call: () => Promise<unknown>) => Effect.tryPromise({ try: call, catch: (rejection) => rejection })
  return {
    create: (payload) => call(() => api.createUser(app.appId, createBody(payload))),
    get: (id) => call(() => api.getUser(app.appId, id)),
    update: (id, patch) => call(() => api.updateUser(app.appId, id, updateBody(patch))),
    delete: (id) => call(() => api.deleteUser(app.appId, id)),
    deletePersonalInformation: (id) => call(() => api.deleteUserPersonalInformation(app.appId, id))
  }
}

/** This project's client, with its recommended transport. */
export const sunco = (
  { appId, keyId, keySecret, url }: App,
  options?: Partial<Options>
): Effect.Effect<UsersClient, never, Scope.Scope> =>
  Effect.map(
    Layer.build(
      Users.layer({ appId, baseUrl: url, ...options }).pipe(
        Layer.provide([Credentials.layerBasic({ keyId, secret: keySecret }), UndiciTransport.layer]),
        Layer.orDie
      )
    ),
    // The compiler would refuse the wrong inputs; here they are to be refused at run time.
    (context) => Context.get(context, Users) as unknown as UsersClient
  )
