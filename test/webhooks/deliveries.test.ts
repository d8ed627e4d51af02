/** The emulator sends, and a receiver receives. */
import { assert, describe, it } from "@effect/vitest"
import { Emulator } from "@sunco/emulator"
import type { WebhookOptions } from "@sunco/emulator/Emulator"
import { Deduplication, Secrets, WebhookReceiver } from "@sunco/webhooks"
import * as WebHandler from "@sunco/webhooks/WebHandler"
import { AllResources, Conversations, Messages, Users } from "@sunco/client"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { TestClock } from "effect/testing"
import { turn } from "../faults/Waiting.ts"

const secret = "s3cret"

const target = "https://crm.example/webhooks"

const seeded = (webhook: object) => ({
  integrations: [{
    type: "custom",
    webhooks: [{ target, secret, triggers: ["user:remove", "conversation:message"], ...webhook }]
  }]
})

/** What of a delivery is looked at here. */
interface Body {
  readonly webhook: { readonly id: string }
  readonly events: readonly [{
    readonly id: string
    readonly type: string
    readonly payload: {
      readonly user: { readonly id: string }
      readonly message: {
        readonly author: { readonly user: { readonly profile: unknown } }
        readonly content: { readonly text: string }
      }
    }
  }]
}

/** The application that a webhook reaches, and everything that it was sent. */
const application = (answers: ReadonlyArray<number> = []) => {
  const seen: Array<{ readonly key: string | null; readonly body: Body }> = []
  const left = [...answers]
  const fetch: WebhookOptions["fetch"] = async (url, init) => {
    const request = new Request(url as string, init)
    seen.push({ key: request.headers.get("x-api-key"), body: await request.json() as Body })
    return new Response(null, { status: left.shift() ?? 200 })
  }
  return { seen, fetch }
}

const emulated = (options: Parameters<typeof Emulator.layerTest>[0]) =>
  Layer.provideMerge(AllResources.layerFromConfig(), Emulator.layerTest(options))

/** Lets what was sent be answered, which takes turns of the platform and no time of the clock. */
const answered = Effect.andThen(TestClock.adjust(0), Effect.repeat(turn, { times: 20 }))

const typesOf = (seen: ReadonlyArray<{ readonly body: Body }>) => seen.map(({ body }) => body.events[0].type)

describe("what happens in the emulator", () => {
  it.effect("is sent to the webhooks that ask for it, in the vendor's form, with the secret", () => {
    const { fetch, seen } = application()
    return Effect.gen(function*() {
      const { appId, deliveries, events } = yield* Emulator
      const users = yield* Users
      const ada = yield* users.create({ externalId: "ada" })
      yield* users.delete(ada.id)
      yield* answered
      const [event] = yield* events
      assert.deepStrictEqual<unknown>(seen, [{
        key: secret,
        body: {
          app: { id: appId },
          webhook: { id: seen[0]?.body.webhook.id, version: "v2" },
          events: [{
            id: event?.id,
            type: "user:remove",
            createdAt: "1970-01-01T00:00:00.000Z",
            payload: { user: { id: ada.id, externalId: "ada", authenticated: true } }
          }]
        }
      }])
      const [delivery, ...more] = yield* deliveries.all
      assert.deepStrictEqual([delivery?.state, delivery?.attempts, more], [
        "delivered",
        [{ sentAt: 0, status: 200 }],
        []
      ])
    }).pipe(Effect.provide(emulated({ ...seeded({}), webhooks: { fetch } })))
  })

  it.effect("is sent with the whole user where the webhook asks for that", () => {
    const { fetch, seen } = application()
    return Effect.gen(function*() {
      const users = yield* Users
      const conversations = yield* Conversations
      const messages = yield* Messages
      yield* users.create({ externalId: "ada", profile: { givenName: "Ada" } })
      const { id } = yield* conversations.create({ type: "personal", participants: [{ userExternalId: "ada" }] })
      yield* messages.post(id, {
        author: { type: "user", userExternalId: "ada" },
        content: { type: "text", text: "Tea?" }
      })
      yield* answered
      assert.deepStrictEqual(typesOf(seen), ["conversation:message"])
      const { author, content } = seen[0]!.body.events[0].payload.message
      assert.deepStrictEqual([author.user.profile, content.text], [{ givenName: "Ada" }, "Tea?"])
    }).pipe(Effect.provide(emulated({ ...seeded({ includeFullUser: true }), webhooks: { fetch } })))
  })

  it.effect("is sent again at 1, 3, 7 and 15 minutes, and then given up", () => {
    const { fetch, seen } = application([500, 503, 422, 413, 302])
    return Effect.gen(function*() {
      const { deliveries, trigger } = yield* Emulator
      yield* trigger("user:remove", { user: { id: "ada" } })
      yield* answered
      for (let minute = 0; minute < 30; minute++) {
        yield* TestClock.adjust("1 minute")
        yield* answered
      }
      const [delivery] = yield* deliveries.all
      assert.deepStrictEqual(
        delivery?.attempts.map(({ sentAt, status }) => [sentAt / 60_000, status]),
        [[0, 500], [1, 503], [3, 422], [7, 413], [15, 302]]
      )
      assert.strictEqual(delivery?.state, "given up")
      assert.lengthOf([...new Set(seen.map(({ body }) => body.events[0].id))], 1)
    }).pipe(Effect.provide(emulated({ ...seeded({}), webhooks: { fetch } })))
  })

  it.effect.each([400, 401, 403, 404, 406])("is not sent again after %i", (status) => {
    const { fetch, seen } = application([status])
    return Effect.gen(function*() {
      const { deliveries, trigger } = yield* Emulator
      yield* trigger("user:remove")
      yield* answered
      yield* TestClock.adjust("1 hour")
      yield* answered
      assert.deepStrictEqual([seen.length, (yield* deliveries.all)[0]?.state], [1, "given up"])
    }).pipe(Effect.provide(emulated({ ...seeded({}), webhooks: { fetch } })))
  })

  it.effect("is given up after 20 seconds without an answer, and sent again", () =>
    Effect.gen(function*() {
      const { deliveries, trigger } = yield* Emulator
      yield* trigger("user:remove")
      yield* answered
      yield* TestClock.adjust("20 seconds")
      yield* answered
      const [delivery] = yield* deliveries.all
      assert.deepStrictEqual(
        [delivery?.attempts, delivery?.state, delivery?.dueAt],
        [[{ sentAt: 0, failure: "timeout" }], "waiting", 80_000]
      )
    }).pipe(Effect.provide(emulated({
      ...seeded({}),
      webhooks: {
        fetch: (_, init) =>
          new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(new Error())))
      }
    }))))

  it.effect("waits for nothing when it is flushed", () => {
    const { fetch, seen } = application([500])
    return Effect.gen(function*() {
      const { deliveries, trigger } = yield* Emulator
      yield* trigger("user:remove")
      yield* answered
      yield* deliveries.flush
      assert.deepStrictEqual([seen.length, (yield* deliveries.all)[0]?.state], [2, "delivered"])
    }).pipe(Effect.provide(emulated({ ...seeded({}), webhooks: { fetch } })))
  })

  it.effect("is not sent again by a flush while it is under way: that ends when it is answered", () => {
    const { promise: answer, resolve } = Promise.withResolvers<Response>()
    let sent = 0
    const fetch: WebhookOptions["fetch"] = () => {
      sent++
      return answer
    }
    return Effect.gen(function*() {
      const { deliveries, trigger } = yield* Emulator
      yield* trigger("user:remove")
      yield* answered
      const flushing = yield* Effect.forkChild(deliveries.flush)
      yield* answered
      assert.deepStrictEqual([sent, flushing.pollUnsafe()], [1, undefined])
      resolve(new Response())
      yield* Fiber.join(flushing)
      assert.deepStrictEqual([sent, (yield* deliveries.all)[0]?.state], [1, "delivered"])
    }).pipe(Effect.provide(emulated({ ...seeded({}), webhooks: { fetch } })))
  })

  it.effect("goes to no other machine, and to no webhook that does not ask for it", () =>
    Effect.gen(function*() {
      const { deliveries, trigger } = yield* Emulator
      yield* trigger("user:remove")
      yield* trigger("user:update")
      yield* answered
      const all = yield* deliveries.all
      assert.deepStrictEqual(all.map(({ attempts, state }) => [attempts[0]?.failure, state]), [[
        "not allowed",
        "given up"
      ]])
    }).pipe(Effect.provide(emulated(seeded({})))))

  it.effect("is forgotten by a reset", () => {
    const { fetch } = application()
    return Effect.gen(function*() {
      const { deliveries, reset, trigger } = yield* Emulator
      yield* trigger("user:remove")
      yield* reset
      assert.deepStrictEqual(yield* deliveries.all, [])
      yield* trigger("user:remove")
      assert.lengthOf(yield* deliveries.all, 1)
    }).pipe(Effect.provide(emulated({ ...seeded({}), webhooks: { fetch } })))
  })
})

describe("on their way deliveries", () => {
  it.effect("may be late, come twice, come out of order, or from somebody else", () => {
    const { fetch, seen } = application()
    return Effect.gen(function*() {
      const { deliveries, trigger } = yield* Emulator
      yield* deliveries.next(
        { _tag: "late", millis: 60_000 },
        { _tag: "twice" },
        { _tag: "heldBack" }
      )
      for (const id of ["late", "twice", "held back", "after it"]) {
        yield* trigger("user:remove", { user: { id } })
        yield* answered
      }
      yield* TestClock.adjust("1 second")
      yield* answered
      yield* TestClock.adjust("1 minute")
      yield* answered
      assert.deepStrictEqual(
        seen.map(({ body }) => body.events[0].payload.user.id),
        ["twice", "twice", "after it", "held back", "late"]
      )
      yield* deliveries.next({ _tag: "forged" })
      yield* trigger("user:remove")
      yield* answered
      assert.deepStrictEqual(seen.map(({ key }) => key === secret), [true, true, true, true, true, false])
    }).pipe(Effect.provide(emulated({ ...seeded({}), webhooks: { fetch } })))
  })

  it.effect("reach a receiver, which handles each event once, whatever happens to them", () => {
    const gone: Array<string> = []
    let fails = 1
    const receiver = WebhookReceiver.make({
      "user:remove": ({ payload }) =>
        fails-- > 0 ? Effect.fail("not yet") : Effect.sync(() => gone.push(payload.user.id))
    })
    const handler = WebHandler.make(
      receiver,
      Layer.merge(Secrets.layer(Redacted.make(secret)), Deduplication.layerMemory())
    )
    return Effect.gen(function*() {
      const { deliveries } = yield* Emulator
      const users = yield* Users
      yield* deliveries.next({ _tag: "heldBack" }, { _tag: "twice" }, { _tag: "forged" })
      const made = yield* Effect.forEach(["a", "b", "c"], (externalId) => users.create({ externalId }))
      for (const { id } of made) {
        yield* users.delete(id)
        yield* answered
      }
      yield* TestClock.adjust("2 minutes")
      yield* answered
      assert.sameMembers(gone, [made[0]!.id, made[1]!.id])
      assert.deepStrictEqual((yield* deliveries.all).map(({ state }) => state), ["delivered", "delivered", "given up"])
    }).pipe(Effect.provide(emulated({
      ...seeded({}),
      webhooks: { fetch: (url, init) => handler(new Request(url as string, init)) }
    })))
  })
})
