/** Whatever happens between a message and its answer: the person is answered once. */
import { assert, describe, it } from "@effect/vitest"
import { Credentials, Messages } from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Fault } from "@sunco/emulator"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { patiently } from "../faults/Waiting.ts"
import { answered, deliveriesOf, outcomesOf, secret, sendingTo, settled } from "./Sending.ts"
import * as Worker from "./Worker.ts"

/** A conversation in which Ada writes and the bot, once it runs, answers. */
const conversing = (webhooks = 1) =>
  Effect.gen(function*() {
    const port = yield* Worker.freePort
    const emulator = yield* sendingTo(port, ["conversation:message"], { webhooks })
    const { appId, keyId, keySecret, url } = emulator
    const { conversations: [found] } = yield* emulator.seed({
      users: [{ externalId: "ada" }],
      conversations: [{ type: "personal", participants: [{ userExternalId: "ada" }] }]
    })
    const client = yield* Messages.make({ appId, baseUrl: url }).pipe(
      Effect.provideService(Credentials.Credentials, Credentials.makeBasic({ keyId, secret: keySecret }))
    )
    // A key of its own, by which its calls are told from those of the test.
    const botKey = yield* emulator.addKey()
    const authorization = `Basic ${
      Buffer.from(`${botKey.keyId}:${Redacted.value(botKey.keySecret)}`).toString("base64")
    }`
    const stored = emulator.stored("Messages")
    return {
      emulator,
      target: `http://127.0.0.1:${port}/webhooks`,
      /** Starts it where nobody listens yet. */
      bot: Worker.start("echoBotProcess.ts", [String(port)], {
        SUNCO_APP_ID: appId,
        SUNCO_BASE_URL: url,
        SUNCO_KEY_ID: botKey.keyId,
        SUNCO_KEY_SECRET: Redacted.value(botKey.keySecret),
        SUNCO_WEBHOOK_SECRET: secret
      }),
      /** What goes wrong with the next call of the bot. */
      fault: (fault: Fault.Fault, operation: "Messages.post" | "Messages.list" = "Messages.post") =>
        emulator.faults.add(fault, { times: 1, when: { operation, headers: { authorization } } }),
      says: (text: string) =>
        client.post(found!.conversation.id, {
          author: { type: "user", userExternalId: "ada" },
          content: { type: "text", text }
        }),
      /** What it was answered, in order. */
      answers: Effect.map(stored, (messages) =>
        messages.flatMap(({ author, content }) =>
          author?.type === "business" && content?.type === "text" ? [content.text] : []
        )),
      /** What came of the deliveries that brought what Ada wrote, and of those that brought what the bot did. */
      outcomes: Effect.map(deliveriesOf(emulator, "conversation:message"), (deliveries) => {
        const of = (type: string) =>
          deliveries.filter(({ event }) => event.payload.message?.author.type === type).map(outcomesOf)
        return { ofAda: of("user"), ofBot: of("business") }
      })
    }
  })

const live = (name: string, test: Effect.Effect<void, unknown, Scope.Scope | HttpClient.HttpClient>) =>
  it.live(name, () => Effect.provide(Effect.scoped(test), UndiciTransport.layer), 60_000)

describe("the bot of the README", () => {
  live(
    "answers what a person writes, once also where it is delivered twice, and not what it has said itself",
    Effect.gen(function*() {
      const { answers, bot, emulator, outcomes, says } = yield* conversing()
      yield* bot
      yield* emulator.deliveries.next({ _tag: "twice" })
      yield* says("Tea?")
      yield* settled(emulator)
      yield* says("Or coffee?")
      yield* settled(emulator)
      assert.deepStrictEqual(yield* answers, ["Tea?", "Or coffee?"])
      assert.deepStrictEqual(yield* outcomes, { ofAda: [[200, 200], [200]], ofBot: [[200], [200]] })
    })
  )

  live(
    "answers once what comes to it by two deliveries at once",
    Effect.gen(function*() {
      const { answers, bot, emulator, outcomes, says } = yield* conversing(2)
      yield* bot
      yield* says("Tea?")
      yield* settled(emulator)
      assert.deepStrictEqual(yield* answers, ["Tea?"])
      const { ofAda } = yield* outcomes
      // Whichever came second found the first at work, or done.
      for (const outcomes of ofAda) assert.include([[200], [503, 200]].map(String), String(outcomes))
      assert.lengthOf(ofAda, 2)
    })
  )

  for (
    const [what, fault, operation] of [
      ["cannot look", Fault.status(403), "Messages.list"],
      ["is refused", Fault.status(403), "Messages.post"],
      ["cannot know whether it has answered, and has not", Fault.cutBeforeApplied, "Messages.post"],
      ["is told of trouble, and has not answered", Fault.status(500), "Messages.post"]
    ] as const
  ) {
    live(
      `fails where it ${what}, and answers once when the message comes again`,
      Effect.gen(function*() {
        const { answers, bot, emulator, fault: inflict, outcomes, says } = yield* conversing()
        yield* bot
        yield* inflict(fault, operation)
        yield* says("Tea?")
        yield* answered(emulator)
        assert.deepStrictEqual([yield* answers, (yield* outcomes).ofAda], [[], [[500]]])
        yield* settled(emulator)
        assert.deepStrictEqual([yield* answers, (yield* outcomes).ofAda], [["Tea?"], [[500, 200]]])
      })
    )
  }

  for (const fault of [Fault.cutAfterApplied, Fault.truncatedBody(), Fault.status(503, { applied: true })]) {
    live(
      `answers once where what it is told of its answer ends in ${fault._tag}`,
      Effect.gen(function*() {
        const { answers, bot, emulator, fault: inflict, outcomes, says } = yield* conversing()
        yield* bot
        yield* inflict(fault)
        yield* says("Tea?")
        yield* settled(emulator)
        assert.deepStrictEqual([yield* answers, (yield* outcomes).ofAda], [["Tea?"], [[200]]])
      })
    )
  }

  live(
    "is killed when its answer is there and nobody knows, and does not answer again: to a redelivery, nor to another after that",
    Effect.gen(function*() {
      const { answers, bot, emulator, fault, outcomes, says, target } = yield* conversing()
      const first = yield* bot
      // Stored at once, and never answered.
      yield* fault(Fault.slowHeaders(Infinity))
      yield* says("Tea?")
      yield* patiently(Effect.map(answers, ({ length }) => length === 1))
      yield* first.kill
      yield* answered(emulator)
      assert.deepStrictEqual((yield* outcomes).ofAda, [["no answer"]])
      const second = yield* bot
      yield* settled(emulator)
      assert.deepStrictEqual([yield* answers, (yield* outcomes).ofAda], [["Tea?"], [["no answer", 200]]])

      // A process without any memory of it, which the vendor tells once more.
      yield* second.kill
      yield* bot
      const [delivery] = yield* emulator.deliveries.all
      const { status } = yield* Effect.promise(() =>
        fetch(target, { method: "POST", headers: { "x-api-key": secret }, body: JSON.stringify(delivery?.body) })
      )
      assert.deepStrictEqual([status, yield* answers], [200, ["Tea?"]])
    })
  )

  live(
    "is killed before it has answered, and answers when it is there again",
    Effect.gen(function*() {
      const { answers, bot, emulator, fault, outcomes, says } = yield* conversing()
      const first = yield* bot
      yield* fault(Fault.slowHeaders(Infinity), "Messages.list")
      yield* says("Tea?")
      yield* patiently(Effect.map(emulator.faults.left, ({ length }) => length === 0))
      yield* first.kill
      yield* answered(emulator)
      yield* bot
      yield* settled(emulator)
      assert.deepStrictEqual([yield* answers, (yield* outcomes).ofAda], [["Tea?"], [["no answer", 200]]])
    })
  )

  live(
    "has nothing to say to a picture, or in a conversation that is gone",
    Effect.gen(function*() {
      const { answers, bot, emulator } = yield* conversing()
      yield* bot
      const author = { type: "user", userId: "ada" }
      const conversation = { id: "gone" }
      yield* emulator.trigger("conversation:message", {
        conversation,
        message: { id: "m1", author, content: { type: "image", mediaUrl: "https://a.example/a.png" } }
      })
      yield* emulator.trigger("conversation:message", {
        conversation,
        message: { id: "m2", author, content: { type: "text", text: "Tea?" } }
      })
      yield* settled(emulator)
      assert.deepStrictEqual([yield* answers, (yield* emulator.deliveries.all).map(outcomesOf)], [[], [[200], [200]]])
    })
  )
})
