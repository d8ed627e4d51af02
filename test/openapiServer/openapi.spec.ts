import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, layer } from "@effect/vitest"
import * as Credentials from "@sunco/client/Credentials"
import { OAuth } from "@sunco/client/OAuth"
import * as Sunshine from "@sunco/client/Sunshine"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { appId } from "@sunco/contracts/Contract"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type * as PlatformError from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import * as Documented from "./Documented.ts"
import { bounded, corrected, faults } from "./faults.ts"
import * as Judgement from "./Judgement.ts"
import * as Prism from "./Prism.ts"
import * as Relay from "./Relay.ts"

class Vendor extends Context.Service<
  Vendor,
  Documented.Documented & {
    /** The URL of a server that has the document without its faults. */
    readonly server: string
    /** That of one that has another document. */
    readonly serverOf: (
      document: object
    ) => Effect.Effect<string, Prism.NotStarted | PlatformError.PlatformError, Scope.Scope>
  }
>()("openapiServer/Vendor") {
  static readonly layer = Layer.effect(
    Vendor,
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const services = yield* Effect.context<NodeServices.NodeServices>()
      const documented = yield* Documented.read(yield* Config.NonEmptyString("SUNCO_VENDOR_SPEC"))
      const folder = yield* files.makeTempDirectoryScoped({ prefix: "sunco-openapi-" })
      const serverOf = Effect.fnUntraced(function*(document: object) {
        const path = yield* files.makeTempFile({ directory: folder, suffix: ".json" })
        yield* files.writeFileString(path, JSON.stringify(document))
        return yield* Effect.provide(Prism.start(path), services)
      })
      return { ...documented, server: yield* serverOf(corrected(documented.document)), serverOf }
    })
  ).pipe(Layer.provide(NodeServices.layer))
}

/** What a request of any operation can have wrong. */
const wrong = {
  "a path that there is not": { method: "GET", path: ["v2", "apps", appId, "people"] },
  "a method that there is not": { method: "PATCH", path: ["v2", "apps", appId, "users"], body: {} },
  "a number for a text": { method: "POST", path: ["v2", "apps", appId, "users"], body: { externalId: 1 } },
  "a text that is too long": {
    method: "POST",
    path: ["v2", "apps", appId, "users"],
    body: { profile: { givenName: "x".repeat(129) } }
  },
  "no body where one is needed": { method: "POST", path: ["v2", "apps", appId, "users"] },
  "a value that there is not": {
    method: "POST",
    path: ["v2", "apps", appId, "conversations"],
    body: { type: "public" }
  },
  "a body without what is required": { method: "POST", path: ["v2", "apps", appId, "conversations"], body: {} },
  "a query beyond its limit": {
    method: "GET",
    path: ["v2", "apps", appId, "conversations"],
    query: { "filter[userExternalId]": "ada", "page[size]": "1000" }
  },
  "a query without what is required": { method: "GET", path: ["oauth", "authorize"] }
} as const

/** Documented operations that no program calls, and why. */
const noCalls: { readonly [operationId: string]: string } = {
  Authorize: "It is where a browser is sent, of which a program needs the URL alone."
}

layer(Vendor.layer, { excludeTestServices: true })("the vendor's document in a mock server of others", (it) => {
  for (const [what, request] of Object.entries(wrong)) {
    it.effect(`would refuse ${what}`, () =>
      Effect.gen(function*() {
        const relay = yield* Relay.make((yield* Vendor).server)
        const client = Sunshine.Sunshine.layer({ appId, baseUrl: relay.url, retry: "never" }).pipe(
          Layer.provide([
            Credentials.layerBasic({ keyId: "key", secret: Redacted.make("secret") }),
            UndiciTransport.layer
          ])
        )
        const { exchanges: [exchange] } = yield* Sunshine.Sunshine.use((_) =>
          _.request({ operation: "Wrong", ...request })
        )
          .pipe(Effect.ignore, Effect.provide(client), relay.around)
        assert.isNotEmpty(exchange?.violations)
      }))
  }

  it.effect("takes the requests of every operation, each of whose answers is understood", () =>
    Effect.gen(function*() {
      const { answers, server } = yield* Vendor
      assert.deepStrictEqual(yield* Judgement.of(server, answers), [])
      const documented = answers.filter(({ operationId }) => !(operationId in noCalls))
      assert.sameMembers(
        Judgement.pairs.map(({ pair }) => pair),
        documented.map(({ operationId, status }) => `${operationId} ${status}`)
      )
      console.log(`${Judgement.operations.length} operations with ${documented.length} answers`)
    }))

  it.effect.each(Judgement.refused)(
    "does not take $description: $reason",
    ({ description }) => Effect.sync(() => assert.include(Judgement.descriptions, description))
  )

  it.effect("takes the URL to which a browser is sent for one of the document", () =>
    Effect.gen(function*() {
      const relay = yield* Relay.make((yield* Vendor).server)
      const { url } = yield* OAuth.authorizeUrl(
        { client_id: "tea-bot", redirect_uri: "https://tea.example/done" },
        { bridgeUrl: relay.url }
      )
      const { exchanges } = yield* relay.around(Effect.promise(() => fetch(url, { redirect: "manual" })))
      assert.deepStrictEqual(exchanges.map(({ status, violations }) => ({ status, violations })), [
        { status: 302, violations: [] }
      ])
    }))

  it.effect("makes up no answer that is not understood", () =>
    Effect.gen(function*() {
      const { document, serverOf } = yield* Vendor
      assert.deepStrictEqual(yield* Judgement.ofInventions(yield* serverOf(bounded(corrected(document)))), [])
    }))

  for (const fault of faults) {
    it.effect(`is told to be at fault: ${fault.reason}`, () =>
      Effect.gen(function*() {
        const { answers, document, serverOf } = yield* Vendor
        const deviations = yield* Judgement.of(yield* serverOf(corrected(document, fault)), answers)
        assert.isNotEmpty(deviations)
        assert.deepStrictEqual(deviations.filter((text) => !fault.told.test(text)), [])
      }))
  }
})
