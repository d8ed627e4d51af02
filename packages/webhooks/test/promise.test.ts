import { assert, describe, it, onTestFinished, vi } from "@effect/vitest"
import * as DurableStore from "@sunco/webhooks/DurableStore"
import * as Testing from "@sunco/webhooks/Testing"
import { Durable, type FastifyLike, type Handlers, WebhookReceiver } from "@sunco/webhooks/promise"
import * as Redacted from "effect/Redacted"

const secrets = "s3cret"

const body = () => Testing.delivery(Testing.event("user:remove", { user: { id: "ada" } }))

const receive = (receiver: WebhookReceiver, delivery = body()) => receiver.receive({ apiKey: secrets, body: delivery })

const made = (handle: Handlers["user:remove"], options: object = {}) =>
  WebhookReceiver.make({ "user:remove": handle! }, { secrets, ...options })

describe("a receiver without Effect", () => {
  it("calls an async handler with the event, and what came with it", async () => {
    const seen: Array<unknown> = []
    const receiver = made(async ({ payload, type }, { appId, signal, webhookId }) => {
      seen.push(type, payload.user.id, appId, webhookId, signal.aborted)
    })
    await receiver.ready
    assert.deepStrictEqual(receiver.triggers, ["user:remove"])
    assert.strictEqual((await receive(receiver)).status, 200)
    assert.deepStrictEqual(seen, ["user:remove", "ada", "5ebee0975ac5304b664a12fa", "5f4eaef81e3dcc117c7ba48a", false])
    await receiver.dispose()
  })

  it("handles an event once, and again after a handler that throws or rejects", async () => {
    let calls = 0
    const receiver = made(() => {
      calls++
      if (calls === 1) throw new Error("thrown")
      if (calls === 2) return Promise.reject(new Error("rejected"))
      return undefined
    })
    const delivery = body()
    const statuses: Array<number> = []
    for (let n = 0; n < 4; n++) statuses.push((await receive(receiver, delivery)).status)
    assert.deepStrictEqual([statuses, calls], [[500, 500, 200, 200], 3])
  })

  it("tells a handler to stop, and counts what one comes to that goes on", async () => {
    let finish = () => {}
    let aborted = false
    let calls = 0
    const receiver = made(async (_, { signal }) => {
      calls++
      signal.addEventListener("abort", () => aborted = true)
      await new Promise<void>((resolve) => finish = resolve)
    }, { answerWithin: 20 })
    const delivery = body()
    const first = await receive(receiver, delivery)
    assert.deepStrictEqual([first.status, first.reason], [503, "out of time"])
    assert.strictEqual((await receive(receiver, delivery)).reason, "being handled")
    assert.isTrue(aborted)
    finish()
    await new Promise((resolve) => setTimeout(resolve, 5))
    const third = await receive(receiver, delivery)
    assert.deepStrictEqual([third.duplicates, calls], [1, 1])
  })

  it("lets a delivery come again that it is closed for, and does not say that its settings are wrong", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {})
    onTestFinished(() => log.mockRestore())
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const receiver = made((_, { signal }) => {
      begin()
      return new Promise((resolve) => signal.addEventListener("abort", resolve))
    })
    const amid = receive(receiver)
    await begun
    await receiver.dispose()
    assert.deepStrictEqual([(await amid).status, (await receive(receiver)).status], [503, 503])
    const lines = log.mock.calls.map((parts) => parts.join(" "))
    assert.lengthOf(lines, 2)
    for (const line of lines) assert.include(line, "A delivery has to wait: the receiver is closed, or")
  })

  it.each<readonly [name: string, secrets: unknown]>([
    ["several", ["other", secrets]],
    ["of an app", { secret: secrets, appId: "5ebee0975ac5304b664a12fa" }],
    ["redacted", Redacted.make(secrets)],
    ["redacted in an object", { secret: Redacted.make(secrets) }],
    ["of a function", async () => [secrets]]
  ])("takes secrets: %s", async (_, secrets) => {
    assert.strictEqual((await receive(made(() => {}, { secrets }))).status, 200)
  })

  it.each<readonly [name: string, secrets: unknown]>([
    ["none", []],
    ["nothing", undefined],
    ["an empty one", ""],
    ["an object without one", {}]
  ])("is not ready with secrets that mean nothing, and loses no delivery: %s", async (_, secrets) => {
    const receiver = made(() => {}, { secrets })
    assert.strictEqual((await receive(receiver)).status, 503)
    await receiver.ready.then(() => assert.fail("is ready"), ({ _tag }) => assert.strictEqual(_tag, "SettingsError"))
  })

  it.each<readonly [problem: string, handlers: unknown, options: unknown]>([
    ["handlers.user:removed is no such handler: did you mean user:remove?", { "user:removed": () => {} }, { secrets }],
    ["handlers.user:remove must be a function", { "user:remove": 5 }, { secrets }],
    ["handlers must be an object", undefined, { secrets }],
    ["answerWithn is no such option: did you mean answerWithin?", {}, { secrets, answerWithn: 5 }],
    ["secret is no such option: did you mean secrets?", {}, { secret: secrets }],
    ["options must be an object", {}, 5],
    ["options must be an object", {}, undefined],
    ["secrets must be an object", {}, { secrets: 5 }],
    ["secrets.1 must be an object", {}, { secrets: [secrets, null] }],
    ["secrets.apId is no such field: did you mean appId?", {}, { secrets: { secret: secrets, apId: "a" } }],
    ["answerWithin must be a length of time", {}, { secrets, answerWithin: "5 secs" }],
    ["deduplication must be a layer", {}, { secrets, deduplication: new Map() }],
    ["layers must be an array of layers", {}, { secrets, layers: [1] }]
  ])("throws what is wrong with handlers and options: %s", (problem, handlers, options) => {
    assert.throws(() => Reflect.apply(WebhookReceiver.make, undefined, [handlers, options]), problem)
  })

  it("is told by fromEnv that the environment says the secrets", () => {
    assert.throws(() => Reflect.apply(WebhookReceiver.fromEnv, undefined, [{}, { secrets }]), "the environment says it")
  })

  it("reads the environment as it is when it is made", async () => {
    const status = async () => (await receive(WebhookReceiver.fromEnv({}))).status
    try {
      assert.strictEqual(await status(), 503)
      process.env["SUNCO_WEBHOOK_SECRET"] = secrets
      assert.strictEqual(await status(), 200)
      process.env["SUNCO_WEBHOOK_SECRET"] = "another"
      assert.strictEqual(await status(), 401)
    } finally {
      delete process.env["SUNCO_WEBHOOK_SECRET"]
    }
  })

  it("reads its secret from the environment", async () => {
    const receiver = WebhookReceiver.fromEnv({})
    await receiver.ready.then(
      () => assert.fail("is ready"),
      (error) =>
        assert.deepStrictEqual([error._tag, error.message], ["SettingsError", "SUNCO_WEBHOOK_SECRET must be set"])
    )
  })

  it("is a plugin of any number of applications of Fastify, which close what they have built and nothing else", async () => {
    const receiver = made(() => {})
    const plugin = receiver.fastify("/webhooks")
    const application = async () => {
      const hooks: Record<string, () => Promise<void>> = {}
      let handle: Parameters<FastifyLike["all"]>[1] | undefined
      await plugin({
        removeAllContentTypeParsers: () => {},
        addContentTypeParser: () => {},
        addHook: (name: string, hook: () => Promise<void>) => hooks[name] = hook,
        all: (_, handler) => handle = handler
      })
      const { promise, resolve } = Promise.withResolvers<number>()
      const raw = {
        method: "POST",
        headers: { "x-api-key": secrets },
        body: body(),
        readableEnded: true,
        destroyed: false
      }
      handle!({ raw }, { raw: { writeHead: resolve, end: () => {} }, hijack: () => {} })
      const status = await promise
      await hooks["onClose"]!()
      return status
    }
    assert.deepStrictEqual([await application(), await application()], [200, 200])
    assert.strictEqual((await receive(receiver)).status, 200)
  })

  it("answers a Request, and an event of Lambda", async () => {
    const seen: Array<string> = []
    const receiver = made(({ payload }) => seen.push(payload.user.id))
    const response = await receiver.web(Testing.request(secrets, body()))
    const { statusCode } = await receiver.lambda({
      httpMethod: "POST",
      headers: { "X-API-Key": secrets },
      body: JSON.stringify(body())
    })
    assert.deepStrictEqual([response.status, statusCode, seen], [200, 200, ["ada", "ada"]])
  })
})

describe("a durable receiver without Effect", () => {
  const durable = (handle: Handlers["user:remove"], options: object = {}) =>
    Durable.make({ "user:remove": handle! }, { secrets, store: DurableStore.layerMemory(), ...options })

  it.each<readonly [problem: string, handlers: unknown, options: unknown]>([
    ["handlers.user:removed is no such handler: did you mean user:remove?", { "user:removed": () => {} }, { secrets }],
    ["options must be an object", {}, undefined],
    ["store must be a layer", {}, { secrets }],
    ["store must be a layer", {}, { secrets, store: DurableStore.layerMemory }],
    ["maxAttemps is no such option: did you mean maxAttempts?", {}, { secrets, maxAttemps: 3 }],
    ["maxAttempts must be a whole number above zero", {}, { secrets, maxAttempts: 0 }],
    ["baseDelay must be a length of time of zero or above", {}, { secrets, baseDelay: -1 }],
    ["maxBodyBytes must be a whole number above zero", {}, { secrets, maxBodyBytes: 1.5 }],
    ["layers must be an array of layers", {}, { secrets, layers: {} }],
    ["secrets.apId is no such field: did you mean appId?", {}, { secrets: { secret: secrets, apId: "a" } }]
  ])("throws what is wrong with handlers and options: %s", (problem, handlers, options) => {
    assert.throws(() => Reflect.apply(Durable.make, undefined, [handlers, options]), problem)
  })

  it.each<readonly [problem: string, options: object]>([
    ["worker is no such option: did you mean workers?", { worker: 3 }],
    ["workers must be a whole number above zero", { workers: 0 }],
    ["pollInterval must be a length of time above zero", { pollInterval: 0 }]
  ])("throws what is wrong with the options of its workers: %s", async (problem, options) => {
    const receiver = durable(() => {})
    assert.throws(() => receiver.work(options), problem)
    await receiver.dispose()
  })

  it("answers before anything is handled, and handles it when somebody works", async () => {
    const { promise, resolve } = Promise.withResolvers<ReadonlyArray<unknown>>()
    const receiver = durable(async ({ payload }, { attempt, signal }) =>
      resolve([payload.user.id, attempt, signal.aborted])
    )
    await receiver.ready
    assert.deepStrictEqual(receiver.triggers, ["user:remove"])
    const response = await receiver.web(Testing.request(secrets, body()))
    assert.strictEqual(response.status, 200)
    receiver.work()
    assert.deepStrictEqual(await promise, ["ada", 1, false])
    await receiver.dispose()
  })

  it("lists what failed for good, and handles it when it is put back", async () => {
    let isDown = true
    const { promise: failing, resolve: failed } = Promise.withResolvers<void>()
    const { promise: handling, resolve: handled } = Promise.withResolvers<void>()
    const receiver = durable(() => {
      if (!isDown) return handled()
      failed()
      throw new TypeError("down")
    }, { maxAttempts: 1 })
    await receive(receiver)
    receiver.work({ workers: 1, pollInterval: 1 })
    await failing
    let [event] = await receiver.failed()
    for (; event === undefined; [event] = await receiver.failed()) await new Promise(setImmediate)
    assert.deepInclude(event, { attempts: 1, error: "TypeError", appId: "5ebee0975ac5304b664a12fa" })
    isDown = false
    assert.isFalse(await receiver.putBack("another"))
    assert.isTrue(await receiver.putBack(event.id))
    await handling
    await receiver.dispose()
  })

  it("tells a handler to stop when its work is stopped, waits for it, and leaves its event to others", async () => {
    const attempts: Array<unknown> = []
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { promise: again, resolve: handledAgain } = Promise.withResolvers<void>()
    let ended = false
    const receiver = durable(async (_, { attempt, signal }) => {
      attempts.push(attempt)
      if (attempt !== 1) return handledAgain()
      begin()
      await new Promise((resolve) => signal.addEventListener("abort", resolve))
      await new Promise((resolve) => setTimeout(resolve, 5))
      ended = true
      signal.throwIfAborted()
    })
    const stop = receiver.work()
    await receive(receiver)
    await begun
    await stop()
    assert.isTrue(ended)
    receiver.work()
    await again
    assert.deepStrictEqual(attempts, [1, 2])
    await receiver.dispose()
  })

  it("waits for its handlers when it is disposed", async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    let ended = false
    const receiver = durable(async (_, { signal }) => {
      begin()
      await new Promise((resolve) => signal.addEventListener("abort", resolve))
      ended = true
    })
    receiver.work()
    await receive(receiver)
    await begun
    await receiver.dispose()
    assert.isTrue(ended)
  })

  it("is not ready with secrets that mean nothing, and keeps receiving when an application of Fastify is closed", async () => {
    const wrong = durable(() => {}, { secrets: [] })
    wrong.work()
    await wrong.ready.then(() => assert.fail("is ready"), ({ _tag }) => assert.strictEqual(_tag, "SettingsError"))
    await wrong.dispose()

    const receiver = durable(() => {})
    const hooks: Record<string, () => Promise<void>> = {}
    await receiver.fastify("/webhooks")({
      removeAllContentTypeParsers: () => {},
      addContentTypeParser: () => {},
      addHook: (name: string, hook: () => Promise<void>) => hooks[name] = hook,
      all: () => {}
    })
    await hooks["onReady"]!()
    await hooks["onClose"]!()
    assert.strictEqual((await receive(receiver)).status, 200)
    await receiver.dispose()
    assert.strictEqual((await receive(receiver)).status, 503)
  })

  it("reads its secret from the environment", async () => {
    const receiver = Durable.fromEnv({}, { store: DurableStore.layerMemory() })
    await receiver.ready.then(
      () => assert.fail("is ready"),
      (error) => assert.match(String(error.message), /SUNCO_WEBHOOK_SECRET/)
    )
  })
})
