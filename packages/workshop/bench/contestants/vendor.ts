/**
 * `sunshine-conversations-client` as its documentation has it: a new connection for each call.
 */
import * as Redacted from "effect/Redacted"
import * as VendorClient from "../VendorClient.ts"
import type { Contestant } from "../calls.ts"
import { appId, jwt, key } from "../credentials.ts"
import { runPromises } from "../PromiseClient.ts"

const vendor: Contestant = async ({ credentials, url }) => {
  const api = credentials === "basic"
    ? VendorClient.withBasic(url, { keyId: key.keyId, keySecret: Redacted.make(key.secret) })
    : VendorClient.withBearer(url, jwt)
  return runPromises({
    get: async (id) => (await api.getUser(appId, id)).user,
    create: async (user) => (await api.createUser(appId, user)).user,
    isMissing: (error) => (error as VendorClient.Rejection).status === 404
  })
}

export default vendor
