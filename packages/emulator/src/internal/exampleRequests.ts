/**
 * What an example request has in a required parameter, by the parameter's name. The user is the one whom the example of
 * `CreateUser` creates, the core user is the seed's.
 *
 * @internal
 */
export const parameterExamples: { readonly [name: string]: string } = {
  userIdOrExternalId: "ada",
  zendeskId: "35436",
  "filter[identities.email]": "grace@example.com"
}

/**
 * The body of an example request, by the id of its operation.
 *
 * @internal
 */
export const bodyExamples: { readonly [operationId: string]: unknown } = {
  CreateUser: {
    externalId: "ada",
    profile: { givenName: "Ada", surname: "Lovelace", email: "ada@example.com" },
    metadata: { plan: "pro" }
  },
  UpdateUser: { profile: { givenName: "Augusta", surname: null }, metadata: { seats: 3 } },
  SyncUser: {},
  "Emulator.seed": {
    users: [{ externalId: "grace", zendeskId: "35436", identities: [{ type: "email", value: "grace@example.com" }] }],
    zendeskUsers: [{ id: "35436", givenName: "Grace", surname: "Hopper", email: "grace@example.com" }]
  },
  "Emulator.answerLink": { clientId: "5d8cff3cd55b040010928b5c", answer: "confirmed" },
  "Emulator.addFaults": {
    faults: [{ fault: { _tag: "Status", status: 503 }, times: 1, when: { operation: "Users.update" } }]
  },
  "Emulator.addKey": { keyId: "app_new", keySecret: "of-your-choice" },
  "Emulator.addAccessToken": { accessToken: "as-from-oauth" },
  "Emulator.revoke": { keyId: "app_new" }
}

/**
 * What an example needs that no call of the API can put in place, by the id of its operation.
 *
 * @internal
 */
export const notes: { readonly [operationId: string]: string } = {
  SyncUser:
    "Needs a user with this `zendeskId` and a core user of that id: the example of `POST /_emulator/seed` puts both in place."
}

/**
 * What a reader enters to authorise, by the name of the scheme.
 *
 * @internal
 */
export const schemeNotes: { readonly [scheme: string]: string } = {
  basicAuth: "The id of a key as the name, its secret as the password.",
  bearerAuth: "A JWT that is signed with the secret of a key, or an access token."
}
