import { assert, describe, it } from "@effect/vitest"
import * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"

const valid: Parameters<typeof Interaction.http>[0] = {
  description: "a request to get a user",
  request: { method: "GET", path: "/users/42" },
  response: { status: 200 }
}

const file = { fileName: "a.png", contentType: "image/png", base64: "iVBORw==" }

const upload = { method: "POST", path: "/files", form: { source: file } } as const

describe("Interaction", () => {
  it("is plain data, which survives JSON", () => {
    const interaction = Interaction.http({
      ...valid,
      states: [{ name: "a user exists", parameters: { name: "Ada" } }],
      response: { status: 200, body: { id: Matcher.string("42") } }
    })
    assert.deepStrictEqual(JSON.parse(JSON.stringify(interaction)), interaction)
  })

  it.each<readonly [string, Partial<typeof valid>, RegExp]>([
    ["a blank description", { description: " " }, /description is blank/],
    ["a blank name of a state", { states: [{ name: "", parameters: {} }] }, /blank name/],
    ["a path without a slash", { request: { method: "GET", path: "users" } }, /start with a slash/],
    ["a query in the path", { request: { method: "GET", path: "/users?a=1" } }, /query or a fragment/],
    ["no name of a header", { request: { method: "GET", path: "/", headers: { "a b": "c" } } }, /"a b" is no name/],
    ["a line break in a header", { response: { status: 200, headers: { A: "b\r\nc: d" } } }, /control character/],
    ["a header twice", { request: { method: "GET", path: "/", headers: { Accept: "a", accept: "b" } } }, /given twice/],
    ["a body beside a form", { request: { ...upload, body: {} } }, /both a body and a form/],
    ["another Content-Type for a form", { request: { ...upload, headers: { "content-type": "a/b" } } }, /is its own/],
    ["a form without parts", { request: { ...upload, form: {} } }, /without parts/],
    ["no name of a part", { request: { ...upload, form: { "a\"": file } } }, /is no name of a part/],
    ["no name of a file", { request: { ...upload, form: { a: { ...file, fileName: "" } } } }, /is no name of a file/],
    ["no type of a file", { request: { ...upload, form: { a: { ...file, contentType: "png" } } } }, /is no type/],
    ["bytes that are no Base64", { request: { ...upload, form: { a: { ...file, base64: "a" } } } }, /is no Base64/],
    ["no status", { response: { status: 99 } }, /99 is no status/],
    ["a fraction of a status", { response: { status: 200.5 } }, /200.5 is no status/],
    ["a body of null", { response: { status: 200, body: null } }, /null for no body/],
    ["half a surrogate pair", { response: { status: 200, body: { a: ["\ud83e"] } } }, /surrogate/],
    [
      "a matcher where Pact cannot point",
      { response: { status: 200, body: { "it's": Matcher.string("a") } } },
      /"it's"/
    ],
    ["a matcher in a place without a name", { response: { status: 200, body: { "": [Matcher.string("a")] } } }, /""/]
  ])("refuses %s, and says what is wrong", (_, change, problem) => {
    assert.throws(() => Interaction.http({ ...valid, ...change }), problem)
  })

  it("refuses with everything that is wrong", () => {
    try {
      Interaction.http({ description: "", request: { method: "GET", path: "x" }, response: { status: 0 } })
      assert.fail("was accepted")
    } catch (error) {
      assert.instanceOf(error, Interaction.InvalidInteraction)
      assert.lengthOf(error.problems, 3)
    }
  })

  it("takes odd keys where nothing has to point at them", () => {
    assert.doesNotThrow(() =>
      Interaction.http({ ...valid, response: { status: 200, body: { "": 1, "it's": "a", "\\": null } } })
    )
  })

  it("refuses a message as it refuses a request", () => {
    assert.throws(() => Interaction.message({ description: "", contents: {} }), Interaction.InvalidInteraction)
  })
})
