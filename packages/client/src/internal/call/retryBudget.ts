import type { RetryPolicy } from "../../RetryPolicy.ts"

/**
 * A token bucket shared by all calls of one client, so that a vendor that is down sees little more than the normal traffic.
 *
 * @internal
 */
export class RetryBudget {
  private readonly capacity: number
  private readonly callsPerRetry: number
  private tokens: number
  /** Since the last token; whole calls, because ten tenths are less than one. */
  private successes = 0

  constructor(budget: RetryPolicy["budget"]) {
    this.capacity = budget === "unlimited" ? Infinity : budget.retries
    this.callsPerRetry = budget === "unlimited" ? 0 : budget.callsPerRetry
    this.tokens = this.capacity
  }

  /** Takes the token of one retry, if there is one. */
  take(): boolean {
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }

  succeeded(): void {
    if (this.tokens >= this.capacity || ++this.successes < this.callsPerRetry) return
    this.successes = 0
    this.tokens += 1
  }
}
