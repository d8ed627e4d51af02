// The client has no other way to its users than a layer, which would have to be run.
import { makeUsers as makeClientUsers } from "../../../client/src/internal/users.ts"
import type { Sunshine } from "../Sunshine.ts"
import type { Users } from "../Users.ts"
import { call } from "./call.ts"
import { callOptions } from "./options.ts"
import { clientOf } from "./sunshine.ts"

/** @internal */
export const makeUsers = (
  sunshine: Sunshine["Type"],
  options: { readonly metadataLimit?: boolean | undefined } | undefined
): Users["Type"] => {
  const users = makeClientUsers(clientOf(sunshine), options)
  return {
    create: (payload, options) => call(() => users.create(payload, callOptions(options))),
    get: (id, options) => call(() => users.get(id, callOptions(options))),
    update: (id, patch, options) => call(() => users.update(id, patch, callOptions(options))),
    delete: (id, options) => call(() => users.delete(id, callOptions(options))),
    deletePersonalInformation: (id, options) => call(() => users.deletePersonalInformation(id, callOptions(options))),
    listByEmail: (email, options) => call(() => users.listByEmail(email, callOptions(options))),
    sync: (zendeskId, payload, options) => call(() => users.sync(zendeskId, payload, callOptions(options))),
    getOrCreate: (payload, options) => call(() => users.getOrCreate(payload, callOptions(options))),
    upsert: (payload, options) => call(() => users.upsert(payload, callOptions(options)))
  }
}
