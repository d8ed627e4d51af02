import { NodeHttpServer } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import * as Interaction from "effect-pact/Interaction"
import * as Matcher from "effect-pact/Matcher"
import { MockServer, Pact } from "effect-pact/Pact"
import * as ProviderStates from "effect-pact/ProviderStates"
import * as SchemaMatchers from "effect-pact/SchemaMatchers"
import * as Verifier from "effect-pact/Verifier"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"
import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { inspect } from "node:util"
import { type Answer, provider, type Received, temporaryDirectory } from "./Fixtures.ts"

const User = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  nickname: Schema.optionalKey(Schema.NullOr(Schema.String))
})

const States = ProviderStates.make({
  "a user exists": { parameters: { name: Schema.String }, values: { userId: Schema.String } },
  "there are no users": {}
})

const authorization = Matcher.regex(/^Bearer .+$/, "Bearer t")

const getUser = Interaction.http({
  description: "a request to get a user",
  states: [States.given("a user exists", { name: "Ada" })],
  request: {
    method: "GET",
    path: Matcher.fromProviderState("/users/${userId}", "/users/42"),
    headers: { authorization }
  },
  response: { status: 200, body: SchemaMatchers.fromExample(User, { id: "42", name: "Ada", nickname: null }) }
})

const getNobody = Interaction.http({
  description: "a request to get a user who is not there",
  states: [States.given("there are no users")],
  request: { method: "GET", path: "/users/42", headers: { authorization } },
  response: { status: 404, body: { error: Matcher.string("no such user") } }
})

const createUser = Interaction.http({
  description: "a request to create a user",
  request: { method: "POST", path: "/users", query: { notify: "a b" }, body: { name: "Ada" } },
  response: { status: 201, headers: { Location: Matcher.regex(/^\/users\/[a-z0-9]+$/, "/users/42") } }
})

const userDeleted = Interaction.message({
  description: "a user was deleted",
  states: [States.given("a user exists", { name: "Ada" })],
  contents: { type: "user:delete", userId: Matcher.string("42") },
  metadata: { topic: Matcher.string("users") }
})

/** Has a client send what the interactions say, and gives where their contracts are. */
const contractOf = Effect.fnUntraced(function*(...interactions: ReadonlyArray<Interaction.HttpInteraction>) {
  const directory = yield* temporaryDirectory
  yield* Effect.forEach(interactions, (interaction) =>
    Effect.gen(function*() {
      const { url } = yield* MockServer
      const { body, method, path, query = {} } = interaction.request
      yield* HttpClientRequest.make(method)(`${url}${Matcher.example(path)}`, {
        urlParams: query as Record<string, string>
      }).pipe(
        HttpClientRequest.bearerToken("t"),
        body === undefined ? (_) => _ : HttpClientRequest.bodyJsonUnsafe(body),
        HttpClient.execute
      )
    }).pipe(Pact.verify(interaction)))
    .pipe(
      Effect.provide(Pact.layer({ consumer: "web", provider: "users", directory })),
      Effect.provide(FetchHttpClient.layer)
    )
  return directory
})

const messageContract = Effect.gen(function*() {
  const directory = yield* temporaryDirectory
  yield* Pact.verifyMessage(userDeleted)(() => Effect.void).pipe(
    Effect.provide(Pact.layer({ consumer: "billing", provider: "users", directory }))
  )
  return directory
})

const ada = { id: "u1", name: "Ada", nickname: null }
const json = (status: number, body: unknown, headers?: Record<string, string>): Answer => ({
  status,
  body: JSON.stringify(body),
  ...(headers ? { headers } : {})
})

/** Keeps every contract, for the user u1. */
const users = ({ method, target }: Received): Answer =>
  method === "POST"
    ? json(201, ada, { Location: "/users/u1" })
    : target === "/users/u1"
    ? json(200, ada)
    : json(404, { error: "no such user" })

const handlers = States.handlers({
  "a user exists": () => Effect.succeed({ userId: "u1" }),
  "there are no users": () => Effect.void
})

/** A pact file of version 4 with this in it. */
const pactText = (content: { readonly interactions: ReadonlyArray<unknown> }) =>
  JSON.stringify({
    consumer: { name: "web" },
    provider: { name: "users" },
    metadata: { pactSpecification: { version: "4.0" } },
    ...content
  })

const failureOf = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<Verifier.VerificationFailed, unknown, R> =>
  Effect.flatMap(
    Effect.flip(effect),
    (error) => error instanceof Verifier.VerificationFailed ? Effect.succeed(error) : Effect.die(error)
  )

describe("Verifier.verify", () => {
  it.effect("verifies a provider that keeps its contracts", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser, getNobody, createUser)
      const { received, url } = yield* provider(users)
      const verified = yield* Verifier.verify({ provider: "users", url, pacts: [directory], states: handlers })
      assert.sameMembers(verified.interactions.slice(), [getUser, getNobody, createUser].map((_) => _.description))
      assert.deepStrictEqual(verified.pending, [])
      assert.sameMembers(received.map(({ method, target }) => `${method} ${target}`), [
        "POST /users?notify=a+b",
        "GET /users/u1",
        "GET /users/42"
      ])
      assert.deepInclude(received.find(({ method }) => method === "POST"), { body: "{\"name\":\"Ada\"}" })
    }))

  it.effect("reports each difference with interaction, place, expectation and what was there", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser, createUser)
      const { url } = yield* provider(({ method }) =>
        method === "GET" ? json(200, { id: 7, name: "Ada" }) : json(500, {}, { Location: "nowhere" })
      )
      const error = yield* failureOf(Verifier.verify({ provider: "users", url, pacts: [directory], states: handlers }))
      assert.deepStrictEqual(error.failures.filter((_) => _.interaction === getUser.description), [
        {
          consumer: "web",
          interaction: "a request to get a user",
          part: "body",
          path: "$",
          expected: "[\"id\",\"name\",\"nickname\"]",
          actual: "[\"id\",\"name\"]",
          message: "Actual map is missing the following keys: nickname"
        },
        {
          consumer: "web",
          interaction: "a request to get a user",
          part: "body",
          path: "$.id",
          expected: "\"42\"",
          actual: "7",
          message: "Expected 7 (Integer) to be the same type as '42' (String)"
        }
      ])
      assert.deepStrictEqual(
        error.failures.filter((_) => _.interaction === createUser.description).map((
          _
        ) => [_.part, _.path, _.expected, _.actual]),
        [["status", "", "201", "500"], ["header", "Location", "/users/42", "nowhere"]]
      )
      assert.deepStrictEqual(error.message.split("\n").slice(0, 4), [
        "users breaks 2 of 2 interactions",
        "  \"a request to create a user\" (for web)",
        "    status: expected 201 but was 500",
        "    header Location: Mismatch with header 'Location': Expected 'nowhere' to match '^/users/[a-z0-9]+$'"
      ])
    }))

  it.effect("replaces headers in whatever case, and shows none of them", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser)
      const { received, url } = yield* provider(users)
      const headers = { Authorization: Redacted.make("Bearer real"), "x-extra": "1" }
      yield* Verifier.verify({ provider: "users", url, pacts: [directory], states: handlers, headers })
      assert.deepInclude(received[0]!.headers, { authorization: "Bearer real", "x-extra": "1" })
    }))

  it.effect("computes headers from each request", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(createUser)
      const { received, url } = yield* provider(users)
      const sign = (request: Verifier.ProviderRequest) =>
        Effect.succeed({
          "X-Signature": `${request.method} ${request.target} ${request.headers["content-type"]} ${request.body.length}`
        })
      yield* Verifier.verify({ provider: "users", url, pacts: [directory], headers: sign })
      assert.strictEqual(received[0]!.headers["x-signature"], "POST /users?notify=a+b application/json 14")
    }))

  it.effect("keeps the base path of the URL", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(createUser)
      const { received, url } = yield* provider(users)
      yield* Verifier.verify({ provider: "users", url: `${url}/api/`, pacts: [directory] })
      assert.strictEqual(received[0]!.target, "/api/users?notify=a+b")
    }))

  it.effect("sets states up before, and releases them after each interaction", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser, getNobody)
      const log: Array<string> = []
      const { url } = yield* provider((request) => {
        log.push(request.target)
        return users(request)
      })
      const states = States.handlers({
        "a user exists": ({ name }) =>
          Effect.acquireRelease(
            Effect.sync(() => {
              log.push(`${name} moves in`)
              return { userId: "u1" }
            }),
            () => Effect.sync(() => log.push(`${name} moves out`))
          ),
        "there are no users": () => Effect.void
      })
      yield* Verifier.verify({ provider: "users", url, pacts: [directory], states })
      assert.deepStrictEqual(log, ["Ada moves in", "/users/u1", "Ada moves out", "/users/42"])
    }))

  it.effect("reports states that could not be set up, each under its interaction", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(
        getUser,
        getNobody,
        {
          ...createUser,
          states: [{ name: "a user exists", parameters: { name: 7 } }, { name: "the moon is full", parameters: {} }]
        }
      )
      const { received, url } = yield* provider(users)
      const states = States.handlers({
        "a user exists": () => Effect.succeed({ userId: "u1" }),
        "there are no users": () => Effect.fail(new Error("the database is down"))
      })
      const error = yield* failureOf(Verifier.verify({ provider: "users", url, pacts: [directory], states }))
      assert.deepStrictEqual(
        error.failures.map((_) => [_.interaction, _.part, _.path, _.message.split(":")[0]]),
        [
          [createUser.description, "state", "a user exists", "parameters"],
          [createUser.description, "state", "the moon is full", "state"],
          [getNobody.description, "state", "there are no users", "handler"]
        ]
      )
      assert.include(error.message, "the database is down")
      assert.deepStrictEqual(received.map((_) => _.target), ["/users/u1"])
    }))

  it.effect("reports one state that fails in several interactions under each of them, also when it is released", () =>
    Effect.gen(function*() {
      const elsewhere = {
        ...getUser,
        description: "a request from elsewhere",
        states: [{ name: "a user exists elsewhere", parameters: {} }]
      }
      const directory = yield* contractOf(getUser, { ...getUser, description: "another request" }, elsewhere)
      const { url } = yield* provider(users)
      const placesOf = (states: ProviderStates.StateHandlers) =>
        failureOf(Verifier.verify({ provider: "users", url, pacts: [directory], states })).pipe(
          Effect.map((error) =>
            error.failures.map((_) => [_.interaction, _.part, _.path, _.message.includes("a stuck door")])
          )
        )
      const there = { "there are no users": () => Effect.void }
      const setUp = States.handlers({ "a user exists": () => Effect.die("a stuck door"), ...there })
      const release = States.handlers({
        "a user exists": () =>
          Effect.acquireRelease(Effect.succeed({ userId: "u1" }), () => Effect.die(new Error("a stuck door"))),
        ...there
      })
      for (const states of [setUp, release]) {
        assert.deepStrictEqual(yield* placesOf(states), [
          [elsewhere.description, "state", "a user exists elsewhere", false],
          [getUser.description, "state", "a user exists", true],
          ["another request", "state", "a user exists", true]
        ])
      }
    }))

  it.effect("fails for a state when it was given no handlers at all", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser)
      const { url } = yield* provider(users)
      const error = yield* failureOf(Verifier.verify({ provider: "users", url, pacts: [directory] }))
      assert.deepStrictEqual(error.failures.map((_) => [_.part, _.path]), [["state", "a user exists"]])
    }))

  it.effect("reports a provider that cuts the connection, or does not answer in time, and goes on", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser, getNobody, createUser)
      const { url } = yield* provider((request) =>
        request.method === "POST" ? "cut" : request.target === "/users/u1" ? "hang" : users(request)
      )
      const error = yield* failureOf(
        Verifier.verify({ provider: "users", url, pacts: [directory], states: handlers, requestTimeout: "300 millis" })
      )
      assert.deepStrictEqual(error.failures.map((_) => [_.interaction, _.part, _.message]), [
        [createUser.description, "request", "socket hang up"],
        [getUser.description, "request", "no answer within 300 ms"]
      ])
    }))

  it.effect("says at once that nobody listens", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(createUser)
      for (const wrong of ["http://127.0.0.1:2", "nowhere"]) {
        const error = yield* Effect.flip(Verifier.verify({ provider: "users", url: wrong, pacts: [directory] }))
        assert.strictEqual(error._tag, "ProviderUnreachable")
        assert.include(error.message, wrong)
      }
    }))

  it.effect("refuses what is no contract, and an empty success", () =>
    Effect.gen(function*() {
      const { received, url } = yield* provider(users)
      const empty = yield* temporaryDirectory
      const broken = join(yield* temporaryDirectory, "broken.json")
      writeFileSync(broken, "{")
      const without = join(yield* temporaryDirectory, "without.json")
      writeFileSync(
        without,
        JSON.stringify({ consumer: { name: "web" }, provider: { name: "users" }, interactions: [] })
      )
      const stranger = yield* contractOf(createUser)
      const tagOf = (name: string, pacts: ReadonlyArray<string>, only?: string) =>
        Verifier.verify({ provider: name, url, pacts, only }).pipe(Effect.flip, Effect.map((error) => error._tag))
      assert.strictEqual(yield* tagOf("users", ["/no/such.json"]), "InvalidPact")
      assert.strictEqual(yield* tagOf("users", [empty]), "InvalidPact")
      assert.strictEqual(yield* tagOf("users", [broken]), "InvalidPact")
      assert.strictEqual(yield* tagOf("users", [without]), "NothingToVerify")
      assert.strictEqual(yield* tagOf("orders", [stranger]), "NothingToVerify")
      assert.strictEqual(yield* tagOf("users", [stranger], "no such description"), "NothingToVerify")
      assert.lengthOf(received, 0)
    }))

  it.effect("verifies only the interaction of a description", () =>
    Effect.gen(function*() {
      const odd = { ...createUser, description: "create (a+b) [user]?" }
      const directory = yield* contractOf(createUser, odd)
      const { received, url } = yield* provider(users)
      const verified = yield* Verifier.verify({ provider: "users", url, pacts: [directory], only: odd.description })
      assert.deepStrictEqual(verified.interactions, [odd.description])
      assert.lengthOf(received, 1)
    }))

  it.effect("lets a pending interaction fail", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf({ ...createUser, pending: true }, getNobody)
      const { url } = yield* provider((request) => request.method === "POST" ? json(500, {}) : users(request))
      const verified = yield* Verifier.verify({ provider: "users", url, pacts: [directory], states: handlers })
      assert.deepStrictEqual([...new Set(verified.pending.map((_) => _.interaction))], [createUser.description])
    }))

  it.effect("asks the provider's own code for messages", () =>
    Effect.gen(function*() {
      const directory = yield* messageContract
      const { url } = yield* provider(users)
      const options = { provider: "users", url, pacts: [directory], states: handlers }
      const right = { contents: { type: "user:delete", userId: "u1" }, metadata: { topic: "users" } }
      const verified = yield* Verifier.verify({ ...options, messages: { "a user was deleted": Effect.succeed(right) } })
      assert.deepStrictEqual(verified.interactions, ["a user was deleted"])

      const wrong = { contents: { type: "user:delete", userId: 7 }, metadata: { topic: 7 } }
      const different = yield* failureOf(
        Verifier.verify({ ...options, messages: { "a user was deleted": Effect.succeed(wrong) } })
      )
      assert.deepStrictEqual(different.failures.map((_) => [_.part, _.path]), [["metadata", "topic"], [
        "body",
        "$.userId"
      ]])

      const broken = yield* failureOf(
        Verifier.verify({ ...options, messages: { "a user was deleted": Effect.fail(new Error("no queue")) } })
      )
      assert.deepInclude(broken.failures[0], { part: "message", interaction: "a user was deleted" })
      assert.include(broken.message, "no queue")

      const unknown = yield* failureOf(Verifier.verify(options))
      assert.deepInclude(unknown.failures[0], {
        part: "message",
        message: "the verification was given no message \"a user was deleted\""
      })
    }))

  it.effect("gives a message's own code what the handlers of its states gave back, and of no other interaction", () =>
    Effect.gen(function*() {
      const States = ProviderStates.make({
        "a user exists": {
          parameters: { name: Schema.String, age: Schema.Int, city: Schema.String, tall: Schema.Boolean },
          values: { userId: Schema.String }
        },
        "a group exists": { values: { groupId: Schema.String } }
      })
      const ada = States.given("a user exists", { name: "Ada", age: 36, city: "London", tall: true })
      const grace = States.given("a user exists", { name: "Grace", age: 85, city: "New York", tall: false })
      const directory = yield* temporaryDirectory
      const contracts = { "a user": [ada], "a member": [grace, States.given("a group exists")], "nobody": [] }
      for (const [description, states] of Object.entries(contracts)) {
        yield* Pact.verifyMessage(Interaction.message({ description, states, contents: { any: Matcher.string("x") } }))(
          () => Effect.void
        ).pipe(Effect.provide(Pact.layer({ consumer: "billing", provider: "users", directory })))
      }
      const given: Record<string, unknown> = {}
      yield* Verifier.verify({
        provider: "users",
        pacts: [directory],
        states: States.handlers({
          "a user exists": ({ name }) => Effect.succeed({ userId: `the id of ${name}` }),
          "a group exists": () => Effect.succeed({ groupId: "g1" })
        }),
        messages: Object.fromEntries(
          Object.keys(contracts).map((description) => [description, (values: Schema.JsonObject) => {
            given[description] = values
            return Effect.succeed({ contents: { any: "y" }, metadata: {} })
          }])
        )
      })
      assert.deepStrictEqual(given, {
        "a user": { userId: "the id of Ada" },
        "a member": { userId: "the id of Grace", groupId: "g1" },
        "nobody": {}
      })
    }))

  it.effect("names the message that nobody gives, also one that objects have by nature", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      for (const description of [userDeleted.description, "toString", "another"]) {
        yield* Pact.verifyMessage({ ...userDeleted, description })(() => Effect.void).pipe(
          Effect.provide(Pact.layer({ consumer: "billing", provider: "users", directory }))
        )
      }
      const message = { contents: { type: "user:delete", userId: "u1" }, metadata: { topic: "users" } }
      const error = yield* failureOf(Verifier.verify({
        provider: "users",
        pacts: [directory],
        states: handlers,
        messages: { "a user was deleted": Effect.succeed(message) }
      }))
      assert.deepStrictEqual(error.failures.map((_) => [_.part, _.interaction, _.message]), [
        ["message", "another", "the verification was given no message \"another\""],
        ["message", "toString", "the verification was given no message \"toString\""]
      ])
    }))

  it.effect("tells a request to the root of the provider from one for a message", () =>
    Effect.gen(function*() {
      const todo = Interaction.http({
        description: "a request to add something to do",
        request: { method: "POST", path: "/", body: { description: "a user was deleted" } },
        response: { status: 201 }
      })
      const directory = yield* contractOf(todo)
      const { received, url } = yield* provider(users)
      yield* Verifier.verify({ provider: "users", url, pacts: [directory] })
      assert.deepStrictEqual(received.map(({ method, target }) => [method, target]), [["POST", "/"]])
    }))

  it.effect("verifies a question and its answer by the answer", () =>
    Effect.gen(function*() {
      const file = join(yield* temporaryDirectory, "pact.json")
      const contents = (content: unknown) => ({
        contents: { content, contentType: "application/json", encoded: false }
      })
      const question = {
        type: "Synchronous/Messages",
        description: "a question",
        request: contents({ ask: 1 }),
        response: [contents({ answer: 2 })]
      }
      writeFileSync(file, pactText({ interactions: [question] }))
      const verify = (answer: number) =>
        Verifier.verify({
          provider: "users",
          pacts: [file],
          messages: { "a question": Effect.succeed({ contents: { answer }, metadata: {} }) }
        })
      assert.deepStrictEqual((yield* verify(2)).interactions, ["a question"])
      assert.include((yield* failureOf(verify(3))).message, "body $.answer")
    }))

  it.effect("verifies a file with a byte order mark, and refuses one with an interaction that Pact does not know", () =>
    Effect.gen(function*() {
      const { url } = yield* provider(users)
      const file = join(yield* temporaryDirectory, "pact.json")
      const interactions = [{
        type: "Synchronous/HTTP",
        description: "a request",
        providerStates: [{ name: "there are no users", params: null }],
        request: { method: "GET", path: "/users/u1" },
        response: { status: 200 }
      }]
      writeFileSync(file, `\ufeff${pactText({ interactions })}`)
      const verify = Verifier.verify({ provider: "users", url, pacts: [file], states: handlers })
      assert.deepStrictEqual((yield* verify).interactions, ["a request"])
      writeFileSync(file, pactText({ interactions: [...interactions, { type: "Streaming/Events" }] }))
      const error = yield* Effect.flip(verify)
      assert.strictEqual(error._tag, "InvalidPact")
      assert.include(error.message, "\"Streaming/Events\" ($.interactions[1])")
    }))

  it.effect("lets nobody else send anything to the provider, set a state or ask for a message", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser)
      const { received, url } = yield* provider(users)
      const states: Array<string> = []
      const asked: Array<number> = []
      const processes: Array<string> = []
      const body = JSON.stringify({ action: "setup", state: "there are no users", params: {}, description: "m" })
      yield* Verifier.verify({
        provider: "users",
        url,
        pacts: [directory],
        states: {
          setUp: (name) => {
            states.push(name)
            return Effect.succeed({ userId: "u1" })
          }
        },
        messages: { m: Effect.die("it was asked for a message") },
        headers: ({ headers, target }) =>
          Effect.promise(async () => {
            processes.push(execFileSync("ps", ["-ww", "-e", "-o", "args"], { encoding: "utf8" }))
            const targets = [
              target,
              "/",
              "/states",
              "/users/u1",
              "//users/u1",
              "/?",
              "/x/../users",
              `/${"0".repeat(32)}`
            ]
            for (const method of ["GET", "POST", "DELETE"]) {
              for (const other of targets) {
                const response = await fetch(`http://${headers["host"]}${other}`, {
                  method,
                  ...(method === "GET" ? {} : { body })
                })
                asked.push(response.status)
              }
            }
            return { Authorization: Redacted.make("Bearer real") }
          })
      })
      assert.deepStrictEqual([...new Set(asked)], [404])
      assert.lengthOf(asked, 24)
      assert.deepStrictEqual(received.map(({ target }) => target), ["/users/u1"])
      assert.deepStrictEqual(states, ["a user exists"])
      const own = processes.join("\n").split("\n").filter((line) => line.includes(directory))
      assert.isNotEmpty(own)
      for (const line of own) assert.notMatch(line, /[0-9a-f]{32}/)
    }))

  it.effect("refuses a URL with credentials, and shows none of them", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(createUser)
      const { received, url } = yield* provider(users)
      const host = new URL(url).host
      const urls = [
        `http://ci:s3cret@${host}`,
        `http://s3cret@${host}/api?token=s3cret#s3cret`,
        "http://ci:s3/cret@host",
        "ci:s3cret@host",
        "s3cret@host"
      ]
      for (const wrong of urls) {
        const error = yield* Effect.flip(Verifier.verify({ provider: "users", url: wrong, pacts: [directory] }))
        assert.strictEqual(error._tag, "ProviderUnreachable")
        assert.include(error.message, "give them in `headers`")
        for (const text of [error.message, JSON.stringify(error), inspect(error), String(error.stack)]) {
          assert.notMatch(text, /s3cret|s3\/cret/)
        }
      }
      assert.deepStrictEqual(received, [])
    }))

  it.effect("sends credentials over plain HTTP to this machine only", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(createUser)
      const problemOf = (headers: Verifier.HeaderValues, url = "http://users.invalid") =>
        Verifier.verify({ provider: "users", url, pacts: [directory], headers }).pipe(
          Effect.flip,
          Effect.map(({ message }) => message)
        )
      const refusal = "goes over https:// only"
      assert.include(yield* problemOf({ authorization: "Bearer t" }), refusal)
      assert.include(yield* problemOf({ "X-Custom": Redacted.make("s") }), refusal)
      assert.include(yield* problemOf({ "X-Vault-Token": "s" }), refusal)
      assert.notInclude(yield* problemOf({ "X-Custom": "s" }), refusal)
      assert.notInclude(yield* problemOf({ authorization: "Bearer t" }, "https://127.0.0.1:2"), refusal)
      assert.notInclude(yield* problemOf({ authorization: "Bearer t" }, "http://127.0.0.1:2"), refusal)
    }))

  it.effect("masks credentials that the provider answers with, by their name or as they were given", () =>
    Effect.gen(function*() {
      const interaction = Interaction.http({
        ...createUser,
        response: { status: 201, headers: { "Set-Cookie": "expected", "X-Session": "expected", "X-Other": "expected" } }
      })
      const directory = yield* contractOf(interaction)
      const answered = { "Set-Cookie": "s3cret", "X-Session": "s3cret", "X-Other": "shown" }
      const { url } = yield* provider(() => json(201, {}, answered))
      const error = yield* failureOf(Verifier.verify({
        provider: "users",
        url,
        pacts: [directory],
        headers: { "x-session": Redacted.make("s3cret") }
      }))
      assert.deepStrictEqual(error.failures.map((_) => [_.path, _.actual]), [
        ["Set-Cookie", "<redacted>"],
        ["X-Other", "shown"],
        ["X-Session", "<redacted>"]
      ])
      for (const text of [error.message, JSON.stringify(error), inspect(error)]) assert.notInclude(text, "s3cret")
    }))

  it.effect("masks what it sent as credentials wherever the provider repeats it", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(Interaction.http({
        ...createUser,
        response: { status: 201, headers: { "X-Other": "expected" }, body: { note: "expected", more: "expected" } }
      }))
      const { url } = yield* provider(({ headers }) =>
        json(201, {
          note: `unknown: ${headers["x-custom"]}`,
          more: JSON.stringify({ got: String(headers.authorization).split(" ").at(-1) })
        }, { "X-Other": `${headers["x-custom"]}` })
      )
      const headers = { "X-Custom": Redacted.make("s3cret\"1"), Authorization: "Bearer s3cret-2" }
      for (const given of [headers, () => Effect.succeed(headers)]) {
        const error = yield* failureOf(Verifier.verify({ provider: "users", url, pacts: [directory], headers: given }))
        assert.deepStrictEqual(error.failures.map(({ actual, path }) => [path, actual]), [
          ["X-Other", "<redacted>"],
          ["$.more", "\"{\\\"got\\\":\\\"<redacted>\\\"}\""],
          ["$.note", "\"unknown: <redacted>\""]
        ])
        for (const text of [error.message, JSON.stringify(error), inspect(error, { depth: 20 })]) {
          assert.notInclude(text, "s3cret")
        }
      }
    }))

  it.effect("takes an answer of 32 MiB, fails the interaction of a larger one, and goes on", () =>
    Effect.gen(function*() {
      const most = 32 * 1024 * 1024
      const directory = yield* contractOf(createUser, getNobody)
      const verify = (size: number) =>
        Effect.gen(function*() {
          const { url } = yield* provider((request) =>
            request.method === "POST" ? { ...users(request), body: " ".repeat(size - 2) + "{}" } : users(request)
          )
          return yield* Verifier.verify({ provider: "users", url, pacts: [directory], states: handlers })
        })
      assert.lengthOf((yield* verify(most)).interactions, 2)
      const error = yield* failureOf(verify(most + 1))
      assert.deepStrictEqual(error.failures.map((_) => [_.interaction, _.part, _.message]), [
        [createUser.description, "request", "the answer is larger than 32 MiB"]
      ])
    }))

  it.effect("needs no URL for messages, and says so for requests", () =>
    Effect.gen(function*() {
      const message = { contents: { type: "user:delete", userId: "u1" }, metadata: { topic: "users" } }
      yield* Verifier.verify({
        provider: "users",
        pacts: [yield* messageContract],
        states: handlers,
        messages: { "a user was deleted": Effect.succeed(message) }
      })
      const error = yield* failureOf(Verifier.verify({ provider: "users", pacts: [yield* contractOf(createUser)] }))
      assert.deepInclude(error.failures[0], {
        part: "request",
        message: "the verification was given no URL of the provider"
      })
    }))

  it.effect("stops the verifier when it is interrupted", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(createUser)
      const asked = yield* Deferred.make<void>()
      const { received, url } = yield* provider(() => {
        Deferred.doneUnsafe(asked, Effect.void)
        return "hang"
      })
      const verifying = yield* Effect.forkChild(
        Verifier.verify({ provider: "users", url, pacts: [directory], requestTimeout: "1 hour" })
      )
      yield* Deferred.await(asked)
      // Resumes only when the child process is gone.
      yield* Fiber.interrupt(verifying)
      assert.lengthOf(received, 1)
    }))
})

/** A provider in Effect, with a repository that the handlers of states share with it. */
class Repository extends Context.Service<Repository, Ref.Ref<ReadonlyMap<string, string>>>()("test/Repository") {
  static readonly layer = Layer.effect(Repository, Ref.make<ReadonlyMap<string, string>>(new Map()))
}

const Routes = HttpRouter.add(
  "GET",
  "/users/:id",
  Effect.gen(function*() {
    const { id } = yield* HttpRouter.schemaPathParams(Schema.Struct({ id: Schema.String }))
    const name = (yield* Ref.get(yield* Repository)).get(id)
    const { authorization } = (yield* HttpServerRequest.HttpServerRequest).headers
    if (authorization !== "Bearer real") {
      return yield* HttpServerResponse.json({ error: "who are you?" }, { status: 401 })
    }
    return name === undefined
      ? yield* HttpServerResponse.json({ error: "no such user" }, { status: 404 })
      : yield* HttpServerResponse.json({ id, name, nickname: null })
  })
)

const UsersProvider = HttpRouter.serve(Routes, { disableLogger: true, disableListenLog: true }).pipe(
  Layer.provideMerge(Repository.layer),
  Layer.provideMerge(NodeHttpServer.layer(createServer, { port: 0 }))
)

describe("Verifier.serverUrl", () => {
  it.effect("is where a provider that is a layer listens, and states share its services", () =>
    Effect.gen(function*() {
      const directory = yield* contractOf(getUser, getNobody)
      const states = States.handlers({
        "a user exists": ({ name }) =>
          Effect.gen(function*() {
            yield* Ref.set(yield* Repository, new Map([["u7", name]]))
            return { userId: "u7" }
          }),
        "there are no users": () => Effect.flatMap(Repository, Ref.set<ReadonlyMap<string, string>>(new Map()))
      })
      const verify = Effect.gen(function*() {
        const url = yield* Verifier.serverUrl
        return yield* Verifier.verify({
          provider: "users",
          url,
          pacts: [directory],
          states,
          headers: { authorization: "Bearer real" }
        })
      })
      const verified = yield* verify.pipe(Effect.provide(UsersProvider))
      assert.lengthOf(verified.interactions, 2)
    }))
})
