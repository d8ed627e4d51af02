import type { RetryPolicy } from "../RetryPolicy.ts"

/**
 * A token bucket shared by all calls of one client, so that a vendor that is down sees little more than the normal traffic.
 *
 * @internal
 */
export class RetryBudget {
  private tokens: number
  private readonly capacity: number
  private readonly perSuccess: number

  constructor(budget: RetryPolicy["budget"]) {
    this.capacity = budget === "unlimited" ? Infinity : budget.retries
    this.perSuccess = budget === "unlimited" ? 0 : 1 / budget.callsPerRetry
    this.tokens = this.capacity
  }

  /** Takes the token of one retry, if there is one. */
  take(): boolean {
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }

  succeeded(): void {
    this.tokens = Math.min(this.capacity, this.tokens + this.perSuccess)
  }
}
