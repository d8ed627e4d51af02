import { assert, describe, it } from "@effect/vitest"
import { Broker, BrokerError, type BrokerOptions } from "effect-pact/Broker"
import * as Verifier from "effect-pact/Verifier"
import * as Cause from "effect/Cause"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { execFileSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { inspect } from "node:util"
import { type Behaviour, fakeBroker, matrix, refusal } from "./FakeBroker.ts"
import { provider, temporaryDirectory } from "./Fixtures.ts"

const pact = {
  consumer: { name: "web" },
  provider: { name: "users" },
  interactions: [{
    type: "Synchronous/HTTP",
    description: "a request to get a user",
    request: { method: "GET", path: "/users/42" },
    response: { status: 200 }
  }],
  metadata: { pactSpecification: { version: "4.0" } }
}

const pactFile = (content: unknown = pact) =>
  Effect.map(temporaryDirectory, (directory) => {
    const file = join(directory, "pact.json")
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content))
    return file
  })

/** A broker that behaves so, and the requests that it gets. */
const withBroker = Effect.fnUntraced(function*(behaviour: Behaviour, options?: Partial<BrokerOptions>) {
  const { received, url } = yield* fakeBroker(behaviour)
  return { url, received, broker: Broker.make({ url, ...options }) }
})

const reasonOf = <A, R>(effect: Effect.Effect<A, BrokerError, R>) =>
  Effect.map(Effect.flip(effect), ({ reason }) => reason)

const problem = (status: number) => ({
  status,
  headers: { "Content-Type": "application/hal+json" },
  body: "{\"error\":\"no\"}"
})

const deployment = { pacticipant: "web", version: "1", environment: "production" }

/** Each operation once, for what can happen to all of them. */
const operations = (broker: Broker["Service"]) => ({
  publish: Effect.flatMap(pactFile(), (file) => broker.publish({ pacts: [file], version: "1" })),
  canIDeploy: broker.canIDeploy(deployment),
  recordDeployment: broker.recordDeployment(deployment),
  recordRelease: broker.recordRelease(deployment)
})
const names = ["publish", "canIDeploy", "recordDeployment", "recordRelease"] as const

describe("Broker.publish", () => {
  it.effect("sends the contract with version, branch, tags and build, and gives the notices", () =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({})
      const notices = yield* broker.publish({
        pacts: [yield* pactFile()],
        version: "4f2c1e0",
        branch: "-main",
        tags: ["dev", "prod"],
        buildUrl: "https://ci.example.com/1",
        merge: true
      })
      assert.deepStrictEqual(notices, ["Contract published"])
      const { contracts: [contract], ...sent } = JSON.parse(received.find(({ method }) => method === "POST")!.body)
      assert.deepStrictEqual(sent, {
        pacticipantName: "web",
        pacticipantVersionNumber: "4f2c1e0",
        branch: "-main",
        tags: ["dev", "prod"],
        buildUrl: "https://ci.example.com/1"
      })
      assert.deepInclude(contract, { consumerName: "web", providerName: "users", onConflict: "merge" })
      assert.deepStrictEqual(
        JSON.parse(Buffer.from(contract.content, "base64").toString()).interactions[0].description,
        "a request to get a user"
      )
    }))

  it.effect("publishes every contract in a directory", () =>
    Effect.gen(function*() {
      const directory = yield* temporaryDirectory
      for (const name of ["users", "orders"]) {
        writeFileSync(join(directory, `${name}.json`), JSON.stringify({ ...pact, provider: { name } }))
      }
      writeFileSync(join(directory, "README.md"), "no pact")
      const { broker, received } = yield* withBroker({})
      yield* broker.publish({ pacts: [directory], version: "1" })
      const providers = received.filter(({ method }) => method === "POST").flatMap(({ body }) =>
        JSON.parse(body).contracts.map((contract: { readonly providerName: string }) => contract.providerName)
      )
      assert.sameMembers(providers, ["users", "orders"])
    }))

  it.effect("fails with Conflict and the broker's words for another content of a version", () =>
    Effect.gen(function*() {
      const notice = "Cannot change the content of the pact for web version 1 and provider users, as race conditions …"
      const { broker } = yield* withBroker({ publish: refusal(409, notice) })
      const reason = yield* reasonOf(broker.publish({ pacts: [yield* pactFile()], version: "1" }))
      assert.deepInclude(reason, { _tag: "Conflict", notice })
    }))

  it.effect("fails with Rejected and the broker's words for anything else that it refuses", () =>
    Effect.gen(function*() {
      const { broker } = yield* withBroker({ publish: refusal(400, "this version is not a semantic one") })
      const reason = yield* reasonOf(broker.publish({ pacts: [yield* pactFile()], version: "1" }))
      assert.strictEqual(reason._tag, "Rejected")
      assert.include(reason.message, "this version is not a semantic one")
    }))

  it.effect("publishes a file with a byte order mark", () =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({})
      yield* broker.publish({ pacts: [yield* pactFile(`\ufeff${JSON.stringify(pact)}`)], version: "1" })
      const { contracts } = JSON.parse(received.find(({ method }) => method === "POST")!.body)
      assert.strictEqual(JSON.parse(Buffer.from(contracts[0].content, "base64").toString()).consumer.name, "web")
    }))

  it.effect("fails with InvalidPact, and sends nothing, for what is no contract", () =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({})
      const files = [
        "/no/such.json",
        yield* temporaryDirectory,
        yield* pactFile("{"),
        yield* pactFile([]),
        yield* pactFile({ ...pact, provider: undefined }),
        yield* pactFile({ ...pact, interactions: [{ ...pact.interactions[0], response: { status: "abc" } }] }),
        yield* pactFile({ ...pact, interactions: [{ ...pact.interactions[0], request: { method: 7, path: "/" } }] }),
        yield* pactFile({ ...pact, interactions: [...pact.interactions, { type: "Streaming/Events" }] }),
        yield* pactFile({ ...pact, metadata: "none" })
      ]
      for (const file of files) {
        const reason = yield* reasonOf(broker.publish({ pacts: [yield* pactFile(), file], version: "1" }))
        assert.deepInclude(reason, { _tag: "InvalidPact", file })
      }
      assert.deepStrictEqual(received.filter(({ method }) => method === "POST"), [])
    }))
})

describe("Broker.canIDeploy", () => {
  it.effect.each(
    [
      [true, true, true],
      [false, false, false],
      [null, null, false]
    ] as const
  )("gives what the broker says: deployable %s, verified %s", ([said, verified, deployable]) =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({ matrix: matrix(said, verified) })
      assert.deepStrictEqual(yield* broker.canIDeploy(deployment), {
        deployable,
        reason: deployable ? "All verified" : "There is no verified pact",
        contracts: [{ consumer: "web", consumerVersion: "1", provider: "users", providerVersion: "2", verified }]
      })
      assert.include(received[0]!.target, "q[][pacticipant]=web&q[][version]=1&")
      assert.include(received[0]!.target, "environment=production")
    }))

  it.effect("fails with NotFound for an application that the broker does not know", () =>
    Effect.gen(function*() {
      const body = JSON.stringify({ errors: ["Pacticipant web not found"] })
      const { broker } = yield* withBroker({ matrix: { ...problem(400), body } })
      const reason = yield* reasonOf(broker.canIDeploy(deployment))
      assert.deepInclude(reason, { _tag: "NotFound", detail: "Pacticipant web not found" })
    }))
})

describe("Broker.recordDeployment and recordRelease", () => {
  it.effect("tell the broker", () =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({})
      yield* broker.recordDeployment({ ...deployment, applicationInstance: "blue" })
      yield* broker.recordRelease(deployment)
      assert.deepStrictEqual(
        received.filter(({ method }) => method === "POST").map(({ body, target }) => [target, JSON.parse(body)]),
        [
          ["/deployed/e1", { applicationInstance: "blue", target: "blue" }],
          ["/released/e1", {}]
        ]
      )
    }))

  it.effect("fail with NotFound for an environment or a version that is not there", () =>
    Effect.gen(function*() {
      const { broker } = yield* withBroker({})
      const environment = yield* reasonOf(broker.recordDeployment({ ...deployment, environment: "staging" }))
      assert.deepInclude(environment, { _tag: "NotFound", detail: "Environment staging does not exist" })
      const gone = yield* withBroker({ version: problem(404) })
      assert.strictEqual((yield* reasonOf(gone.broker.recordRelease(deployment)))._tag, "NotFound")
    }))
})

/** Each would be another address as it stands, or one that no server could tell. */
const odd = [
  "../../payments/versions/9",
  "..%2f..%2fpayments",
  "feature/greet",
  "a%2Fb",
  "%",
  "1?x=2",
  "1#2",
  "1&q[][pacticipant]=payments",
  "a\\..\\b",
  "a b",
  " ",
  "ü",
  "...",
  "+"
]

describe("names that go to the broker", () => {
  it.effect.each(odd)("are one segment of an address, whatever is in them: %j", (name) =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({})
      yield* broker.recordDeployment({ ...deployment, version: name })
      yield* broker.recordRelease({ ...deployment, pacticipant: name })
      const addressed = received.filter(({ target }) => target.includes("/versions/")).map(({ target }) =>
        target.split("/").map(decodeURIComponent)
      )
      assert.deepStrictEqual(addressed, [
        ["", "pacticipants", "web", "versions", name],
        ["", "pacticipants", name, "versions", "1"]
      ])
    }))

  it.effect.each(odd)("are so when a verification is told, too: %j", (name) =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({ pact: { ...pact, provider: { name } } })
      const users = yield* provider(() => ({ status: 200 }))
      yield* Verifier.verifyFromBroker({
        provider: name,
        url: users.url,
        broker: { branch: name, publish: { version: name, tags: [name] } }
      }).pipe(Effect.provideService(Broker, broker))
      const targets = received.map(({ target }) => target.split("/").map(decodeURIComponent))
      for (
        const target of [
          ["", "pacts", "provider", name, "for-verification"],
          ["", "branches", name, "versions", name],
          ["", "versions", name, "tags", name]
        ]
      ) assert.deepInclude(targets, target)
    }))

  it.effect("are refused where no address can hold them, and nothing is sent", () =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({})
      const file = yield* pactFile()
      const users = yield* provider(() => ({ status: 200 }))
      const verify = (options: Verifier.BrokerSource, name = "users") =>
        Effect.provideService(
          Verifier.verifyFromBroker({ provider: name, url: users.url, broker: options }),
          Broker,
          broker
        )
      for (const wrong of ["", ".", "..", "a\nb", "a\0b", "\ud83e"]) {
        const effects: ReadonlyArray<Effect.Effect<unknown, unknown>> = [
          broker.publish({ pacts: [file], version: wrong }),
          broker.publish({ pacts: [file], version: "1", branch: wrong }),
          broker.publish({ pacts: [file], version: "1", tags: ["dev", wrong] }),
          ...[broker.canIDeploy, broker.recordDeployment, broker.recordRelease].flatMap((operation) => [
            operation({ ...deployment, pacticipant: wrong }),
            operation({ ...deployment, version: wrong }),
            operation({ ...deployment, environment: wrong })
          ]),
          broker.recordDeployment({ ...deployment, applicationInstance: wrong }),
          verify({}, wrong),
          verify({ branch: wrong }),
          verify({ publish: { version: wrong } }),
          verify({ publish: { version: "1", tags: [wrong] } })
        ]
        for (const effect of effects) {
          const error = yield* Effect.flip(effect)
          assert.isTrue(error instanceof BrokerError && error.reason._tag === "InvalidInput", String(error))
        }
      }
      const comma = yield* Effect.flip(broker.publish({ pacts: [file], version: "1", tags: ["a,b"] }))
      assert.include(comma.message, "a tag has a comma")
      assert.deepStrictEqual(received, [])
    }))
})

describe("names that begin with a dash", () => {
  it.effect("are refused where Pact would take them for options, and are names everywhere else", () =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({})
      for (const dashed of ["-", "-v", "--help", "--version", "--broker-base-url=http://127.0.0.1:2"]) {
        for (const what of ["pacticipant", "version"]) {
          const { message, reason } = yield* Effect.flip(broker.canIDeploy({ ...deployment, [what]: dashed }))
          assert.strictEqual(reason._tag, "InvalidInput")
          assert.include(message, `${what} begins with -`)
        }
        assert.deepStrictEqual(received, [])
      }
      yield* broker.canIDeploy({ ...deployment, environment: "--help" })
      assert.include(received[0]!.target, "environment=--help")
      yield* broker.recordDeployment({ pacticipant: "--help", version: "-v", environment: "production" })
      assert.include(received.map(({ target }) => target), "/pacticipants/--help/versions/-v")
    }))
})

describe.each(names)("Broker.%s", (name) => {
  const reasonFor = Effect.fnUntraced(function*(behaviour: Behaviour, options?: Partial<BrokerOptions>) {
    const { broker } = yield* withBroker(behaviour, options)
    const effects: Record<typeof name, Effect.Effect<unknown, BrokerError, Scope.Scope>> = operations(broker)
    return yield* reasonOf(effects[name])
  })

  it.effect("fails with Unauthorized for 401 and 403", () =>
    Effect.gen(function*() {
      for (const status of [401, 403]) {
        assert.deepInclude(yield* reasonFor({ always: problem(status) }), { _tag: "Unauthorized", status })
      }
    }))

  it.effect("fails with Unreachable where nobody listens, or answers in time", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* reasonFor({}, { url: "http://127.0.0.1:2", attempts: 1 }))._tag, "Unreachable")
      assert.strictEqual((yield* reasonFor({}, { url: "nowhere" }))._tag, "Unreachable")
      const slow = yield* reasonFor({ always: "hang" }, { timeout: "300 millis" })
      assert.deepInclude(slow, { _tag: "Unreachable", detail: "no answer in time" })
    }))

  it.effect("fails with Rejected for a broker that is broken, or none", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* reasonFor({ always: problem(500) }, { attempts: 1 }))._tag, "Rejected")
      const page = { status: 200, headers: { "Content-Type": "text/html" }, body: "<h1>Log in</h1>" }
      assert.strictEqual((yield* reasonFor({ always: page }))._tag, "Rejected")
    }))
})

describe("Broker credentials", () => {
  const authorization = Effect.fnUntraced(function*(options: Partial<BrokerOptions>) {
    const { broker, received } = yield* withBroker({}, options)
    yield* broker.canIDeploy(deployment)
    return received[0]!.headers.authorization
  })

  it.effect("are Basic, a token, or none, whatever the environment says", () =>
    Effect.gen(function*() {
      process.env["PACT_BROKER_TOKEN"] = "from-the-environment"
      yield* Effect.addFinalizer(() => Effect.sync(() => delete process.env["PACT_BROKER_TOKEN"]))
      const basic = { username: "ada", password: Redacted.make("s3cret") }
      assert.strictEqual(yield* authorization({ credentials: basic }), `Basic ${btoa("ada:s3cret")}`)
      assert.strictEqual(yield* authorization({ credentials: { token: Redacted.make("t0ken") } }), "Bearer t0ken")
      assert.isUndefined(yield* authorization({}))
    }))

  it.effect("are in no error", () =>
    Effect.gen(function*() {
      const { broker } = yield* withBroker({ always: problem(401) }, { credentials: { token: Redacted.make("t0ken") } })
      const exit = yield* Effect.exit(broker.canIDeploy(deployment))
      const texts = [
        inspect(exit, { depth: 20 }),
        JSON.stringify(exit),
        exit._tag === "Failure" ? Cause.pretty(exit.cause) : ""
      ]
      for (const text of texts) assert.notInclude(text, "t0ken")
    }))

  const fromConfig = (settings: Record<string, string>) =>
    Effect.map(Broker, ({ options }) => options).pipe(
      Effect.provide(Broker.layerFromConfig),
      Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(settings))),
      Effect.map(({ credentials, url }) => ({
        url,
        credentials: credentials === undefined ? "none" : "token" in credentials
          ? Redacted.value(credentials.token)
          : `${credentials.username}:${Redacted.value(credentials.password)}`
      }))
    )

  it.effect("come from the settings of Pact's own tools", () =>
    Effect.gen(function*() {
      const url = "https://broker.test"
      assert.deepStrictEqual(yield* fromConfig({ PACT_BROKER_BASE_URL: url }), { url, credentials: "none" })
      assert.deepStrictEqual(yield* fromConfig({ PACT_BROKER_BASE_URL: url, PACT_BROKER_TOKEN: "t" }), {
        url,
        credentials: "t"
      })
      const basic = { PACT_BROKER_BASE_URL: url, PACT_BROKER_USERNAME: "u", PACT_BROKER_PASSWORD: "p" }
      assert.deepStrictEqual(yield* fromConfig(basic), { url, credentials: "u:p" })
      assert.deepStrictEqual(yield* fromConfig({ ...basic, PACT_BROKER_TOKEN: "" }), { url, credentials: "u:p" })
    }))

  it.effect("are not left out when only half of them is set", () =>
    Effect.gen(function*() {
      for (const half of [{ PACT_BROKER_USERNAME: "u" }, { PACT_BROKER_PASSWORD: "p" }]) {
        const error = yield* Effect.flip(fromConfig({ PACT_BROKER_BASE_URL: "https://broker.test", ...half }))
        assert.strictEqual(error._tag, "ConfigError")
      }
    }))

  it.effect("are refused in the URL, and over plain HTTP to another machine, where the settings are read", () =>
    Effect.gen(function*() {
      const token = { PACT_BROKER_TOKEN: "s3cret" }
      const basic = { PACT_BROKER_USERNAME: "u", PACT_BROKER_PASSWORD: "s3cret" }
      const problemOf = (settings: Record<string, string>) =>
        Effect.map(Effect.flip(fromConfig(settings)), (error) => {
          assert.strictEqual(error._tag, "ConfigError")
          for (const text of [error.message, JSON.stringify(error), inspect(error, { depth: 20 })]) {
            assert.notInclude(text, "s3cret")
          }
          return error.message
        })
      const advice = "PACT_BROKER_BASE_URL has credentials: give PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD"
      for (const url of ["https://ci:s3cret@broker.test", "https://s3cret@broker.test", "ci:s3cret@broker.test"]) {
        for (const more of [{}, token, basic]) {
          assert.include(yield* problemOf({ PACT_BROKER_BASE_URL: url, ...more }), advice)
        }
      }
      const query = { PACT_BROKER_BASE_URL: "https://broker.test/?token=s3cret" }
      assert.include(yield* problemOf(query), "must not have a query")
      for (const more of [token, basic]) {
        for (const url of ["http://broker.test", "http://127.0.0.1.test", "http://10.0.0.1", "HTTP://localhost.test"]) {
          assert.include(yield* problemOf({ PACT_BROKER_BASE_URL: url, ...more }), "must begin with https://")
        }
        for (const url of ["http://localhost:9292", "http://127.0.0.1", "http://[::1]:9292", "https://broker.test"]) {
          assert.strictEqual((yield* fromConfig({ PACT_BROKER_BASE_URL: url, ...more })).url, url)
        }
      }
      assert.strictEqual((yield* fromConfig({ PACT_BROKER_BASE_URL: "http://broker.test" })).url, "http://broker.test")

      const options = { url: "https://ci:s3cret@broker.test" }
      const error = yield* Effect.flip(
        Effect.provide(Effect.void, Broker.layerConfig({ url: Config.succeed(options.url) }))
      )
      assert.include(error.message, "url has credentials: give credentials")
    }))

  it.effect("are refused so by every operation, before anything is sent, and shown nowhere", () =>
    Effect.gen(function*() {
      const { received, url } = yield* fakeBroker({})
      const credentials = { token: Redacted.make("s3cret") }
      const users = yield* provider(() => ({ status: 200 }))
      const cases: ReadonlyArray<BrokerOptions> = [
        { url: url.replace("//", "//ci:s3cret@") },
        { url: url.replace("//", "//s3cret@"), credentials },
        { url: `${url}?token=s3cret` },
        { url: "http://ci:s3/cret@127.0.0.1" },
        { url: "http://broker.invalid", credentials },
        { url: "http://broker.invalid", credentials: { username: "u", password: Redacted.make("s3cret") } }
      ]
      for (const options of cases) {
        const broker = Broker.make(options)
        assert.notMatch(inspect(broker.options), /s3cret|s3\/cret/)
        const effects: ReadonlyArray<Effect.Effect<unknown, unknown, Scope.Scope>> = [
          ...Object.values(operations(broker)),
          broker.check,
          Effect.provideService(Verifier.verifyFromBroker({ provider: "users", url: users.url }), Broker, broker)
        ]
        for (const effect of effects) {
          const error = yield* Effect.flip(effect)
          assert.instanceOf(error, BrokerError)
          assert.strictEqual(error.reason._tag, "InvalidInput")
          const texts = [error.message, String(error.stack), inspect(error, { depth: 20 }), JSON.stringify(error)]
          for (const text of texts) assert.notMatch(text, /s3cret|s3\/cret/)
        }
      }
      assert.deepStrictEqual(received, [])
    }))

  it.effect("are refused in the URL of a build, before anything is sent, and not shown", () =>
    Effect.gen(function*() {
      const { broker, received } = yield* withBroker({ pact })
      const users = yield* provider(() => ({ status: 200 }))
      const file = yield* pactFile()
      for (const buildUrl of ["https://ci:s3cret@ci.test/1", "https://s3cret@ci.test/1", "ssh://ci:s3cret@ci.test"]) {
        const effects: ReadonlyArray<Effect.Effect<unknown, unknown>> = [
          broker.publish({ pacts: [file], version: "1", buildUrl }),
          Verifier.verifyFromBroker({
            provider: "users",
            url: users.url,
            broker: { publish: { version: "1", buildUrl } }
          }).pipe(Effect.provideService(Broker, broker))
        ]
        for (const effect of effects) {
          const error = yield* Effect.flip(effect)
          assert.isTrue(error instanceof BrokerError && error.reason._tag === "InvalidInput", String(error))
          assert.include(String(error), "buildUrl has credentials")
          for (const text of [String(error), inspect(error, { depth: 20 }), JSON.stringify(error)]) {
            assert.notInclude(text, "s3cret")
          }
        }
      }
      assert.deepStrictEqual(received, [])
    }))

  it.effect("are in the environment of the child process and not among its arguments", () =>
    Effect.gen(function*() {
      const processes: Array<string> = []
      const { url } = yield* provider(() => {
        processes.push(execFileSync("ps", ["-ww", "-e", "-o", "args"], { encoding: "utf8" }))
        return problem(401)
      })
      const credentials = { username: "ada", password: Redacted.make("s3cret-of-the-broker") }
      const broker = Broker.make({ url, credentials })
      yield* Effect.flip(broker.canIDeploy({ ...deployment, pacticipant: "marked-pacticipant" }))
      assert.include(processes.join(), "marked-pacticipant")
      assert.notInclude(processes.join(), "s3cret-of-the-broker")
    }))

  it.effect("may have names of one's own", () =>
    Effect.gen(function*() {
      const options = yield* Effect.map(Broker, (broker) => broker.options).pipe(
        Effect.provide(Broker.layerConfig({ url: Config.String("CONTRACTS_URL") })),
        Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({ CONTRACTS_URL: "http://broker.test" })))
      )
      assert.strictEqual(options.url, "http://broker.test")
    }))
})

describe("Verifier.verifyFromBroker", () => {
  const verify = Effect.fnUntraced(function*(
    behaviour: Behaviour,
    status: number,
    broker?: Verifier.BrokerSource,
    options?: Partial<BrokerOptions>
  ) {
    const users = yield* provider(() => ({ status }))
    const { received, url } = yield* fakeBroker(behaviour)
    const result = yield* Verifier.verifyFromBroker({ provider: "users", url: users.url, broker }).pipe(
      Effect.provide(Broker.layer({ url, attempts: 1, ...options })),
      Effect.result
    )
    return {
      received,
      result,
      posted: received.filter(({ method }) => method === "POST").map(({ body, target }) => [target, JSON.parse(body)])
    }
  })

  it.effect("verifies what the broker has, asks for what it was told, and tells the result", () =>
    Effect.gen(function*() {
      const { posted, received, result } = yield* verify({ pact }, 200, {
        selectors: [{ deployed: true }],
        branch: "main",
        includeWipPactsSince: "2026-11-01",
        publish: { version: "4f2c1e0", tags: ["dev"], buildUrl: "https://ci.example.com/1" }
      }, { credentials: { token: Redacted.make("t0ken") } })
      assert.deepInclude(result, { _tag: "Success" })
      assert.deepStrictEqual(result._tag === "Success" && result.success, {
        interactions: ["a request to get a user"],
        pending: [],
        notices: ["chosen because it is the latest"]
      })
      assert.deepStrictEqual(posted[0], ["/pacts/provider/users/for-verification", {
        consumerVersionSelectors: [{ deployed: true }],
        includePendingStatus: true,
        includeWipPactsSince: "2026-11-01",
        providerVersionBranch: "main",
        providerVersionTags: ["dev"]
      }])
      const [, results] = posted.find(([target]) => target === "/results")!
      assert.includeMembers(received.map(({ method, target }) => `${method} ${target}`), [
        "PUT /branches/main/versions/4f2c1e0",
        "PUT /versions/4f2c1e0/tags/dev"
      ])
      assert.deepInclude(results, {
        success: true,
        providerApplicationVersion: "4f2c1e0",
        buildUrl: "https://ci.example.com/1"
      })
      assert.isTrue(received.every(({ headers }) => headers.authorization === "Bearer t0ken"))
    }))

  it.effect("tells the broker of a failure, too, and of nothing unless it should", () =>
    Effect.gen(function*() {
      const told = yield* verify({ pact }, 500, { publish: { version: "1" } })
      assert.deepInclude(told.posted.find(([target]) => target === "/results")![1], { success: false })
      assert.deepInclude(told.result, { _tag: "Failure" })
      const untold = yield* verify({ pact }, 500)
      assert.strictEqual(untold.result._tag === "Failure" && untold.result.failure._tag, "VerificationFailed")
      assert.isUndefined(untold.posted.find(([target]) => target === "/results"))
    }))

  it.effect("lets a pending contract fail", () =>
    Effect.gen(function*() {
      const { result } = yield* verify({ pact, pending: true }, 500)
      assert.strictEqual(result._tag, "Success")
      assert.deepStrictEqual(result._tag === "Success" && result.success.pending.map(({ part }) => part), ["status"])
    }))

  it.effect("fails when the results could not be published, though all is well otherwise", () =>
    Effect.gen(function*() {
      const { result } = yield* verify({ pact, results: problem(500) }, 200, { publish: { version: "1" } })
      assert.isTrue(result._tag === "Failure" && result.failure instanceof BrokerError)
      assert.include(String(result._tag === "Failure" && result.failure.message), "publish verification results")
    }))

  it.effect("fails for a broker without contracts, one that refuses, and one that is not there", () =>
    Effect.gen(function*() {
      const tagOf = (behaviour: Behaviour, options?: Partial<BrokerOptions>) =>
        Effect.map(
          verify(behaviour, 200, undefined, options),
          ({ result }) =>
            result._tag === "Success"
              ? "verified"
              : result.failure._tag === "BrokerError"
              ? result.failure.reason._tag
              : result.failure._tag
        )
      assert.strictEqual(yield* tagOf({}), "NothingToVerify")
      assert.strictEqual(yield* tagOf({ always: problem(401) }), "Unauthorized")
      assert.strictEqual(yield* tagOf({ always: problem(500) }), "Rejected")
      const { close, url } = yield* provider(() => "hang")
      close()
      assert.strictEqual(yield* tagOf({}, { url }), "Unreachable")
    }))
})
