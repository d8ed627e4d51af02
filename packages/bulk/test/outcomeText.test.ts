import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { outcomesInCsv, outcomesInNdjson } from "../src/internal/outcomeText.ts"
import { Outcome } from "../src/Outcome.ts"

const Outcomes = Schema.Array(Outcome).check(Schema.isMaxLength(5))

const columns = ["line", "outcome", "reason", "field", "message", "applied", "attempts", "key"] as const

describe("outcomes as text", () => {
  it.effect.prop("are the same when NDJSON is read again", [Outcomes], ([outcomes]) =>
    Effect.gen(function*() {
      const text = yield* Stream.mkString(outcomesInNdjson(Stream.fromIterable(outcomes)))
      assert.deepStrictEqual(
        text.split("\n").slice(0, -1).map((line): unknown => JSON.parse(line)),
        JSON.parse(JSON.stringify(outcomes))
      )
    }))

  it.effect.prop("have every cell in its column when CSV is read again, and none that is a formula", [Outcomes], ([
    outcomes
  ]) =>
    Effect.gen(function*() {
      const text = yield* Stream.mkString(outcomesInCsv(Stream.fromIterable(outcomes)))
      const [header, ...records] = parse(text)
      assert.deepStrictEqual<unknown>(header, columns)
      const cells = outcomes.map((outcome) => columns.map((column) => String(outcome[column] ?? "").toWellFormed()))
      assert.deepStrictEqual(
        records.map((record) => record.map((cell) => cell.replace(/^'/u, ""))),
        cells.map((cells) => cells.map((cell) => cell.replace(/^'/u, "")))
      )
      for (const [line, , ...texts] of records) {
        assert.match(line ?? "", /^-?\d+$/u)
        for (const text of texts) assert.notMatch(text, /^\s*[=+@]/u)
      }
    }))

  it.effect.each(["=1+1", "+49 170 1234567", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])(
    "writes %j as text",
    (key) =>
      Effect.gen(function*() {
        const outcome: Outcome = { line: 7, outcome: "exists", applied: "no", attempts: 2, key }
        const text = yield* Stream.mkString(outcomesInCsv(Stream.make(outcome)))
        const cell = key.includes("\r") ? `"'${key}"` : `'${key}`
        assert.strictEqual(text, `${columns.join(",")}\r\n7,exists,,,,no,2,${cell}\r\n`)
      })
  )
})
