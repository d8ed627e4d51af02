import { assert, it } from "@effect/vitest"
import { Credentials, Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Emulator } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import { ada, seed } from "./RetryKinds.ts"

const calls = 1000

const make = Effect.fnUntraced(function*(credentials: Effect.Effect<Credentials.Credentials["Service"]>) {
  const { appId, url } = yield* Emulator
  return yield* Users.make({ appId, baseUrl: url }).pipe(
    Effect.provideServiceEffect(Credentials.Credentials, credentials)
  )
})

/** How many credentials the server has seen. */
const credentialsSeen = Effect.flatMap(
  Emulator,
  (emulator) =>
    Effect.map(emulator.requests, (requests) => new Set(requests.map(({ headers }) => headers["authorization"])).size)
)

it.live("a token that is revoked while 1,000 calls are in flight fails none of them, and is had anew once", () =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    let had = 0
    const token = Effect.sync(() => Redacted.make(`token-${++had}`))
    yield* emulator.addAccessToken(Redacted.make("token-1"))
    const users = yield* make(Credentials.makeBearerEffect(token, { timeToLive: "1 hour" }))

    let ended = 0
    const rotated = Effect.gen(function*() {
      yield* emulator.addAccessToken(Redacted.make("token-2"))
      yield* emulator.revoke("token-1")
    })
    // In the middle: hundreds have been answered, hundreds wait for their turn with the old token in hand.
    const call = Effect.tap(users.get(ada.id), () => ++ended === calls / 4 ? rotated : Effect.void)
    yield* Effect.replicateEffect(call, calls, { concurrency: "unbounded", discard: true })

    assert.strictEqual(had, 2)
    const statuses = (yield* emulator.requests).map(({ status }) => status)
    assert.lengthOf(statuses.filter((status) => status === 200), calls)
    assert.isAbove(statuses.filter((status) => status === 401).length, 0)
    // A thousand connections at once would measure the machine.
  }).pipe(Effect.provide([Emulator.layer(seed), UndiciTransport.layerAgent({ connections: 64 })])))

it.effect("a JWT that expires is minted anew once for 1,000 calls, before the vendor refuses it", () =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    const users = yield* make(
      Credentials.makeJwt({ keyId: emulator.keyId, secret: emulator.keySecret, scope: "app", lifetime: "10 minutes" })
    )
    yield* users.get(ada.id)
    yield* TestClock.adjust("9 minutes")
    yield* Effect.replicateEffect(users.get(ada.id), calls, { concurrency: "unbounded", discard: true })
    assert.strictEqual(yield* credentialsSeen, 2)
    assert.lengthOf((yield* emulator.requests).filter(({ status }) => status === 200), calls + 1)
  }).pipe(Effect.provide(Emulator.layerMemory(seed))))
