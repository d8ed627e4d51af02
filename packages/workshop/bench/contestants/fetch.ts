/**
 * Node's own `fetch`, whose pool cannot be set: it has a connection for each request in flight.
 */
import type { Contestant } from "../calls.ts"
import { authorization, usersPath } from "../credentials.ts"
import { runPromises } from "../PromiseClient.ts"
import { isMissing, userOf } from "./userOf.ts"

const nodeFetch: Contestant = async (target) => {
  const headers = { authorization: authorization(target), accept: "application/json" }
  const headersWithJson = { ...headers, "content-type": "application/json" }
  return runPromises({
    get: async (id) => {
      const response = await fetch(`${target.url}${usersPath}/${encodeURIComponent(id)}`, { headers })
      return userOf(response.status, await response.text())
    },
    create: async (user) => {
      const response = await fetch(`${target.url}${usersPath}`, {
        method: "POST",
        headers: headersWithJson,
        body: JSON.stringify(user)
      })
      return userOf(response.status, await response.text())
    },
    isMissing
  })
}

export default nodeFetch
