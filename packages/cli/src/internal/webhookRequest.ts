/**
 * Sending a delivery to a receiver: with the platform's own `fetch`, as what is wanted is its answer, whatever it is; with that of
 * undici through the proxy of the environment, which is where calls of the API go.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { isProxyUrl, proxyOf } from "../Proxy.ts"
import { environment } from "./streams.ts"

/** What came back, or why nothing did. */
export interface Answer {
  readonly status: number | undefined
  readonly body: string
  readonly millis: number
  readonly problem?: string
}

/** How long the vendor waits. */
const answerMillis = 20_000

/** Nobody asks for more of an answer than its status; whom it is handed on to gets no more either. */
const mostBytes = 1024 * 1024

/** Where a receiver is, without what a server before it asks for, which is a secret. */
export const shownUrl = (url: string): string => {
  const shown = new URL(url)
  shown.username = shown.password = ""
  return shown.href
}

export const deliver = (url: string, body: string, apiKey: string | undefined): Effect.Effect<Answer> =>
  Effect.gen(function*() {
    const begun = yield* Clock.currentTimeMillis
    const { password, username } = new URL(url)
    const proxy = proxyOf(new URL(url), environment())
    const answer = yield* Effect.result(Effect.tryPromise({
      try: async (signal) => {
        await using sending = proxy === undefined ? direct : await through(proxy)
        const { request } = sending
        const response = await request(shownUrl(url), {
          method: "POST",
          headers: {
            "content-type": "application/json",
            ...(apiKey === undefined ? undefined : { "x-api-key": apiKey }),
            // `fetch` takes none in a URL.
            ...(username === "" && password === "" ? undefined : { authorization: basic(username, password) })
          },
          body,
          redirect: "manual",
          signal: AbortSignal.any([signal, AbortSignal.timeout(answerMillis)])
        })
        return { status: response.status, body: await beginningOf(response) }
      },
      catch: problemOf
    }))
    const millis = (yield* Clock.currentTimeMillis) - begun
    return answer._tag === "Success"
      ? { ...answer.success, millis }
      : {
        status: undefined,
        body: "",
        millis,
        problem: proxy === undefined ? answer.failure : `${proxy.name}: ${answer.failure}`
      }
  })

interface Sending extends AsyncDisposable {
  readonly request: (url: string, init: {
    readonly method: string
    readonly headers: Record<string, string>
    readonly body: string
    readonly redirect: "manual"
    readonly signal: AbortSignal
  }) => Promise<{ readonly status: number; readonly body: AsyncIterable<Uint8Array> | null }>
}

const direct: Sending = { request: fetch, [Symbol.asyncDispose]: async () => {} }

/** undici is loaded only where there is a proxy: it takes longer than all else that is done here. */
const through = async ({ value }: NonNullable<ReturnType<typeof proxyOf>>): Promise<Sending> => {
  if (!isProxyUrl(value)) throw new Error("no URL of a proxy")
  const undici = await import("undici")
  const dispatcher = new undici.ProxyAgent(value)
  return {
    request: (url, init) => undici.fetch(url, { ...init, dispatcher }),
    [Symbol.asyncDispose]: () => dispatcher.destroy()
  }
}

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`

/** All of the body, unless it is longer than anybody wants: the rest is not read. */
const beginningOf = async (
  { body }: { readonly body: AsyncIterable<Uint8Array> | null }
): Promise<string> => {
  const chunks: Array<Uint8Array> = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= mostBytes) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, mostBytes))
}

/** The only place where undici says how a proxy answered that refuses the way. */
const refusal = /^Proxy (?:response|Authentication Required) \((\d{3})\)/

/** Such as `ECONNREFUSED`, which `fetch` hides in a cause. */
const problemOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === "TimeoutError") return `none within ${answerMillis / 1000} seconds`
  if (error.cause instanceof Error) return problemOf(error.cause)
  const status = refusal.exec(error.message)?.[1]
  if (status !== undefined) return `refused with ${status}`
  return "code" in error && typeof error.code === "string" ? error.code : error.message
}
