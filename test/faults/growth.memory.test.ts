/**
 * Nothing is kept per call, per user, per client or per app: counts of what is still there after many of them.
 *
 * The client has no cache but what each client computes once, and the metric series, of which there is one for each pair of
 * operation and ending.
 */
import { assert, it } from "@effect/vitest"
import { Credentials, Users } from "@sunco/client"
import * as FetchTransport from "@sunco/client/FetchTransport"
import * as UndiciTransport from "@sunco/client/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpClient from "effect/http/HttpClient"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { createServer, type Server } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import { setImmediate as nextTurn } from "node:timers/promises"
import { getHeapSnapshot, setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { Dispatcher } from "undici"
import { observe } from "./ServerSide.ts"

/** What the engine or the test runner may hold on to for a while. */
const few = 5

const many = 500

setFlagsFromString("--expose-gc")

const gc: () => void = runInNewContext("gc")

const collectGarbage = Effect.promise(async () => {
  // What is done with is let go of turn by turn, and what hangs on it in the next collection.
  for (let pass = 0; pass < 5; pass++) {
    await nextTurn()
    gc()
  }
})

/** Objects, of which one can tell how many are still reachable. */
class Watched {
  private readonly refs: Array<WeakRef<object>> = []

  add(object: object): void {
    this.refs.push(new WeakRef(object))
  }

  get all(): number {
    return this.refs.length
  }

  readonly reachable = Effect.map(
    collectGarbage,
    () => this.refs.filter((ref) => ref.deref() !== undefined).length
  )
}

/** Joined and not concatenated: a snapshot has the parts of a concatenation that nobody has looked into, not the whole. */
const numbered = (marker: string, index: number): string => [marker, index].join("")

/** How many different numbers there are behind each of the markers, anywhere on the heap. */
const onTheHeap = <Marker extends string>(...markers: ReadonlyArray<Marker>): Effect.Effect<Record<Marker, number>> =>
  Effect.promise(async () => {
    const pattern = new RegExp(`(${markers.join("|")})(\\d+)`, "g")
    const numbers = new Map(markers.map((marker) => [marker, new Set<string>()]))
    let text = ""
    for await (const chunk of getHeapSnapshot().setEncoding("utf8")) {
      text = text.slice(-100) + chunk
      for (const [, marker, number] of text.matchAll(pattern)) numbers.get(marker as Marker)!.add(number!)
    }
    return Object.fromEntries(Array.from(numbers, ([marker, { size }]) => [marker, size])) as Record<Marker, number>
  })

/** Those of the test runner among them, which come and go. */
const activeTimers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length

const controller: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  abort() {},
  pause() {},
  resume() {}
}

const missing = { errors: [{ code: "user_not_found", title: "User not found" }] }

/** Has a user of every id but of those that begin with `no-`, and leaves `silent` ones waiting. */
const everyUser = (method: string | undefined, path: string) => {
  const id = path.slice(path.lastIndexOf("/") + 1)
  if (id.startsWith("silent-")) return undefined
  return id.startsWith("no-")
    ? { status: 404, body: JSON.stringify(missing) }
    : { status: method === "POST" ? 201 : 200, body: JSON.stringify({ user: { id } }) }
}

const headers = { "content-type": "application/json" }

class EveryUser extends Dispatcher {
  /** What undici, or a `fetch`, is handed for each request. */
  readonly handlers = new Watched()

  override dispatch({ method, path }: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.handlers.add(handler)
    handler.onRequestStart?.(controller, undefined)
    const answer = everyUser(method, path)
    if (answer === undefined) return true
    setImmediate(() => {
      handler.onResponseStart?.(controller, answer.status, headers, "")
      handler.onResponseData?.(controller, Buffer.from(answer.body))
      handler.onResponseEnd?.(controller, {})
    })
    return true
  }

  readonly fetch: typeof globalThis.fetch = async (url, init) => {
    this.handlers.add(init!.signal!)
    const answer = everyUser(init?.method, String(url))
    await nextTurn()
    return answer === undefined ? new Promise(() => {}) : new Response(answer.body, { status: answer.status, headers })
  }
}

const key = { keyId: "app_1", secret: Redacted.make("secret") }

const makeUsers = (appId: string, baseUrl: string, httpClient: HttpClient.HttpClient) =>
  Users.make({ appId, baseUrl }).pipe(
    Effect.provideService(HttpClient.HttpClient, httpClient),
    Effect.provideServiceEffect(Credentials.Credentials, Credentials.makeJwt({ ...key, scope: "app" })),
    Effect.orDie
  )

const tracer = Tracer.make({ span: (options) => new Tracer.NativeSpan(options) })

it.live("nothing of a call or of a user is left when the call is over", () =>
  Effect.gen(function*() {
    const server = new EveryUser()
    const results = new Watched()
    // Straight on the dispatcher or the fetch, and through the service.
    const clients = yield* Effect.forEach(
      [UndiciTransport.make(server), FetchTransport.make(server.fetch)].flatMap((direct) => [
        direct,
        HttpClient.mapRequest(direct, (request) => request)
      ]),
      (httpClient) => makeUsers("app", "http://127.0.0.1", httpClient)
    )
    const timers = activeTimers()
    for (const users of clients) {
      for (let index = 0; index < many; index++) {
        const id = (kind: string) => numbered(`${kind}-growing-`, index)
        results.add(yield* users.get(id("read")))
        results.add(yield* users.update(id("changed"), { metadata: { seats: index } }))
        results.add(yield* users.create({ externalId: id("made"), profile: { givenName: "Ada" } }))
        results.add(yield* Effect.flip(users.get(id("no"))))
        yield* Fiber.interrupt(yield* Effect.forkChild(users.get(id("silent")), { startImmediately: true }))
      }
    }
    assert.strictEqual(results.all, 4 * many * clients.length)
    assert.strictEqual(server.handlers.all, 5 * many * clients.length)
    assert.isAtMost(activeTimers(), timers + few)
    assert.isAtMost(yield* results.reachable, few)
    assert.isAtMost(yield* server.handlers.reachable, few)
    const kept = Array.from({ length: 2 * few }, (_, index) => numbered("-kept-", index))
    const there = yield* onTheHeap("-growing-", "-kept-")
    assert.isAtMost(there["-growing-"], few)
    // What is there is found, and the clients are still there.
    assert.strictEqual(there["-kept-"], kept.length)
    for (const users of clients) assert.strictEqual((yield* users.get("ada")).id, "ada")
  }).pipe(Effect.withTracer(tracer)), 60_000)

/** Any app's server: it has every user. */
const everyApp = Effect.map(
  Effect.acquireRelease(
    Effect.callback<Server>((resume) => {
      const server = createServer((request, response) => {
        request.resume()
        response.setHeader("content-type", "application/json").end(JSON.stringify({ user: { id: "ada" } }))
      }).listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
    }),
    (server) =>
      Effect.sync(() => {
        server.closeAllConnections()
        server.close()
      })
  ),
  (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
)

/** Those that undici opens from now on: they have the client that they belong to, and so its pool and agent. */
const connectedSockets = Effect.map(
  Effect.acquireRelease(
    Effect.sync(() => {
      const sockets = new Watched()
      const onConnected = (message: unknown) => sockets.add((message as { readonly socket: Socket }).socket)
      subscribe("undici:client:connected", onConnected)
      return { onConnected, sockets }
    }),
    ({ onConnected }) => Effect.sync(() => unsubscribe("undici:client:connected", onConnected))
  ),
  ({ sockets }) => sockets
)

it.live("nothing of a client or of an app is left when its scope is closed", () =>
  Effect.gen(function*() {
    const serverSide = yield* observe
    const url = yield* everyApp
    const clients = new Watched()
    const sockets = yield* connectedSockets
    const oneClient = (index: number) =>
      Effect.scoped(Effect.gen(function*() {
        const httpClient = yield* UndiciTransport.makeAgent({ connections: 2 })
        const users = yield* makeUsers(numbered("opened-app-", index), url, httpClient)
        clients.add(httpClient)
        clients.add(users)
        yield* Effect.all([users.get("ada"), users.get("grace")], { concurrency: "unbounded" })
      }))
    yield* oneClient(0)
    const timers = activeTimers()
    for (let index = 1; index < 50; index++) yield* oneClient(index)
    assert.isAtMost(activeTimers(), timers + few)
    assert.isAbove(sockets.all, 50)
    assert.isAtMost(yield* clients.reachable, few)
    assert.isAtMost((yield* onTheHeap("opened-app-"))["opened-app-"], few)
    assert.isAtMost(yield* sockets.reachable, few)
    assert.isAtMost(serverSide.connections(), few)
  }), 60_000)

it.live("a metric has one series for each operation and ending, however many users and apps there are", () =>
  Effect.gen(function*() {
    const server = new EveryUser()
    const series = Effect.map(
      Metric.snapshot,
      (snapshots) =>
        snapshots.filter(({ id }) => id.startsWith("sunco.client.")).map(({ attributes, id }) => [id, attributes])
    )
    for (let app = 0; app < 20; app++) {
      const users = yield* makeUsers(numbered("app-", app), "http://127.0.0.1", UndiciTransport.make(server))
      for (let user = 0; user < 20; user++) {
        yield* users.get(numbered("user-", user))
        yield* Effect.flip(users.delete(numbered("no-user-", user)))
      }
    }
    const name = "sunco.client.requests"
    assert.sameDeepMembers(yield* series, [
      [name, { operation: "Users.get", ending: "200" }],
      [name, { operation: "Users.delete", ending: "404" }]
    ])
  }).pipe(Effect.provideService(Metric.MetricRegistry, new Map())))
