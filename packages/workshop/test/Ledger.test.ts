import { assert, describe, it } from "@effect/vitest"
import { type Change, Ledger, type State } from "../soak/Ledger.ts"

const write = (version: State): Change => () => ({ state: version, answers: ["written"] })
const remove: Change = () => ({ state: "absent", answers: ["removed"] })
const read: Change = (state) => ({ state, answers: [state] })

const stored = (externalId: string, version: number) => ({
  id: `${externalId}-${version}`,
  externalId,
  metadata: { version }
})
const marked = (mark: string, id = mark) => ({ id, metadata: { mark } })

/** The violations of what was noted when these are stored. */
const violations = (note: (ledger: Ledger) => void, ...users: Parameters<Ledger["check"]>[0]) => {
  const ledger = new Ledger()
  note(ledger)
  ledger.check(users)
  return ledger.violations
}

describe("the ledger", () => {
  it("finds nothing where all is as it was told", () => {
    const found = violations(
      (ledger) => {
        ledger.note("a", write("version 1"), { answer: "written" })
        ledger.note("b", write("version 2"), { answer: "written" })
        ledger.note("b", remove, { answer: "removed" })
        ledger.note("c", write("version 3"), { applied: "no" })
        ledger.noteMarked("m", "yes")
      },
      stored("a", 1),
      marked("m")
    )
    assert.deepStrictEqual(found, [])
  })

  it("finds a write that was lost, a write that was not to be, and one that is there twice", () => {
    const acknowledged = (ledger: Ledger) => ledger.note("a", write("version 1"), { answer: "written" })
    assert.lengthOf(violations(acknowledged), 1)
    assert.lengthOf(violations(acknowledged, stored("a", 2)), 1)
    assert.lengthOf(violations(acknowledged, stored("a", 1), stored("a", 1)), 1)
    assert.lengthOf(violations((ledger) => ledger.note("a", write("version 1"), { applied: "no" }), stored("a", 1)), 1)
    assert.lengthOf(violations((ledger) => ledger.note("a", write("version 1"), { applied: "yes" })), 1)
  })

  it("takes a write of which nobody knows for one of two things, until an answer tells", () => {
    const unknown = (ledger: Ledger) => ledger.note("a", write("version 1"), { applied: "unknown" })
    assert.deepStrictEqual(violations(unknown), [])
    assert.deepStrictEqual(violations(unknown, stored("a", 1)), [])
    assert.lengthOf(violations(unknown, stored("a", 2)), 1)
    const told = (ledger: Ledger) => {
      unknown(ledger)
      ledger.note("a", read, { answer: "version 1" })
    }
    assert.lengthOf(violations(told), 1)
    assert.deepStrictEqual(violations(told, stored("a", 1)), [])
  })

  it("finds an answer that cannot be", () => {
    assert.lengthOf(violations((ledger) => ledger.note("a", read, { answer: "version 1" })), 1)
  })

  it("knows users without an externalId by their mark", () => {
    const noted = (end: "yes" | "no" | "unknown") => (ledger: Ledger) => ledger.noteMarked("m", end)
    assert.deepStrictEqual(violations(noted("yes"), marked("m")), [])
    assert.lengthOf(violations(noted("yes")), 1)
    assert.lengthOf(violations(noted("yes"), marked("m", "1"), marked("m", "2")), 1)
    assert.lengthOf(violations(noted("no"), marked("m")), 1)
    assert.deepStrictEqual(violations(noted("unknown")), [])
    const deleted = (ledger: Ledger) => {
      ledger.noteMarked("m", "yes")
      ledger.noteUnmarked("m", "yes")
    }
    assert.lengthOf(violations(deleted, marked("m")), 1)
  })
})
