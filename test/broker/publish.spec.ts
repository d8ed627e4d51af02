import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Names from "@sunco/contracts/Names"
import { Broker } from "effect-pact/Broker"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as PactRepository from "./PactRepository.ts"
import * as BrokerContents from "./BrokerContents.ts"
import { brokerSettings } from "./brokerSettings.ts"

const Services = Layer.mergeAll(NodeServices.layer, FetchHttpClient.layer, Broker.layerFromConfig)

/** A repository with the contracts under names of its own. */
const setUpWith = Effect.fnUntraced(function*(committed: PactRepository.PactContent) {
  const consumer = yield* BrokerContents.pacticipant(committed.consumer.name)
  const provider = yield* BrokerContents.pacticipant(committed.provider.name)
  const pact = { ...committed, consumer: { name: consumer }, provider: { name: provider } }
  const repository = yield* PactRepository.make
  return { consumer, provider, pact, ...repository }
})

const setUp = setUpWith(PactRepository.pact)

layer(Services, { excludeTestServices: true })("pnpm contracts:publish", (it) => {
  it.effect("publishes the contracts as the commit, with its branch and its build", () =>
    Effect.gen(function*() {
      const { options: { url } } = yield* Broker
      const { commit, consumer, pact, provider, publish } = yield* setUp
      const version = yield* commit(pact)
      const build = { BRANCH_NAME: "feature/greet", BUILD_URL: "https://ci.example.com/1" }
      assert.deepStrictEqual(yield* publish({ ...brokerSettings, ...build }), {
        exitCode: 0,
        stdout: `Published at ${url} as version ${version} of branch feature/greet:\n  ${consumer} with ${provider}\n`,
        stderr: ""
      })
      assert.deepStrictEqual(yield* BrokerContents.version(consumer, version), {
        branches: ["feature/greet"],
        buildUrl: "https://ci.example.com/1"
      })
      assert.deepStrictEqual(
        (yield* BrokerContents.descriptions(consumer, version, provider)).sort(),
        PactRepository.descriptionsOf(pact)
      )
    }))

  it.effect("publishes the contracts of events, too", () =>
    Effect.gen(function*() {
      const { commit, consumer, pact, provider, publish } = yield* setUpWith(PactRepository.eventsPact)
      const version = yield* commit(pact)
      const { exitCode, stdout } = yield* publish(brokerSettings)
      assert.strictEqual(exitCode, 0)
      assert.include(stdout, `${consumer} with ${provider}`)
      assert.deepStrictEqual(
        (yield* BrokerContents.descriptions(consumer, version, provider)).sort(),
        PactRepository.descriptionsOf(pact)
      )
    }))

  it.effect("publishes the same again", () =>
    Effect.gen(function*() {
      const { commit, pact, publish } = yield* setUp
      yield* commit(pact)
      const first = yield* publish(brokerSettings)
      assert.strictEqual(first.exitCode, 0)
      assert.deepStrictEqual(yield* publish(brokerSettings), first)
    }))

  it.effect("does not publish another content as the same version", () =>
    Effect.gen(function*() {
      const { commit, consumer, pact, provider, publish, write } = yield* setUp
      const version = `${yield* commit(pact)}-uncommitted`
      const first = { ...pact, interactions: pact.interactions.slice(1) }
      yield* write(first)
      assert.strictEqual((yield* publish(brokerSettings, "--uncommitted")).exitCode, 0)
      yield* write({ ...pact, interactions: pact.interactions.slice(2) })
      const second = yield* publish(brokerSettings, "--uncommitted")
      assert.deepInclude(second, { exitCode: 1, stdout: "" })
      assert.match(second.stderr, /^Not published: .*: Conflict: Cannot change the content of the pact .*\n$/)
      assert.deepStrictEqual(
        (yield* BrokerContents.descriptions(consumer, version, provider)).sort(),
        PactRepository.descriptionsOf(first)
      )
    }))

  it.effect("publishes the contracts for whoever else is to keep them", () =>
    Effect.gen(function*() {
      const { commit, consumer, pact, publish } = yield* setUp
      const emulator = yield* BrokerContents.pacticipant(Names.emulator)
      const version = yield* commit(pact)
      const { exitCode, stdout } = yield* publish(brokerSettings, `--provider=${emulator}`)
      assert.strictEqual(exitCode, 0)
      assert.include(stdout, `${consumer} with ${emulator}`)
      assert.deepStrictEqual(
        (yield* BrokerContents.descriptions(consumer, version, emulator)).sort(),
        PactRepository.descriptionsOf(pact)
      )
    }))

  it.effect("publishes nothing with credentials that the broker does not know", () =>
    Effect.gen(function*() {
      const { options: { url } } = yield* Broker
      const { commit, consumer, pact, publish } = yield* setUp
      const version = yield* commit(pact)
      const settings = { PACT_BROKER_BASE_URL: url, PACT_BROKER_USERNAME: "stranger", PACT_BROKER_PASSWORD: "guessed" }
      assert.deepStrictEqual(yield* publish(settings), {
        exitCode: 1,
        stdout: "",
        stderr: `Not published: publish at ${url}: Unauthorized: 401: the broker refuses these credentials\n`
      })
      assert.isUndefined(yield* BrokerContents.version(consumer, version))
    }))

  it.effect("publishes nothing that no commit has", () =>
    Effect.gen(function*() {
      const { commit, consumer, pact, publish, write } = yield* setUp
      const version = yield* commit(pact)
      yield* write({ ...pact, interactions: [] })
      assert.strictEqual((yield* publish(brokerSettings)).exitCode, 1)
      assert.isUndefined(yield* BrokerContents.version(consumer, version))
    }))
})
