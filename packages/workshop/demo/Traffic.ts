import { Emulator } from "@sunco/emulator/Emulator"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import { type Exchange, fromEmulator, fromRequest, retryAfterNote } from "./Exchange.ts"

/** What went over the wire. */
export class Traffic extends Context.Service<Traffic, {
  /** The exchanges since it was last asked, in the order of the requests. */
  readonly latest: Effect.Effect<ReadonlyArray<Exchange>>
}>()("sunco-workshop/demo/Traffic") {
  /** As the server saw it. */
  static readonly layerEmulator: Layer.Layer<Traffic, never, Emulator> = Layer.effect(
    Traffic,
    Effect.map(Emulator, ({ requests }) => {
      let shown = 0
      return Traffic.of({
        latest: Effect.map(requests, (all) => {
          const latest = all.slice(shown).map(fromEmulator)
          shown = all.length
          return latest
        })
      })
    })
  )

  /** As the `HttpClient` sees it, where nobody can ask the server. */
  static readonly layerRecorder: Layer.Layer<Traffic | HttpClient.HttpClient, never, HttpClient.HttpClient> = Layer
    .effectContext(
      Effect.map(HttpClient.HttpClient, (httpClient) => {
        let exchanges: Array<Exchange> = []
        const recorder = HttpClient.transform(
          httpClient,
          (response, request) =>
            Effect.flatMap(Clock.currentTimeMillis, (at) =>
              response.pipe(
                Effect.tap(({ headers, status }) =>
                  Effect.sync(() => {
                    const retryAfter = headers["retry-after"]
                    const note = retryAfter === undefined ? undefined : retryAfterNote(retryAfter)
                    exchanges.push(fromRequest(request, at, { status, note }))
                  })
                ),
                Effect.tapError(() =>
                  Effect.sync(() => {
                    exchanges.push(fromRequest(request, at, { note: "no answer" }))
                  })
                )
              ))
        )
        const latest = Effect.sync(() => {
          const taken = exchanges
          exchanges = []
          return taken
        })
        return Context.make(HttpClient.HttpClient, recorder).pipe(Context.add(Traffic, Traffic.of({ latest })))
      })
    )
}
