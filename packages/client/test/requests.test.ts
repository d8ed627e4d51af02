import { assert, describe, it } from "@effect/vitest"
import type { UserAlreadyExists, UserNotFound } from "@sunco/client/Outcomes"
import { InvalidInput, SunshineError } from "@sunco/client/SunshineError"
import type { Users } from "@sunco/client/Users"
import type { CreateUserWithExternalId } from "@sunco/client/UsersMethods"
import type { CreateUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { ada } from "./Operations.ts"
import * as TestClient from "./TestClient.ts"
import { errors, json } from "./ScriptedTransport.ts"

const created = json(201, { user: ada })
const found = json(200, { user: ada })

/** Method, path below the app, and body of what a call sends. */
const sentBy = (call: (users: Users["Service"]) => Effect.Effect<unknown, unknown>, reply = found) =>
  Effect.gen(function*() {
    const { sent, users } = yield* TestClient.scripted([reply])
    yield* call(users)
    const [request] = sent
    assert(request !== undefined)
    const [, path] = request.url.split(`https://example.zendesk.com/sc/v2/apps/${TestClient.appId}`)
    return [request.method, path, request.body]
  })

describe("a body", () => {
  const nothing = {
    signedUpAt: undefined,
    toBeRetained: undefined,
    profile: undefined,
    metadata: undefined
  }
  const cleared = {
    profile: { givenName: null, surname: null, email: null, avatarUrl: null, locale: null },
    metadata: null
  } satisfies UpdateUser

  it.effect("leaves out what is undefined, at every level", () =>
    Effect.gen(function*() {
      const create = yield* sentBy(
        (users) => users.create({ externalId: undefined, brandId: undefined, ...nothing }),
        created
      )
      assert.strictEqual(create[2], "{}")
      const update = yield* sentBy((users) => users.update("ada", { ...nothing, profile: { givenName: undefined } }))
      assert.strictEqual(update[2], "{\"profile\":{}}")
    }))

  it.effect("has null where null is sent, which clears the field", () =>
    Effect.gen(function*() {
      const create = yield* sentBy((users) => users.create({ brandId: null, ...cleared }), created)
      assert.deepStrictEqual(JSON.parse(String(create[2])), { brandId: null, ...cleared })
      const update = yield* sentBy((users) => users.update("ada", cleared))
      assert.deepStrictEqual(JSON.parse(String(update[2])), cleared)
    }))
})

describe("input that cannot be right", () => {
  /** What is said about it; nothing may have been sent, and nothing of the input is repeated. */
  const refused = (call: (users: Users["Service"]) => Effect.Effect<unknown, unknown>) =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([found])
      const error = yield* Effect.flip(call(users))
      assert.lengthOf(sent, 0)
      assert(error instanceof SunshineError && error.reason._tag === "InvalidInput")
      assert.deepInclude(error, { attempts: 0, applied: "no" })
      assert.isFalse(error.reason.isRetryable)
      return error.reason.message
    })

  const addressed = {
    get: (id) => (users) => users.get(id),
    update: (id) => (users) => users.update(id, {}),
    delete: (id) => (users) => users.delete(id),
    deletePersonalInformation: (id) => (users) => users.deletePersonalInformation(id),
    sync: (id) => (users) => users.sync(id)
  } satisfies Record<string, (id: string) => Parameters<typeof refused>[0]>

  it.effect.each(Object.entries(addressed))(
    "%s refuses an id that no path can carry",
    ([name, call]) =>
      Effect.gen(function*() {
        const parameter = name === "sync" ? "zendeskId" : "id"
        for (const id of ["", ".", "..", "\ud83e", "a\udd8ab"]) {
          assert.match(yield* refused(call(id)), new RegExp(`^${parameter}: expected `))
        }
      })
  )

  it.effect("listByEmail refuses an address that no query can carry", () =>
    Effect.gen(function*() {
      for (const email of ["", "\ud83e"]) {
        assert.match(yield* refused((users) => users.listByEmail(email)), /^email: expected /)
      }
    }))

  it.effect.each(["", "1234567890123456789012345", "\ud83e"])(
    "a brandId of %j is refused",
    (brandId) =>
      Effect.gen(function*() {
        const calls: ReadonlyArray<Parameters<typeof refused>[0]> = [
          (users) => users.get("ada", { brandId }),
          (users) => users.update("ada", {}, { brandId }),
          (users) => users.delete("ada", { brandId }),
          (users) => users.deletePersonalInformation("ada", { brandId }),
          (users) => users.listByEmail("ada@example.com", { brandId }),
          (users) => users.create({ brandId })
        ]
        for (const call of calls) assert.match(yield* refused(call), /^brandId: expected /)
      })
  )

  const payloads: ReadonlyArray<readonly [path: string, payload: CreateUser]> = [
    ["profile.givenName", { profile: { givenName: "" } }],
    ["profile.surname", { profile: { surname: "x".repeat(129) } }],
    ["profile.email", { profile: { email: "ada" } }],
    ["profile.avatarUrl", { profile: { avatarUrl: "picture" } }],
    ["signedUpAt", { signedUpAt: "yesterday" }],
    ["metadata", { metadata: { text: "x".repeat(4097) } }],
    ["metadata.*", { metadata: { size: Infinity } }]
  ]
  it.effect.each(payloads)("names %s", ([path, payload]) =>
    Effect.gen(function*() {
      const created = yield* refused((users) => users.create(payload))
      assert(created.startsWith(`${path}: expected `), created)
      assert.strictEqual(yield* refused((users) => users.update("ada", payload)), created)
      assert.strictEqual(yield* refused((users) => users.upsert({ ...payload, externalId: "ada" })), created)
      assert.strictEqual(yield* refused((users) => users.getOrCreate({ ...payload, externalId: "ada" })), created)
    }))

  it.effect("is told in words that do not repeat it", () =>
    Effect.gen(function*() {
      assert.strictEqual(
        yield* refused((users) => users.update("..", {})),
        "id: expected a path segment other than \".\" and \"..\""
      )
      assert.strictEqual(
        yield* refused((users) => users.update("ada", { profile: { givenName: "" } })),
        "profile.givenName: expected 1 to 128 characters"
      )
    }))

  const hostile: ReadonlyArray<readonly [what: string, message: string, payload: unknown]> = [
    ["null in metadata", "metadata.*: expected text or a number or true or false", {
      metadata: { "ada@example.com": null }
    }],
    ["a nested value", "metadata.*: expected text or a number or true or false", { metadata: { "a\nb": { c: 1 } } }],
    ["ten thousand bad keys", "metadata.*: expected text or a number or true or false", {
      metadata: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`ada${index}@example.com`, null]))
    }],
    ["another type", "profile.givenName: expected text or null", { profile: { givenName: 1 } }],
    ["no object", "the input: expected an object", "ada@example.com"],
    ["nothing", "the input: expected an object", null],
    ["a part that is none", "profile: expected an object", { profile: "ada@example.com" }],
    ["a list", "metadata: expected an object or null", { metadata: ["ada@example.com"] }],
    ["a flag", "toBeRetained: expected true or false", { toBeRetained: "ada@example.com" }],
    [
      "a mistyped field",
      "profile.*: expected no other field than givenName, surname, email, avatarUrl, locale",
      { profile: { "givenname\u001b[31m": "ada@example.com" } }
    ],
    [
      "a field that is nearly one",
      "profile.*: expected no other field than givenName, surname, email, avatarUrl, locale: did you mean givenName?",
      { profile: { givnName: "ada@example.com" } }
    ],
    ["a bigint", "metadata.*: expected text or a number or true or false", { metadata: { a: 1n } }],
    ["a getter that throws", "the input: expected values that can be read", {
      get profile(): never {
        throw new Error("ada@example.com")
      }
    }],
    ["a proxy that throws", "the input: expected values that can be read", {
      metadata: new Proxy({}, {
        ownKeys: () => {
          throw new Error("ada@example.com")
        }
      })
    }],
    [
      "a revoked proxy",
      "the input: expected values that can be read",
      (() => {
        const { proxy, revoke } = Proxy.revocable({}, {})
        revoke()
        return proxy
      })()
    ],
    [
      "a circle",
      "metadata.*: expected text or a number or true or false",
      (() => {
        const metadata: Record<string, unknown> = {}
        metadata["self"] = metadata
        return { metadata }
      })()
    ]
  ]

  it.effect.each(hostile)(
    "is no defect, and its own words are in no message: %s",
    ([, message, payload]) =>
      Effect.gen(function*() {
        // What JavaScript may pass.
        const anything = payload as UpdateUser
        assert.strictEqual(yield* refused((users) => users.update("ada", anything)), message)
        for (
          const call of [
            (users: Users["Service"]) => users.create(anything),
            (users: Users["Service"]) => users.sync("1", payload === null ? "" as {} : anything as {}),
            (users: Users["Service"]) => users.getOrCreate(anything as CreateUserWithExternalId),
            (users: Users["Service"]) => users.upsert(anything as CreateUserWithExternalId)
          ]
        ) {
          const told = yield* refused(call)
          assert.notMatch(told, /ada\d*@|\p{Cc}/u)
          assert.isBelow(told.length, 1000)
        }
      })
  )

  it.effect("that is no text is no defect where an id or an address belongs", () =>
    Effect.gen(function*() {
      for (const value of [undefined, null, 1, 1n, Symbol("ada"), {}, [], () => "ada"]) {
        const id = value as unknown as string
        assert.strictEqual(yield* refused((users) => users.get(id)), "id: expected text")
        assert.strictEqual(yield* refused((users) => users.listByEmail(id)), "email: expected text")
        if (value !== undefined) {
          assert.strictEqual(yield* refused((users) => users.get("ada", { brandId: id })), "brandId: expected text")
        }
      }
    }))

  it.effect("is told by few of its issues", () =>
    Effect.sync(() => {
      const issues = Array.from({ length: 13 }, (_, index) => ({ path: [index], expected: "text" }))
      assert.match(new InvalidInput({ issues }).message, /^0: expected text; 1: .*; 9: expected text; and 3 more$/)
    }))

  it.effect("is told all at once", () =>
    Effect.gen(function*() {
      const message = yield* refused((users) =>
        users.create({ externalId: "", signedUpAt: "now", profile: { givenName: "" } })
      )
      assert.deepStrictEqual(message.split("; ").map((issue) => issue.split(":")[0]), [
        "externalId",
        "signedUpAt",
        "profile.givenName"
      ])
    }))
})

describe("metadata", () => {
  const metadata = { text: "x".repeat(5000) }

  it.effect("of any size is sent where the limit is switched off", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([created, found], { metadataLimit: false })
      yield* users.create({ metadata })
      yield* users.update("ada", { metadata })
      assert.deepStrictEqual(sent.map(({ body }) => body), [JSON.stringify({ metadata }), JSON.stringify({ metadata })])
    }))

  it.effect("of up to 4096 bytes is sent in any case", () =>
    Effect.gen(function*() {
      const exact = { text: "x".repeat(4096 - "{\"text\":\"\"}".length) }
      assert.strictEqual((yield* sentBy((users) => users.create({ metadata: exact }), created))[0], "POST")
    }))

  it.effect("is checked for the rest also where the limit is switched off", () =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([created], { metadataLimit: false })
      yield* Effect.flip(users.create({ metadata: { size: NaN } }))
      assert.lengthOf(sent, 0)
    }))
})

describe("what JSON would lose", () => {
  const form = new FormData()
  form.append("externalId", "ada")

  const objects: ReadonlyArray<readonly [what: string, value: unknown]> = [
    ["a Map", new Map([["externalId", "ada"]])],
    ["a FormData", form],
    ["a URLSearchParams", new URLSearchParams("externalId=ada")],
    ["a Date", new Date(0)],
    ["an Error", new Error()],
    ["a promise", Promise.resolve({ externalId: "ada" })],
    ["an object that is a Map's heir", new (class extends Map {})()]
  ]

  it.effect.each(objects)("is refused and not sent as {}: %s", ([, value]) =>
    Effect.gen(function*() {
      const { sent, users } = yield* TestClient.scripted([json(201, { user: ada })])
      for (const payload of [value, { profile: value }, { metadata: value }]) {
        // Types do not hold in JavaScript.
        const calls: ReadonlyArray<Effect.Effect<unknown, SunshineError | UserAlreadyExists | UserNotFound>> = [
          users.create(payload as never),
          users.update("ada", payload as never)
        ]
        for (const call of calls) {
          const error = yield* Effect.flip(call)
          assert(error._tag === "SunshineError" && error.reason._tag === "InvalidInput")
          assert.match(error.reason.message, /expected a plain object$/)
        }
      }
      assert.isEmpty(sent)
    }))
})

describe("a payload that says something else when it is read again", () => {
  it.effect.each([1, 2, 3])(
    "is what was sent, or InvalidInput: it throws after %d readings",
    (readings) =>
      Effect.gen(function*() {
        const { users } = yield* TestClient.scripted([errors(409, "conflict")])
        let read = 0
        const payload = {
          get externalId(): string {
            if (read++ >= readings) throw new Error("Zs")
            return "ada"
          }
        }
        const calls: ReadonlyArray<Effect.Effect<unknown, unknown>> = [
          users.create(payload),
          users.getOrCreate(payload),
          users.upsert(payload)
        ]
        for (const call of calls) {
          read = 0
          const exit = yield* Effect.exit(call)
          assert(Exit.isFailure(exit))
          assert.isFalse(Cause.hasDies(exit.cause))
        }
      })
  )
})

describe("a request of which JavaScript says too little or too much", () => {
  const fine = { operation: "Conversations.get", method: "GET", path: ["v2"] }

  it.effect.each<readonly [what: string, request: unknown, expected: RegExp]>([
    ["nothing", undefined, /expected an object/],
    ["null", null, /expected an object/],
    ["no operation", { method: "GET", path: ["v2"] }, /^operation: expected set/],
    ["an operation that is none", { ...fine, operation: 5 }, /^operation: expected text/],
    ["a method that is none", { ...fine, method: "HEAD" }, /^method: expected "GET"/],
    ["a path that is text", { ...fine, path: "v2" }, /^path: expected an array of texts/],
    ["a query of another kind", { ...fine, query: new URLSearchParams("a=b") }, /^query: expected an object of texts/],
    ["a query with an object", { ...fine, query: { a: { b: 1 } } }, /^query: expected an object of texts/],
    ["a query with a list", { ...fine, query: { a: ["x"] } }, /^query: expected an object of texts/],
    ["a flag that is none", { ...fine, repeatable: "no" }, /^repeatable: expected true or false/],
    ["what no request has", { ...fine, headers: {} }, /^headers: expected no such option/],
    ["a Buffer", { ...fine, method: "POST", body: Buffer.from("a") }, /^body: expected plain objects/]
  ])("is InvalidInput, and nothing is sent: %s", ([, request, expected]) =>
    Effect.gen(function*() {
      const { sent, sunshine } = yield* TestClient.scripted([json(200, {})])
      const error = yield* Effect.flip(sunshine.request(request as never))
      assert.strictEqual(error.reason._tag, "InvalidInput")
      assert.match(error.reason.message, expected)
      assert.isEmpty(sent)
    }))
})
