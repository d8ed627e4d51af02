/**
 * This project's client for programs without Effect, over its default transport.
 */
import { UserNotFound, Users } from "@sunco/client/promise"
import type { Contestant } from "../calls.ts"
import { appId, key } from "../credentials.ts"
import { runPromises } from "../PromiseClient.ts"

const promise: Contestant = async ({ credentials, fetch, url }) => {
  const users = Users.make({
    appId,
    baseUrl: url,
    credentials: { ...key, scope: credentials === "jwt" ? "app" : undefined },
    transport: fetch
  })
  return runPromises({
    get: (id) => users.get(id),
    create: (user) => users.create(user),
    isMissing: (error) => error instanceof UserNotFound
  })
}

export default promise
