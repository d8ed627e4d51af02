import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import * as Contract from "@sunco/contracts/Contract"
import * as UsersContracts from "@sunco/contracts/UsersContracts"
import { Pact } from "effect-pact/Pact"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"

const find = (contracts: ReadonlyArray<Contract.Contract>, description: string): Contract.Contract => {
  const found = contracts.find(({ interaction }) => interaction.description === description)
  return found ?? assert.fail(`no contract is described as "${description}"`)
}

const createMinimal = find(UsersContracts.create, "a request to create a user with an externalId only")
const getById = find(UsersContracts.get, "a request to get a user about whom nothing is known")
const getMissing = find(UsersContracts.get, "a request to get a user who does not exist")

/** The lines of the message with which a contract fails; nothing may have been written. */
const failureOf = Effect.fnUntraced(function*(contract: Contract.Contract) {
  const files = yield* FileSystem.FileSystem
  const directory = yield* files.makeTempDirectoryScoped()
  const error = yield* Contract.verify(contract).pipe(
    Effect.provide(Pact.layer({ consumer: "client", provider: "vendor", directory })),
    Effect.flip
  )
  assert.deepStrictEqual(yield* files.readDirectory(directory), [])
  return error.message.split("\n")
})

const app = `/v2/apps/${Contract.appId}`
const user = `${app}/users/67a11490f0305f4a391e9f8a`
const failed = (method: string) =>
  `  the client saw: UnexpectedOutcome: The call fails with SunshineError: ${method}: the vendor failed (500); 1 attempt, stopped: attempts`

layer(Layer.mergeAll(UndiciTransport.layer, NodeServices.layer))(
  "Contract.verify says what is wrong when the client",
  (it) => {
    it.effect("sends another value", () =>
      Effect.gen(function*() {
        const call = Users.use((users) => users.create({ externalId: "another-id" }))
        assert.deepStrictEqual(yield* failureOf({ ...createMinimal, call }), [
          "client does not talk to vendor as its contract says",
          `  POST ${app}/users was sent, but is not what "a request to create a user with an externalId only" expects:`,
          "    body $.externalId: Expected 'another-id' (String) to be equal to 'your-own-id' (String)",
          `${failed("Users.create")}, applied: unknown`
        ])
      }))

    it.effect("sends a field that it should not", () =>
      Effect.gen(function*() {
        const call = Users.use((users) => users.create({ externalId: "your-own-id", toBeRetained: true }))
        const lines = yield* failureOf({ ...createMinimal, call })
        assert.include(
          lines,
          "    body $: Expected a Map with keys [externalId] but received one with keys [externalId, toBeRetained]"
        )
      }))

    it.effect("asks for something else", () =>
      Effect.gen(function*() {
        const call = Users.use((users) => users.get("another-id"))
        assert.deepStrictEqual(yield* failureOf({ ...getById, call }), [
          "client does not talk to vendor as its contract says",
          `  GET ${app}/users/another-id was sent, and no interaction expects it`,
          `  GET ${user} was never sent, as "a request to get a user about whom nothing is known" expects`,
          failed("Users.get")
        ])
      }))

    it.effect("asks with a query that it should not have", () =>
      Effect.gen(function*() {
        const call = Users.use((users) => users.get("67a11490f0305f4a391e9f8a", { brandId: "9477922990333" }))
        const lines = yield* failureOf({ ...getById, call })
        assert.include(lines, "    query brandId: Unexpected query parameter 'brandId' received")
      }))

    it.effect("authenticates in another way", () =>
      Effect.gen(function*() {
        const lines = yield* failureOf({ ...getById, credentials: "bearer" })
        assert.include(
          lines,
          "    header Authorization: Mismatch with header 'Authorization': its value is not shown"
        )
      }))

    it.effect("asks for nothing", () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* failureOf({ ...getById, call: Effect.void }), [
          "client does not talk to vendor as its contract says",
          `  GET ${user} was never sent, as "a request to get a user about whom nothing is known" expects`,
          "  the client saw: UnexpectedOutcome: The call gives nothing"
        ])
      }))

    it.effect("makes another value of the response", () =>
      Effect.gen(function*() {
        const call = Effect.map(getById.call, () => ({ id: "another-id" }))
        assert.deepStrictEqual(yield* failureOf({ ...getById, call }), [
          "The call gives {\"id\":\"another-id\"}",
          "  but \"a request to get a user about whom nothing is known\" says that it gives {\"id\":\"67a11490f0305f4a391e9f8a\"}"
        ])
      }))

    it.effect("takes an error for a value", () =>
      Effect.gen(function*() {
        const call = Effect.orElseSucceed(getMissing.call, () => null)
        assert.deepStrictEqual(yield* failureOf({ ...getMissing, call }), [
          "The call gives null",
          "  but \"a request to get a user who does not exist\" says that it fails with UserNotFound"
        ])
      }))

    it.effect("asks for more", () =>
      Effect.gen(function*() {
        const call = Effect.flatMap(getById.call, () => getMissing.call)
        const [, unexpected] = yield* failureOf({ ...getById, call })
        assert.strictEqual(unexpected, `  GET ${app}/users/your-own-id was sent, and no interaction expects it`)
      }))
  }
)
