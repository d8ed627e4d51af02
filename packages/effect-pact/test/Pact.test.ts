import { assert, describe, it } from "@effect/vitest"
import * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"
import { Broker } from "effect-pact/Broker"
import { type Message, MockServer, Pact, PactMismatch } from "effect-pact/Pact"
import * as PactFile from "effect-pact/PactFile"
import * as Verifier from "effect-pact/Verifier"
import * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { TestClock } from "effect/testing"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"
import { fakeBroker } from "./FakeBroker.ts"
import { provider, readPact, temporaryDirectory } from "./Fixtures.ts"

const User = Schema.Struct({ id: Schema.String, name: Schema.String })

const getUser = Interaction.http({
  description: "a request to get a user",
  states: [{ name: "a user exists", parameters: { name: "Ada" } }],
  comments: ["Only what the client reads."],
  request: { method: "GET", path: "/users/42", headers: { Authorization: Matcher.regex(/^Bearer .+$/, "Bearer t") } },
  response: { status: 200, body: { id: "42", name: Matcher.string("Ada") } }
})

const createUser = Interaction.http({
  description: "a request to create a user",
  request: { method: "POST", path: "/users", body: { name: "Ada" } },
  response: { status: 201, body: { id: Matcher.string("42"), name: "Ada" } }
})

const client = Effect.gen(function*() {
  const { url } = yield* MockServer
  const http = (yield* HttpClient.HttpClient).pipe(
    HttpClient.mapRequest(HttpClientRequest.prependUrl(url)),
    HttpClient.mapRequest(HttpClientRequest.bearerToken("t")),
    HttpClient.filterStatusOk
  )
  return {
    get: (id: string) => Effect.flatMap(http.get(`/users/${id}`), HttpClientResponse.schemaBodyJson(User)),
    create: (body: Schema.Json) =>
      Effect.flatMap(
        http.execute(HttpClientRequest.bodyJsonUnsafe(HttpClientRequest.post("/users"), body)),
        HttpClientResponse.schemaBodyJson(User)
      )
  }
})

/** Runs with a contract in a directory of its own; `file` is where it would be. */
const contract = Effect.fnUntraced(function*(names: { readonly consumer: string; readonly provider: string }) {
  const directory = join(yield* temporaryDirectory, "pacts")
  return {
    directory,
    file: join(directory, `${names.consumer}-${names.provider}.json`),
    layer: Layer.merge(Pact.layer({ ...names, directory }), FetchHttpClient.layer)
  }
})
const names = { consumer: "web", provider: "users" }

const mismatchOf = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<PactMismatch, unknown, R> =>
  Effect.flatMap(
    Effect.flip(effect),
    (error) => error instanceof PactMismatch ? Effect.succeed(error) : Effect.die(error)
  )

const isFree = (port: number) =>
  Effect.tryPromise(() => fetch(`http://127.0.0.1:${port}/`)).pipe(
    Effect.match({ onSuccess: () => false, onFailure: () => true })
  )

describe("Pact.verify", () => {
  it.effect("writes the contract when the client does what it says", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const user = yield* client.pipe(
        Effect.flatMap((users) => users.get("42")),
        Pact.verify(getUser),
        Effect.provide(layer)
      )
      assert.deepStrictEqual(user, { id: "42", name: "Ada" })
      const pact = readPact(file)
      assert.strictEqual(pact.consumer.name, "web")
      assert.strictEqual(pact.provider.name, "users")
      assert.strictEqual(pact.metadata.pactSpecification.version, "4.0")
      const interaction = pact.interactions[0]!
      assert.strictEqual(interaction.description, "a request to get a user")
      assert.deepStrictEqual(interaction.providerStates, [{ name: "a user exists", params: { name: "Ada" } }])
      assert.deepStrictEqual(interaction.comments, { text: ["Only what the client reads."] })
      assert.deepStrictEqual(interaction.response.body.content, { id: "42", name: "Ada" })
      assert.deepStrictEqual(interaction.response.matchingRules.body, {
        "$.name": { combine: "AND", matchers: [{ match: "type" }] }
      })
    }))

  it.effect("takes a flow of several requests", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      yield* client.pipe(
        Effect.flatMap((users) => Effect.andThen(users.create({ name: "Ada" }), users.get("42"))),
        Pact.verify(createUser, getUser),
        Effect.provide(layer)
      )
      assert.lengthOf(readPact(file).interactions, 2)
    }))

  it.effect("writes the same bytes again, in whatever order", () =>
    Effect.gen(function*() {
      const run = Effect.fnUntraced(function*(descriptions: ReadonlyArray<string>) {
        const { file, layer } = yield* contract(names)
        yield* Effect.forEach(descriptions, (description) =>
          client.pipe(
            Effect.flatMap((users) => users.get("42")),
            Pact.verify({ ...getUser, description }),
            Effect.provide(layer)
          ))
        return JSON.stringify(readPact(file))
      })
      assert.strictEqual(yield* run(["a", "b", "c"]), yield* run(["c", "a", "b"]))
    }))

  it.effect("fails with what was expected, what was sent, and what the client saw", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const error = yield* client.pipe(
        Effect.flatMap((users) => users.create({ name: 7, age: 36, plan: "free", seats: 2, town: "" })),
        Pact.verify(Interaction.http({
          ...createUser,
          request: { ...createUser.request, body: { name: "Ada", plan: "pro", seats: 1, town: "London" } }
        })),
        Effect.provide(layer),
        mismatchOf
      )
      const lines = error.message.split("\n").map((line) => line.trim())
      assert.deepStrictEqual(lines.slice(0, 7), [
        "web does not talk to users as its contract says",
        "POST /users was sent, but is not what \"a request to create a user\" expects:",
        "body $: Expected a Map with keys [name, plan, seats, town] but received one with keys [age, name, plan, seats, town]",
        "body $.name: Expected 7 (Integer) to be equal to 'Ada' (String)",
        "body $.plan: Expected 'free' (String) to be equal to 'pro' (String)",
        "body $.seats: Expected 2 (Integer) to be equal to 1 (Integer)",
        "body $.town: Expected '' (String) to be equal to 'London' (String)"
      ])
      assert.match(lines[7]!, /^the client saw: .*500/)
      assert.isDefined(error.cause)
      const [request] = error.requests
      assert.deepInclude(request, { _tag: "DifferentRequest", method: "POST", path: "/users" })
      assert.isFalse(existsSync(file))
    }))

  it.effect("fails when a header is missing, though the client would be happy", () =>
    Effect.gen(function*() {
      const { layer } = yield* contract(names)
      const error = yield* Effect.flatMap(MockServer, ({ url }) => HttpClient.get(`${url}/users/42`)).pipe(
        Pact.verify(getUser),
        Effect.provide(layer),
        mismatchOf
      )
      assert.include(error.message, "header Authorization: Expected a header 'Authorization' but was missing")
      assert.isUndefined(error.clientSaw)
    }))

  it.effect("fails for a request that was never sent", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const error = yield* Effect.void.pipe(Pact.verify(getUser), Effect.provide(layer), mismatchOf)
      assert.include(error.message, "GET /users/42 was never sent, as \"a request to get a user\" expects")
      assert.isFalse(existsSync(file))
    }))

  it.effect("fails for a request that nobody expects, and shows it", () =>
    Effect.gen(function*() {
      const { layer } = yield* contract(names)
      const error = yield* Effect.gen(function*() {
        const { url } = yield* MockServer
        yield* HttpClient.get(`${url}/users/42`, { headers: { authorization: "Bearer t" } })
        yield* HttpClient.del(`${url}/users/42?force=1`)
      }).pipe(Pact.verify(getUser), Effect.provide(layer), mismatchOf)
      assert.include(error.message, "DELETE /users/42?force=1 was sent, and no interaction expects it")
    }))

  it.effect("holds a path from a provider state to its example", () =>
    Effect.gen(function*() {
      const { layer } = yield* contract(names)
      const interaction = Interaction.http({
        ...getUser,
        request: { method: "GET", path: Matcher.fromProviderState("/users/${userId}", "/users/42") }
      })
      const get = (id: string) =>
        client.pipe(Effect.flatMap((users) => users.get(id)), Pact.verify(interaction), Effect.provide(layer))
      yield* get("42")
      assert.include((yield* mismatchOf(get("43"))).message, "GET /users/43 was sent, and no interaction expects it")
    }))

  it.effect("fails with the effect's own failure when the requests were right", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const asked = Effect.flatMap(client, (users) => users.get("42"))
      const failed = yield* asked.pipe(
        Effect.andThen(Effect.fail("too old" as const)),
        Pact.verify(getUser),
        Effect.provide(layer),
        Effect.flip
      )
      assert.strictEqual(failed, "too old")
      const defect = yield* asked.pipe(
        Effect.andThen(Effect.sync(() => assert.strictEqual(1, 2 as number))),
        Pact.verify(getUser),
        Effect.provide(layer),
        Effect.exit
      )
      assert.isTrue(Exit.isFailure(defect) && Cause.hasDies(defect.cause))
      assert.isFalse(existsSync(file))
    }))

  it.effect("fails with the decoding error when the example is not what the client reads", () =>
    Effect.gen(function*() {
      const { layer } = yield* contract(names)
      const wrong = Interaction.http({ ...getUser, response: { status: 200, body: { id: 42, name: "Ada" } } })
      const error = yield* client.pipe(
        Effect.flatMap((users) => users.get("42")),
        Pact.verify(wrong),
        Effect.provide(layer),
        Effect.flip
      )
      assert.strictEqual(error._tag, "SchemaError")
    }))

  it.effect("lets a client's failure be the point", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const missing = Interaction.http({
        description: "a request to get a user who is not there",
        request: { method: "GET", path: "/users/43" },
        response: { status: 404 }
      })
      yield* client.pipe(
        Effect.flatMap((users) => Effect.flip(users.get("43"))),
        Pact.verify(missing),
        Effect.provide(layer)
      )
      assert.strictEqual(readPact(file).interactions[0]!.response.status, 404)
    }))

  it.effect("releases the port however the effect ends", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const ports: Array<number> = []
      const under = <A, E>(effect: Effect.Effect<A, E>) =>
        Effect.flatMap(MockServer, ({ port }) => {
          ports.push(port)
          return effect
        }).pipe(Pact.verify(getUser), Effect.provide(layer))

      const started = yield* Deferred.make<void>()
      const hanging = yield* Effect.forkChild(under(Effect.andThen(Deferred.succeed(started, undefined), Effect.never)))
      yield* Deferred.await(started)
      yield* Fiber.interrupt(hanging)
      const exit = yield* Fiber.await(hanging)
      assert.isTrue(Exit.isFailure(exit) && Cause.hasInterruptsOnly(exit.cause))

      const timed = yield* Effect.forkChild(under(Effect.never).pipe(Effect.timeoutOption("5 seconds")))
      yield* Effect.repeat(Effect.promise(() => new Promise((resume) => setTimeout(resume, 5))), {
        until: () => ports.length === 2
      })
      yield* TestClock.adjust("5 seconds")
      assert.strictEqual((yield* Fiber.join(timed))._tag, "None")

      yield* Effect.exit(under(Effect.die("broken")))
      assert.lengthOf(ports, 3)
      assert.deepStrictEqual(yield* Effect.forEach(ports, isFree), [true, true, true])
      assert.isFalse(existsSync(file))
    }))

  it.effect("gives every mock provider a port of its own, also all at once", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      yield* Effect.forEach(
        Array.from({ length: 20 }, (_, index) => `request ${index}`),
        (description) =>
          client.pipe(
            Effect.flatMap((users) => users.get("42")),
            Pact.verify({ ...getUser, description }),
            Effect.provide(layer)
          ),
        { concurrency: "unbounded" }
      )
      assert.lengthOf(readPact(file).interactions, 20)
    }))

  it.effect("refuses two interactions of which Pact would lose one", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const get = (interaction: Interaction.HttpInteraction) =>
        client.pipe(
          Effect.flatMap((users) => Effect.exit(users.get("42"))),
          Pact.verify(interaction),
          Effect.provide(layer)
        )
      const tagOf = <A, E extends { readonly _tag: string }>(effect: Effect.Effect<A, E>) =>
        Effect.match(effect, { onFailure: (error) => error._tag, onSuccess: () => "success" })

      yield* get(getUser)
      // Once more is no harm, and neither are other states; their parameters do not count.
      assert.strictEqual(yield* tagOf(get(getUser)), "success")
      assert.strictEqual(
        yield* tagOf(get({ ...getUser, states: [{ name: "a bot exists", parameters: {} }] })),
        "success"
      )
      const conflicts = [
        { ...getUser, response: { status: 500 } },
        { ...getUser, states: [{ name: "a user exists", parameters: { name: "Grace" } }] },
        { ...getUser, states: [] }
      ]
      for (const conflict of conflicts) assert.strictEqual(yield* tagOf(get(conflict)), "InteractionConflict")
      assert.lengthOf(readPact(file).interactions, 2)
      const both = Pact.verify(createUser, { ...createUser, response: { status: 200 } })(Effect.void).pipe(
        Effect.provide(layer)
      )
      assert.strictEqual(yield* tagOf(both), "InteractionConflict")
    }))

  it.effect("fails when the contract cannot be written, and leaves what is there", () =>
    Effect.gen(function*() {
      const { directory, file, layer } = yield* contract(names)
      mkdirSync(directory)
      writeFileSync(file, "not a pact")
      const error = yield* client.pipe(
        Effect.flatMap((users) => users.get("42")),
        Pact.verify(getUser),
        Effect.provide(layer),
        Effect.flip
      )
      assert.strictEqual(error._tag, "PactNotWritten")
    }))

  it.effect("takes query, headers in any case, and a given content type", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract(names)
      const search = Interaction.http({
        description: "a search",
        request: {
          method: "POST",
          path: "/search",
          query: { tag: ["a b", "c"], page: Matcher.regex(/^\d+$/, "1") },
          headers: { "content-type": Matcher.regex(/^application\/json(;.*)?$/, "application/json"), "x-id": "7" },
          body: { ids: Matcher.eachLike(Matcher.integer(1)) }
        },
        response: { status: 200, headers: { "CONTENT-TYPE": "application/problem+json" }, body: { found: [] } }
      })
      const contentType = yield* Effect.gen(function*() {
        const { url } = yield* MockServer
        const response = yield* HttpClientRequest.post(`${url}/search?tag=a%20b&tag=c&page=12`).pipe(
          HttpClientRequest.setHeaders({ "X-ID": "7" }),
          HttpClientRequest.bodyText(JSON.stringify({ ids: [1, 2] }), "application/json; charset=utf-8"),
          HttpClient.execute
        )
        return response.headers["content-type"]
      }).pipe(Pact.verify(search), Effect.provide(layer))
      assert.strictEqual(contentType, "application/problem+json")
      const { request, response } = readPact(file).interactions[0]!
      assert.deepStrictEqual(Object.keys(request.headers), ["Content-Type", "x-id"])
      assert.deepStrictEqual(response.headers, { "Content-Type": ["application/problem+json"] })
    }))
})

describe("a form", () => {
  const bytes = Buffer.from("\x89PNG\r\n\x1a\n--effect-pact\r\n", "latin1")
  const upload = Interaction.http({
    description: "a request to upload a file",
    request: {
      method: "POST",
      path: "/files",
      form: {
        source: {
          fileName: "my_file.png",
          contentType: "image/png",
          base64: bytes.toString("base64")
        }
      }
    },
    response: { status: 201 }
  })

  /** Sends a form as platforms do, with a boundary of theirs. */
  const send = (parts: { readonly [name: string]: string | File }) =>
    Effect.gen(function*() {
      const { url } = yield* MockServer
      const form = new FormData()
      for (const [name, part] of Object.entries(parts)) form.append(name, part)
      return yield* HttpClient.execute(HttpClientRequest.bodyFormData(HttpClientRequest.post(`${url}/files`), form))
    })

  const source = new File([bytes], "other.png", { type: "image/png" })

  it.effect("is what was written, whatever its boundary and the name of the file, and reaches the provider", () =>
    Effect.gen(function*() {
      const { directory, file, layer } = yield* contract(names)
      yield* send({ source }).pipe(Pact.verify(upload), Effect.provide(layer))
      const [interaction] = readPact(file).interactions
      assert.deepStrictEqual(interaction!.request.headers, {
        "Content-Type": ["multipart/form-data; boundary=effect-pact-"]
      })
      const { received, url } = yield* provider(() => ({ status: 201 }))
      yield* Verifier.verify({ provider: "users", url, pacts: [directory] })
      assert.include(received[0]!.headers["content-type"], "multipart/form-data; boundary=effect-pact-")
      assert.include(received[0]!.body, "name=\"source\"; filename=\"my_file.png\"\r\nContent-Type: image/png\r\n\r\n")
      assert.match(received[0]!.body, /--effect-pact\r\n\r\n--effect-pact---\r\n$/)
    }))

  it.effect.each(
    [
      ["a part of another name", { file: source }, "Expected a MIME part 'source' but was missing"],
      ["a text in the place of a file", { source: "x" }, "Expected a MIME file 'source' but was field"],
      [
        "another type",
        { source: new File([bytes], "my_file.png", { type: "image/gif" }) },
        "MIME part 'source': Expected a body of 'image/png' but the actual content type was 'image/gif'"
      ],
      [
        "other bytes",
        { source: new File([bytes, bytes], "my_file.png", { type: "image/png" }) },
        "is not equal to the expected body"
      ]
    ] as const
  )("is not %s", ([, parts, message]) =>
    Effect.gen(function*() {
      const { layer } = yield* contract(names)
      const error = yield* send(parts).pipe(Pact.verify(upload), Effect.provide(layer), mismatchOf)
      assert.include(error.message, message)
    }))

  it.effect("is not another kind of body", () =>
    Effect.gen(function*() {
      const { layer } = yield* contract(names)
      const error = yield* Effect.flatMap(
        MockServer,
        ({ url }) => HttpClient.execute(HttpClientRequest.bodyJsonUnsafe(HttpClientRequest.post(`${url}/files`), {}))
      ).pipe(Pact.verify(upload), Effect.provide(layer), mismatchOf)
      assert.include(error.message, "header Content-Type")
    }))
})

describe("the names of consumer and provider", () => {
  const verifyAs = Effect.fnUntraced(function*(
    names: { readonly consumer: string; readonly provider: string },
    directory: string,
    description = "a request to get a user"
  ) {
    yield* client.pipe(
      Effect.flatMap((users) => users.get("42")),
      Pact.verify({ ...getUser, description }),
      Effect.provide(Layer.merge(Pact.layer({ ...names, directory }), FetchHttpClient.layer))
    )
  })

  it.effect.each(
    ["@acme/web", "a/./b", "a\\b", "ab:c", "what?*", "[web]", "50%", "%2F", "web app", "Ä", "-web"]
  )(
    "may be %s: the contract is one file in the directory, written again, read, verified and published",
    (odd) =>
      Effect.gen(function*() {
        const directory = join(yield* temporaryDirectory, "pacts")
        for (const names of [{ consumer: odd, provider: "users" }, { consumer: "web", provider: odd }]) {
          yield* verifyAs(names, directory, "first")
          yield* verifyAs(names, directory, "second")
          const file = join(directory, PactFile.fileName(names))
          assert.deepStrictEqual(readPact(file).interactions.map((_) => _.description), ["first", "second"])

          const users = yield* provider(() => ({ status: 200, body: JSON.stringify({ id: "42", name: "Ada" }) }))
          const states = { setUp: () => Effect.succeed({}) }
          const options = { provider: names.provider, url: users.url, states }
          const { interactions } = yield* Verifier.verify({ ...options, pacts: [directory] })
          assert.deepStrictEqual(interactions, ["first", "second"])

          const broker = yield* fakeBroker({})
          yield* Broker.make({ url: broker.url }).publish({ pacts: [directory], version: "1" })
          const posted = JSON.parse(broker.received.find(({ method }) => method === "POST")!.body)
          assert.deepInclude(posted.contracts[0], { consumerName: names.consumer, providerName: names.provider })
          rmSync(file)
        }
        assert.deepStrictEqual(readdirSync(directory, { recursive: true }), [])
      })
  )

  it.effect.each(
    ["/web", "\\web", "C:\\web", "c:/web", "../web", "..", "a/../../b", "a\\..\\b", "", " ", "a\nb", "a\0b", "a\ud83e"]
  )("are refused where they lead elsewhere or nowhere, before anything runs: %j", (odd) =>
    Effect.gen(function*() {
      const root = yield* temporaryDirectory
      const directory = join(root, "deep", "pacts")
      for (const names of [{ consumer: odd, provider: "users" }, { consumer: "web", provider: odd }]) {
        const layer = Layer.merge(Pact.layer({ ...names, directory }), FetchHttpClient.layer)
        const unreached = Effect.die("it ran")
        const message = Interaction.message({ description: "a user was deleted", contents: { id: "42" } })
        for (
          const effect of [
            unreached.pipe(Pact.verify(getUser)),
            Pact.verifyMessage(message)(() => unreached)
          ]
        ) {
          const error = yield* effect.pipe(Effect.provide(layer), Effect.flip)
          assert.strictEqual(error._tag, "PactNotWritten")
          assert.include(error.message, `the name of the ${names.consumer === odd ? "consumer" : "provider"}`)
        }
      }
      assert.deepStrictEqual(readdirSync(root), [])
    }))

  it.effect("are those of the file that is there, or it is left as it was", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      yield* verifyAs({ consumer: "a-b", provider: "c" }, directory)
      const before = readFileSync(join(directory, "a-b-c.json"), "utf8")
      const error = yield* Effect.flip(verifyAs({ consumer: "a", provider: "b-c" }, directory))
      assert.include((error as { readonly message: string }).message, "a-b-c.json is the contract of a-b with c")
      assert.strictEqual(readFileSync(join(directory, "a-b-c.json"), "utf8"), before)
    }))

  it.effect("find a file that got a byte order mark", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      yield* verifyAs(names, directory, "first")
      const file = join(directory, "web-users.json")
      writeFileSync(file, `\ufeff${readFileSync(file, "utf8")}`)
      yield* verifyAs(names, directory, "second")
      assert.lengthOf(readPact(file).interactions, 2)
    }))
})

/** Texts that Pact's native library takes for something of its own. */
const misread = [
  "{\"a\":1}",
  " {\"a\": 1}",
  "{\"a\": [1, 2], \"b\": {}}",
  "{}",
  "{\"value\":\"z\"}",
  "{\"value\":[\"a\",\"b\"]}",
  "{\"pact:matcher:type\":\"type\",\"value\":\"x\"}",
  "{\"a\":{\"pact:matcher:type\":\"regex\",\"regex\":\".*\",\"value\":\"x\"}}",
  "{\"pact:generator:type\":\"ProviderState\",\"expression\":\"${id}\",\"value\":\"x\"}",
  "{ no JSON",
  "[1,2]",
  "\"quoted\"",
  "5",
  "-1.0",
  "true",
  "null",
  "1e3",
  "plain"
]

describe("a text that is JSON", () => {
  const named = Object.fromEntries(misread.map((text, index) => [`X-${index}`, text]))

  it.effect("is a text in headers and queries, for the client, the provider and in the contract", () =>
    Effect.gen(function*() {
      const { directory, file, layer } = yield* contract(names)
      const meta = "{\"version\": 3}"
      const interaction = Interaction.http({
        description: "odd texts",
        request: {
          method: "GET",
          path: "/odd",
          headers: { ...named, "X-Meta": Matcher.regex(/^\{.+\}$/, meta), "X-Equal": Matcher.equal(meta) },
          query: { ...named, all: misread, one: Matcher.string(meta) }
        },
        response: { status: 200, headers: { ...named, "X-Meta": Matcher.regex(/^\{.+\}$/, meta) } }
      })
      const urlParams: ReadonlyArray<readonly [string, string]> = [
        ...Object.entries(named),
        ...misread.map((text) => ["all", text] as const),
        ["one", meta] as const
      ]
      const send = (headers: Record<string, string>, params = urlParams) =>
        Effect.flatMap(
          MockServer,
          ({ url }) =>
            HttpClientRequest.get(`${url}/odd`, { headers: { ...named, "X-Meta": meta, "X-Equal": meta, ...headers } })
              .pipe(
                HttpClientRequest.setUrlParams(params),
                HttpClient.execute
              )
        ).pipe(Pact.verify(interaction), Effect.provide(layer))
      const answered = yield* send({})
      for (const [name, text] of Object.entries(named)) {
        assert.strictEqual(answered.headers[name.toLowerCase()], text.trim())
      }
      assert.strictEqual(answered.headers["x-meta"], meta)
      for (const [name] of Object.entries(named)) {
        assert.include((yield* mismatchOf(send({ [name]: "{\"b\":2}" }))).message, `header ${name}`)
      }
      const elsewhere = urlParams.map(([name, text]) =>
        [name, name === "all" && text === "{}" ? "{\"b\":2}" : text] as const
      )
      assert.include((yield* mismatchOf(send({}, elsewhere))).message, "query all")

      const { request, response } = readPact(file).interactions[0]!
      for (const [name, text] of Object.entries(named)) {
        assert.deepStrictEqual([request.headers[name], response.headers[name]], [[text.trim()], [text.trim()]])
        assert.deepStrictEqual(request.query[name], [text])
      }
      assert.deepStrictEqual(request.query["all"], misread)
      assert.deepStrictEqual([request.headers["X-Meta"], response.headers["X-Meta"]], [[meta], [meta]])

      const odd = yield* provider(() => ({ status: 200, headers: { ...named, "X-Meta": "{\"version\": 4}" } }))
      yield* Verifier.verify({ provider: "users", url: odd.url, pacts: [directory] })
      const { headers, target } = odd.received[0]!
      assert.deepStrictEqual(new URL(target, odd.url).searchParams.getAll("all"), misread)
      for (const [name, text] of Object.entries(named)) assert.strictEqual(headers[name.toLowerCase()], text.trim())
    }))

  it.effect("is a text in the metadata of a message", () =>
    Effect.gen(function*() {
      const { directory, layer } = yield* contract({ consumer: "billing", provider: "users" })
      const metadata = { ...named, topic: Matcher.string("{\"a\":1}") }
      const message = Interaction.message({ description: "odd texts", contents: { id: "42" }, metadata })
      const handled = yield* Pact.verifyMessage(message)(Effect.succeed).pipe(Effect.provide(layer))
      assert.deepStrictEqual(handled.metadata, { ...named, topic: "{\"a\":1}" })
      const sent = { contents: { id: "42" }, metadata: { ...named, topic: "t" } }
      const verify = (message: Message) =>
        Verifier.verify({ provider: "users", pacts: [directory], messages: { "odd texts": Effect.succeed(message) } })
      yield* verify(sent)
      const error = yield* Effect.flip(verify({ ...sent, metadata: { ...sent.metadata, "X-0": "{\"a\":2}" } }))
      assert.include(error.message, "metadata X-0")
    }))
})

describe("credentials in headers", () => {
  const secrets = ["Authorization", "Proxy-Authorization", "Cookie", "X-API-Key"]

  const run = (name: string, sent: Record<string, string>, fail: (body: string) => string, path = "/users/42") =>
    Effect.gen(function*() {
      const { layer } = yield* contract(names)
      const interaction = Interaction.http({
        description: "a request with credentials",
        request: { method: "GET", path: "/users/42", headers: { [name]: "an-expected-value" } },
        response: { status: 200 }
      })
      return yield* Effect.gen(function*() {
        const { url } = yield* MockServer
        const response = yield* HttpClient.get(url + path, { headers: sent })
        return yield* Effect.fail(new Error(fail(yield* response.text)))
      }).pipe(Pact.verify(interaction), Effect.provide(layer), mismatchOf)
    })

  it.effect("are never shown where they differ: only that they do", () =>
    Effect.gen(function*() {
      for (const name of [...secrets, "authorization", "SET-COOKIE"]) {
        const error = yield* run(name, { [name]: "Bearer s3cret" }, () => "no")
        const texts = [error.message, String(error.stack), inspect(error, { depth: 20 }), JSON.stringify(error)]
        for (const text of texts) {
          assert.notInclude(text, "s3cret")
          assert.notInclude(text, "an-expected-value")
        }
        assert.include(error.message, `header ${name}: `)
        assert.include(error.message, "its value is not shown")
        const missing = yield* run(name, {}, () => "no")
        assert.include(missing.message, `Expected a header '${name}' but was missing`)
      }
    }))

  it.effect("are not shown by way of what the client says it was answered", () =>
    Effect.gen(function*() {
      for (const path of ["/users/42", "/users/43"]) {
        const error = yield* run("Authorization", { authorization: "Bearer s3cret" }, (body) => body, path)
        assert.include(error.clientSaw, "Request")
        assert.notInclude(error.message, "s3cret")
      }
    }))

  const credentialNames = [
    "X-Access-Token",
    "apikey",
    "X-Goog-Api-Key",
    "Private-Token",
    "X-Amz-Security-Token",
    "X-Vault-Token",
    "X-Auth-Key",
    "Authentication",
    "X-Shopify-Access-Token",
    "X-Access-Key",
    "X-Private-Key",
    "X-Amz-Credential",
    "X-Amz-Signature",
    "X-JWT-Assertion",
    "sessionId",
    "passwd",
    "access_token",
    "api_key",
    "token",
    "sig",
    "code",
    "password",
    "secret"
  ]

  const textsOf = (error: PactMismatch) => [
    error.message,
    Cause.pretty(Cause.fail(error)),
    inspect(error, { depth: 20, showHidden: true }),
    inspect({ ...error }, { depth: 20 }),
    String(error.cause),
    JSON.stringify(error)
  ]

  it.effect.each(credentialNames)(
    "are known by their kind, in headers and queries: %s",
    (name) =>
      Effect.gen(function*() {
        const secret = "s3cret+\"é"
        const { layer } = yield* contract(names)
        const send = (kind: "headers" | "query", expected: Interaction.HttpInteraction["request"], path = "/users") =>
          Effect.gen(function*() {
            const { url } = yield* MockServer
            const target = `${url}${path}${kind === "query" ? `?${name}=${encodeURIComponent(secret)}` : ""}`
            const response = yield* HttpClient.get(target, {
              headers: kind === "headers" ? { [name]: "s3cret\"\\" } : {}
            })
            return yield* Effect.fail(new Error(`GET ${target} ${yield* response.text}`))
          }).pipe(
            Pact.verify(Interaction.http({ description: "d", request: expected, response: { status: 200 } })),
            Effect.provide(layer),
            mismatchOf
          )
        for (const kind of ["headers", "query"] as const) {
          const request = { method: "GET", path: "/users" } as const
          const errors = [
            yield* send(kind, { ...request, [kind]: { [name]: "an-expected-value" } }),
            // It is what the contract asks for, and something else is not.
            yield* send(kind, {
              ...request,
              headers: { "x-other": "1" },
              ...(kind === "query"
                ? { query: { [name]: Matcher.string("a") } }
                : { headers: { [name]: Matcher.string("a"), "x-other": "1" } })
            }),
            yield* send(kind, request, "/elsewhere")
          ]
          for (const text of errors.flatMap(textsOf)) {
            assert.notInclude(text, "s3cret")
            assert.notInclude(text, "an-expected-value")
          }
        }
      })
  )

  it.effect("are in the cause for whoever looks, and nobody else", () =>
    Effect.gen(function*() {
      const error = yield* run("Authorization", { authorization: "Bearer s3cret" }, (body) => `no\n${body}`)
      assert.isDefined(error.cause)
      assert.include(String(error.cause && Redacted.value(error.cause)), "s3cret")
      for (const text of textsOf(error)) assert.notInclude(text, "s3cret")
      const encoded = yield* Effect.exit(Schema.encodeEffect(Schema.toCodecJson(PactMismatch))(error))
      assert.notInclude(inspect(encoded, { depth: 20 }) + JSON.stringify(encoded), "s3cret")
    }))

  it.effect("leave other headers readable", () =>
    Effect.gen(function*() {
      const error = yield* run("X-Request-Id", { "x-request-id": "7" }, () => "no")
      assert.include(error.message, "Expected '7' to be equal to 'an-expected-value'")
    }))
})

describe("Pact.verifyMessage", () => {
  const deleted = Interaction.message({
    description: "a user was deleted",
    states: [{ name: "a user exists", parameters: {} }],
    contents: { type: "user:delete", user: { id: Matcher.string("42") } },
    metadata: { topic: Matcher.string("users") }
  })

  it.effect("hands the message to the handler and writes the contract", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract({ consumer: "billing", provider: "users" })
      const message = yield* Pact.verifyMessage(deleted)(Effect.succeed).pipe(Effect.provide(layer))
      assert.deepStrictEqual(message, {
        contents: { type: "user:delete", user: { id: "42" } },
        metadata: { topic: "users" }
      })
      const interaction = readPact(file).interactions[0]!
      assert.strictEqual(interaction.description, "a user was deleted")
      assert.strictEqual(interaction.type, "Asynchronous/Messages")
      assert.deepStrictEqual(Object.keys(interaction.matchingRules!.body), ["$.user.id"])
    }))

  it.effect("writes nothing when the handler fails", () =>
    Effect.gen(function*() {
      const { file, layer } = yield* contract({ consumer: "billing", provider: "users" })
      const error = yield* Pact.verifyMessage(deleted)(({ contents }) => Schema.decodeUnknownEffect(User)(contents))
        .pipe(
          Effect.provide(layer),
          Effect.flip
        )
      assert.strictEqual(error._tag, "SchemaError")
      assert.isFalse(existsSync(file))
    }))
})
