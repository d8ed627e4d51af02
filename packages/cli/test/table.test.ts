import { assert, describe, it } from "@effect/vitest"
import { displayWidth } from "effect/cli/CliOutput"
import * as Schema from "effect/Schema"
import { fieldsOf } from "../src/Fields.ts"
import { aligned, broken, tabSeparated } from "../src/Table.ts"
import { escaped, escapedJson } from "../src/Text.ts"

const hostile = "\x1b[2J\x9b1m\u202eevil\u2029\r\n\tend\x7f"

describe("text of others", () => {
  it("has nothing that drives a terminal, and stays a line", () => {
    assert.strictEqual(escaped(hostile), "\\x1b[2J\\x9b1m\\u202eevil\\u2029\\r\\n\\tend\\x7f")
    assert.strictEqual(escaped("Zoë 王 👩‍👩‍👧 €"), "Zoë 王 👩‍👩‍👧 €")
  })

  it.prop("is the same JSON afterwards, without a control character", [Schema.Json], ([value]) => {
    const json = escapedJson(JSON.stringify({ value, hostile }))
    assert.deepStrictEqual(JSON.parse(json), JSON.parse(JSON.stringify({ value, hostile })))
    assert.notMatch(json, /\p{Cc}|[\u2028-\u202e\u2066-\u2069]/u)
  })

  it("keeps the lines of JSON that is indented", () => {
    assert.strictEqual(escapedJson(JSON.stringify({ a: "\x9b" }, undefined, 2)), "{\n  \"a\": \"\\u009b\"\n}")
  })
})

describe("a table", () => {
  const columns = [{ name: "id" }, { name: "name", cut: true }, { name: "address", cut: true }]
  const rows = [
    ["5f4025", "Ada Lovelace, who has a long name", "ada@a-long-name-of-a-host.example"],
    ["5f4026", "王小明王小明王小明王小明", ""]
  ]
  const plain = { dim: (text: string) => text }

  it("has tabs and no head for scripts, and what is in a cell parts none", () => {
    assert.strictEqual(tabSeparated([["a\tb", "c\nd"], ["", "e"]]), "a\\tb\tc\\nd\n\te\n")
    assert.strictEqual(tabSeparated([]), "")
  })

  it("is aligned for people", () => {
    assert.strictEqual(
      aligned(columns, [["1", "Ada", "a@b"], ["22", "Grace", ""]], { ...plain, width: 80 }),
      "id  name   address\n1   Ada    a@b\n22  Grace\n"
    )
  })

  it("cuts what may be cut where the terminal is narrow, and nothing else", () => {
    const text = aligned(columns, rows, { ...plain, width: 40 })
    assert.strictEqual(
      text,
      "id      name             address\n5f4025  Ada Lovelace, …  ada@a-long-nam…\n5f4026  王小明王小明王…\n"
    )
    for (const line of text.trimEnd().split("\n")) assert.isAtMost(displayWidth(line), 40)
    const narrow = aligned(columns, rows, { ...plain, width: 10 })
    assert.include(narrow, "5f4025  Ada Lov…  ada@a-l…\n")
  })
})

it("text is broken between words, as late as the width allows, and nothing of it is lost", () => {
  const text = "see the base URL https://a-long-name.example 王小明 王小明"
  assert.strictEqual(broken(text, 13), "see the base\nURL\nhttps://a-long-name.example\n王小明 王小明")
  assert.strictEqual(broken(text, 80), text)
})

it("fields have their path, whoever named them, and what is empty is left out", () => {
  assert.deepStrictEqual(
    fieldsOf({ id: "1", profile: { givenName: "Ada", surname: null }, list: [{ a: 1 }, "b"], none: [], no: false }),
    [["id", "1"], ["profile.givenName", "Ada"], ["list.0.a", "1"], ["list.1", "b"], ["no", "false"]]
  )
})
