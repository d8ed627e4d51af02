/** Whatever is lost on the way, and whenever the process dies: the person gets the message once. */
import { assert, layer } from "@effect/vitest"
import { Credentials, Messages, SunshineError } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Emulator, Fault } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { spawn } from "node:child_process"

const message = {
  author: { type: "business" },
  content: { type: "text", text: "Your order is on its way." }
} as const

const conversation = Effect.gen(function*() {
  const emulator = yield* Emulator
  yield* emulator.reset
  const { conversations: [found] } = yield* emulator.seed({
    users: [{ externalId: "ada" }],
    conversations: [{ type: "personal", participants: [{ userExternalId: "ada" }] }]
  })
  return found!.conversation.id
})

const stored = Effect.flatMap(Emulator, (emulator) => emulator.stored("Messages"))

const messages = Effect.gen(function*() {
  const { appId, keyId, keySecret, url } = yield* Emulator
  return yield* Messages.make({ appId, baseUrl: url, retry: { baseDelay: 0 } }).pipe(
    Effect.provideService(Credentials.Credentials, Credentials.makeBasic({ keyId, secret: keySecret }))
  )
})

const post = { operation: "Messages.post" } as const

layer(Layer.merge(Emulator.layer(), UndiciTransport.layer), { excludeTestServices: true })(
  "a message that is posted once",
  (it) => {
    for (const fault of [Fault.cutAfterApplied, Fault.cutBeforeApplied, Fault.truncatedBody(), Fault.emptyBody]) {
      it.effect(`is there once when its answer ends in ${fault._tag}, and when it is posted again`, () =>
        Effect.gen(function*() {
          const emulator = yield* Emulator
          const conversationId = yield* conversation
          const client = yield* messages
          yield* emulator.faults.add(fault, { when: post, times: 1 })
          const first = yield* Effect.result(client.postOnce(conversationId, "order-1", message))
          if (fault._tag === "CutBeforeApplied") {
            // Nobody knows but the emulator that nothing has arrived.
            const failure = first._tag === "Failure" ? first.failure : undefined
            assert.strictEqual(failure instanceof SunshineError && failure.applied, "unknown")
          } else assert.deepInclude(first, { _tag: "Success" })
          yield* client.postOnce(conversationId, "order-1", message)
          yield* client.postOnce(conversationId, "order-1", message)
          assert.lengthOf(yield* stored, 1)
        }))
    }

    it.effect("arrives at least once where that is asked for, also when it did not arrive before", () =>
      Effect.gen(function*() {
        const emulator = yield* Emulator
        const conversationId = yield* conversation
        yield* emulator.faults.add(Fault.cutBeforeApplied, { when: post, times: 2 })
        const { posted } = yield* (yield* messages).postOnce(conversationId, "order-1", message, { atLeastOnce: true })
        assert.strictEqual(posted, true)
        assert.lengthOf(yield* stored, 1)
      }))

    it.effect(
      "is there once when the process dies between the sending and the answer, and another takes over",
      () =>
        Effect.gen(function*() {
          const { appId, faults, keyId, keySecret, url } = yield* Emulator
          const conversationId = yield* conversation
          const settings = { appId, baseUrl: url, conversationId, keyId, secret: Redacted.value(keySecret) }
          const started = Effect.sync(() => {
            const worker = spawn(process.execPath, [
              new URL("postOnceProcess.ts", import.meta.url).pathname,
              JSON.stringify(settings)
            ])
            let said = ""
            worker.stdout.on("data", (piece) => said += piece)
            const ended = new Promise<string>((resolve) => worker.on("close", () => resolve(said.trim())))
            return { worker, ended }
          })

          // Stored at once, and never answered.
          yield* faults.add(Fault.slowHeaders(Infinity), { when: post, times: 1 })
          const { ended, worker } = yield* started
          yield* Effect.repeat(stored, {
            until: (messages) => messages.length > 0,
            schedule: Schedule.spaced("20 millis")
          })
          worker.kill("SIGKILL")
          assert.strictEqual(yield* Effect.promise(() => ended), "")

          assert.strictEqual(yield* Effect.flatMap(started, ({ ended }) => Effect.promise(() => ended)), "found")
          assert.lengthOf(yield* stored, 1)
        }),
      30_000
    )
  }
)
