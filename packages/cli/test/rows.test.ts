import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import { repeated } from "../src/RepeatedRequest.ts"
import { find, rows } from "../src/Rows.ts"
import { hidden, revealed } from "../src/Secrets.ts"

describe("the operation of a request", () => {
  it("is found for each of them, by what stands in its path", () => {
    const missed = rows.filter(({ name, operation }) => {
      const path = operation.path.slice(1).split("/").map((segment) => segment.startsWith(":") ? "x" : segment)
      return find(operation.method, path)?.name !== name
    })
    assert.deepStrictEqual(missed, [])
    assert.isAbove(rows.length, 60)
  })

  it("is none where the API has no such path", () => {
    assert.isUndefined(find("GET", ["v2", "apps", "x", "nothing"]))
    assert.isUndefined(find("PUT", ["v2", "apps", "x", "users"]))
  })
})

describe("a request that is sent again", () => {
  const safe = (sent: { readonly [field: string]: unknown }) =>
    rows.filter((row) => row.operation.method !== "GET" && repeated(row, sent).isSafe).map(({ name }) => name)

  it("is one whose row says so", () => {
    assert.deepStrictEqual(safe({}).filter((name) => name.startsWith("Users.")), [
      "Users.update",
      "Users.delete",
      "Users.deletePersonalInformation"
    ])
    assert.deepStrictEqual(safe({ externalId: "ada" }).filter((name) => !safe({}).includes(name)), ["Users.create"])
    // What control is passed to depends on who has it by then.
    assert.deepStrictEqual(safe({}).filter((name) => !safe({ switchboardIntegration: "next" }).includes(name)), [
      "SwitchboardActions.passControl",
      "SwitchboardActions.offerControl"
    ])
  })

  it("is each that only reads", () => {
    assert.deepStrictEqual(rows.filter((row) => row.operation.method === "GET" && !repeated(row, {}).isSafe), [])
  })
})

describe("secrets of an answer", () => {
  it("are hidden by their names, at any depth, and nothing else is", () => {
    const answer = { key: { id: "app_1", secret: "s" }, list: [{ accessToken: "t", token: null }], secretary: "Ada" }
    assert.strictEqual(
      JSON.stringify(hidden(answer)),
      "{\"key\":{\"id\":\"app_1\",\"secret\":\"<redacted>\"},\"list\":[{\"accessToken\":\"<redacted>\",\"token\":null}],\"secretary\":\"Ada\"}"
    )
  })

  it("are shown where they are asked for", () => {
    const answer = { a: [Redacted.make("s")], b: { c: Redacted.make({ d: 1 }) }, e: null }
    assert.deepStrictEqual(revealed(answer), { a: ["s"], b: { c: { d: 1 } }, e: null })
  })
})
