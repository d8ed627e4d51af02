/**
 * Clients over a scripted transport or at a server on loopback, and time that passes at once.
 */
import * as Credentials from "@sunco/client/Credentials"
import { Sunshine } from "@sunco/client/Sunshine"
import type { Options as UsersOptions } from "@sunco/client/Sunshine"
import { Users } from "@sunco/client/Users"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { TestClock } from "effect/testing"
import * as ScriptedTransport from "./ScriptedTransport.ts"

export const appId = "5d8cff3cd55b040010928b5b"

export const key: Credentials.Key = {
  keyId: "app_5d8cff3cd55b040010928b5b",
  secret: Redacted.make("correct horse battery staple")
}

export interface TestClient {
  readonly users: Users["Service"]
  readonly sunshine: Sunshine["Service"]
}

export interface Options extends Partial<UsersOptions> {
  readonly credentials?: Layer.Layer<Credentials.Credentials>
}

/** A client that talks to a server through a transport. */
export const at = (
  baseUrl: string,
  transport: Layer.Layer<HttpClient.HttpClient>,
  { credentials = Credentials.layerBasic(key), ...options }: Options = {}
): Effect.Effect<TestClient, never, Scope.Scope> =>
  Users.layer({ appId, baseUrl, ...options }).pipe(
    Layer.provide([transport, credentials]),
    Layer.build,
    Effect.orDie,
    Effect.map((context) => ({ users: Context.get(context, Users), sunshine: Context.get(context, Sunshine) }))
  )

/** A client whose requests are answered from a script. */
export const scripted = (
  script: Parameters<typeof ScriptedTransport.make>[0],
  options?: Options
): Effect.Effect<TestClient & Pick<ScriptedTransport.ScriptedTransport, "sent">, never, Scope.Scope> => {
  const { httpClient, sent } = ScriptedTransport.make(script)
  return Effect.map(
    at("https://example.zendesk.com/sc", Layer.succeed(HttpClient.HttpClient, httpClient), options),
    (client) => ({ ...client, sent })
  )
}

/** Runs an effect to its end while the test clock goes on; every wait still takes exactly its time. */
export const throughTime = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.gen(function*() {
    const fiber = yield* Effect.forkChild(effect)
    yield* turn
    while (fiber.pollUnsafe() === undefined) {
      yield* TestClock.adjust("1 second")
      yield* turn
    }
    return yield* Fiber.join(fiber)
  })

/** Lets everything happen that needs no clock: promises and streams of the platform are none of the test clock's. */
export const turn: Effect.Effect<void> = Effect.callback((resume) => {
  setImmediate(() => resume(Effect.void))
})

/** Every draw gives this number, so that each wait is known: 1 is its upper bound. */
export const drawing = (number: number) =>
  Effect.provideService(Random.Random, { nextDoubleUnsafe: () => number, nextIntUnsafe: () => 0 })
