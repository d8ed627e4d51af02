/** `Broker` and `Verifier` of effect-pact with the Pact Broker itself, and the emulator as the provider. Users on purpose. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Contract from "@sunco/contracts/Contract"
import * as Names from "@sunco/contracts/Names"
import * as UsersContracts from "@sunco/contracts/UsersContracts"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import { Broker } from "effect-pact/Broker"
import { Pact } from "effect-pact/Pact"
import * as Verifier from "effect-pact/Verifier"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { credentials, messages, states } from "@sunco/contracts/EmulatedProvider"
import * as BrokerContents from "./BrokerContents.ts"
import { brokerSettings } from "./brokerSettings.ts"
import * as PactRepository from "./PactRepository.ts"

const Services = Layer.mergeAll(
  NodeServices.layer,
  FetchHttpClient.layer,
  Broker.layerFromConfig,
  Emulator.layer()
)

/** Every broker has it from the start. */
const environment = "test"

/** The emulator as a provider that nobody else knows, and a consumer that publishes its contracts with it. */
const setUpWith = Effect.fnUntraced(function*(committed: PactRepository.PactContent) {
  const provider = yield* BrokerContents.pacticipant(Names.emulator)
  const consumer = yield* BrokerContents.pacticipant(committed.consumer.name)
  const pact = { ...committed, consumer: { name: consumer } }
  const repository = yield* PactRepository.make
  const { url } = yield* Emulator
  return {
    provider,
    consumer,
    pact,
    /** Gives the version. */
    publish: Effect.fnUntraced(function*(content: PactRepository.PactContent, branch = "main") {
      const commit = yield* repository.commit(content)
      const { exitCode, stderr } = yield* repository.publish(
        brokerSettings,
        `--provider=${provider}`,
        `--branch=${branch}`
      )
      assert.strictEqual(exitCode, 0, stderr)
      return commit
    }),
    verify: (version: string, source?: Verifier.BrokerSource) =>
      Verifier.verifyFromBroker({
        provider,
        url,
        states,
        headers: credentials,
        messages,
        broker: { branch: "main", publish: { version }, ...source }
      })
  }
})

const setUp = setUpWith(PactRepository.pact)

/** The next request fails. */
const breakEmulator = Effect.flatMap(Emulator, ({ faults }) => faults.next(Fault.status(500)))

layer(Services, { excludeTestServices: true })("with the Pact Broker", (it) => {
  it.effect("a consumer may be deployed once the emulator that is there has verified its contracts", () =>
    Effect.gen(function*() {
      const { canIDeploy, recordDeployment } = yield* Broker
      const { consumer, pact, provider, publish, verify } = yield* setUp
      const version = yield* publish(pact)
      const question = canIDeploy({ pacticipant: consumer, version, environment })
      const contract = { consumer, consumerVersion: version, provider }

      const unverified = yield* question
      assert.isFalse(unverified.deployable)
      assert.include(unverified.reason, "There is no verified pact")
      assert.deepStrictEqual(unverified.contracts, [{ ...contract, providerVersion: null, verified: null }])

      const { interactions } = yield* verify("1")
      assert.deepStrictEqual([...interactions].sort(), PactRepository.descriptionsOf(pact))
      assert.isFalse((yield* question).deployable)

      yield* recordDeployment({ pacticipant: provider, version: "1", environment })
      const verified = yield* question
      assert.isTrue(verified.deployable)
      assert.deepStrictEqual(verified.contracts, [{ ...contract, providerVersion: "1", verified: true }])
    }))

  it.effect("a receiver may be deployed once the emulator that is there has sent it what its contracts say", () =>
    Effect.gen(function*() {
      const { canIDeploy, recordDeployment } = yield* Broker
      const { consumer, pact, provider, publish, verify } = yield* setUpWith(PactRepository.eventsPact)
      const version = yield* publish(pact)
      const { interactions } = yield* verify("1")
      assert.deepStrictEqual([...interactions].sort(), PactRepository.descriptionsOf(pact))
      yield* recordDeployment({ pacticipant: provider, version: "1", environment })
      assert.isTrue((yield* canIDeploy({ pacticipant: consumer, version, environment })).deployable)
    }))

  it.effect("an emulator that breaks a contract may not be deployed beside its consumer", () =>
    Effect.gen(function*() {
      const { canIDeploy, recordDeployment } = yield* Broker
      const { consumer, pact, provider, publish, verify } = yield* setUp
      const version = yield* publish(pact)
      yield* verify("1")
      yield* recordDeployment({ pacticipant: consumer, version, environment })
      assert.isTrue((yield* canIDeploy({ pacticipant: provider, version: "1", environment })).deployable)

      yield* breakEmulator
      const error = yield* Effect.flip(verify("2"))
      assert.strictEqual(error._tag, "VerificationFailed")
      const answer = yield* canIDeploy({ pacticipant: provider, version: "2", environment })
      assert.isFalse(answer.deployable)
      assert.deepStrictEqual(answer.contracts, [
        { consumer, consumerVersion: version, provider, providerVersion: "2", verified: false }
      ])
    }))

  it.effect("a contract is pending until the emulator has once kept it", () =>
    Effect.gen(function*() {
      const { pact, publish, verify } = yield* setUp
      yield* publish(pact)
      yield* breakEmulator
      const first = yield* verify("1")
      assert.deepInclude(first.pending[0], { part: "status", actual: "500" })
      assert.match(first.notices.join("\n"), /This pact is in pending state .* has not yet been published/)
      assert.notInclude(first.notices.join("\n"), "no longer in pending state")

      const second = yield* verify("2")
      assert.deepStrictEqual(second.pending, [])
      assert.include(second.notices.join("\n"), "This pact is no longer in pending state")

      yield* breakEmulator
      const error = yield* Effect.flip(verify("3"))
      assert.deepInclude(error, { _tag: "VerificationFailed" })
    }))

  it.effect("a contract is not pending for who does not want that", () =>
    Effect.gen(function*() {
      const { pact, publish, verify } = yield* setUp
      yield* publish(pact)
      yield* breakEmulator
      assert.deepInclude(yield* Effect.flip(verify("1", { pending: false })), { _tag: "VerificationFailed" })
    }))

  it.effect("work in progress is verified when asked for, and may fail", () =>
    Effect.gen(function*() {
      const { pact, publish, verify } = yield* setUp
      yield* publish(pact)
      yield* verify("1")
      const [first] = pact.interactions
      const wish = { ...first!, description: "a request to get a user by telephone", response: { status: 299 } }
      yield* publish({ ...pact, interactions: [...pact.interactions, wish] }, "feature/telephone")

      const without = yield* verify("2")
      assert.deepStrictEqual([...without.interactions].sort(), PactRepository.descriptionsOf(pact))

      const { interactions, notices, pending } = yield* verify("3", { includeWipPactsSince: "2020-01-01" })
      assert.include(notices.join("\n"), "is being verified because it is a 'work in progress' pact")
      assert.include(interactions, wish.description)
      assert.deepStrictEqual(pending.map(({ interaction }) => interaction), [wish.description])
    }))

  it.effect("the emulator is held to what is deployed, or released, after the main branch has moved on", () =>
    Effect.gen(function*() {
      const { recordDeployment, recordRelease } = yield* Broker
      const { consumer, pact, publish, verify } = yield* setUp
      const [first, second, third] = pact.interactions.map((interaction) => ({ ...pact, interactions: [interaction] }))
      const verified = Effect.map(verify("1"), ({ interactions }) => [...interactions].sort())

      yield* recordDeployment({ pacticipant: consumer, version: yield* publish(first!), environment })
      yield* recordRelease({ pacticipant: consumer, version: yield* publish(second!), environment })
      yield* publish(third!)
      assert.deepStrictEqual(yield* verified, [first!, second!, third!].flatMap(PactRepository.descriptionsOf).sort())
    }))

  it.effect("another application publishes what it needs, and is verified beside the others", () =>
    Effect.gen(function*() {
      const broker = yield* Broker
      const { provider, verify, publish, pact } = yield* setUp
      yield* publish(pact)
      const application = yield* BrokerContents.pacticipant("accounts")
      const directory = yield* Effect.flatMap(FileSystem.FileSystem, (files) => files.makeTempDirectoryScoped())
      const needed = [...UsersContracts.create, ...UsersContracts.get]
      yield* Effect.forEach(needed, Contract.verify).pipe(
        Effect.provide([Pact.layer({ consumer: application, provider, directory }), UndiciTransport.layer])
      )
      yield* broker.publish({ pacts: [directory], version: "1", branch: "main" })
      const { interactions } = yield* verify("1")
      assert.strictEqual(interactions.length, pact.interactions.length + needed.length)
      yield* broker.recordDeployment({ pacticipant: provider, version: "1", environment })
      assert.isTrue((yield* broker.canIDeploy({ pacticipant: application, version: "1", environment })).deployable)
    }))

  it.effect("a version that published nothing may not be deployed", () =>
    Effect.gen(function*() {
      const { canIDeploy } = yield* Broker
      const { consumer, pact, publish } = yield* setUp
      yield* publish(pact)
      const { contracts, deployable, reason } = yield* canIDeploy({
        pacticipant: consumer,
        version: "none",
        environment
      })
      assert.deepStrictEqual({ contracts, deployable }, { contracts: [], deployable: false })
      assert.include(reason, "No pacts or verifications have been published for version none")
    }))

  it.effect("an application, a version or an environment that the broker does not have is NotFound", () =>
    Effect.gen(function*() {
      const { canIDeploy, recordDeployment, recordRelease } = yield* Broker
      const { consumer, pact, publish } = yield* setUp
      const known = { pacticipant: consumer, version: yield* publish(pact), environment }
      const operations = [
        canIDeploy({ ...known, pacticipant: "nobody" }),
        canIDeploy({ ...known, environment: "nowhere" }),
        recordDeployment({ ...known, pacticipant: "nobody" }),
        recordDeployment({ ...known, version: "none" }),
        recordDeployment({ ...known, environment: "nowhere" }),
        recordRelease({ ...known, pacticipant: "nobody" }),
        recordRelease({ ...known, version: "none" }),
        recordRelease({ ...known, environment: "nowhere" })
      ]
      for (const operation of operations) assert.strictEqual((yield* Effect.flip(operation)).reason._tag, "NotFound")
    }))

  it.effect("credentials that the broker does not know are Unauthorized", () =>
    Effect.gen(function*() {
      const { options: { url } } = yield* Broker
      const { consumer, pact, publish, verify } = yield* setUp
      const question = { pacticipant: consumer, version: yield* publish(pact), environment }
      const stranger = Broker.make({ url, credentials: { username: "stranger", password: Redacted.make("guessed") } })
      const operations = [
        stranger.canIDeploy(question),
        stranger.recordDeployment(question),
        stranger.recordRelease(question),
        Effect.provideService(verify("1"), Broker, stranger)
      ]
      for (const operation of operations) {
        const error = yield* Effect.flip(operation)
        assert.strictEqual(error._tag === "BrokerError" && error.reason._tag, "Unauthorized")
      }
    }))
})
