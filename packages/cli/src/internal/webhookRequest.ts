/** Sending a delivery to a receiver: with the platform's own `fetch`, as what is wanted is its answer, whatever it is. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

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
    const answer = yield* Effect.result(Effect.tryPromise({
      try: async (signal) => {
        const response = await fetch(shownUrl(url), {
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
      : { status: undefined, body: "", millis, problem: answer.failure }
  })

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}`

/** All of the body, unless it is longer than anybody wants: the rest is not read. */
const beginningOf = async ({ body }: Response): Promise<string> => {
  const chunks: Array<Uint8Array> = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= mostBytes) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, mostBytes))
}

/** Such as `ECONNREFUSED`, which `fetch` hides in a cause. */
const problemOf = (error: unknown): string => {
  if (error instanceof Error && error.name === "TimeoutError") return `none within ${answerMillis / 1000} seconds`
  const cause = error instanceof Error ? error.cause ?? error : error
  if (typeof cause !== "object" || cause === null) return String(error)
  return "code" in cause ? String(cause.code) : "message" in cause ? String(cause.message) : String(error)
}
