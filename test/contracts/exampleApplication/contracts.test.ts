import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { assert, describe, it, layer } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import { Contract, Names, UsersContracts } from "@sunco/contracts"
import { credentials, states } from "@sunco/contracts/EmulatedProvider"
import { Emulator } from "@sunco/emulator/Emulator"
import { Broker, Pact, PactFile, Verifier } from "effect-pact"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import * as Accounts from "./Accounts.ts"

const directory = mkdtempSync(join(tmpdir(), "accounts-"))
afterAll(() => rmSync(directory, { recursive: true }))

// What the application has: its own name, and the contracts of the operations that it uses.

const AccountsPact = Pact.layer({ consumer: "accounts", provider: Names.provider, directory })

layer(Layer.merge(AccountsPact, UndiciTransport.layer))("accounts needs of Sunshine Conversations", (it) => {
  for (const contract of [...UsersContracts.create, ...UsersContracts.get]) {
    it.effect(contract.interaction.description, () => Contract.verify(contract))
  }
})

// What comes of it.

describe("the pact of accounts", () => {
  it.effect("has the application's own name, and those contracts only", () =>
    Effect.gen(function*() {
      const [located, ...others] = yield* PactFile.read([directory])
      assert.lengthOf(others, 0)
      assert.deepStrictEqual(located?.pact.consumer, { name: "accounts" })
      assert.deepStrictEqual(
        located?.pact.interactions.map(({ description }) => description).sort(),
        [...UsersContracts.create, ...UsersContracts.get].map(({ interaction }) => interaction.description).sort()
      )
    }))

  it.effect("is about the operations that the application calls", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* Accounts.greeting("ada"), "Who are you?")
      yield* Accounts.open("ada", "Ada")
      yield* Accounts.open("ada", "Eve")
      assert.strictEqual(yield* Accounts.greeting("ada"), "Hello, Ada!")

      const called = (yield* (yield* Emulator).requests).map(({ operation }) => operation)
      assert.sameMembers(Array.from(new Set(called)), ["Users.create", "Users.get"])
    }).pipe(
      Effect.provide(
        Layer.unwrap(Effect.map(Emulator, ({ appId, keyId, keySecret, url }) =>
          Users.layer({ appId, baseUrl: url }).pipe(
            Layer.provide(Credentials.layerBasic({ keyId, secret: keySecret }))
          ))).pipe(Layer.provideMerge(Emulator.layerMemory()))
      )
    ))

  it.live("is kept by the emulator", () =>
    Effect.gen(function*() {
      const { url } = yield* Emulator
      const verified = yield* Verifier.verify({
        provider: Names.provider,
        url,
        pacts: [directory],
        states,
        headers: credentials
      })
      assert.lengthOf(verified.interactions, UsersContracts.create.length + UsersContracts.get.length)
    }).pipe(Effect.provide(Emulator.layer())))

  it.live("is published under the application's own name and version", () =>
    Effect.gen(function*() {
      const received: Array<unknown> = []
      yield* HttpServer.serveEffect(Effect.gen(function*() {
        const { headers, json, url } = yield* HttpServerRequest.HttpServerRequest
        if (url === "/") {
          const href = `http://${headers["host"]}/contracts/publish`
          return HttpServerResponse.jsonUnsafe({ _links: { "pb:publish-contracts": { href } } })
        }
        received.push(yield* json)
        return HttpServerResponse.jsonUnsafe({ notices: [], _embedded: {}, _links: {} })
      }))

      const broker = Broker.make({ url: yield* Verifier.serverUrl })
      yield* broker.publish({ pacts: [directory], version: "4f2c1e0", branch: "main" })

      assert.lengthOf(received, 1)
      assert.deepInclude(received[0], {
        pacticipantName: "accounts",
        pacticipantVersionNumber: "4f2c1e0",
        branch: "main"
      })
    }).pipe(
      Effect.scoped,
      Effect.provide(NodeHttpServer.layer(createServer, { host: "127.0.0.1", port: 0 }))
    ))
})
