/**
 * Both clients in the same situations, and what each of them does there: every word of it is measured.
 */
import { AllResources, Sunshine } from "@sunco/client/promise"
import * as Credentials from "@sunco/client/Credentials"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import { Users } from "@sunco/client/Users"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import { SunshineOperations } from "@sunco/schemas/SunshineOperations"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { ServerResponse } from "node:http"
import { inspect } from "node:util"
import { compilerErrors } from "./compilerErrors.ts"
import * as Installed from "./installed.ts"
import * as RecordingServer from "./RecordingServer.ts"
import * as UsersClients from "./UsersClients.ts"
import * as VendorCalls from "./VendorCalls.ts"
import * as VendorClient from "sunco-workshop/bench/VendorClient"

/** Gives the cell of a table; the emulator is new for each. */
type Measure = Effect.Effect<string, unknown, Emulator | Scope.Scope>

interface Situation {
  readonly what: string
  readonly vendor: Measure
  readonly sunco: Measure
}

/** One measure for both. */
const both = (what: string, measure: (client: UsersClients.UsersClient) => Measure): Situation => ({
  what,
  vendor: Effect.flatMap(Effect.map(Emulator, UsersClients.vendor), measure),
  sunco: Effect.flatMap(Effect.flatMap(Emulator, (emulator) => UsersClients.sunco(emulator)), measure)
})

const code = (text: string) => `\`${text}\``

const listed = (items: ReadonlyArray<string>) => items.length === 0 ? "nothing" : items.join(", ")

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`

const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "a plain object"
  const reason = "reason" in error ? error.reason : undefined
  return code(reason instanceof Error ? reason.name : error.name)
}

const succeedsOrFails = (call: Effect.Effect<unknown, unknown>) =>
  Effect.match(call, { onSuccess: () => "succeeds", onFailure: () => "fails" })

const result = (call: Effect.Effect<unknown, unknown>) =>
  Effect.match(call, {
    onSuccess: (value) => `succeeds with ${code(inspect(value, { depth: 0 }))}`,
    onFailure: (error) => `fails with ${nameOf(error)}`
  })

/** The name of the error and what was sent for all that, below the app. */
const refusal = (call: Effect.Effect<unknown, unknown>) =>
  Effect.gen(function*() {
    const emulator = yield* Emulator
    const error = yield* Effect.match(call, { onFailure: nameOf, onSuccess: () => "success" })
    const sent = (yield* emulator.requests).map(({ body, method, path }) =>
      code([method, path.replace(`/v2/apps/${emulator.appId}`, ""), ...(body ? [JSON.stringify(body)] : [])].join(" "))
    )
    return sent.length === 0 ? `sends nothing: ${error}` : `sends ${listed(sent)}`
  })

const withFault = (fault: Fault.Fault) => Effect.flatMap(Emulator, ({ faults }) => faults.next(fault))

const withAda = Effect.flatMap(Emulator, ({ seed }) => seed({ users: [{ externalId: "ada" }] }))

const usersOf = (url: string, credentials: Layer.Layer<Credentials.Credentials>) =>
  Effect.map(
    Layer.build(
      Users.layer({ appId: "app", baseUrl: url }).pipe(Layer.provide([credentials, UndiciTransport.layer]))
    ),
    (context) => Context.get(context, Users)
  )

/** By the names of their methods; of one a browser does the call. */
const operations: ReadonlyArray<string> = [
  ...Object.values(SunshineOperations).flatMap((rows) => Object.keys(rows)),
  "authorizeUrl"
]

const megabytes = ({ bytes, packages }: Installed.Installed) =>
  `${counted(packages, "package")}, ${Math.round(bytes / 1e6)} MB`

const firstError = (program: string) =>
  Effect.sync(() => {
    const [message = "compiles"] = compilerErrors(program)
    return message.replace(/(?<=\.) .*/u, "")
  })

const keysThatCalled = Effect.flatMap(
  Emulator,
  ({ requests }) => Effect.map(requests, (seen) => listed(seen.map(({ keyId = "none" }) => code(keyId))))
)

const twoKeys = Effect.flatMap(
  Emulator,
  ({ addKey }) => Effect.all([addKey({ keyId: "app_first" }), addKey({ keyId: "app_second" })])
)

const inTheProgram: ReadonlyArray<Situation> = [
  {
    what: "operations of the API",
    vendor: Effect.sync(() => `${VendorCalls.methods.length} of ${operations.length}`),
    sunco: Effect.promise(async () => {
      await using client = Sunshine.make(
        { appId: "app", baseUrl: "http://127.0.0.1", credentials: { token: "token" } },
        AllResources
      )
      const methods = Object.values(client).flatMap((resource) =>
        Predicate.isObject(resource) ? Object.keys(resource) : []
      )
      const others = new Set(methods.filter((name) => !operations.includes(name)))
      const count = methods.filter((name) => operations.includes(name)).length
      return `${count} of ${operations.length}, and ${listed(Array.from(others, code))}`
    })
  },
  {
    what: "`extenalId` written for `externalId`, compiled",
    vendor: firstError(`
      import { UsersApi } from "sunshine-conversations-client"
      export const id = new UsersApi().getUser("app", "ada").then((response) => response.user.extenalId)
    `),
    sunco: firstError(`
      import { Users } from "@sunco/client"
      import { Effect } from "effect"
      export const id = Effect.flatMap(Users, (users) => users.get("ada")).pipe(Effect.map((user) => user.extenalId))
    `)
  },
  {
    what: "two clients with a key each, made in the documented way: the keys of their calls",
    vendor: Effect.gen(function*() {
      const emulator = yield* Emulator
      const apis = (yield* twoKeys).map(({ keyId, keySecret }) => {
        const api = new VendorClient.UsersApi()
        api.apiClient.basePath = emulator.url
        Object.assign(api.apiClient.authentications.basicAuth, {
          username: keyId,
          password: Redacted.value(keySecret)
        })
        return api
      })
      for (const api of apis) yield* Effect.promise(() => api.createUser(emulator.appId, {}))
      return yield* keysThatCalled
    }),
    sunco: Effect.gen(function*() {
      const { appId, url } = yield* Emulator
      const clients = yield* Effect.forEach(yield* twoKeys, (key) => UsersClients.sunco({ ...key, appId, url }))
      for (const client of clients) yield* client.create({})
      return yield* keysThatCalled
    })
  },
  {
    what: "a key and a token are both configured",
    vendor: Effect.gen(function*() {
      const server = yield* RecordingServer.make()
      const api = VendorClient.withBasic(server.url, { keyId: "app_1", keySecret: Redacted.make("secret") })
      api.apiClient.authentications.bearerAuth.accessToken = "token"
      yield* Effect.promise(() => api.getUser("app", "ada"))
      return `sends ${listed(server.requests.map(({ authorization }) => code(String(authorization))))}`
    }),
    sunco: Layer.build(Users.layerFromConfig().pipe(Layer.provide(UndiciTransport.layer))).pipe(
      Effect.as("builds"),
      Effect.catchTag("SettingsError", (error) => Effect.succeed(`${nameOf(error)}: ${error.message}`)),
      Effect.provideService(
        ConfigProvider.ConfigProvider,
        ConfigProvider.fromUnknown({
          SUNCO_APP_ID: "app",
          SUNCO_BASE_URL: "http://127.0.0.1",
          SUNCO_KEY_ID: "app_1",
          SUNCO_KEY_SECRET: "secret",
          SUNCO_TOKEN: "token"
        })
      )
    )
  },
  {
    what: "a token that has to be fetched first",
    vendor: Effect.gen(function*() {
      const server = yield* RecordingServer.make()
      const api = VendorClient.withBearer(server.url, () => Promise.resolve("token"))
      yield* Effect.promise(() => api.getUser("app", "ada"))
      return `sends ${listed(server.requests.map(({ authorization }) => code(String(authorization))))}`
    }),
    sunco: Effect.gen(function*() {
      const server = yield* RecordingServer.make()
      const token = Effect.promise(() => Promise.resolve(Redacted.make("token")))
      const users = yield* usersOf(server.url, Credentials.layerBearerEffect(token))
      yield* users.get("ada")
      return `sends ${listed(server.requests.map(({ authorization }) => code(String(authorization))))}`
    })
  }
]

const badInput: ReadonlyArray<Situation> = [
  {
    what: "no id",
    vendor: Effect.gen(function*() {
      const { appId, url, ...key } = yield* Emulator
      const api = VendorClient.withBasic(url, key)
      return yield* Effect.sync(() => {
        try {
          void api.getUser(appId)
          return "returns a promise"
        } catch (error) {
          return `throws ${nameOf(error)} instead of returning a promise`
        }
      })
    }),
    sunco: Effect.flatMap(
      Effect.flatMap(Emulator, (emulator) => UsersClients.sunco(emulator)),
      ({ get }) => refusal(get(undefined))
    )
  },
  both("get of the id `\"\"`", ({ get }) => refusal(get(""))),
  both("delete of the id `\"..\"`", (client) => refusal(client.delete(".."))),
  both("a mistyped name in a payload", ({ create }) => refusal(create({ extenalId: "ada" }))),
  both("metadata that is `NaN`", ({ create }) => refusal(create({ metadata: { seats: Number.NaN } })))
]

const everyField = {
  id: "7494535bff5cef41a15be74d",
  authenticated: true,
  externalId: "ada",
  zendeskId: "35436",
  brandId: "9477922990333",
  signedUpAt: "2026-11-23T09:30:00.000Z",
  toBeRetained: true,
  hasPaymentInfo: false,
  profile: { givenName: "Ada", localeOrigin: "zendeskAccount" },
  metadata: { plan: "pro" },
  identities: [{ type: "email", value: "ada@example.com", verification: "embed" }]
}

const pathsOf = (value: object): ReadonlyArray<string> =>
  Object.entries(value).flatMap(([name, field]: [string, unknown]) =>
    typeof field === "object" && field !== null ? [name, ...pathsOf(field).map((path) => `${name}.${path}`)] : [name]
  )

const answers: ReadonlyArray<Situation> = [
  both("fields that a read loses", ({ get }) =>
    Effect.gen(function*() {
      yield* (yield* Emulator).seed({ users: [everyField] })
      const value = yield* get(everyField.id)
      const { user = value } = value as { readonly user?: unknown }
      const kept = pathsOf(JSON.parse(JSON.stringify(user)))
      return listed(pathsOf(everyField).filter((path) => !kept.includes(path)).map(code))
    })),
  both("delete", (client) => Effect.andThen(withAda, result(client.delete("ada")))),
  both(
    "a page of HTML with status 200",
    ({ get }) => Effect.andThen(withFault(Fault.htmlBody({ status: 200 })), result(get("ada")))
  ),
  both(
    "status 200 without a body",
    ({ get }) => Effect.all([withAda, withFault(Fault.emptyBody)]).pipe(Effect.andThen(result(get("ada"))))
  ),
  both(
    "8 MiB where a user was expected",
    ({ get }) =>
      Effect.all([withAda, withFault(Fault.hugeBody(8 * 1024 * 1024))]).pipe(Effect.andThen(result(get("ada"))))
  )
]

const failures: ReadonlyArray<Situation> = [
  both(
    "a user who does not exist",
    ({ get }) => Effect.map(Effect.flip(get("ada")), (error) => `${nameOf(error)}, as text ${code(String(error))}`)
  ),
  both("the error printed as JSON or by `util.inspect` shows", ({ get }) =>
    Effect.gen(function*() {
      const { keyId, keySecret } = yield* Emulator
      const error = yield* Effect.flip(get("ada@example.com"))
      const printed = JSON.stringify(error) + inspect(error, { depth: Number.POSITIVE_INFINITY })
      const secrets = {
        "the credentials": Buffer.from(`${keyId}:${Redacted.value(keySecret)}`).toString("base64"),
        "the user's id": encodeURIComponent("ada@example.com")
      }
      return listed(Object.entries(secrets).flatMap(([name, secret]) => printed.includes(secret) ? [name] : []))
    })),
  both("503, then an answer", ({ get }) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* withAda
      yield* withFault(Fault.status(503))
      return `${yield* succeedsOrFails(get("ada"))}, ${counted((yield* emulator.requests).length, "request")}`
    })),
  both("429 with `Retry-After: 1`, then an answer", ({ get }) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* withAda
      yield* withFault(Fault.rateLimited({ retryAfter: 1 }))
      const end = yield* succeedsOrFails(get("ada"))
      const [first, second] = yield* emulator.requests
      if (first === undefined || second === undefined) return `${end}, 1 request`
      // A timer of Node may be a millisecond early by another clock.
      const waited = second.receivedAt - first.receivedAt >= 999
      return `${end}, 2 requests, ${waited ? "at least 1 s apart" : "less than 1 s apart"}`
    })),
  both("a create of which the answer is lost", ({ create }) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      yield* withFault(Fault.cutAfterApplied)
      const end = yield* succeedsOrFails(create({ externalId: "ada" }))
      return `${end}, ${counted((yield* emulator.stored("Users")).length, "user")} made`
    })),
  both("a redirect (307) to another host", ({ get }) =>
    Effect.gen(function*() {
      const other = yield* RecordingServer.make()
      yield* withFault(Fault.redirect(other.url, { status: 307 }))
      const end = yield* result(get("ada"))
      const followed = other.requests.some(({ authorization }) => authorization !== undefined)
      return followed ? "sends the credentials there" : end
    }))
]

/** A server that does not answer, what it has been asked, and when a question has been withdrawn. */
const silentServer = Effect.gen(function*() {
  const asked = yield* Deferred.make<ServerResponse>()
  const withdrawn = yield* Deferred.make<void>()
  const { url } = yield* RecordingServer.make((_, response) => {
    response.on("close", () => Deferred.doneUnsafe(withdrawn, Effect.void))
    Deferred.doneUnsafe(asked, Effect.succeed(response))
  })
  return { url, asked: Deferred.await(asked), withdrawn: Deferred.await(withdrawn) }
})

const key = { keyId: "app_1", keySecret: Redacted.make("secret") }

const tenCalls = (client: (app: UsersClients.App) => Effect.Effect<UsersClients.UsersClient, never, Scope.Scope>) =>
  Effect.gen(function*() {
    const server = yield* RecordingServer.make()
    const { get } = yield* client({ ...key, appId: "app", url: server.url })
    for (let call = 0; call < 10; call++) yield* get("ada")
    return server.connections() === 10 ? "a new one each time" : "kept open and used again"
  })

const onTheMachine: ReadonlyArray<Situation> = [
  {
    what: "a call that is cancelled (by an `AbortSignal`, by interruption)",
    vendor: Effect.gen(function*() {
      const server = yield* silentServer
      const controller = new AbortController()
      const promise = VendorClient.withBasic(server.url, key).getUser("app", "ada", { signal: controller.signal })
      const response = yield* server.asked
      controller.abort()
      yield* Effect.sync(() => response.setHeader("content-type", "application/json").end("{\"user\":{}}"))
      return yield* Effect.match(Effect.tryPromise(() => promise), {
        onSuccess: () => "goes on to its end",
        onFailure: () => "ends"
      })
    }),
    sunco: Effect.gen(function*() {
      const server = yield* silentServer
      const { get } = yield* UsersClients.sunco({ ...key, appId: "app", url: server.url })
      const fiber = yield* Effect.forkChild(get("ada"))
      yield* server.asked
      yield* Fiber.interrupt(fiber)
      yield* server.withdrawn
      return "ends, and so does its request"
    })
  },
  {
    what: "the connections of 10 calls, one after another",
    vendor: tenCalls((app) => Effect.succeed(UsersClients.vendor(app))),
    sunco: tenCalls(UsersClients.sunco)
  },
  {
    what: "installed with all that it needs",
    vendor: Effect.sync(() => megabytes(Installed.vendor())),
    sunco: Effect.sync(() => {
      const { client, effect } = Installed.sunco()
      return `${megabytes(client)}, and \`effect\`: ${megabytes(effect)}`
    })
  }
]

const measured = (measure: Measure) => measure.pipe(Effect.scoped, Effect.provide(Emulator.layer()))

export const header: ReadonlyArray<string> = [
  "| | `sunshine-conversations-client` 14.1.0 | `@sunco/client` |",
  "| --- | --- | --- |"
]

/** The rows of the table in Markdown. */
export const comparison: Effect.Effect<ReadonlyArray<string>, unknown> = Effect.forEach(
  [...inTheProgram, ...badInput, ...answers, ...failures, ...onTheMachine],
  Effect.fnUntraced(function*({ sunco, vendor, what }) {
    return `| ${what} | ${yield* measured(vendor)} | ${yield* measured(sunco)} |`
  })
)
