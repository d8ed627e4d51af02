import { assert, describe, it } from "@effect/vitest"
import * as PactFile from "effect-pact/PactFile"
import * as Effect from "effect/Effect"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { temporaryDirectory } from "./Fixtures.ts"

const parties = { consumer: { name: "web" }, provider: { name: "users" } }

/** What is read of a file with this content, beside its parties. */
const read = Effect.fnUntraced(function*(content: object, before = "") {
  const file = join(yield* temporaryDirectory, "pact.json")
  writeFileSync(file, before + JSON.stringify({ ...parties, ...content }))
  const [located] = yield* PactFile.read([file])
  assert.isDefined(located)
  const { consumer, provider, ...rest } = located.pact
  assert.deepStrictEqual({ consumer, provider }, parties)
  return rest
})

const version = (version: string) => ({ metadata: { pactSpecification: { version } } })

const http = {
  type: "Synchronous/HTTP",
  key: "8a3f",
  pending: null,
  comments: null,
  description: "a request to get a user",
  providerStates: [{ name: "a user exists", params: null }, { name: "it is late", params: { hour: null } }],
  request: { method: "GET", path: "/users/42", query: null, headers: null },
  response: { status: 200, body: null },
  interactionMarkup: { markup: "", markupType: "COMMON_MARK" },
  pluginConfiguration: { protobuf: { descriptorKey: "1" } }
}
const httpRead = {
  type: "Synchronous/HTTP",
  description: "a request to get a user",
  providerStates: [{ name: "a user exists" }, { name: "it is late", params: { hour: null } }],
  request: { method: "GET", path: "/users/42" },
  response: { status: 200 }
} as const

const contents = { contentType: "application/json", encoded: false, content: { id: 1 } }

describe("PactFile.read", () => {
  it.effect("reads every type of interaction of version 4, whoever wrote it", () =>
    Effect.gen(function*() {
      const asynchronous = { type: "Asynchronous/Messages", description: "a user was deleted" } as const
      const synchronous = { type: "Synchronous/Messages", description: "a question and its answers" } as const
      const pact = yield* read({
        interactions: [
          http,
          { ...asynchronous, contents, metadata: null, providerStates: null },
          { ...synchronous, request: { contents }, response: [{ contents }, { contents }], transport: "grpc" },
          { ...http, providerStates: undefined, request: null, response: null }
        ],
        ...version("4.0"),
        messages: null
      })
      assert.deepStrictEqual(pact, {
        interactions: [
          httpRead,
          asynchronous,
          synchronous,
          { type: "Synchronous/HTTP", description: http.description }
        ],
        messages: [],
        leftOut: []
      })
    }))

  it.effect("says which interactions it leaves out, and reads the others", () =>
    Effect.gen(function*() {
      const strange = { type: "Streaming/Events", description: "events", request: [1], providerStates: 7 }
      const pact = yield* read({ interactions: [strange, http, { type: "Other" }], ...version("4.0") })
      assert.deepStrictEqual(pact, {
        interactions: [httpRead],
        messages: [],
        leftOut: [
          { path: "$.interactions[0]", type: "Streaming/Events", description: "events" },
          { path: "$.interactions[2]", type: "Other" }
        ]
      })
    }))

  it.effect("reads versions 1 to 3", () =>
    Effect.gen(function*() {
      const { description, request, response } = http
      const plain = {
        type: "Synchronous/HTTP",
        description,
        request: httpRead.request,
        response: httpRead.response
      } as const
      const state = { providerStates: [{ name: "a user exists" }] }
      for (const key of ["providerState", "provider_state"]) {
        const old = { description, request, response, [key]: "a user exists" }
        assert.deepStrictEqual((yield* read({ interactions: [old] })).interactions, [{ ...plain, ...state }])
      }
      const none = { description, request, response, providerState: null }
      assert.deepStrictEqual((yield* read({ interactions: [none] })).interactions, [plain])
      const message = { description: "a user was deleted", contents: { id: 1 }, metaData: {}, ...state }
      assert.deepStrictEqual((yield* read({ messages: [message], ...version("3.0.0") })).messages, [
        { type: "Asynchronous/Messages", description: "a user was deleted", ...state }
      ])
    }))

  it.effect("reads a file with a byte order mark", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual((yield* read({ interactions: [http] }, "\ufeff")).interactions, [httpRead])
    }))

  it.effect("fails for what is no pact, with the place", () =>
    Effect.gen(function*() {
      const problem = (content: object) =>
        Effect.map(Effect.flip(read(content)), (error) => (error as PactFile.InvalidPact).problem)
      assert.include(yield* problem({ interactions: {} }), "[\"interactions\"]")
      assert.include(yield* problem({ interactions: [7] }), "[\"interactions\"][0]")
      assert.include(yield* problem({ interactions: [{ ...http, response: { status: "x" } }] }), "[\"status\"]")
      assert.include(yield* problem({ provider: null }), "[\"provider\"]")
    }))
})

describe("PactFile.fileName", () => {
  it("is one name in one directory, another for other names", () => {
    const odd = ["@acme/web", "@acme%2Fweb", "a\\b", "a:b", "a*", "a?", "[a]", "{a}", "..", "../a", "/a", "a b", "ü"]
    const files = odd.map((consumer) => PactFile.fileName({ consumer, provider: "users" }))
    for (const file of files) assert.notMatch(file, /[/\\:*?[\]{}]/)
    assert.lengthOf([...new Set(files)], odd.length)
    assert.strictEqual(PactFile.fileName({ consumer: "web", provider: "users" }), "web-users.json")
  })
})
