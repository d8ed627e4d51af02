/**
 * `undici.request`, its text and `JSON.parse`: what everybody else is compared with.
 */
import { Agent, request } from "undici"
import { connections, type Contestant } from "../calls.ts"
import { authorization, usersPath } from "../credentials.ts"
import { runPromises } from "../PromiseClient.ts"
import { isMissing, userOf } from "./userOf.ts"

const undici: Contestant = async (target) => {
  const dispatcher = target.dispatcher ?? new Agent({ connections })
  const headers = { authorization: authorization(target), accept: "application/json" }
  const headersWithJson = { ...headers, "content-type": "application/json" }
  return runPromises({
    get: async (id) => {
      const { body, statusCode } = await request(`${target.url}${usersPath}/${encodeURIComponent(id)}`, {
        dispatcher,
        headers
      })
      return userOf(statusCode, await body.text())
    },
    create: async (user) => {
      const { body, statusCode } = await request(`${target.url}${usersPath}`, {
        method: "POST",
        dispatcher,
        headers: headersWithJson,
        body: JSON.stringify(user)
      })
      return userOf(statusCode, await body.text())
    },
    isMissing
  })
}

export default undici
