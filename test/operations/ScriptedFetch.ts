/**
 * A `fetch` that answers from a script, which every face of the client takes, and remembers what it was asked.
 */
export interface Answer {
  readonly status: number
  /** A text is sent as it is, everything else as JSON. */
  readonly body: unknown
}

export interface ScriptedFetch {
  readonly fetch: typeof globalThis.fetch
  readonly sent: ReadonlyArray<Request>
}

/** Gives one answer per request, the last one again and again; a reset is none. */
export const make = (...answers: ReadonlyArray<Answer | "reset">): ScriptedFetch => {
  const sent: Array<Request> = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)]!
    sent.push(new Request(input, init))
    if (answer === "reset") {
      return Promise.reject(
        new TypeError("fetch failed", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) })
      )
    }
    const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body)
    // Without its length a body that ends early could not be told from a whole one.
    const headers = { "content-type": "application/json", "content-length": `${new TextEncoder().encode(body).length}` }
    return Promise.resolve(new Response(body, { status: answer.status, headers }))
  }
  return { fetch, sent }
}
