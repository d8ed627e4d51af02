/**
 * Every method of the vendor's client, from the contracts: it sends what this project's client sends for the same, and the emulator
 * answers it as the contract says. Nothing here calls one by hand.
 */
import { assert, describe, it, layer } from "@effect/vitest"
import * as Client from "@sunco/client"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { appId } from "@sunco/contracts/Contract"
import * as EmulatedProvider from "@sunco/contracts/EmulatedProvider"
import { SunshineContracts } from "@sunco/contracts/SunshineContracts"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Matcher from "effect-pact/Matcher"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import * as VendorClient from "sunco-workshop/bench/VendorClient"
import * as RecordingServer from "./RecordingServer.ts"
import * as VendorCalls from "./VendorCalls.ts"

const rows = SunshineContracts.flatMap(VendorCalls.rowOf).map((row) => ({
  ...row,
  description: row.contract.interaction.description
}))

const directory = mkdtempSync(join(tmpdir(), "sunco-vendor-client-"))
afterAll(() => rmSync(directory, { recursive: true }))

/** The vendor's client with the credentials of a header. */
const authenticated = (url: string, authorization = ""): VendorClient.ApiClient => {
  const [scheme, value = ""] = authorization.split(" ")
  const [keyId = "", secret = ""] = Buffer.from(value, "base64").toString().split(/:(.*)/s)
  return scheme === "Basic"
    ? VendorClient.withBasic(url, { keyId, keySecret: Redacted.make(secret) }).apiClient
    : VendorClient.withBearer(url, value).apiClient
}

type Query = ReadonlyArray<readonly [name: string, value: string]>

/** What the vendor's client leaves out of a query, and why. */
const leftOut: ReadonlyArray<{ readonly why: string; readonly of: (name: string, query: Query) => boolean }> = [
  {
    why: "it takes no brandId but in the body of a create",
    of: (name) => name === "brandId"
  },
  {
    why: "of a cursor and a size it sends the one that was written first",
    of: (name, query) => name.startsWith("page[") && query.find(([other]) => other.startsWith("page["))?.[0] !== name
  }
]

const queryOf = ({ contract }: VendorCalls.Row): Query =>
  Object.entries(contract.interaction.request.query ?? {}).map(([name, value]) => [name, `${Matcher.example(value)}`])

const sentOf = (query: Query): Query =>
  query.filter(([name]) => !leftOut.some(({ of }) => of(name, query))).toSorted(([one], [other]) =>
    one < other ? -1 : 1
  )

/** It takes no body where one is optional: none of it is sent, which the vendor takes for `{}`. */
const leavesOutBody = ({ contract, method, operation }: VendorCalls.Row) =>
  contract.interaction.request.body !== undefined && operation.declared.bodyOptional === true &&
  method.parameters.length === Object.keys(operation.declared.params).length

const sendsAll = (row: VendorCalls.Row) => sentOf(queryOf(row)).length === queryOf(row).length

/** Methods that call nothing, and why. */
const noCalls: { readonly [method: string]: string } = {
  authorize: "it is where a browser is sent, of which a program needs the URL alone"
}

it("there is no method of the vendor's client that no contract calls, but one", () => {
  assert.lengthOf(VendorCalls.methods, 64)
  const called = rows.map(({ method }) => method.name)
  assert.deepStrictEqual(
    VendorCalls.methods.map(({ name }) => name).filter((name) => !called.includes(name)),
    Object.keys(noCalls)
  )
})

it.live("authorize goes to the URL that this client makes for a browser", () =>
  Effect.gen(function*() {
    const server = yield* RecordingServer.make((_, answer) => {
      answer.end()
    })
    const [clientId, state, redirectUri] = [
      "tea-bot",
      "a state that nobody can guess",
      "https://tea.example/done?with=tea"
    ]
    yield* Effect.promise(() =>
      VendorCalls.callByName("authorize", authenticated(server.url), clientId, "code", { state, redirectUri })
    )
    const { url } = yield* Client.OAuth.authorizeUrl(
      { client_id: clientId, state, redirect_uri: redirectUri },
      { bridgeUrl: server.url }
    )
    const { pathname, searchParams } = new URL(url)
    const [request] = server.take()
    assert.deepStrictEqual(request?.path, pathname)
    assert.sameDeepMembers([...request!.query], Array.from(searchParams))
  }).pipe(Effect.scoped))

const authorizationOf = ({ contract }: VendorCalls.Row): string | undefined => {
  const { Authorization } = contract.interaction.request.headers ?? {}
  return Authorization === undefined ? undefined : `${Matcher.example(Authorization)}`
}

/** Those of the examples. */
const credentials = {
  basic: Client.Credentials.layerBasic({ keyId: "key", secret: Redacted.make("secret") }),
  bearer: Client.Credentials.layerBearer(Redacted.make("token")),
  none: Client.Credentials.layerNone
}

describe("the vendor's client sends what this one does", () => {
  it("but no body where one is optional", () => assert.isTrue(rows.some(leavesOutBody)))

  it.each(leftOut)("but $why", ({ of }) => {
    assert.isTrue(rows.map(queryOf).some((query) => query.some(([name]) => of(name, query))))
  })

  it.live.each(rows)("$method.name: $description", (row) =>
    Effect.gen(function*() {
      const { request, response } = row.contract.interaction
      const server = yield* RecordingServer.make((_, answer) => {
        answer.writeHead(response.status, { "content-type": "application/json" })
        answer.end(JSON.stringify(Matcher.example(response.body ?? {})))
      })
      yield* Effect.promise(() =>
        VendorCalls.call(row, { apiClient: authenticated(server.url, authorizationOf(row)), directory }).catch(() => {})
      )
      const vendor = server.take()
      const sunco = Client.AllResources.layer({ appId, baseUrl: server.url, retry: "never" }).pipe(
        Layer.provide([credentials[row.contract.credentials], UndiciTransport.layer])
      )
      yield* row.contract.call.pipe(Effect.ignore, Effect.provide(sunco))
      // The boundary of a form is each client's own, and the order of a query means nothing.
      const comparable = (requests: ReadonlyArray<RecordingServer.RecordedRequest>) =>
        requests.map((sent) => ({
          ...sent,
          ...(request.form === undefined ? {} : { body: "a form", contentType: "a form" }),
          ...(leavesOutBody(row) ? { body: "", contentType: "" } : {}),
          query: sentOf(sent.query)
        }))
      assert.lengthOf(vendor, 1)
      assert.lengthOf(vendor[0]!.query, sentOf(queryOf(row)).length)
      assert.deepStrictEqual(comparable(vendor), comparable(server.take()))
    }).pipe(Effect.scoped))
})

layer(Emulator.layer(), { excludeTestServices: true })("the emulator answers the vendor's client", (it) => {
  it.effect.each(rows.filter(sendsAll))("$method.name: $description", (row) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      const { request, response, states = [] } = row.contract.interaction
      let values: VendorCalls.Values = { appId: emulator.appId }
      for (const { name, parameters } of states) {
        values = { ...values, ...(yield* EmulatedProvider.states.setUp(name, parameters)) }
      }
      // What a state took was a call, too.
      const before = (yield* emulator.requests).length
      const { Authorization = "" } = yield* EmulatedProvider.credentials({
        method: request.method,
        target: VendorCalls.pathOf(row, values),
        headers: { authorization: authorizationOf(row) ?? "" },
        body: new Uint8Array()
      })
      const apiClient = authenticated(
        emulator.url,
        Redacted.isRedacted(Authorization) ? `${Redacted.value(Authorization)}` : Authorization
      )
      const rejection = yield* Effect.promise(() =>
        VendorCalls.call(row, { apiClient, directory, values }).then(
          () => undefined,
          (rejection: VendorClient.Rejection) => rejection
        )
      )
      const seen = (yield* emulator.requests).slice(before).map(({ method, operation, status }) => ({
        method,
        operation,
        status
      }))
      const { name, resource } = row.operation
      assert.deepStrictEqual<unknown>(seen, [
        { method: request.method, operation: `${resource}.${name}`, status: response.status }
      ])
      assert.strictEqual(rejection?.status ?? response.status, response.status)
      assert.strictEqual(rejection === undefined, "gives" in row.contract)
      if (request.form === undefined || rejection !== undefined) return
      const kept = (yield* emulator.stored("Attachments")).map(({ name, size }) => ({ name, size }))
      const [file] = Object.values(request.form)
      assert.deepStrictEqual(kept, [{ name: file!.fileName, size: Buffer.from(file!.base64, "base64").length }])
    }).pipe(Effect.scoped))
})
