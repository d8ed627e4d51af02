import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { execFileSync } from "node:child_process"
import { retryAfterMillis } from "../src/internal/call/retryAfter.ts"

const now = Date.UTC(2026, 10, 23, 9, 30, 0)

const read = (retryAfter: string, date?: string) =>
  retryAfterMillis({
    status: 429,
    headers: { "retry-after": retryAfter, ...(date === undefined ? undefined : { date }) }
  }, now)

it.each([
  ["0", 0],
  ["1", 1000],
  ["007", 7000],
  [" 120 ", 120_000],
  ["1.5", 1500],
  ["0.0001", 1],
  ["4.0004", 4001],
  ["2.", 2000],
  ["1.1", 1100],
  // Several headers in one, of which the longest counts; a decimal comma is one of them.
  ["5, 120", 120_000],
  ["120,5", 120_000],
  ["1,5", 5000],
  ["31536000", 31_536_000_000]
])("reads the seconds %j", (value, expected) => {
  assert.strictEqual(read(value), expected)
})

describe("a date", () => {
  it.each([
    ["IMF-fixdate", "Mon, 23 Nov 2026 09:31:30 GMT"],
    ["RFC 850", "Monday, 23-Nov-26 09:31:30 GMT"],
    ["asctime", "Mon Nov 23 09:31:30 2026"]
  ])("is read in the form of %s", (_, value) => {
    assert.strictEqual(read(value), 90_000)
  })

  it("is read against the Date of the answer, because clocks differ", () => {
    assert.strictEqual(read("Mon, 23 Nov 2026 12:00:30 GMT", "Mon, 23 Nov 2026 12:00:00 GMT"), 30_000)
    assert.strictEqual(read("Mon, 23 Nov 2026 12:00:30 GMT", "Mon Nov 23 12:00:00 2026"), 30_000)
  })

  it("is read against the clock where the Date of the answer makes no sense", () => {
    for (const date of ["", "yesterday", "Monday", "0"]) {
      assert.strictEqual(read("Mon, 23 Nov 2026 09:30:30 GMT", date), 30_000)
    }
  })

  it("in the form of asctime is of Greenwich wherever the program runs", () => {
    const program = `
      const { retryAfterMillis } = await import(${
      JSON.stringify(import.meta.resolve("../src/internal/call/retryAfter.ts"))
    })
      const headers = { "retry-after": "Mon Nov 23 09:31:30 2026" }
      console.log(retryAfterMillis({ status: 429, headers }, ${now}))`
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
      env: { ...process.env, TZ: "America/New_York" }
    })
    assert.strictEqual(output.trim(), "90000")
  })
})

it.each([
  "",
  " ",
  "-1",
  "-5",
  "+5",
  ".",
  "1.5.2",
  "1,",
  ",1",
  "1, soon",
  "1e3",
  "0x10",
  "soon",
  "5 seconds",
  "Mon",
  "Mon, 99 Foo 2026 09:31:30 GMT",
  "2026-11-23T09:31:30Z",
  "Mon, 23 Nov 2026 09:29:59 GMT",
  "31536001",
  "99999999999999999999",
  "9".repeat(400),
  "Fri, 31 Dec 9999 23:59:59 GMT"
])("takes %j for absent: malformed, past or absurd", (value) => {
  assert.isUndefined(read(value))
})

it("is absent where there is no such header", () => {
  assert.isUndefined(retryAfterMillis({ status: 429, headers: {} }, now))
})

it.prop("gives nothing but what a caller can wait for", [Schema.String, Schema.String], ([value, date]) => {
  const millis = read(value, date)
  assert(millis === undefined || (millis >= 0 && millis <= 365 * 24 * 60 * 60 * 1000))
})

it.prop(
  "reads every number of seconds up to a year",
  [Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 31_536_000 }))],
  ([seconds]) => {
    assert.strictEqual(read(String(seconds)), seconds * 1000)
    assert.strictEqual(
      read(new Date(now + seconds * 1000).toUTCString(), new Date(now).toUTCString()),
      seconds * 1000
    )
  }
)

it.prop(
  "never asks to come back earlier than a fraction of seconds says",
  [Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))],
  ([seconds]) => {
    const millis = read(seconds.toFixed(6))
    assert(millis !== undefined && millis >= Number(seconds.toFixed(6)) * 1000 && millis < seconds * 1000 + 2)
  }
)
