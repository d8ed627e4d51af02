import { assert, describe, it } from "@effect/vitest"
import type { Users } from "@sunco/client/Users"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import { after, answer, errors, json, refused, type Reply, silence, streamed } from "./ScriptedTransport.ts"

const found = json(200, { user: ada })

const unavailable = errors(503, "service_unavailable")

const tooMany = (retryAfter: string, headers?: Record<string, string>) =>
  answer(429, "", { "retry-after": retryAfter, ...headers })

/** How a call ended and when each of its requests was sent, with every draw at its upper bound. */
const timeline = (
  script: readonly [Reply, ...Array<Reply>],
  options: Parameters<Users["Service"]["get"]>[1] = {},
  clientOptions: TestClient.Options = {}
) =>
  Effect.gen(function*() {
    const { sent, users } = yield* TestClient.scripted(script, clientOptions)
    const started = yield* Clock.currentTimeMillis
    const result = yield* users.get("ada", options).pipe(
      Effect.result,
      Effect.flatMap((result) => Effect.map(Clock.currentTimeMillis, (now) => ({ result, took: now - started }))),
      TestClient.drawing(1),
      TestClient.throughTime
    )
    return { ...result, at: sent.map(({ at }) => at - started) }
  })

const failed = (...args: Parameters<typeof timeline>) =>
  Effect.map(timeline(...args), ({ at, result, took }) => {
    assert(result._tag === "Failure" && result.failure._tag === "SunshineError")
    return { at, took, error: result.failure }
  })

describe("the waits between attempts", () => {
  it.effect("double from 200 ms, and the fourth attempt is the last", () =>
    Effect.gen(function*() {
      const { at, error, took } = yield* failed([unavailable])
      assert.deepStrictEqual(at, [0, 200, 600, 1400])
      assert.strictEqual(took, 1400)
      assert.deepInclude(error, { attempts: 4, retryStopped: "attempts", applied: "no" })
      assert.deepInclude(error.reason, { _tag: "ServerError", status: 503 })
    }))

  it.effect("are drawn anew each time", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([unavailable])
      yield* users.get("ada").pipe(Effect.flip, TestClient.drawing(0.25), TestClient.throughTime)
      assert.deepStrictEqual(sent.map(({ at }) => at), [0, 50, 150, 350])
    }))

  it.effect("end with the first attempt that succeeds", () =>
    Effect.gen(function*() {
      const { at, result } = yield* timeline([unavailable, refused, found])
      assert.strictEqual(result._tag, "Success")
      assert.deepStrictEqual(at, [0, 200, 600])
    }))

  it.effect("follow the policy of the client, and of the call where it says otherwise", () =>
    Effect.gen(function*() {
      const client = { retry: { attempts: 3, baseDelay: "1 second", maxDelay: "1500 millis" } } as const
      assert.deepStrictEqual((yield* failed([unavailable], {}, client)).at, [0, 1000, 2500])
      assert.deepStrictEqual((yield* failed([unavailable], { retry: { attempts: 2 } }, client)).at, [0, 1000])
      assert.deepStrictEqual((yield* failed([unavailable], { retry: "never" }, client)).at, [0])
      assert.deepStrictEqual((yield* timeline([unavailable, found], {}, { retry: "never" })).at, [0])
    }))
})

describe("Retry-After", () => {
  it.effect("is a floor under the wait", () =>
    Effect.gen(function*() {
      const { at } = yield* timeline([tooMany("5"), found])
      assert.deepStrictEqual(at, [0, 5200])
    }))

  it.effect("is read on a 503 too", () =>
    Effect.gen(function*() {
      const { at } = yield* timeline([answer(503, "", { "retry-after": "2" }), found])
      assert.deepStrictEqual(at, [0, 2200])
    }))

  it.effect("is read as a date against the Date of the answer", () =>
    Effect.gen(function*() {
      const { at } = yield* timeline([
        tooMany("Mon, 23 Nov 2026 09:30:07 GMT", { date: "Mon, 23 Nov 2026 09:30:00 GMT" }),
        found
      ])
      assert.deepStrictEqual(at, [0, 7200])
    }))

  it.effect("is read as a date against the clock where the answer has no Date", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(Date.UTC(2026, 10, 23, 9, 30))
      const { at } = yield* timeline([tooMany("Mon, 23 Nov 2026 09:30:03 GMT"), found])
      assert.deepStrictEqual(at, [0, 3200])
    }))

  it.effect.each(["soon", "-5", "99999999999999999999", ""])(
    "counts as absent when it is %j",
    (value) =>
      Effect.gen(function*() {
        const { at } = yield* timeline([tooMany(value), found])
        assert.deepStrictEqual(at, [0, 200])
      })
  )

  it.effect("of more than 30 seconds ends the call at once, and is told", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* timeline([tooMany("30"), found])).at, [0, 30_200])
      const { error, took } = yield* failed([tooMany("31"), found])
      assert.strictEqual(took, 0)
      assert.deepInclude(error, { attempts: 1, retryStopped: "retry-after", applied: "no" })
      assert.deepStrictEqual(error.reason._tag === "RateLimited" && error.reason.retryAfter, Duration.seconds(31))
    }))

  it.effect("of more than 30 seconds is waited for where the call allows it", () =>
    Effect.gen(function*() {
      const { at } = yield* timeline([tooMany("40"), found], { retry: { maxRetryAfter: "45 seconds" } })
      assert.deepStrictEqual(at, [0, 40_200])
    }))

  it.effect("of more than the time left ends the call at once", () =>
    Effect.gen(function*() {
      const { error, took } = yield* failed([tooMany("15"), found], { deadline: "10 seconds" })
      assert.strictEqual(took, 0)
      assert.deepInclude(error, { retryStopped: "retry-after" })
      assert.deepStrictEqual(error.reason._tag === "RateLimited" && error.reason.retryAfter, Duration.seconds(15))
    }))
})

describe("the time limit of an attempt", () => {
  it.effect("is 10 seconds, and each attempt has its own", () =>
    Effect.gen(function*() {
      const { at, error, took } = yield* failed([silence])
      assert.deepStrictEqual(at, [0, 10_200, 20_600, 31_400])
      assert.strictEqual(took, 41_400)
      assert.deepInclude(error, { attempts: 4, retryStopped: "attempts", applied: "no" })
      assert.deepInclude(error.reason, { _tag: "Timeout", limit: "attempt", after: Duration.seconds(10) })
    }))

  it.effect("leaves an answer that comes just in time alone", () =>
    Effect.gen(function*() {
      const { at, took } = yield* timeline([after("9999 millis", found)])
      assert.deepStrictEqual([at, took], [[0], 9999])
    }))

  it.effect("is that of the client, or of the call where it says otherwise", () =>
    Effect.gen(function*() {
      const client = { attemptTimeout: "1 second", retry: "never" } as const
      assert.strictEqual((yield* failed([silence], {}, client)).took, 1000)
      assert.strictEqual((yield* failed([silence], { attemptTimeout: 300 }, client)).took, 300)
    }))

  it.effect("cuts off a body that does not end", () =>
    Effect.gen(function*() {
      const { error, took } = yield* failed([streamed(200, new ReadableStream())], { retry: "never" })
      assert.strictEqual(took, 10_000)
      assert.deepInclude(error.reason, { _tag: "Timeout", limit: "attempt" })
    }))

  it.effect("interrupts the transport", () =>
    Effect.gen(function*() {
      let interrupted = 0
      const hanging: Reply = () => Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted++))
      yield* failed([hanging], { retry: { attempts: 2 } })
      assert.strictEqual(interrupted, 2)
    }))

  it.effect("does not wait for a transport that does not let go", () =>
    Effect.gen(function*() {
      const clinging: Reply = () => Effect.uninterruptible(Effect.delay(Effect.never, "1 hour"))
      const { took } = yield* failed([clinging], { retry: "never" })
      assert.strictEqual(took, 10_000)
    }))
})

describe("the deadline", () => {
  it.effect("is 1 minute over all attempts and waits", () =>
    Effect.gen(function*() {
      const { error, took } = yield* failed([silence], {}, { retry: { attempts: 100 } })
      assert.strictEqual(took, 60_000)
      assert.deepInclude(error, { retryStopped: "deadline", attempts: 6 })
      assert.deepInclude(error.reason, { _tag: "Timeout", limit: "deadline", after: Duration.minutes(1) })
    }))

  it.effect("shortens the last attempt", () =>
    Effect.gen(function*() {
      const { at, error, took } = yield* failed([silence], { deadline: "15 seconds" })
      assert.deepStrictEqual(at, [0, 10_200])
      assert.strictEqual(took, 15_000)
      assert.deepInclude(error, { retryStopped: "deadline", attempts: 2 })
      assert.deepInclude(error.reason, { _tag: "Timeout", limit: "deadline", after: Duration.seconds(15) })
    }))

  it.effect("ends the call at once when the next attempt would come after it", () =>
    Effect.gen(function*() {
      const { at, error, took } = yield* failed([unavailable], { deadline: "500 millis" })
      assert.deepStrictEqual(at, [0, 200])
      assert.strictEqual(took, 200)
      assert.deepInclude(error, { retryStopped: "deadline", attempts: 2 })
      assert.deepInclude(error.reason, { _tag: "ServerError", status: 503 })
    }))

  it.effect("of no time at all means nothing, and sends nothing", () =>
    Effect.gen(function*() {
      const { at, error, took } = yield* failed([found], { deadline: 0 })
      assert.deepStrictEqual([at, took], [[], 0])
      assert.deepInclude(error, { attempts: 0, applied: "no" })
      assert.strictEqual(error.reason._tag, "InvalidInput")
    }))

  it.effect("can be infinite, and so can the time of an attempt", () =>
    Effect.gen(function*() {
      const { result, took } = yield* timeline([after("5 minutes", found)], {
        attemptTimeout: Duration.infinity,
        deadline: Duration.infinity
      })
      assert.deepStrictEqual([result._tag, took], ["Success", 5 * 60 * 1000])
    }))
})

describe("the budget", () => {
  /** The error of a call that meets nothing but 503. */
  const failing = (users: Users["Service"]) =>
    users.get("ada").pipe(
      Effect.flip,
      Effect.map((error) => {
        assert(error._tag === "SunshineError")
        return [error.attempts, error.retryStopped]
      }),
      TestClient.throughTime
    )

  it.effect("allows ten retries to the calls of a client, and the eleventh stops", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([unavailable])
      assert.deepStrictEqual(yield* Effect.replicateEffect(failing(users), 5), [
        [4, "attempts"],
        [4, "attempts"],
        [4, "attempts"],
        [2, "budget"],
        [1, "budget"]
      ])
      assert.strictEqual(sent.length, 15)
    }))

  it.effect("gets one retry back for every ten calls that succeed", () =>
    Effect.gen(function*() {
      const times = (count: number, reply: Reply) => Array.from({ length: count }, () => reply)
      const { users } = yield* TestClient.scripted([
        unavailable,
        ...times(14, unavailable),
        ...times(10, found),
        unavailable
      ])
      yield* Effect.replicateEffect(failing(users), 5)
      yield* Effect.replicateEffect(users.get("ada"), 10)
      assert.deepStrictEqual(yield* failing(users), [2, "budget"])
    }))

  it.effect("belongs to one client", () =>
    Effect.gen(function*() {
      const first = yield* TestClient.scripted([unavailable])
      const second = yield* TestClient.scripted([unavailable])
      yield* Effect.replicateEffect(failing(first.users), 5)
      assert.deepStrictEqual(yield* failing(first.users), [1, "budget"])
      assert.deepStrictEqual(yield* failing(second.users), [4, "attempts"])
    }))

  it.effect("cannot be changed by a call", () =>
    Effect.gen(function*() {
      const { users } = yield* TestClient.scripted([unavailable], {
        retry: { budget: { retries: 1, callsPerRetry: 10 } }
      })
      const error = yield* users.get("ada", { retry: { budget: "unlimited" } }).pipe(
        Effect.flip,
        TestClient.throughTime
      )
      assert.deepInclude(error, { attempts: 2, retryStopped: "budget" })
    }))

  it.effect("can be lifted", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([unavailable], { retry: { budget: "unlimited" } })
      yield* Effect.replicateEffect(failing(users), 20)
      assert.strictEqual(sent.length, 80)
    }))
})

describe("an interruption", () => {
  const interrupted = (script: readonly [Reply, ...Array<Reply>], after: Duration.Input) =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted(script)
      const fiber = yield* Effect.forkChild(TestClient.drawing(1)(users.get("ada")))
      yield* TestClock.adjust(after)
      yield* Fiber.interrupt(fiber)
      yield* TestClock.adjust("10 minutes")
      return sent.length
    })

  it.effect("during an attempt interrupts the transport and sends nothing more", () =>
    Effect.gen(function*() {
      let stopped = false
      const hanging: Reply = () => Effect.onInterrupt(Effect.never, () => Effect.sync(() => (stopped = true)))
      assert.strictEqual(yield* interrupted([hanging, found], "1 second"), 1)
      assert.isTrue(stopped)
    }))

  it.effect("during a wait sends nothing more", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* interrupted([unavailable, found], "100 millis"), 1)
    }))
})
