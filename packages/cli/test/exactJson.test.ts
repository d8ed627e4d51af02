import { assert, it } from "@effect/vitest"
import { exactJson } from "../src/internal/exactJson.ts"

const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`

it.each(["1", "-12.50", "1e3", "9007199254740991", "0.1", "{\"a\":[1,\"12345678901234567890\"]}", nested(500)])(
  "takes %s",
  (text) => {
    assert.deepStrictEqual(exactJson(text), { value: JSON.parse(text) })
  }
)

it.each(["12345678901234567890", "{\"a\":[{\"n\":9007199254740993}]}", "1e400"])(
  "takes no %s, which it could not keep",
  (text) => {
    assert.deepStrictEqual(exactJson(text), {
      problem: "has a number with more digits than are kept: put it into quotes"
    })
  }
)

it.each([502, 5000, 100_000])("takes no %s brackets inside each other", (levels) => {
  const tooDeep = { problem: "has more than 500 brackets inside each other" }
  assert.deepStrictEqual(exactJson(nested(levels)), tooDeep)
  assert.deepStrictEqual(exactJson(`${"{\"a\":".repeat(levels)}1${"}".repeat(levels)}`), tooDeep)
})

it.each([
  ["{bad", ", at line 1 column 2"],
  ["{\n  \"secret\": \"hunter2\",\n}", ", at line 3 column 1"],
  // The engine does not say where.
  ["{\n  \"secret\": hunter2\n}", ""],
  ["{\"secret\": \"hunter2\"", ", at line 1 column 21"],
  ["[1,", ": it ends too early"],
  ["", ": it ends too early"]
])("says where %j is no JSON, and repeats nothing of it", (text, place) => {
  assert.deepStrictEqual(exactJson(text), { problem: `is no JSON${place}` })
})
