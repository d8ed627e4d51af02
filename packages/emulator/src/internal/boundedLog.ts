/** What is remembered may take as much together. */
const maximumBytes = 16 * 1024 * 1024

/**
 * The last of what happened, up to a number and a size, so that a server under load for hours does not grow.
 *
 * @internal
 */
export class BoundedLog<A> {
  private readonly limit: number
  private readonly sizeOf: (entry: A) => number
  private entries: Array<A | undefined> = []
  /** Where the oldest one is; those before it are forgotten. */
  private oldest = 0
  private bytes = 0

  constructor(limit: number, sizeOf: (entry: A) => number) {
    this.limit = limit
    this.sizeOf = sizeOf
  }

  add(entry: A): void {
    if (this.limit === 0) return
    this.entries.push(entry)
    this.bytes += this.sizeOf(entry)
    while (this.entries.length - this.oldest > this.limit || this.bytes > maximumBytes) this.forgetOldest()
    // Not every time: to move all that are left costs as much as there are.
    if (this.oldest > this.limit) {
      this.entries = this.entries.slice(this.oldest)
      this.oldest = 0
    }
  }

  all(): Array<A> {
    return this.entries.filter((entry) => entry !== undefined)
  }

  clear(): void {
    this.entries = []
    this.oldest = 0
    this.bytes = 0
  }

  private forgetOldest(): void {
    const entry = this.entries[this.oldest]
    if (entry !== undefined) this.bytes -= this.sizeOf(entry)
    this.entries[this.oldest] = undefined
    this.oldest++
  }
}
