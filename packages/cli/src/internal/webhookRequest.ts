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

export const deliver = (url: string, body: string, apiKey: string | undefined): Effect.Effect<Answer> =>
  Effect.gen(function*() {
    const begun = yield* Clock.currentTimeMillis
    const answer = yield* Effect.result(Effect.tryPromise({
      try: async (signal) => {
        const response = await fetch(url, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            ...(apiKey === undefined ? undefined : { "x-api-key": apiKey })
          },
          body,
          redirect: "manual",
          signal: AbortSignal.any([signal, AbortSignal.timeout(answerMillis)])
        })
        return { status: response.status, body: await response.text() }
      },
      catch: problemOf
    }))
    const millis = (yield* Clock.currentTimeMillis) - begun
    return answer._tag === "Success"
      ? { ...answer.success, millis }
      : { status: undefined, body: "", millis, problem: answer.failure }
  })

/** Such as `ECONNREFUSED`, which `fetch` hides in a cause. */
const problemOf = (error: unknown): string => {
  if (error instanceof Error && error.name === "TimeoutError") return `none within ${answerMillis / 1000} seconds`
  const cause = error instanceof Error ? error.cause ?? error : error
  if (typeof cause !== "object" || cause === null) return String(error)
  return "code" in cause ? String(cause.code) : "message" in cause ? String(cause.message) : String(error)
}
