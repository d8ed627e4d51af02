import { assert, describe, it } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as EmulatedClient from "./EmulatedClient.ts"

/** The sockets and servers of this thread, which other files have used before. */
const openConnections = Effect.sync(() => process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP")))

/** Without what is about to close. */
const settledConnections = Effect.delay(openConnections, "100 millis")

const turn = Effect.callback<void>((resume) => {
  setImmediate(() => resume(Effect.void))
})

/** The platform closes in its own time; a test that waits in vain ends with its time limit. */
const eventuallyOpen = (atMost: number): Effect.Effect<void> =>
  Effect.flatMap(
    openConnections,
    ({ length }) => length <= atMost ? Effect.void : Effect.andThen(turn, eventuallyOpen(atMost))
  )

describe.each(EmulatedClient.transports)("connections, through %s", (_, transport) => {
  const client = EmulatedClient.layer(transport)

  it.live("all are closed with the scope, whatever the calls came to", () =>
    Effect.gen(function*() {
      const before = yield* settledConnections
      yield* Effect.gen(function*() {
        const users = yield* Users
        const { faults } = yield* Emulator
        yield* faults.next(Fault.status(503), Fault.cutAfterApplied, Fault.truncatedBody(), Fault.slowBody("1 hour"))
        const call = Effect.exit(users.create({}, { retry: "never", attemptTimeout: "50 millis" }))
        yield* Effect.replicateEffect(call, 50, { concurrency: "unbounded" })
        assert.include(yield* openConnections, "TCPServerWrap")
      }).pipe(Effect.provide(client))
      yield* eventuallyOpen(before.length)
    }))

  it.live("one that waits for an answer is closed when its call is interrupted", () =>
    Effect.gen(function*() {
      const users = yield* Users
      const { faults, requests } = yield* Emulator
      yield* faults.add(Fault.slowHeaders(Number.POSITIVE_INFINITY))
      const before = yield* settledConnections
      const fiber = yield* Effect.forkChild(users.get("ada"))
      while ((yield* requests).length === 0) yield* turn
      yield* Fiber.interrupt(fiber)
      yield* eventuallyOpen(before.length)
    }).pipe(Effect.provide(client)))
})

it.live("those of UndiciTransport are closed with its scope, while the server listens on", () =>
  Effect.gen(function*() {
    const { appId, keyId, keySecret, url } = yield* Emulator
    const before = yield* settledConnections
    yield* Users.use((users) => Effect.replicateEffect(users.create({}), 10, { concurrency: "unbounded" })).pipe(
      Effect.provide(Users.layer({ appId, baseUrl: url })),
      Effect.provideService(Credentials.Credentials, Credentials.makeBasic({ keyId, secret: keySecret })),
      Effect.provide(UndiciTransport.layer)
    )
    yield* eventuallyOpen(before.length)
  }).pipe(Effect.provide(Emulator.layer())))
