import { assert, describe, it } from "@effect/vitest"
import * as RetryPolicy from "@sunco/client/RetryPolicy"
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import { decide, fullJitter, type Situation } from "../src/internal/call/decide.ts"

const situation: Situation = {
  policy: RetryPolicy.defaults,
  ending: "ambiguous",
  transient: true,
  repeatableMillis: Infinity,
  attempts: 1,
  retryAfterMillis: undefined,
  timeLeftMillis: 60_000,
  random: 1
}

const policy = (options: RetryPolicy.RetryOptions) => RetryPolicy.override(RetryPolicy.defaults, options)

describe("fullJitter", () => {
  it("doubles its bound from 200 ms to 8 s", () => {
    const bounds = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => fullJitter(RetryPolicy.defaults, attempts, 1))
    assert.deepStrictEqual(bounds, [200, 400, 800, 1600, 3200, 6400, 8000, 8000])
  })

  it("draws evenly below the bound", () => {
    assert.strictEqual(fullJitter(RetryPolicy.defaults, 3, 0), 0)
    assert.strictEqual(fullJitter(RetryPolicy.defaults, 3, 0.25), 200)
    assert.strictEqual(fullJitter(RetryPolicy.defaults, 3, 0.5), 400)
  })

  it("keeps to its bound however many attempts there were", () => {
    assert.strictEqual(fullJitter(RetryPolicy.defaults, 5000, 1), 8000)
  })
})

describe("decide", () => {
  it.each<readonly [what: string, change: Partial<Situation>, decision: string | number]>([
    ["repeats after an ambiguous end", {}, 200],
    ["repeats after an unapplied end", { ending: "unapplied" }, 200],
    ["waits longer from attempt to attempt", { attempts: 3 }, 800],
    ["does not repeat what was answered", { ending: "answered" }, "not-retryable"],
    ["does not repeat what stays as it is", { ending: "unapplied", transient: false }, "not-retryable"],
    ["does not repeat what is unsafe to repeat", { repeatableMillis: 0 }, "unsafe"],
    ["repeats what is unsafe where nothing was applied", { repeatableMillis: 0, ending: "unapplied" }, 200],
    ["makes no more attempts than the policy says", { attempts: 4 }, "attempts"],
    ["never repeats where the policy says never", { policy: policy("never") }, "attempts"],
    ["stops after an ambiguous end where the policy says so", { policy: policy("unapplied-only") }, "unsafe"],
    [
      "repeats after an unapplied end where the policy says only that",
      { policy: policy("unapplied-only"), ending: "unapplied" },
      200
    ],
    [
      "repeats what is unsafe where the policy says always",
      { policy: policy({ afterAmbiguous: "always" }), repeatableMillis: 0 },
      200
    ],
    ["does not wait past the deadline", { timeLeftMillis: 200 }, "deadline"],
    ["waits up to the deadline", { timeLeftMillis: 201 }, 200],
    ["adds Retry-After to the wait", { retryAfterMillis: 5000 }, 5200],
    ["takes a Retry-After of zero", { retryAfterMillis: 0 }, 200],
    ["takes a Retry-After of the longest that is allowed", { retryAfterMillis: 30_000 }, 30_200],
    ["does not wait for a longer one", { retryAfterMillis: 30_001 }, "retry-after"],
    [
      "waits for a longer one where the policy allows it",
      { retryAfterMillis: 30_001, policy: policy({ maxRetryAfter: "1 minute" }) },
      30_201
    ],
    ["does not wait for one past the deadline", { retryAfterMillis: 5000, timeLeftMillis: 5200 }, "retry-after"],
    ["repeats what is safe for a while", { ending: "ambiguous", repeatableMillis: 201 }, 200],
    ["does not repeat it later", { ending: "ambiguous", repeatableMillis: 200 }, "unsafe"],
    ["names the reason before the number of attempts", { attempts: 4, ending: "answered" }, "not-retryable"],
    ["names the danger before the number of attempts", { attempts: 4, repeatableMillis: 0 }, "unsafe"]
  ])("%s", (_, change, expected) => {
    const decision = decide({ ...situation, ...change })
    assert.strictEqual(decision._tag === "Repeat" ? decision.delayMillis : decision.why, expected)
  })

  const Millis = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10_000_000 }))

  it.prop(
    "keeps every bound at once",
    [Schema.Struct({
      ending: Schema.Literals(["unapplied", "answered", "ambiguous"]),
      transient: Schema.Boolean,
      repeatableMillis: Millis,
      attempts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })),
      retryAfterMillis: Schema.UndefinedOr(Millis),
      timeLeftMillis: Schema.Finite.check(Schema.isBetween({ minimum: -1000, maximum: 10_000_000 })),
      random: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
      policy: Schema.Struct({
        attempts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })),
        baseDelay: Millis,
        maxDelay: Millis,
        maxRetryAfter: Millis,
        afterAmbiguous: Schema.Literals(["by-operation", "never", "always"])
      })
    })],
    ([{ policy: options, ...given }]) => {
      const decision = decide({ ...given, policy: policy(options) })
      if (decision._tag === "Stop") return
      const floor = given.retryAfterMillis ?? 0
      assert.isAtLeast(decision.delayMillis, floor)
      assert.isAtMost(decision.delayMillis - floor, options.maxDelay + 1e-6)
      assert.isAtMost(decision.delayMillis - floor, options.baseDelay * 2 ** (given.attempts - 1) + 1e-6)
      assert.isBelow(decision.delayMillis, given.timeLeftMillis)
      assert.isAtMost(floor, options.maxRetryAfter)
      assert.isBelow(given.attempts, options.attempts)
      assert.isTrue(given.transient)
      assert.notStrictEqual(given.ending, "answered")
      if (given.ending === "ambiguous") {
        assert.isTrue(
          options.afterAmbiguous === "by-operation"
            ? decision.delayMillis < given.repeatableMillis
            : options.afterAmbiguous === "always"
        )
      }
    }
  )
})

describe("RetryPolicy.override", () => {
  it("changes what it names and keeps the rest", () => {
    const patient = policy({ attempts: 8, maxRetryAfter: "2 minutes", budget: "unlimited" })
    assert.deepStrictEqual(
      patient,
      { ...RetryPolicy.defaults, attempts: 8, maxRetryAfter: Duration.minutes(2), budget: "unlimited" }
    )
    assert.deepStrictEqual(policy({}), RetryPolicy.defaults)
  })

  it("keeps the other parts with a preset", () => {
    const base = policy({ attempts: 7, baseDelay: "1 second" })
    assert.deepStrictEqual(RetryPolicy.override(base, "never"), { ...base, attempts: 1 })
    assert.deepStrictEqual(RetryPolicy.override(base, "unapplied-only"), { ...base, afterAmbiguous: "never" })
  })
})
