/** The recipe of the README: a user is deleted, and gone when the event says so. Over sockets, against the client. */
import { assert, describe, it } from "@effect/vitest"
import { Credentials, Users } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Fault } from "@sunco/emulator"
import { Arrivals, Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
import * as NodeHandler from "@sunco/webhooks/NodeHandler"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type * as HttpClient from "effect/http/HttpClient"
import * as Receiving from "./Receiving.ts"
import { secret, sendingTo, settled } from "./Sending.ts"

/** A user, who is to be deleted and waited for, and the emulator that tells of it. */
const setup = Effect.gen(function*() {
  const arrivals = yield* Layer.build(Arrivals.layer)
  const handler = NodeHandler.make(
    WebhookReceiver.make({ "user:remove": Arrivals.publish }),
    Layer.mergeAll(Layer.succeedContext(arrivals), Secrets.layer(Redacted.make(secret)), Deduplication.layerMemory())
  )
  yield* Effect.addFinalizer(() => Effect.promise(handler.dispose))
  const { port } = yield* Receiving.on((request, response) => void handler(request, response))
  const sender = yield* sendingTo(port, ["user:remove"])
  const { appId, keyId, keySecret, url } = sender
  const users = yield* Users.make({ appId, baseUrl: url }).pipe(
    Effect.provideService(Credentials.Credentials, Credentials.makeBasic({ keyId, secret: keySecret }))
  )
  const { id } = yield* users.create({ externalId: "ada" })
  const { expect } = Context.get(arrivals, Arrivals.Arrivals)
  return { sender, users, id, gone: expect("user:remove", ({ payload }) => payload.user.id === id) }
})

const live = (name: string, test: Effect.Effect<void, unknown, Scope.Scope | HttpClient.HttpClient>) =>
  it.live(name, () => Effect.provide(Effect.scoped(test), UndiciTransport.layer))

describe("a deletion and the event that says that it is done", () => {
  live(
    "meet, also where the event comes before the answer",
    Effect.gen(function*() {
      const { gone, id, sender, users } = yield* setup
      yield* sender.faults.add(Fault.slowHeaders(Infinity), { times: 1, when: { operation: "Users.delete" } })
      const removed = yield* gone
      const deleting = yield* Effect.forkChild(users.delete("ada"))
      const { payload } = yield* removed
      assert.deepStrictEqual([payload.user.id, payload.user.externalId], [id, "ada"])
      assert.isUndefined(deleting.pollUnsafe())
      yield* Fiber.interrupt(deleting)
    })
  )

  live(
    "meet where the event is late, comes twice, and behind that of another",
    Effect.gen(function*() {
      const { gone, id, sender, users } = yield* setup
      yield* users.create({ externalId: "grace" })
      const removed = yield* gone
      yield* sender.deliveries.next({ _tag: "late", millis: 100 }, { _tag: "twice" })
      yield* users.delete(id)
      yield* users.delete("grace")
      assert.strictEqual((yield* removed).payload.user.id, id)
    })
  )

  live(
    "meet where the answer of the deletion is lost, which was done all the same",
    Effect.gen(function*() {
      const { gone, id, sender, users } = yield* setup
      yield* sender.faults.add(Fault.cutAfterApplied, { times: 1, when: { operation: "Users.delete" } })
      const removed = yield* gone
      yield* users.delete(id)
      assert.strictEqual((yield* removed).payload.user.id, id)
      yield* settled(sender)
      assert.lengthOf(yield* sender.deliveries.all, 1)
    })
  )

  live(
    "do not meet where nobody is told, and who waits is told that",
    Effect.gen(function*() {
      const { gone, id, sender, users } = yield* setup
      const removed = yield* gone
      yield* sender.deliveries.next({ _tag: "forged" })
      yield* users.delete(id)
      yield* settled(sender)
      assert.strictEqual((yield* Effect.flip(Effect.timeout(removed, "50 millis")))._tag, "TimeoutError")
    })
  )
})
