import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"

/** What the emulator does beside the vendor's API, over the same `HttpClient`. */
const post = (path: string, body: unknown) =>
  Effect.gen(function*() {
    const url = yield* Config.string("SUNCO_BASE_URL")
    const request = HttpClientRequest.post(`${url}/_emulator/${path}`).pipe(HttpClientRequest.bodyUnsafeJson(body))
    const response = yield* Effect.flatMap(HttpClient.HttpClient, (client) => client.execute(request))
    if (response.status !== 200) return yield* Effect.die(new Error(yield* response.text))
  }).pipe(Effect.orDie)

/** Inflicts a fault on the next request. */
export const failNext = (fault: object) => post("faults", { faults: [{ fault, times: 1 }] })

export const seed = (seed: object) => post("seed", seed)
