/**
 * Node's own `fetch` with the time limit that a program without a client sets by hand. A timer that is cleared costs less than
 * `AbortSignal.timeout`.
 */
import type { Contestant } from "../calls.ts"
import { authorization, usersPath } from "../credentials.ts"
import { runPromises } from "../PromiseClient.ts"
import { isMissing, userOf } from "./userOf.ts"

const fetchLimited: Contestant = async (target) => {
  const fetch = target.fetch ?? globalThis.fetch
  const headers = { authorization: authorization(target), accept: "application/json" }
  const headersWithJson = { ...headers, "content-type": "application/json" }
  const userBy = async (url: string, init: RequestInit) => {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), 10_000)
    try {
      const response = await fetch(url, { ...init, signal: controller.signal })
      return userOf(response.status, await response.text())
    } finally {
      clearTimeout(timer)
    }
  }
  return runPromises({
    get: (id) => userBy(`${target.url}${usersPath}/${encodeURIComponent(id)}`, { headers }),
    create: (user) =>
      userBy(`${target.url}${usersPath}`, { method: "POST", headers: headersWithJson, body: JSON.stringify(user) }),
    isMissing
  })
}

export default fetchLimited
