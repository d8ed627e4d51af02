import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { RetryBudget } from "../src/internal/call/retryBudget.ts"

const takeAll = (budget: RetryBudget, most = 1000): number => {
  let taken = 0
  while (taken < most && budget.take()) taken++
  return taken
}

const succeed = (budget: RetryBudget, calls: number): void => {
  for (let call = 0; call < calls; call++) budget.succeeded()
}

describe("the retry budget", () => {
  it("has what it was given at hand", () => {
    assert.strictEqual(takeAll(new RetryBudget({ retries: 10, callsPerRetry: 10 })), 10)
  })

  it("gives one more for every ten calls that succeed, and not for nine", () => {
    const budget = new RetryBudget({ retries: 10, callsPerRetry: 10 })
    takeAll(budget)
    succeed(budget, 9)
    assert.isFalse(budget.take())
    succeed(budget, 1)
    assert.strictEqual(takeAll(budget), 1)
    succeed(budget, 30)
    assert.strictEqual(takeAll(budget), 3)
  })

  it("never holds more than it was given", () => {
    const budget = new RetryBudget({ retries: 3, callsPerRetry: 10 })
    succeed(budget, 1000)
    assert.strictEqual(takeAll(budget), 3)
    succeed(budget, 1000)
    assert.strictEqual(takeAll(budget), 3)
  })

  it("is empty where it was given nothing", () => {
    const budget = new RetryBudget({ retries: 0, callsPerRetry: 10 })
    succeed(budget, 1000)
    assert.isFalse(budget.take())
  })

  it("has no end where it is unlimited", () => {
    assert.strictEqual(takeAll(new RetryBudget("unlimited"), 10_000), 10_000)
  })

  it.prop(
    "lets through at most what was at hand and one retry per so many successes",
    [
      Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 20 })),
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20 })),
      Schema.Array(Schema.Literals(["call", "retry"]))
    ],
    ([retries, callsPerRetry, events]) => {
      const budget = new RetryBudget({ retries, callsPerRetry })
      let calls = 0
      let taken = 0
      for (const event of events) {
        if (event === "retry") {
          if (budget.take()) taken++
          continue
        }
        budget.succeeded()
        calls++
      }
      assert.isAtMost(taken, retries + Math.floor(calls / callsPerRetry))
    }
  )
})
