import { assert, layer } from "@effect/vitest"
import { UserIdOrExternalId } from "@sunco/schemas/Ids"
import { CreateUser, UpdateUser } from "@sunco/schemas/UserPayloads"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as RecordingServer from "./RecordingServer.ts"
import * as UsersClients from "./UsersClients.ts"

type Send = (client: UsersClients.UsersClient) => Effect.Effect<unknown, unknown>

class Wire extends Context.Service<Wire, RecordingServer.RecordingServer>()("vendorClient/Wire") {
  static readonly layer = Layer.effect(Wire, RecordingServer.make())
}

const appId = "5d8cff3cd55b040010928b5b"

/** The requests that a client sends for an input, or the name of the error with which it sends none. */
const outcome = Effect.fnUntraced(function*(client: UsersClients.UsersClient, send: Send) {
  const wire = yield* Wire
  const failure = yield* Effect.match(send(client), { onFailure: nameOf, onSuccess: () => "nothing" })
  const requests = wire.take()
  return requests.length > 0 ? requests : failure
})

const nameOf = (error: unknown): string => {
  const { name, reason } = error as { readonly name: string; readonly reason?: { readonly _tag: string } }
  return reason?._tag ?? name
}

const outcomes = Effect.fnUntraced(function*(send: Send, changes?: Partial<UsersClients.App>) {
  const app = {
    url: (yield* Wire).url,
    appId,
    keyId: "app_5d8cff3cd55b040010928b5b",
    keySecret: Redacted.make("a secret beyond ASCII: ß𝄞"),
    ...changes
  }
  return {
    vendor: yield* outcome(UsersClients.vendor(app), send),
    vendorModels: yield* outcome(UsersClients.vendorModels(app), send),
    sunco: yield* outcome(yield* UsersClients.sunco(app), send)
  }
})

const payloads: Readonly<Record<string, object>> = {
  "nothing": {},
  "one field": { metadata: { plan: "pro" } },
  "every field": {
    signedUpAt: "2026-11-23T09:30:00.000Z",
    profile: {
      givenName: "Ada",
      surname: "Lovelace",
      email: "ada@example.com",
      avatarUrl: "https://example.com/ada.png?size=2&round#1",
      locale: "en-GB"
    },
    metadata: { plan: "pro", seats: 3, trial: false }
  },
  "empty objects": { profile: {}, metadata: {} },
  "nulls": {
    profile: { givenName: null, surname: null, email: null, avatarUrl: null, locale: null },
    metadata: null
  },
  "undefined beside values": {
    signedUpAt: undefined,
    profile: { givenName: undefined, surname: "Lovelace", email: null },
    metadata: undefined
  },
  "undefined inside what is otherwise empty": { profile: { givenName: undefined } },
  "Unicode": {
    profile: { givenName: "Zoë 李", surname: "👩‍👩‍👧 \u{1d11e}", locale: "zh-Hant-TW" },
    metadata: { "ключ": "значение", "": "no name" }
  },
  "what JSON escapes": {
    profile: { givenName: "\"\\/\b\f\n\r\t\u0000\u2028\u2029", surname: "\ud800 alone" },
    metadata: { "a\"b\\c\n": "</script>" }
  },
  "numbers": { metadata: { zero: 0, negative: -1.5, tiny: 5e-324, huge: 1.7976931348623157e308, more: 2 ** 53 } },
  "names that objects have anyway": {
    metadata: { ["__proto__"]: "a", constructor: "b", toString: "c", hasOwnProperty: "d", length: 2 }
  },
  "names that look like numbers": { metadata: { 2: "two", 1: "one", "01": "zero one" } },
  "as much as fits": { metadata: { text: "é".repeat((4096 - "{\"text\":\"\"}".length) / 2) } }
}

const ids: ReadonlyArray<string> = [
  "ada",
  "7494535bff5cef41a15be74d",
  "ada@example.com",
  "ada+tag@example.com",
  "a/b//c",
  "a\\b",
  "/",
  "?query=1",
  "#fragment",
  "a b",
  " ",
  "100%",
  "%2F",
  "%2e%2e",
  "...",
  "..a",
  "a;b=c,d:e&f=g",
  "!*()~-_.",
  "\"<>^`{|}[]",
  "{appId}",
  ":appId",
  "\t\n\u0000",
  "ünïcödé",
  "日本語",
  "👩‍👩‍👧",
  "\u{10ffff}",
  "__proto__",
  "null",
  "0",
  "x".repeat(1024)
]

const addressed = {
  get: (id: string): Send => (client) => client.get(id),
  update: (id: string): Send => (client) => client.update(id, { profile: { givenName: "Ada" } }),
  delete: (id: string): Send => (client) => client.delete(id),
  deletePersonalInformation: (id: string): Send => (client) => client.deletePersonalInformation(id)
}

const assertSame = Effect.fnUntraced(function*(send: Send, changes?: Partial<UsersClients.App>) {
  const { sunco, vendor, vendorModels } = yield* outcomes(send, changes)
  assert.lengthOf(vendor, 1)
  assert.isArray(vendor)
  assert.deepStrictEqual(vendorModels, vendor)
  assert.deepStrictEqual(sunco, vendor)
})

layer(Wire.layer)("the same request as the vendor's client", (it) => {
  for (const [name, payload] of Object.entries(payloads)) {
    it.effect(`create: ${name}`, () => assertSame((client) => client.create({ externalId: "ada", ...payload })))
    it.effect(`create without an externalId: ${name}`, () => assertSame((client) => client.create(payload)))
    it.effect(`update: ${name}`, () => assertSame((client) => client.update("ada", payload)))
  }

  for (const externalId of [...ids, ".", "..", "'", "[object Object]", "\ud800", "𝄞".repeat(1024)]) {
    it.effect(`create: the externalId ${JSON.stringify(externalId.slice(0, 40))}`, () =>
      assertSame((client) => client.create({ externalId })))
  }

  for (const [operation, send] of Object.entries(addressed)) {
    for (const id of ids) {
      it.effect(`${operation}: ${JSON.stringify(id.slice(0, 40))}`, () => assertSame(send(id)))
    }
  }

  it.effect("below a path", () =>
    Effect.gen(function*() {
      const { url } = yield* Wire
      yield* assertSame((client) => client.get("ada"), { url: `${url}/sc` })
    }))

  it.effect("for an app with an odd id", () => assertSame((client) => client.get("ada"), { appId: "a/b%?#" }))

  it.effect.prop(
    "whatever the id",
    [Schema.Literals(["get", "update", "delete", "deletePersonalInformation"]), UserIdOrExternalId],
    // An apostrophe is among the differences.
    ([operation, id]) => assertSame(addressed[operation](`${id.replaceAll("'", "")}-`))
  )

  // Its models lose what is newer than they are, see the differences.
  it.effect.prop("whatever a create may carry", [CreateUser], ([payload]) =>
    Effect.gen(function*() {
      const { sunco, vendor } = yield* outcomes((client) => client.create(payload))
      assert.deepStrictEqual(sunco, vendor)
    }))

  it.effect.prop("whatever an update may carry", [UpdateUser], ([patch]) =>
    Effect.gen(function*() {
      const { sunco, vendor } = yield* outcomes((client) => client.update("ada", patch))
      assert.deepStrictEqual(sunco, vendor)
    }))
})

const tooMuch = { text: "x".repeat(4096) }

/** Requests as `METHOD path body`, the path below the app's where it is there. */
const differences: ReadonlyArray<{
  readonly what: string
  /** What is wrong with the vendor's, or why the difference does no harm. */
  readonly why: string
  readonly send: Send
  readonly vendor: string
  /** Where its models make another request of the input than a plain object does. */
  readonly vendorModels?: string
  readonly sunco: string
}> = [
  {
    what: "get of the empty id",
    why: "it is the path of the list",
    send: (client) => client.get(""),
    vendor: "GET /users/",
    sunco: "InvalidInput"
  },
  {
    what: "delete of the empty id",
    why: "it addresses all users",
    send: (client) => client.delete(""),
    vendor: "DELETE /users/",
    sunco: "InvalidInput"
  },
  {
    what: "get of the id .",
    why: "whoever normalises the path on its way makes the list of it",
    send: (client) => client.get("."),
    vendor: "GET /users/.",
    sunco: "InvalidInput"
  },
  {
    what: "delete of the id ..",
    why: "whoever normalises the path on its way deletes the app",
    send: (client) => client.delete(".."),
    vendor: "DELETE /users/..",
    sunco: "InvalidInput"
  },
  {
    what: "deletePersonalInformation of the id ..",
    why: "it addresses no user",
    send: (client) => client.deletePersonalInformation(".."),
    vendor: "DELETE /users/../personalinformation",
    sunco: "InvalidInput"
  },
  {
    what: "get of an id with a lone surrogate",
    why: "it is thrown before there is a promise to reject",
    send: (client) => client.get("\ud800"),
    vendor: "URIError",
    sunco: "InvalidInput"
  },
  {
    what: "get of the id [object Object]",
    why: "it asks for another user: taken for an object, the text gets quotation marks",
    send: (client) => client.get("[object Object]"),
    vendor: "GET /users/%22%5Bobject%20Object%5D%22",
    sunco: "GET /users/%5Bobject%20Object%5D"
  },
  {
    what: "get of an id that is no text",
    why: "it asks for a user whom nobody meant",
    send: (client) => client.get({ id: "ada" }),
    vendor: "GET /users/%7B%22id%22%3A%22ada%22%7D",
    sunco: "InvalidInput"
  },
  {
    what: "get of a number",
    why: "above 2 ** 53 it is another number than was meant, and the API's ids are text",
    send: (client) => client.get(2 ** 53 + 1),
    vendor: "GET /users/9007199254740992",
    sunco: "InvalidInput"
  },
  {
    what: "get of no id",
    why: "it is thrown before there is a promise to reject",
    send: (client) => client.get(undefined),
    vendor: "Error",
    sunco: "InvalidInput"
  },
  {
    what: "get of an id with an apostrophe",
    why: "none: a path may have it either way, and both say the same id (RFC 3986, 3.3)",
    send: (client) => client.get("d'Arc"),
    vendor: "GET /users/d%27Arc",
    sunco: "GET /users/d'Arc"
  },
  {
    what: "a create with fields that are newer than the vendor's models",
    why: "the models drop what they do not know",
    send: (client) => client.create({ externalId: "ada", brandId: "9477922990333", toBeRetained: true }),
    vendor: `POST /users {"externalId":"ada","brandId":"9477922990333","toBeRetained":true}`,
    vendorModels: `POST /users {"externalId":"ada"}`,
    sunco: `POST /users {"externalId":"ada","brandId":"9477922990333","toBeRetained":true}`
  },
  {
    what: "an update with a field that is newer than the vendor's models",
    why: "the models drop what they do not know, and nothing is left",
    send: (client) => client.update("ada", { toBeRetained: true }),
    vendor: `PATCH /users/ada {"toBeRetained":true}`,
    vendorModels: "PATCH /users/ada {}",
    sunco: `PATCH /users/ada {"toBeRetained":true}`
  },
  {
    what: "a create with a mistyped name",
    why: "it makes a user without an externalId",
    send: (client) => client.create({ extenalId: "ada" }),
    vendor: `POST /users {"extenalId":"ada"}`,
    vendorModels: "POST /users {}",
    sunco: "InvalidInput"
  },
  {
    what: "an update with a mistyped name in the profile",
    why: "it changes nothing",
    send: (client) => client.update("ada", { profile: { firstName: "Ada" } }),
    vendor: `PATCH /users/ada {"profile":{"firstName":"Ada"}}`,
    vendorModels: `PATCH /users/ada {"profile":{}}`,
    sunco: "InvalidInput"
  },
  {
    what: "an update of externalId, which no update can change",
    why: "it changes nothing, or is refused: the document does not have it",
    send: (client) => client.update("ada", { externalId: "eve" }),
    vendor: `PATCH /users/ada {"externalId":"eve"}`,
    vendorModels: "PATCH /users/ada {}",
    sunco: "InvalidInput"
  },
  {
    what: "a create without a payload",
    why: "it is thrown before there is a promise to reject",
    send: (client) => client.create(undefined),
    vendor: "Error",
    sunco: "InvalidInput"
  },
  {
    what: "a create of a text",
    why: "it is no JSON",
    send: (client) => client.create("ada"),
    vendor: `POST /users {"notJson":"ada"}`,
    vendorModels: "POST /users {}",
    sunco: "InvalidInput"
  },
  {
    what: "the empty externalId",
    why: "it has 1 to 1024 characters",
    send: (client) => client.create({ externalId: "" }),
    vendor: `POST /users {"externalId":""}`,
    sunco: "InvalidInput"
  },
  {
    what: "an empty name",
    why: "it has 1 to 128 characters; null clears it",
    send: (client) => client.update("ada", { profile: { surname: "" } }),
    vendor: `PATCH /users/ada {"profile":{"surname":""}}`,
    sunco: "InvalidInput"
  },
  {
    what: "a profile that is null",
    why: "only its fields can be",
    send: (client) => client.update("ada", { profile: null }),
    vendor: `PATCH /users/ada {"profile":null}`,
    sunco: "InvalidInput"
  },
  {
    what: "a Date",
    why: "signedUpAt is text, and its models make of a Date what is no ISO 8601",
    send: (client) => client.update("ada", { signedUpAt: new Date(0) }),
    vendor: `PATCH /users/ada {"signedUpAt":"1970-01-01T00:00:00.000Z"}`,
    vendorModels: `PATCH /users/ada {"signedUpAt":${JSON.stringify(String(new Date(0)))}}`,
    sunco: "InvalidInput"
  },
  {
    what: "metadata that is not a number",
    why: "JSON makes null of it, which is not what was meant",
    send: (client) => client.update("ada", { metadata: { seats: Number.NaN } }),
    vendor: `PATCH /users/ada {"metadata":{"seats":null}}`,
    sunco: "InvalidInput"
  },
  {
    what: "metadata that JSON cannot say",
    why: "what it sends is a message of a library of its own",
    send: (client) => client.update("ada", { metadata: { seats: 3n } }),
    vendor: `PATCH /users/ada "[unable to serialize, circular reference is too complex to analyze]"`,
    sunco: "InvalidInput"
  },
  {
    what: "metadata that is not flat",
    why: "its values are strings, numbers and booleans",
    send: (client) => client.update("ada", { metadata: { address: { city: "London" } } }),
    vendor: `PATCH /users/ada {"metadata":{"address":{"city":"London"}}}`,
    sunco: "InvalidInput"
  },
  {
    what: "metadata above 4096 bytes",
    why: "it has at most 4 kB; `metadataLimit: false` sends it",
    send: (client) => client.update("ada", { metadata: tooMuch }),
    vendor: `PATCH /users/ada ${JSON.stringify({ metadata: tooMuch })}`,
    sunco: "InvalidInput"
  }
]

layer(Wire.layer)("another request than the vendor's client", (it) => {
  const lines = (outcome: ReadonlyArray<RecordingServer.RecordedRequest> | string): string =>
    typeof outcome === "string" ? outcome : outcome.map(line).join("\n")

  const line = ({ body, method, path }: RecordingServer.RecordedRequest): string =>
    [method, path.replace(`/v2/apps/${appId}`, ""), ...(body === undefined ? [] : [JSON.stringify(body)])].join(" ")

  for (const { send, sunco, vendor, vendorModels = vendor, what, why } of differences) {
    it.effect(`${what}: ${why}`, () =>
      Effect.gen(function*() {
        const outcome = yield* outcomes(send)
        assert.deepStrictEqual(
          { vendor: lines(outcome.vendor), vendorModels: lines(outcome.vendorModels), sunco: lines(outcome.sunco) },
          { vendor, vendorModels, sunco }
        )
        assert.notStrictEqual(sunco, vendor === sunco ? vendorModels : vendor)
      }))
  }

  it.effect("a base URL that ends with a slash: the path begins with two", () =>
    Effect.gen(function*() {
      const { url } = yield* Wire
      const { sunco, vendor } = yield* outcomes((client) => client.get("ada"), { url: `${url}/` })
      assert.deepStrictEqual([lines(vendor), lines(sunco)], ["GET //users/ada", "GET /users/ada"])
    }))

  it.effect("metadata above 4096 bytes when the limit is off: it is the same", () =>
    Effect.gen(function*() {
      const { url } = yield* Wire
      const app = { url, appId, keyId: "app_1", keySecret: Redacted.make("secret") }
      const send: Send = (client) => client.create({ externalId: "ada", metadata: tooMuch })
      const sunco = yield* UsersClients.sunco(app, { metadataLimit: false })
      assert.deepStrictEqual(yield* outcome(sunco, send), yield* outcome(UsersClients.vendor(app), send))
    }))
})
