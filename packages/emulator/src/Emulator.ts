/**
 * Sunshine Conversations on this machine: the declared API served from memory, stateful, and able to fail on demand.
 *
 * @since 0.1.0
 */
import { type Client } from "@sunco/schemas/Client"
import { type Scope } from "@sunco/schemas/Operation"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { type Assumptions } from "./Assumptions.ts"
import { type EmittedEvent } from "./EmittedEvent.ts"
import { type Fault, type FaultMatch, type FaultRule } from "./Fault.ts"
import { clientSettings } from "./internal/clientSettings.ts"
import { makeEmulation } from "./internal/emulation.ts"
import { memoryClient } from "./internal/memoryClient.ts"
import { listen } from "./internal/nodeServer.ts"
import { authorityOf } from "./internal/originCheck.ts"
import { type ListenError } from "./ListenError.ts"
import { type LinkAnswer } from "./LinkAnswer.ts"
import { type Seed, type Seeded } from "./Seed.ts"
import { type SeenRequest } from "./SeenRequest.ts"
import { type Stored } from "./Stored.ts"
import { type DeliveryFault, type WebhookDelivery } from "./WebhookDelivery.ts"

/**
 * An app to emulate.
 *
 * @category options
 * @since 0.1.0
 */
export interface AppOptions extends Seed {
  readonly appId?: string
  /**
   * The prefix says what the key is for: `app_` (as in the default, `app_` and the appId), `int_`, or `act_` and
   * `svc_`, which reach every app.
   */
  readonly keyId?: string
  /** `secret_` and the appId when absent. */
  readonly keySecret?: Redacted.Redacted
  /** Bearer tokens to accept as they are, such as OAuth issues. */
  readonly accessTokens?: ReadonlyArray<Redacted.Redacted>
  /**
   * Whether a file is served to whoever may call the app alone, by `Authorization`, and not to whoever has its address; `false`
   * when absent.
   */
  readonly privateAttachments?: boolean
}

/**
 * What to emulate: one app, and more beside it.
 *
 * @category options
 * @since 0.1.0
 */
export interface EmulatorOptions extends AppOptions {
  /** More apps, each with users and credentials of its own. */
  readonly apps?: ReadonlyArray<AppOptions & { readonly appId: string }>
  /** What is done where the vendor says nothing. */
  readonly assume?: Assumptions
  /** How many of the last requests `requests` remembers; 10,000 when absent, and never more than 16 MiB of them. */
  readonly requestsKept?: number
  /**
   * Hosts by which the emulator's own endpoints and pages may be reached, beside those of this machine (`localhost`,
   * `127.0.0.1`, `[::1]`) and the `host` that is listened on: a name or an address, without a port. The API answers to any.
   */
  readonly allowedHosts?: ReadonlyArray<string>
  /** How events are sent to the webhooks that the app has. */
  readonly webhooks?: WebhookOptions
  /** Is told of each request, as `requests` shows it, once it is settled what it gets: before a slow answer is sent, after a wait. */
  readonly onRequest?: (request: SeenRequest) => void
  /** Is told of each delivery to a webhook, as `deliveries.all` shows it, after every attempt. */
  readonly onDelivery?: (delivery: WebhookDelivery) => void
}

/**
 * How events are sent to webhooks.
 *
 * @category options
 * @since 0.1.0
 */
export interface WebhookOptions {
  /**
   * Sends the requests, in place of the platform's, wherever they go: `(url, init) => handler(new Request(url, init))` hands them to a
   * handler without a socket.
   */
  readonly fetch?: typeof globalThis.fetch
  /** Hosts beside this machine to which requests may go: none when absent. */
  readonly hosts?: ReadonlyArray<string>
  /** How long after each attempt the next one is made; 1, 2, 4 and 8 minutes when absent, as the vendor has five in 15 minutes. */
  readonly waits?: ReadonlyArray<Duration.Input>
}

/**
 * What is on its way to webhooks.
 *
 * @category models
 * @since 0.1.0
 */
export interface Deliveries {
  /** In the order in which the events happened: the last 10,000, and never more than 16 MiB of them. */
  readonly all: Effect.Effect<ReadonlyArray<WebhookDelivery>>
  /** Sends what waits, without waiting, and ends when all of it was answered. */
  readonly flush: Effect.Effect<void>
  /** What happens to the next deliveries on their way, one to each. */
  readonly next: (...faults: ReadonlyArray<DeliveryFault>) => Effect.Effect<void>
}

/**
 * Where to listen.
 *
 * @category options
 * @since 0.1.0
 */
export interface ServerOptions extends EmulatorOptions {
  /** The address to listen on, `127.0.0.1` when absent. With another one, the network can drive the emulator. */
  readonly host?: string
  /** Any free port when absent. */
  readonly port?: number
}

/**
 * An app: what is in it, who may use it.
 *
 * @category models
 * @since 0.1.0
 */
export interface AppWithoutKey {
  readonly appId: string
  /** Puts things in place, also with what no call of the API can set, and gives them as they are now. */
  readonly seed: (seed: Seed) => Effect.Effect<Seeded>
  /** What the app keeps of a resource, in the order of arrival. */
  readonly stored: <Resource extends keyof Stored>(resource: Resource) => Effect.Effect<Stored[Resource]>
  /**
   * Lets the channel answer to a client that `Clients.create` has made and that is pending until then, and gives the client as it is
   * then, or as it was when it was removed. One that is not pending is a defect.
   */
  readonly answerLink: (clientId: string, answer: LinkAnswer) => Effect.Effect<Client>
  /**
   * Adds an API key, or gives a key another secret; what is not named is made up. `scope` is what the key is for, where the
   * prefix of its id does not say it, and `integrationId` whose it is, where it is an integration's. A key of scope `account` reaches
   * every app; where `serviceAccountId` says whose it is, those apps that this service account may use: this one and what it makes.
   */
  readonly addKey: (key?: {
    readonly keyId?: string
    readonly keySecret?: Redacted.Redacted
    readonly scope?: Scope
    readonly integrationId?: string
    readonly serviceAccountId?: string
  }) => Effect.Effect<{ readonly keyId: string; readonly keySecret: Redacted.Redacted }>
  /**
   * Accepts a bearer token as it is, with scope `integration`. `integrationId` is whose it is, which stays as it was said before where it
   * is not said.
   */
  readonly addAccessToken: (accessToken: Redacted.Redacted, integrationId?: string) => Effect.Effect<void>
  /** Makes an event happen, of any type and with any payload; `deliveries` shows where it goes. Nothing else changes. */
  readonly trigger: (type: string, payload?: Schema.JsonObject) => Effect.Effect<EmittedEvent>
}

/**
 * One emulated app of the options: how to reach it, what is in it, who may use it.
 *
 * @category models
 * @since 0.1.0
 */
export interface EmulatedApp extends AppWithoutKey {
  readonly keyId: string
  readonly keySecret: Redacted.Redacted
}

/**
 * The faults to come, see the module `Fault`.
 *
 * @category models
 * @since 0.1.0
 */
export interface Faults {
  /**
   * Adds a fault for the requests that `when` describes (all of them without it), `times` of them (without it, until
   * the faults are cleared). A request gets the first fault that is for it. A fault that its schema refuses is a
   * defect, and so is one more where 10,000 are waiting.
   */
  readonly add: (
    fault: Fault,
    options?: { readonly times?: number; readonly when?: FaultMatch }
  ) => Effect.Effect<void>
  /** Inflicts the faults in their order on the next requests, one on each. */
  readonly next: (...faults: ReadonlyArray<Fault>) => Effect.Effect<void>
  /** The faults that still wait for requests. */
  readonly left: Effect.Effect<ReadonlyArray<FaultRule>>
  readonly clear: Effect.Effect<void>
}

/** Where this machine reaches what listens on all of its addresses. */
const reachable: { readonly [host: string]: string } = { "0.0.0.0": "127.0.0.1", "::": "::1" }

/**
 * The emulator; its own fields are those of the first app.
 *
 * **Example** (A test without a socket)
 *
 * ```ts
 * import { Emulator } from "@sunco/emulator/Emulator"
 * import * as Fault from "@sunco/emulator/Fault"
 * import * as Effect from "effect/Effect"
 * import * as HttpClient from "effect/http/HttpClient"
 * import * as HttpClientRequest from "effect/http/HttpClientRequest"
 *
 * const program = Effect.gen(function*() {
 *   const emulator = yield* Emulator
 *   yield* emulator.seed({ users: [{ externalId: "ada", zendeskId: "35436" }] })
 *   yield* emulator.faults.next(Fault.rateLimited({ retryAfter: 2 }))
 *
 *   const get = HttpClientRequest.get(`${emulator.url}/v2/apps/${emulator.appId}/users/ada`).pipe(
 *     HttpClientRequest.basicAuth(emulator.keyId, emulator.keySecret)
 *   )
 *   const limited = yield* HttpClient.execute(get)
 *   const found = yield* HttpClient.execute(get)
 *   console.log(limited.status, limited.headers["retry-after"], found.status)
 *   // 429 2 200
 *
 *   const requests = yield* emulator.requests
 *   console.log(requests.map(({ applied, operation }) => `${operation} ${applied}`))
 *   // [ 'Users.get false', 'Users.get true' ]
 * })
 *
 * Effect.runPromise(program.pipe(Effect.provide(Emulator.layerMemory())))
 * ```
 *
 * @category services
 * @since 0.1.0
 */
export class Emulator extends Context.Service<
  Emulator,
  EmulatedApp & {
    /** The base URL for a client, without a path; the vendor's path `/sc` is understood too. */
    readonly url: string
    /** Every app of the options, the first one included. */
    readonly apps: readonly [EmulatedApp, ...ReadonlyArray<EmulatedApp>]
    /** An app by its id, such as one that a call of the API has made. One that is not there is a defect. */
    readonly app: (appId: string) => Effect.Effect<AppWithoutKey>
    readonly faults: Faults
    /** What it saw, in the order of arrival, without secrets; the emulator's own endpoints are left out. */
    readonly requests: Effect.Effect<ReadonlyArray<SeenRequest>>
    /** What has happened, in order: the last 10,000, and never more than 16 MiB of them. */
    readonly events: Effect.Effect<ReadonlyArray<EmittedEvent>>
    /** What of it is sent to webhooks, as the vendor sends it. */
    readonly deliveries: Deliveries
    /** Revokes an API key by its id, with the tokens that it signed, or an access token. */
    readonly revoke: (keyIdOrAccessToken: string) => Effect.Effect<void>
    /** Goes back to how the emulator started: what is stored, credentials, no faults, no requests, no events. */
    readonly reset: Effect.Effect<void>
  }
>()("@sunco/emulator/Emulator") {
  /**
   * Listens on a port of 127.0.0.1, or of `host`, until its scope closes, and then closes every connection, whatever is pending
   * on it.
   *
   * **Details**
   *
   * Slow answers and dates go by the Clock that is there when the layer is built. Fails with `ListenError` when the
   * port cannot be had.
   *
   * @since 0.1.0
   */
  static readonly layer = (options?: ServerOptions): Layer.Layer<Emulator, ListenError> =>
    Layer.effect(
      Emulator,
      Effect.gen(function*() {
        const { port: wanted = 0 } = options ?? {}
        // Node takes no name for every address of the machine.
        const host = options?.host || "127.0.0.1"
        const { deliver, reachedAt, service, ...emulation } = yield* makeEmulation(options)
        yield* Effect.forkScoped(deliver)
        const port = yield* listen(emulation, host, wanted)
        const url = `http://${authorityOf(reachable[host] ?? host)}:${port}`
        reachedAt(url)
        return Emulator.of({ ...service, url })
      })
    )

  /**
   * Provides the emulator and an `HttpClient` that reaches it without a socket, whatever the host of a request.
   *
   * **Details**
   *
   * A cut connection is a `TransportError`, a cut body fails while it is read, both with a cause whose `code` is
   * `ECONNRESET`; a compressed body arrives decompressed, as from `fetch`; redirects are not followed. What is slow
   * goes by the Clock of the calling fiber, so a test clock drives it, and interruption ends the exchange.
   *
   * @since 0.1.0
   */
  static readonly layerMemory = (options?: EmulatorOptions): Layer.Layer<Emulator | HttpClient.HttpClient> =>
    Layer.effectContext(
      Effect.gen(function*() {
        const { deliver, service, ...emulation } = yield* makeEmulation(options)
        yield* Effect.forkScoped(deliver)
        return Context.make(Emulator, Emulator.of({ ...service, url: "http://localhost" })).pipe(
          Context.add(HttpClient.HttpClient, memoryClient(emulation))
        )
      })
    )

  /**
   * Points whatever reads `SUNCO_*` through `Config`, such as `Users.layerFromConfig`, at the emulator. Other settings stay as
   * they are; of the other `SUNCO_*` only `SUNCO_LOG` counts, so that no test reaches an account.
   *
   * @since 0.1.0
   */
  static readonly layerConfig: Layer.Layer<never, never, Emulator> = ConfigProvider.layer(
    Effect.flatMap(Emulator, clientSettings)
  )

  /**
   * All that an application needs to test itself: {@link Emulator.layerMemory} with {@link Emulator.layerConfig}.
   *
   * **Example** (An application's own layer, unchanged, in a test)
   *
   * ```ts
   * import { Users } from "@sunco/client"
   * import { Emulator } from "@sunco/emulator"
   * import * as Effect from "effect/Effect"
   * import * as Layer from "effect/Layer"
   *
   * const program = Effect.gen(function*() {
   *   const users = yield* Users
   *   const emulator = yield* Emulator
   *   const ada = yield* users.get("ada")
   *   console.log(ada.profile?.givenName, (yield* emulator.requests).length)
   *   // Ada 1
   * })
   *
   * const UsersTest = Users.layerFromConfig().pipe(
   *   Layer.provideMerge(Emulator.layerTest({ users: [{ externalId: "ada", profile: { givenName: "Ada" } }] }))
   * )
   *
   * Effect.runPromise(Effect.provide(program, UsersTest))
   * ```
   *
   * @since 0.1.0
   */
  static readonly layerTest = (options?: EmulatorOptions): Layer.Layer<Emulator | HttpClient.HttpClient> =>
    Layer.provideMerge(Emulator.layerConfig, Emulator.layerMemory(options))
}
