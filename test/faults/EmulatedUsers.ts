/**
 * Clients of the emulator that is there, over the transport that is there.
 */
import { Credentials, Users } from "@sunco/client"
import type { Options } from "@sunco/client/Sunshine"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as NotingClock from "./NotingClock.ts"

/** No time limit strikes that a test does not ask for, however slow the machine is. */
const patient = { attemptTimeout: NotingClock.timeLimit, deadline: "1 day" } as const

export const make = Effect.fnUntraced(function*(options?: Partial<Options>) {
  const { appId, keyId, keySecret, url } = yield* Emulator
  return yield* Users.make({ appId, baseUrl: url, ...patient, ...options }).pipe(
    Effect.provideService(Credentials.Credentials, Credentials.makeBasic({ keyId, secret: keySecret })),
    Effect.orDie
  )
})

export const layer = (options?: Partial<Options>) => Layer.effect(Users, make(options))

/** Every draw of the full jitter gives this number, so that each wait is known: 1 is its upper bound, 0 is no wait. */
export const drawing = (number: number) =>
  Effect.provideService(Random.Random, { nextDoubleUnsafe: () => number, nextIntUnsafe: () => 0 })

/** Lets something happen on the server just before the nth request of a client, counted from 1. */
export const before = (happenings: { readonly [nth: number]: Effect.Effect<unknown> }) =>
  Effect.updateService(HttpClient.HttpClient, (httpClient) => {
    let sent = 0
    return HttpClient.mapRequestEffect(httpClient, (request) => {
      sent++
      return Effect.as(happenings[sent] ?? Effect.void, request)
    })
  })
