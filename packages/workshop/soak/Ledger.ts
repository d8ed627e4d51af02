/**
 * What a client was told of its writes, and what must therefore be stored.
 *
 * A write whose outcome is not known leaves two states that are both right, until a later answer tells which one it is.
 */
import type { Applied } from "@sunco/client/SunshineError"
import type { User } from "@sunco/schemas/User"

/** A user of an externalId: not there, there without a version, or there with the version that was written last. */
export type State = "absent" | "wiped" | `version ${number}`

/** What a call does to a state, and what may be answered then. */
export type Change = (state: State) => { readonly state: State; readonly answers: ReadonlyArray<string> }

/** How a call ended: with an answer, or with a failure that says whether it may have been applied. */
export type End = { readonly answer: string } | { readonly applied: Applied }

export const stateOf = (user: User): State =>
  typeof user.metadata?.["version"] === "number" ? `version ${user.metadata["version"]}` : "wiped"

export class Ledger {
  readonly violations: Array<string> = []
  private readonly possible = new Map<string, ReadonlySet<State>>()
  /** Users without an externalId, by a mark of their own: `false` when nobody knows whether they are stored. */
  private readonly marked = new Map<string, boolean>()

  /** Notes how a call of an externalId ended; after an end that cannot be, nothing more is known of it. */
  note(externalId: string, change: Change, end: End): void {
    const before = this.possible.get(externalId) ?? new Set<State>(["absent"])
    if (before.size === 0) return
    const after = new Set<State>()
    for (const state of before) {
      const applied = change(state)
      if ("answer" in end) {
        if (applied.answers.includes(end.answer)) after.add(applied.state)
      } else {
        if (end.applied !== "yes") after.add(state)
        if (end.applied !== "no") after.add(applied.state)
      }
    }
    if (after.size === 0) {
      this.violations.push(`${externalId}: ${JSON.stringify(end)}, though it was ${list(before)}`)
    }
    this.possible.set(externalId, after)
  }

  /** Notes how the create of a user without an externalId ended. */
  noteMarked(mark: string, end: Applied): void {
    if (end !== "no") this.marked.set(mark, end === "yes")
  }

  /** Notes how the delete of a user without an externalId ended. */
  noteUnmarked(mark: string, end: Applied): void {
    if (end === "yes") this.marked.delete(mark)
    else if (end === "unknown") this.marked.set(mark, false)
  }

  /** Holds the users that are stored against all that was noted. */
  check(users: ReadonlyArray<User>): void {
    const byExternalId = Map.groupBy(users, ({ externalId }) => externalId)
    for (const [externalId, possible] of this.possible) {
      const [user, ...others] = byExternalId.get(externalId) ?? []
      const state = user === undefined ? "absent" : stateOf(user)
      if (others.length > 0) this.violations.push(`${externalId} is stored ${others.length + 1} times`)
      if (possible.size > 0 && !possible.has(state)) {
        this.violations.push(`${externalId} is ${state}, and should be ${list(possible)}`)
      }
    }
    const byMark = Map.groupBy(users, ({ metadata }) => metadata?.["mark"])
    byMark.delete(undefined)
    for (const [mark, stored] of byMark) {
      if (!this.marked.has(String(mark))) this.violations.push(`${mark} is stored, and should not be`)
      if (stored.length > 1) this.violations.push(`${mark} is stored ${stored.length} times`)
    }
    for (const [mark, isSure] of this.marked) {
      if (isSure && !byMark.has(mark)) this.violations.push(`${mark} is not stored, and should be`)
    }
  }

  /** How many users there are of whom two things may be true. */
  get unknown(): number {
    return Array.from(this.possible.values()).filter(({ size }) => size > 1).length +
      Array.from(this.marked.values()).filter((isSure) => !isSure).length
  }
}

const list = (states: ReadonlySet<State>): string => Array.from(states).join(" or ")
