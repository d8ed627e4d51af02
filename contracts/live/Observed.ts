/** What all answers of a run have in common, by the names of their headers and never by their values. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"

export interface Observations {
  readonly requests: number
  /** In lower case. */
  readonly headers: ReadonlyArray<string>
  /** The answers of status 429. */
  readonly tooMany: { readonly count: number; readonly withRetryAfter: number; readonly withoutEnvelope: number }
}

export class Observed extends Context.Service<Observed, {
  readonly all: Effect.Effect<Observations>
  readonly headersOf: (status: number, headers: { readonly [name: string]: string | undefined }) => void
  readonly bodyOfTooMany: (body: Uint8Array) => void
}>()("@sunco/contracts/live/Observed") {
  static readonly layer = Layer.sync(Observed, () => {
    const names = new Set<string>()
    let [requests, count, withRetryAfter, withoutEnvelope] = [0, 0, 0, 0]
    return Observed.of({
      all: Effect.sync(() => ({
        requests,
        headers: Array.from(names).sort(),
        tooMany: { count, withRetryAfter, withoutEnvelope }
      })),
      headersOf: (status, headers) => {
        requests++
        for (const name of Object.keys(headers)) names.add(name.toLowerCase())
        if (status !== 429) return
        count++
        if (headers["retry-after"] !== undefined) withRetryAfter++
      },
      bodyOfTooMany: (body) => {
        if (!/^\s*\{\s*"errors"/.test(new TextDecoder().decode(body))) withoutEnvelope++
      }
    })
  })

  /** A transport of which every answer is looked at. */
  static readonly layerTransport: Layer.Layer<HttpClient.HttpClient, never, HttpClient.HttpClient | Observed> = Layer
    .effect(
      HttpClient.HttpClient,
      Effect.gen(function*() {
        const { headersOf } = yield* Observed
        return HttpClient.tap(
          yield* HttpClient.HttpClient,
          ({ headers, status }) => Effect.sync(() => headersOf(status, headers))
        )
      })
    )
}
