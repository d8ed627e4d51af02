/**
 * What the vendor's client does when a call goes wrong, and what it becomes: each row of the migration guide's table of
 * errors, measured.
 */
import * as Promises from "@sunco/client/promise"
import { Emulator } from "@sunco/emulator/Emulator"
import * as Fault from "@sunco/emulator/Fault"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { deepStrictEqual } from "node:assert"
import { inspect } from "node:util"
import * as UsersClients from "./UsersClients.ts"
import * as VendorClient from "sunco-workshop/bench/VendorClient"

type Call = (client: Pick<UsersClients.UsersClient, "create" | "get">) => Effect.Effect<unknown, unknown>

interface Situation {
  readonly what: string
  readonly fault?: Fault.Fault
  /** `get("ada")`, who is there, when absent. */
  readonly call?: Call
  readonly url?: string
}

const situations: ReadonlyArray<Situation> = [
  { what: "400", fault: Fault.status(400) },
  { what: "401", fault: Fault.status(401) },
  { what: "403", fault: Fault.status(403) },
  { what: "404, no such user", call: ({ get }) => get("nobody") },
  { what: "404, no such app", fault: Fault.status(404, { code: "app_not_found" }) },
  { what: "409, the externalId is taken", call: ({ create }) => create({ externalId: "ada", profile: {} }) },
  { what: "413", fault: Fault.status(413) },
  { what: "429", fault: Fault.rateLimited({ retryAfter: 1 }) },
  { what: "408", fault: Fault.status(408) },
  { what: "503", fault: Fault.status(503) },
  { what: "a page of HTML with status 502", fault: Fault.htmlBody({ status: 502 }) },
  { what: "nobody listens", url: "http://127.0.0.1:1" },
  { what: "the connection is cut", fault: Fault.cutBeforeApplied },
  { what: "no answer in time", fault: Fault.slowHeaders("1 minute") },
  { what: "half an answer", fault: Fault.truncatedBody() },
  { what: "a page of HTML with status 200", fault: Fault.htmlBody({ status: 200 }) },
  { what: "status 200 without a body", fault: Fault.emptyBody },
  { what: "a user of the wrong shape", fault: Fault.mistypedBody() },
  { what: "no id", call: ({ get }) => get(undefined) },
  { what: "an id that no URL can carry", call: ({ get }) => get("\ud800") }
]

const get: Call = (client) => client.get("ada")

/** Short enough for the test, long enough for loopback. */
const timeout = 500

const code = (text: string): string => `\`${text}\``

/** How the vendor's client tells it; what it throws instead of rejecting is caught where the call is made. */
const vendorForm = (app: UsersClients.App, call: Call): Effect.Effect<string> => {
  let thrown: unknown
  const api = VendorClient.withBasic(app.url, app)
  Object.assign(api.apiClient, { timeout })
  const called = (run: () => Promise<unknown>) =>
    Effect.tryPromise({
      try: () => {
        try {
          return run()
        } catch (error) {
          thrown = error
          throw error
        }
      },
      catch: (rejection) => rejection
    })
  return Effect.match(
    call({
      create: (payload) => called(() => api.createUser(app.appId, payload)),
      get: (id) => called(() => api.getUser(app.appId, id))
    }),
    {
      onSuccess: (value) => `resolves with ${code(inspect(value, { depth: 0 }))}`,
      onFailure: (error) => thrown === undefined ? rejectionForm(error as Rejection) : `throws ${nameOf(thrown)}`
    }
  )
}

export interface Rejection extends VendorClient.Rejection {
  readonly error: Error & { readonly code?: string }
  readonly body?: { readonly errors?: ReadonlyArray<{ readonly code: string }> }
}

const rejectionForm = ({ body, error, status }: Rejection): string => {
  if (status !== undefined) {
    const [vendorError] = body?.errors ?? []
    const first = vendorError === undefined ? `${code("e.body")} ${code(inspect(body))}` : code(vendorError.code)
    return `${code("e.status")} ${status}, ${first}`
  }
  return error.code === undefined
    ? `${code("e.error")} is a ${nameOf(error)}`
    : `${code("e.error.code")} ${code(error.code)}`
}

const nameOf = (error: unknown): string => code(error instanceof Error ? error.name : inspect(error))

const suncoForm = (result: Effect.Effect<unknown, unknown>): Effect.Effect<string> =>
  Effect.match(result, {
    onSuccess: (value) => `gives ${code(inspect(value, { depth: 0 }))}`,
    onFailure: (error) => error instanceof Promises.SunshineError ? code(error.reason._tag) : nameOf(error)
  })

const promised = ({ appId, keyId, keySecret, url }: UsersClients.App) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() =>
        Promises.Users.make({
          appId,
          baseUrl: url,
          credentials: { keyId, secret: Redacted.value(keySecret) },
          attemptTimeout: timeout,
          retry: "never"
        })
      ),
      (users) => Effect.promise(() => users.close())
    ),
    (users): Parameters<Call>[0] => ({
      create: (payload) => Effect.tryPromise({ try: () => users.create(payload as object), catch: (error) => error }),
      get: (id) => Effect.tryPromise({ try: () => users.get(id as string), catch: (error) => error })
    })
  )

const row = ({ call = get, fault, url, what }: Situation) => {
  /** Each against an emulator of its own, in the same state. */
  const measured = <A>(measure: (app: UsersClients.App) => Effect.Effect<A, never, Scope.Scope>) =>
    Effect.gen(function*() {
      const emulator = yield* Emulator
      if (fault !== undefined) yield* emulator.faults.next(fault)
      return yield* measure({ ...emulator, url: url ?? emulator.url })
    }).pipe(Effect.scoped, Effect.provide(Emulator.layer({ users: [{ externalId: "ada" }] })))

  return Effect.gen(function*() {
    const vendor = yield* measured((app) => vendorForm(app, call))
    const effect = yield* measured((app) =>
      Effect.flatMap(
        UsersClients.sunco(app, { attemptTimeout: timeout, retry: "never" }),
        (users) => suncoForm(call(users))
      )
    )
    const promise = yield* measured((app) => Effect.flatMap(promised(app), (users) => suncoForm(call(users))))
    deepStrictEqual(promise, effect)
    return `| ${what} | ${vendor} | ${effect} |`
  })
}

/** The rows of the table in Markdown. */
export const migrationErrors: Effect.Effect<ReadonlyArray<string>, unknown> = Effect.forEach(situations, row)
